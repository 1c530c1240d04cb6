package dev.lancewright.arrow;

import static dev.lancewright.arrow.RandomBatches.assertSame;
import static dev.lancewright.arrow.RandomBatches.schemaOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.column.Batch;
import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.internal.cdata.ArrowArrayStream;
import dev.lancewright.internal.cdata.ArrowSchema;
import dev.lancewright.internal.cdata.CStrings;
import dev.lancewright.internal.cdata.Callbacks;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.BatchList;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exported streams, called as C code calls them. */
class ArrowExportStreamTest {
  private static final Schema SCHEMA =
      Schema.of(Field.nullable("a", Types.INT32), Field.required("b", Types.UTF8));
  private static final int EIO = 5;
  private static final int ENOMEM = 12;
  private static final int EINVAL = 22;

  private final Arena arena = Arena.ofShared();
  private final RandomBatches random = new RandomBatches(17);

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void givesBatchesUntilTheEndAndTheSchemaAtAnyTime() throws IOException {
    List<Batch> batches =
        List.of(random.batch(SCHEMA, 10), random.batch(SCHEMA, 0), random.batch(SCHEMA, 100));
    BatchList source = new BatchList(SCHEMA, batches);
    try (ImportedStream stream = ImportedStream.take(export(source).struct().address())) {
      assertEquals(SCHEMA, stream.schema());
      for (Batch expected : batches) {
        try (ImportedBatch imported = stream.next(Imports::all)) {
          assertSame(expected, imported.batch(), "seed 17");
        }
      }
      assertNull(stream.next(Imports::all));
      assertEquals(0, source.closed());
    }
    assertEquals(3, source.released());
    assertEquals(1, source.closed());
  }

  @Test
  void nothingIsAskedAfterTheEnd() {
    int[] asked = {0};
    ArrowArrayStream stream =
        export(
            new BatchList(SCHEMA, List.of()) {
              @Override
              public OwnedBatch next() {
                asked[0]++;
                return super.next();
              }
            });
    for (int i = 0; i < 3; i++) {
      ArrowArray array = new ArrowArray(arena.allocate(ArrowArray.LAYOUT).fill((byte) 7));
      assertEquals(0, next(stream, array));
      assertEquals(true, array.isReleased());
      assertEquals(SCHEMA, schema(stream));
    }
    assertEquals(1, asked[0]);
    release(stream);
  }

  @Test
  void batchesOutliveTheStream() {
    Batch batch = random.batch(SCHEMA, 10);
    BatchList source = new BatchList(SCHEMA, List.of(batch, batch, batch));
    ArrowArrayStream stream = export(source);
    ArrowArray array = array();
    assertEquals(0, next(stream, array));

    release(stream);

    assertEquals(1, source.closed());
    assertEquals(1, source.given());
    try (ImportedBatch imported = Imports.take(array.struct().address(), SCHEMA, Imports::all)) {
      assertSame(batch, imported.batch(), "seed 17");
      assertEquals(0, source.released());
    }
    assertEquals(1, source.released());
  }

  /** An error of a source, and what C code gets to know of it. */
  record Failure(Throwable thrown, int errno, String text) {}

  static List<Failure> failures() {
    return List.of(
        new Failure(new IOException("disk on fire"), EIO, "disk on fire"),
        new Failure(new FileNotFoundException(), EIO, "java.io.FileNotFoundException"),
        new Failure(new IllegalArgumentException("größe"), EINVAL, "größe"),
        new Failure(new IllegalStateException("closed"), EINVAL, "closed"),
        new Failure(new OutOfMemoryError("heap"), ENOMEM, "heap"),
        new Failure(new StackOverflowError(), EIO, "java.lang.StackOverflowError"),
        new Failure(new RuntimeException("x".repeat(5000)), EIO, "x".repeat(5000)));
  }

  @ParameterizedTest
  @MethodSource
  void failures(Failure failure) {
    Failing source = new Failing(failure.thrown());
    ArrowArrayStream stream = export(source);
    assertEquals("", error(stream));

    ArrowArray array = array();
    assertEquals(failure.errno(), next(stream, array));
    assertEquals(failure.text(), error(stream));
    assertEquals(failure.text(), error(stream));
    assertEquals(true, array.isReleased());

    assertEquals(SCHEMA, schema(stream));
    assertEquals("", error(stream));
    assertEquals(EIO, next(stream, array()));
    assertEquals("the stream failed before: " + failure.thrown(), error(stream));
    assertEquals(1, source.asked);
    release(stream);
    assertEquals(1, source.closed());
  }

  private static final class Failing extends BatchList {
    private final Throwable failure;
    private int asked;

    Failing(Throwable failure) {
      super(SCHEMA, List.of());
      this.failure = failure;
    }

    @Override
    public OwnedBatch next() {
      asked++;
      throw Failing.<RuntimeException>unchecked(failure);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
      throw (T) failure;
    }
  }

  @Test
  void aBatchOfOtherColumnsIsNotGiven() {
    assertOther(
        Schema.of(Field.nullable("a", Types.INT32)),
        "the batch has 1 columns; the schema of its stream has 2");
    assertOther(
        Schema.of(Field.nullable("a", Types.INT32), Field.nullable("b", Types.INT32)),
        "column 1 of the batch is 'b: int32'; the schema of its stream says 'b: utf8 not null'");
  }

  private void assertOther(Schema other, String message) {
    BatchList source = new BatchList(SCHEMA, List.of(random.batch(other, 10)));
    ArrowArrayStream stream = export(source);

    assertEquals(EINVAL, next(stream, array()));
    assertEquals(message, error(stream));
    assertEquals(1, source.released());
    release(stream);
  }

