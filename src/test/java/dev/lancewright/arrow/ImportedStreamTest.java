package dev.lancewright.arrow;

import static dev.lancewright.arrow.ArrowProducer.peek;
import static dev.lancewright.arrow.ArrowProducer.poke;
import static dev.lancewright.arrow.RandomBatches.assertSame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.column.Batch;
import dev.lancewright.internal.cdata.ArrowArrayStream;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.StructLayout;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportedStreamTest {
  private static final StructLayout LAYOUT = ArrowArrayStream.LAYOUT;
  private static final Schema SCHEMA =
      Schema.of(Field.nullable("a", Types.INT32), Field.required("b", Types.UTF8));

  private final ArrowProducer export = new ArrowProducer();
  private final RandomBatches random = new RandomBatches(11);

  @AfterEach
  void close() {
    export.close();
  }

  @Test
  void givesBatchesUntilTheEnd() throws IOException {
    Batch first = random.batch(SCHEMA, 10);
    Batch second = random.batch(SCHEMA, 0);
    Batch third = random.batch(SCHEMA, 1000);
    try (ImportedStream stream = ImportedStream.take(export.stream(SCHEMA, first, second, third))) {
      assertEquals(SCHEMA, stream.schema());
      for (Batch expected : List.of(first, second, third)) {
        try (ImportedBatch imported = stream.next(ImportedStreamTest::all)) {
          assertSame(expected, imported.batch(), "seed 11");
        }
      }
      assertNull(stream.next(ImportedStreamTest::all));
      assertNull(stream.next(ImportedStreamTest::all));
    }
    export.assertAllReleasedOnce();
  }

  @Test
  void asksForNothingAfterTheEnd() throws IOException {
    Batch batch = random.batch(SCHEMA, 1);
    int[] asked = {0};
    Iterator<Batch> endsOnce =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return asked[0]++ > 0;
          }

          @Override
          public Batch next() {
            return batch;
          }
        };
    try (ImportedStream stream = ImportedStream.take(export.stream(() -> SCHEMA, endsOnce))) {
      assertNull(stream.next(ImportedStreamTest::all));
      assertNull(stream.next(ImportedStreamTest::all));
      assertEquals(1, asked[0]);
    }
  }

  @Test
  void batchesOutliveTheStream() throws IOException {
    Batch batch = random.batch(SCHEMA, 10);
    ImportedStream stream = ImportedStream.take(export.stream(SCHEMA, batch));
    try (ImportedBatch imported = stream.next(ImportedStreamTest::all)) {
      stream.close();
      assertSame(batch, imported.batch(), "seed 11");
    }
    export.assertAllReleasedOnce();
  }

  @Test
  void movesTheStruct() throws IOException {
    long address = export.stream(SCHEMA, random.batch(SCHEMA, 10));
    try (ImportedStream stream = ImportedStream.take(address)) {
      assertEquals(0, peek(address, LAYOUT, "release"));
      poke(address, LAYOUT, "get_schema", 0);
      poke(address, LAYOUT, "get_next", 0);
      assertEquals(SCHEMA, stream.schema());
      stream.next(ImportedStreamTest::all).close();
    }
    export.assertAllReleasedOnce();
  }

  @Test
  void passesOnAnErrorOfTheSchema() {
    long address =
        export.stream(
            () -> {
              throw new IllegalArgumentException("no such table");
            },
            List.<Batch>of().iterator());
    try (ImportedStream stream = ImportedStream.take(address)) {
      Exception e = assertThrows(IOException.class, () -> stream.next(ImportedStreamTest::all));
      assertEquals(
          "get_schema of the Arrow stream failed with errno 22: no such table", e.getMessage());
      assertFailed(stream);
    }
    export.assertAllReleasedOnce();
  }

  @Test
  void passesOnALateError() throws IOException {
    Batch batch = random.batch(SCHEMA, 10);
    try (ImportedStream stream = ImportedStream.take(failingAfter(batch, "disk on fire"))) {
      stream.next(ImportedStreamTest::all).close();
      Exception e = assertThrows(IOException.class, () -> stream.next(ImportedStreamTest::all));
      assertEquals(
          "get_next of the Arrow stream failed with errno 5: disk on fire", e.getMessage());
      assertFailed(stream);
      assertEquals(SCHEMA, stream.schema());
    }
    export.assertAllReleasedOnce();
  }

  @Test
  void passesOnAnErrorWithoutText() {
    long address =
        export.stream(
            () -> {
              throw new OutOfMemoryError();
            },
            List.<Batch>of().iterator());
    poke(address, LAYOUT, "get_last_error", export.noText().address());
    try (ImportedStream stream = ImportedStream.take(address)) {
      Exception e = assertThrows(IOException.class, stream::schema);
      assertEquals(
          "get_schema of the Arrow stream failed with errno 12: no message", e.getMessage());
    }
    export.assertAllReleasedOnce();
  }

  @Test
  void cutsLongErrors() {
    long address = export.stream(failing("x".repeat(5000)), List.<Batch>of().iterator());
    try (ImportedStream stream = ImportedStream.take(address)) {
      Exception e = assertThrows(IOException.class, stream::schema);
      assertEquals(
          "get_schema of the Arrow stream failed with errno 5: " + "x".repeat(4096),
          e.getMessage());
    }
  }

  @Test
  void goesOnAfterABatchThatItRefused() throws IOException {
    Schema other = Schema.of(Field.nullable("a", Types.INT32));
    Batch batch = random.batch(SCHEMA, 10);
    long address = export.stream(SCHEMA, random.batch(other, 3), batch);
    try (ImportedStream stream = ImportedStream.take(address)) {
      Exception e =
          assertThrows(IllegalArgumentException.class, () -> stream.next(ImportedStreamTest::all));
      assertEquals("the batch: n_children is 1; the schema says 2", e.getMessage());
      try (ImportedBatch imported = stream.next(ImportedStreamTest::all)) {
        assertSame(batch, imported.batch(), "seed 11");
      }
      assertNull(stream.next(ImportedStreamTest::all));
    }
    export.assertAllReleasedOnce();
  }

  @Test
  void releasesASchemaThatIsMalformed() {
    Schema malformed = Schema.of(Field.nullable("a", new DataType.Unsupported("w:")));
    try (ImportedStream stream = ImportedStream.take(export.stream(malformed))) {
      Exception e = assertThrows(IllegalArgumentException.class, stream::schema);
      assertEquals("column 'a': the format 'w:' is malformed: it must be w:NUMBER", e.getMessage());
    }
    export.assertAllReleasedOnce();
  }

  @Test
  void releasesOnceWhenClosedTwice() {
    ImportedStream stream = ImportedStream.take(export.stream(SCHEMA));

    stream.close();
    stream.close();

    export.assertAllReleasedOnce();
    Exception e =
        assertThrows(IllegalStateException.class, () -> stream.next(ImportedStreamTest::all));
    assertEquals("the stream is closed", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"get_schema", "get_next", "get_last_error"})
  void refusesAStreamWithoutACallback(String callback) {
    long address = export.stream(SCHEMA);
    poke(address, LAYOUT, callback, 0);

    Exception e = assertThrows(IllegalArgumentException.class, () -> ImportedStream.take(address));
    assertEquals(
        "the stream has a callback that is NULL; get_schema, get_next and get_last_error must be"
            + " set",
        e.getMessage());
    export.assertAllReleasedOnce();
  }

  @Test
  void refusesToTakeTwiceOrNothing() {
    long address = export.stream(SCHEMA);
    ImportedStream.take(address).close();

    Exception twice =
        assertThrows(IllegalArgumentException.class, () -> ImportedStream.take(address));
    assertEquals(
        "the stream was released or moved before; each can be taken once", twice.getMessage());
    Exception nothing = assertThrows(IllegalArgumentException.class, () -> ImportedStream.take(0));
    assertEquals(
        "the stream is NULL; it must be the address of an ArrowArrayStream", nothing.getMessage());
    export.assertAllReleasedOnce();
  }

  private static void assertFailed(ImportedStream stream) {
    Exception e =
        assertThrows(IllegalStateException.class, () -> stream.next(ImportedStreamTest::all));
    assertEquals("the stream failed before; it can only be closed", e.getMessage());
  }

  private long failingAfter(Batch batch, String text) {
    Iterator<Batch> batches =
        Stream.<Supplier<Batch>>of(() -> batch, failing(text)).map(Supplier::get).iterator();
    return export.stream(() -> SCHEMA, batches);
  }

  private static <T> Supplier<T> failing(String text) {
    return () -> {
      throw new UncheckedIOException(text, new IOException());
    };
  }

  private static boolean all(Field field) {
    return true;
  }
}
