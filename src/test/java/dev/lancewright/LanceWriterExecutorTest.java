package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Batch;
import dev.lancewright.io.FailingSink;
import dev.lancewright.io.MemorySink;
import dev.lancewright.io.Sink;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.AllTypes;
import dev.lancewright.testing.ExecutorKind;
import dev.lancewright.testing.RandomColumns;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages that an executor encodes. */
class LanceWriterExecutorTest {
  private static final Schema TWO =
      Schema.of(Field.required("id", DataType.int64()), Field.nullable("name", DataType.utf8()));

  private static final Duration LONG = Duration.ofSeconds(60);

  /** Confined, so that a thread that reads the caller's memory fails. */
  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void freeColumns() {
    arena.close();
  }

  private List<Batch> batches(Schema schema, int... rows) {
    List<Integer> sizes = new ArrayList<>();
    for (int count : rows) {
      sizes.add(count);
    }
    return RandomColumns.varied(11, 50_000).batches(schema, sizes, arena);
  }

  private static LanceWriter.Builder smallPages(Schema schema) {
    return LanceWriter.builder(schema).dataCacheBytes(4096L * schema.fields().size());
  }

  private static byte[] write(LanceWriter.Builder builder, List<Batch> batches) throws IOException {
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = builder.create(sink)) {
      for (Batch batch : batches) {
        writer.write(batch);
      }
      writer.addGlobalBuffer(MemorySegment.ofArray(new byte[] {1, 2, 3}));
      writer.write(batches.getFirst());
      WriteSummary summary = writer.finish();
      assertEquals(0, writer.retainedBytes());
      assertEquals(summary.bytes(), sink.segment().byteSize());
      return sink.segment().toArray(ValueLayout.JAVA_BYTE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void bytesAreTheSameForEveryExecutor(ExecutorKind kind) throws Exception {
    for (Schema schema : List.of(TWO, AllTypes.schema(AllTypes.fields()))) {
      List<Batch> batches = batches(schema, 3_000, 1, 2_000, 40, 5_000);
      byte[] alone = write(smallPages(schema), batches);
      for (long inFlight : new long[] {1, 20_000, 1 << 20}) {
        kind.with(
            executor ->
                assertArrayEquals(
                    alone,
                    write(
                        smallPages(schema).executor(executor).maxBytesInFlight(inFlight),
                        batches)));
      }
    }
  }

  @Test
  void waitsAreCounted() throws IOException {
    Batch batch = batches(TWO, 5_000).getFirst();
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer =
            smallPages(TWO).executor(task -> {}).maxBytesInFlight(1).create(sink)) {
      assertEquals(0, writer.waits());
      writer.write(batch);
      assertTrue(writer.waits() > 1, writer.waits() + " waits");
      writer.finish();
    }
  }

  @Test
  void pagesInFlightAreBuffered() throws IOException {
    Batch batch = batches(TWO, 5_000).getFirst();
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = smallPages(TWO).executor(task -> {}).create(sink)) {
      writer.write(batch);
      assertTrue(writer.bufferedBytes() >= 5_000 * Long.BYTES, writer.bufferedBytes() + " bytes");
      assertEquals(0, writer.position());
      assertEquals(0, writer.waits());
      writer.finish();
      assertEquals(0, writer.bufferedBytes());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatFailsInTheBackgroundSurfaces(ExecutorKind kind) throws Exception {
    kind.with(
        executor ->
            assertTimeoutPreemptively(
                LONG,
                () -> {
                  try (Arena own = Arena.ofConfined()) {
                    failIn(
                        executor, RandomColumns.varied(3, 0).batches(TWO, List.of(100_000), own));
                  }
                }));
  }

  private static void failIn(Executor executor, List<Batch> batches) throws IOException {
    Sink sink = new FailingSink(MemorySink.create(), 1);
    try (LanceWriter writer = smallPages(TWO).executor(executor).create(sink)) {
      IOException failure =
          assertThrows(
              IOException.class,
              () -> {
                for (Batch batch : batches) {
                  writer.write(batch);
                }
                writer.finish();
              });
      assertEquals("a page could not be written: " + FailingSink.MESSAGE, failure.getMessage());
      assertInstanceOf(IOException.class, failure.getCause());
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> writer.write(batches.getFirst()));
      assertEquals("the writer failed before and can only be closed", refused.getMessage());
    }
  }

  @Test
  void anErrorOfTheSinkIsTheCause() throws IOException {
    AssertionError error = new AssertionError("broken sink");
    Sink broken =
        new Sink() {
          @Override
          public long position() {
            return 0;
          }

          @Override
          public void append(MemorySegment... parts) {
            throw error;
          }

          @Override
          public void publish() {}

          @Override
          public void discard() {}
        };
    try (LanceWriter writer = smallPages(TWO).executor(Runnable::run).create(broken)) {
      Batch batch = batches(TWO, 100_000).getFirst();
      IOException failure =
          assertThrows(
              IOException.class,
              () -> {
                writer.write(batch);
                writer.finish();
              });
      assertSame(error, failure.getCause());
    }
  }

  @Test
  void closeWaitsForWhatRunsAndDropsTheRest() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    List<Runnable> late = new ArrayList<>();
    try (ExecutorService thread = Executors.newFixedThreadPool(1)) {
      Sink slow =
          new Sink() {
            private boolean discarded;

            @Override
            public long position() {
              return 0;
            }

            @Override
            public void append(MemorySegment... parts) throws IOException {
              entered.countDown();
              try {
                leave.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              assertFalse(discarded);
            }

            @Override
            public void publish() {}

            @Override
            public void discard() {
              discarded = true;
            }
          };
      Executor firstOnly =
          task -> {
            if (late.isEmpty()) {
              thread.execute(task);
            }
            late.add(task);
          };
      Schema blobs = Schema.of(Field.required("b", DataType.fixedSizeBinary(200)));
      LanceWriter writer =
          LanceWriter.builder(blobs).dataCacheBytes(1_000_000).executor(firstOnly).create(slow);
      writer.write(batches(blobs, 20_000).getFirst());
      assertTrue(entered.await(60, TimeUnit.SECONDS));
      Thread closer =
          Thread.ofPlatform().start(() -> assertTimeoutPreemptively(LONG, writer::close));
      closer.join(50);
      leave.countDown();
      closer.join();
      assertEquals(0, writer.retainedBytes());
      late.forEach(Runnable::run);
      assertEquals(0, writer.retainedBytes());
    }
  }

  @Test
  void anInterruptIsKeptForTheCaller() throws IOException {
    Batch batch = batches(TWO, 5_000).getFirst();
    byte[] alone = write(smallPages(TWO), List.of(batch));
    try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
      Thread.currentThread().interrupt();
      byte[] bytes = write(smallPages(TWO).executor(threads).maxBytesInFlight(1), List.of(batch));
      assertTrue(Thread.interrupted());
      assertArrayEquals(alone, bytes);
    }
  }
}