  @Test
  void callsAfterTheReleaseGiveErrors() {
    BatchList source = new BatchList(SCHEMA, List.of(random.batch(SCHEMA, 10)));
    ArrowArrayStream stream = export(source);
    ArrowArrayStream stale =
        new ArrowArrayStream(arena.allocate(ArrowArrayStream.LAYOUT).copyFrom(stream.struct()));
    release(stream);
    assertEquals(true, stream.isReleased());

    assertEquals(EINVAL, next(stream, array()));
    ArrowSchema schema = new ArrowSchema(arena.allocate(ArrowSchema.LAYOUT));
    assertEquals(EINVAL, Callbacks.get(stream.getSchema(), stream.struct(), schema.struct()));
    assertEquals("", error(stream));
    release(stale);
    assertEquals(1, source.closed());
    assertEquals(0, source.given());
  }

  @Test
  void structsThatAreNoneGiveErrors() {
    ArrowArrayStream stream = export(new BatchList(SCHEMA, List.of(random.batch(SCHEMA, 10))));
    assertEquals(EINVAL, Callbacks.get(stream.getNext(), stream.struct(), MemorySegment.NULL));
    assertEquals(
        "the struct to fill is NULL; it must be the address of an ArrowArray", error(stream));
    MemorySegment none = MemorySegment.NULL;
    assertEquals(EINVAL, Callbacks.get(stream.getNext(), none, array().struct()));
    assertEquals(EINVAL, Callbacks.get(stream.getSchema(), none, array().struct()));
    assertEquals(0, Callbacks.getText(stream.getLastError(), none).address());
    assertEquals(0, next(stream, array()));
    release(stream);
  }

  /** The release waits until the batch is there, and the source is closed by one thread alone. */
  @Test
  void aStreamMayBeReleasedWhileAnotherThreadWaitsForABatch() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    BatchList source =
        new BatchList(SCHEMA, List.of(random.batch(SCHEMA, 10))) {
          @Override
          public OwnedBatch next() {
            asked.countDown();
            await(released);
            assertEquals(0, closed());
            return super.next();
          }
        };
    ArrowArrayStream stream = export(source);
    ArrowArray array = array();
    int[] errno = {-1};
    Thread reader = Thread.ofPlatform().start(() -> errno[0] = next(stream, array));
    asked.await();
    Thread closer = Thread.ofPlatform().start(() -> release(stream));
    released.countDown();
    reader.join();
    closer.join();

    assertEquals(0, errno[0]);
    assertEquals(1, source.closed());
    Imports.take(array.struct().address(), SCHEMA, Imports::all).close();
    assertEquals(1, source.released());
  }

  @Test
  void whatClosingThrowsStaysInJava() throws InterruptedException {
    AtomicReference<Throwable> caught = new AtomicReference<>();
    IOException failure = new IOException("cannot close");
    ArrowArrayStream stream = export(failsToClose(SCHEMA, failure));
    Thread thread =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((where, e) -> caught.set(e))
            .start(() -> release(stream));
    thread.join();

    assertEquals(failure, caught.get());
    assertEquals(true, stream.isReleased());
  }

  @Test
  void aSourceIsClosedIfItCannotBeExported() {
    Schema unsupported = schemaOf(new DataType.Unsupported("month_interval"), true);
    BatchList source = new BatchList(unsupported, List.of());
    long address = array().struct().address();
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> ArrowExport.exportStream(source, address));
    assertEquals(
        "column 'c' (month_interval): this type cannot be exported; leave the column out, or cast"
            + " it to another",
        e.getMessage());
    assertEquals(1, source.closed());

    IOException second = new IOException("cannot close");
    BatchSource other = failsToClose(SCHEMA, second);
    Exception none =
        assertThrows(IllegalArgumentException.class, () -> ArrowExport.exportStream(other, 0));
    assertEquals(
        "the stream is NULL; it must be the address of an ArrowArrayStream", none.getMessage());
    assertEquals(List.of(second), List.of(none.getSuppressed()));
  }

  private static BatchSource failsToClose(Schema schema, IOException failure) {
    return new BatchSource() {
      @Override
      public Schema schema() {
        return schema;
      }

      @Override
      public OwnedBatch next() {
        return null;
      }

      @Override
      public void close() throws IOException {
        throw failure;
      }
    };
  }

  private ArrowArrayStream export(BatchSource source) {
    MemorySegment struct = arena.allocate(ArrowArrayStream.LAYOUT).fill((byte) 7);
    ArrowExport.exportStream(source, struct.address());
    return new ArrowArrayStream(struct);
  }

  private ArrowArray array() {
    return new ArrowArray(arena.allocate(ArrowArray.LAYOUT));
  }

  private static int next(ArrowArrayStream stream, ArrowArray array) {
    return Callbacks.get(stream.getNext(), stream.struct(), array.struct());
  }

  private Schema schema(ArrowArrayStream stream) {
    MemorySegment struct = arena.allocate(ArrowSchema.LAYOUT);
    assertEquals(0, Callbacks.get(stream.getSchema(), stream.struct(), struct));
    try {
      return ArrowSchemas.read(struct.address());
    } finally {
      ArrowSchemas.release(struct.address());
    }
  }

  /** The empty text if there is none. */
  private static String error(ArrowArrayStream stream) {
    MemorySegment text = Callbacks.getText(stream.getLastError(), stream.struct());
    return text.address() == 0 ? "" : CStrings.read(text, 1 << 16, "the error");
  }

  private static void release(ArrowArrayStream stream) {
    Callbacks.release(ExportStubs.RELEASE_STREAM, stream.struct());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
