package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.arrow.ArrowProducer;
import dev.lancewright.arrow.ImportSchema;
import dev.lancewright.column.Batch;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.io.FailingSink;
import dev.lancewright.io.MemorySink;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.AllTypes;
import dev.lancewright.testing.Nulls;
import dev.lancewright.testing.RandomColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Arrow structs given to a writer: what is written, and that all are released exactly once. */
class LanceWriterArrowTest {
  private static final DataType.Int INT32 = DataType.int32();
  private static final Schema IDS = Schema.of(Field.required("id", INT32));

  private final Arena arena = Arena.ofConfined();
  private final ArrowProducer producer = new ArrowProducer();
  private final MemorySink sink = MemorySink.create();

  @AfterEach
  void free() {
    sink.close();
    producer.assertAllReleasedOnce();
    producer.close();
    arena.close();
  }

  @Test
  void arraysAndStreamsGiveTheSameFileAsBatches() throws IOException {
    Schema schema = new Schema(AllTypes.fields(), Map.of("key", "value"));
    Batch first =
        new RandomColumns(5, Nulls.SOME, RandomColumns.Form.SLICED, true).batch(schema, 700, arena);
    Batch second =
        new RandomColumns(6, Nulls.SOME, RandomColumns.Form.PLAIN, true).batch(schema, 500, arena);
    byte[] expected;
    try (LanceWriter writer = LanceWriter.builder(schema).create(sink)) {
      writer.write(first);
      writer.write(second);
      writer.finish();
      expected = bytes(sink);
    }
    try (MemorySink arrays = MemorySink.create();
        LanceWriter writer = LanceWriter.lazy().create(arrays)) {
      ArrowProducer.Shape shape = new ArrowProducer.Shape(3, 5, 1, false, 2);
      writer.writeArrow(producer.array(first, shape), producer.schema(schema));
      writer.writeArrow(producer.array(second));
      assertEquals(1_200, writer.finish().rows());
      assertArrayEquals(expected, bytes(arrays));
    }
    try (MemorySink stream = MemorySink.create();
        LanceWriter writer = LanceWriter.lazy().create(stream)) {
      assertEquals(1_200, writer.writeArrowStream(producer.stream(schema, first, second)));
      writer.finish();
      assertArrayEquals(expected, bytes(stream));
    }
  }

  @Test
  void convertedColumnsGiveTheSameFileAsPlainOnes() throws IOException {
    Schema schema = new Schema(AllTypes.fields(), Map.of());
    ImportSchema converted = ArrowProducer.converted(schema);
    Batch batch =
        new RandomColumns(7, Nulls.SOME, RandomColumns.Form.PLAIN, true).batch(schema, 60, arena);
    byte[] expected;
    try (LanceWriter writer = LanceWriter.builder(schema).create(sink)) {
      for (int i = 0; i < 3; i++) {
        writer.write(batch);
      }
      writer.finish();
      expected = bytes(sink);
    }
    try (MemorySink arrays = MemorySink.create();
        LanceWriter writer = LanceWriter.builder(schema).create(arrays)) {
      ArrowProducer.Shape shape = new ArrowProducer.Shape(3, 5, 1, false, 2);
      writer.writeArrow(producer.array(batch, converted, shape), converted);
      writer.writeArrow(producer.array(batch, converted, shape), converted);
      writer.writeArrow(producer.array(batch, converted, shape), producer.schema(converted));
      assertEquals(180, writer.finish().rows());
      assertEquals(0, writer.retainedBytes());
      assertArrayEquals(expected, bytes(arrays));
    }
    try (MemorySink stream = MemorySink.create();
        LanceWriter writer = LanceWriter.lazy().create(stream)) {
      assertEquals(180, writer.writeArrowStream(producer.stream(converted, batch, batch, batch)));
      writer.finish();
      assertArrayEquals(expected, bytes(stream));
    }
  }

  @Test
  void columnsOfAnArrayWithItsSchemaAreFoundByName() throws IOException {
    Field other = Field.nullable("other", INT32);
    Schema wider = Schema.of(other, Field.nullable("id", INT32));
    Batch batch = Batch.of(wider, ints(8, 9), ints(1, 2));
    try (LanceWriter writer = LanceWriter.builder(IDS).create(sink)) {
      writer.writeArrow(producer.array(batch), producer.schema(wider));
      assertEquals(2, writer.finish().rows());
    }
    try (MemorySink expected = MemorySink.create();
        LanceWriter writer = LanceWriter.builder(IDS).create(expected)) {
      writer.write(Batch.of(IDS, ints(1, 2)));
      writer.finish();
      assertArrayEquals(bytes(expected), bytes(sink));
    }
  }

  @Test
  void arraysTellHowManyRowsWereWritten() throws IOException {
    try (LanceWriter writer = LanceWriter.lazy().create(sink)) {
      Batch three = Batch.of(IDS, ints(1, 2, 3));
      long schema = producer.schema(IDS);
      assertEquals(3, writer.writeArrow(producer.array(three), schema));
      assertEquals(1, writer.writeArrow(producer.array(three.slice(1, 1)), ImportSchema.of(IDS)));
      assertEquals(2, writer.writeArrow(producer.array(three.slice(0, 2))));
      assertEquals(0, writer.writeArrow(producer.array(three.slice(0, 0))));
      assertEquals(5, writer.writeArrowStream(producer.stream(IDS, three, three.slice(0, 2))));
      assertEquals(11, writer.finish().rows());
    }
  }

  @Test
  void anArrayIsReleasedThoughTheSchemaIsNotKnown() throws IOException {
    long array = producer.array(Batch.of(IDS, ints(1)));
    try (LanceWriter writer = LanceWriter.lazy().create(sink)) {
      assertEquals(
          "the schema is not known before the first batch; give the array's schema as well",
          assertThrows(IllegalStateException.class, () -> writer.writeArrow(array)).getMessage());
    }
  }

  @Test
  void everythingIsReleasedThoughTheWriterIsClosed() throws IOException {
    LanceWriter writer = LanceWriter.builder(IDS).create(sink);
    writer.close();
    Batch batch = Batch.of(IDS, ints(1));
    long array = producer.array(batch);
    assertThrows(IllegalStateException.class, () -> writer.writeArrow(array));
    long other = producer.array(batch);
    long schema = producer.schema(IDS);
    assertThrows(IllegalStateException.class, () -> writer.writeArrow(other, schema));
    long third = producer.array(batch);
    ImportSchema read = ImportSchema.of(IDS);
    assertThrows(IllegalStateException.class, () -> writer.writeArrow(third, read));
    long stream = producer.stream(IDS, batch);
    assertThrows(IllegalStateException.class, () -> writer.writeArrowStream(stream));
  }

  @Test
  void aRefusedArrayIsReleasedAndTheWriterGoesOn() throws IOException {
    Schema text = Schema.of(Field.nullable("id", DataType.utf8()));
    Batch wrong =
        new RandomColumns(1, Nulls.NONE, RandomColumns.Form.PLAIN, false).batch(text, 3, arena);
    try (LanceWriter writer = LanceWriter.builder(IDS).create(sink)) {
      long array = producer.array(wrong);
      long schema = producer.schema(text);
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> writer.writeArrow(array, schema));
      assertEquals(
          "column 'id' is utf8 in the batch, but int32 in the file; convert it first",
          e.getMessage());
      long good = producer.array(Batch.of(IDS, ints(4)));
      assertThrows(IllegalArgumentException.class, () -> writer.writeArrow(good, 0));
      assertThrows(IllegalArgumentException.class, () -> writer.writeArrow(0));
      long orphan = producer.schema(IDS);
      assertThrows(IllegalArgumentException.class, () -> writer.writeArrow(0, orphan));
      assertThrows(IllegalArgumentException.class, () -> writer.writeArrowStream(0));
      writer.writeArrow(producer.array(Batch.of(IDS, ints(5, 6))));
      assertEquals(2, writer.finish().rows());
    }
  }

  @Test
  void unsupportedColumnsAreRefusedByNameBeforeAnythingIsWritten() throws IOException {
    Schema unsupported =
        Schema.of(
            Field.nullable("id", INT32), Field.nullable("span", new DataType.Unsupported("tin")));
    try (LanceWriter writer = LanceWriter.lazy().create(sink)) {
      long stream = producer.stream(unsupported);
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> writer.writeArrowStream(stream));
      assertTrue(
          e.getMessage().startsWith("column 'span' (month_day_nano_interval): "), e.getMessage());
      assertEquals(0, writer.position());
      writer.writeArrowStream(producer.stream(IDS, Batch.of(IDS, ints(1))));
      assertEquals(1, writer.finish().rows());
    }
  }

  @Test
  void aStreamThatFailsKeepsTheRowsBefore() throws IOException {
    List<Batch> batches = List.of(Batch.of(IDS, ints(1, 2)));
    long stream =
        producer.stream(
            () -> IDS,
            new Iterator<>() {
              private int next;

              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Batch next() {
                if (next == batches.size()) {
                  throw new UncheckedIOException(new IOException("disk on fire"));
                }
                return batches.get(next++);
              }
            });
    try (LanceWriter writer = LanceWriter.builder(IDS).create(sink)) {
      IOException e = assertThrows(IOException.class, () -> writer.writeArrowStream(stream));
      assertTrue(e.getMessage().contains("disk on fire"), e.getMessage());
      writer.write(Batch.of(IDS, ints(3)));
      assertEquals(3, writer.finish().rows());
    }
  }

  @Test
  void arraysAreReleasedWhicheverCallOfTheSinkFails() throws IOException {
    DataType.FixedSizeBinary wide = DataType.fixedSizeBinary(100_000);
    Schema schema = Schema.of(Field.nullable("v", wide));
    Batch batch =
        new RandomColumns(2, Nulls.SOME, RandomColumns.Form.PLAIN, false).batch(schema, 4, arena);
    boolean failed = true;
    for (int call = 1; failed; call++) {
      MemorySink memory = MemorySink.create();
      FailingSink failing = new FailingSink(memory, call);
      try (LanceWriter writer =
          LanceWriter.builder(schema).dataCacheBytes(100_000).create(failing)) {
        writer.writeArrow(producer.array(batch), producer.schema(schema));
        writer.writeArrowStream(producer.stream(schema, batch, batch));
        writer.finish();
      } catch (IOException e) {
        assertEquals(FailingSink.MESSAGE, e.getMessage());
      }
      failed = failing.hasFailed();
      memory.close();
      assertTrue(call < 200, "the sink is called a bounded number of times");
    }
  }

  private static FixedWidthColumn ints(int... values) {
    return new FixedWidthColumn(INT32, values.length, null, MemorySegment.ofArray(values));
  }

  private static byte[] bytes(MemorySink sink) {
    return sink.segment().toArray(ValueLayout.JAVA_BYTE);
  }
}
