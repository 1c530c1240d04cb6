package dev.lancewright.arrow;

import static dev.lancewright.arrow.ArrowProducer.peek;
import static dev.lancewright.arrow.ArrowProducer.poke;
import static dev.lancewright.arrow.ArrowProducer.slot;
import static dev.lancewright.arrow.RandomBatches.assertSame;
import static dev.lancewright.arrow.RandomBatches.schemaOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.arrow.ArrowProducer.Shape;
import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ImportedBatchTest {
  private static final StructLayout LAYOUT = ArrowArray.LAYOUT;
  private static final long SEED = 7;

  private final ArrowProducer export = new ArrowProducer();
  private final RandomBatches random = new RandomBatches(SEED);

  @AfterEach
  void close() {
    export.close();
  }

  static final List<Shape> SHAPES =
      List.of(
          Shape.PLAIN,
          new Shape(0, 0, 1, false, 0),
          new Shape(5, 0, 3, true, 2),
          new Shape(0, 9, 8, false, 0),
          new Shape(8, 16, 0, true, 2),
          new Shape(3, 4, 7, false, 0));

  @ParameterizedTest
  @FieldSource("SHAPES")
  void importsEveryLayout(Shape shape) {
    RandomRows randomRows = new RandomRows(SEED);
    try (ImportMemory memory = new ImportMemory()) {
      for (ArrayLayout layout : Types.LAYOUTS) {
        for (boolean nullable : new boolean[] {false, true}) {
          for (int count : new int[] {0, 1, 50}) {
            ImportSchema schema = schemaOf(layout, nullable);
            List<List<Object>> rows = List.of(randomRows.rows(layout, nullable, count));
            long address = export.array(schema, rows, count, shape);
            try (ImportedBatch imported =
                ImportedBatch.take(address, schema, Imports::all, memory)) {
              String where = layout + ", " + shape + ", seed " + SEED + ", rows " + count;
              assertSame(rows, count, imported.batch(), where);
            }
          }
        }
      }
    }
    export.assertAllReleasedOnce();
  }

  @Test
  void importsOnlyWantedColumns() {
    Schema schema =
        Schema.of(
            Field.nullable("a", Types.INT32),
            Field.nullable("b", Types.UTF8),
            Field.nullable("c", Types.FLOAT32));
    Batch batch = random.batch(schema, 10);
    long address = export.array(batch);
    poke(column(address, 1), LAYOUT, "n_buffers", -1);

    Predicate<Field> wanted = field -> !field.name().equals("b");
    try (ImportedBatch imported = Imports.take(address, schema, wanted)) {
      Schema kept = Schema.of(schema.fields().get(0), schema.fields().get(2));
      Batch expected = Batch.of(kept, batch.columns().get(0), batch.columns().get(2));
      assertSame(expected, imported.batch(), "seed " + SEED);
    }
    export.assertAllReleasedOnce();
  }

  @Test
  void keepsRowsWhereNoColumnIsWanted() {
    Batch batch = random.batch(schemaOf(Types.INT32, true), 10);

    try (ImportedBatch imported =
        Imports.take(export.array(batch), batch.schema(), field -> false)) {
      assertEquals(new Batch(Schema.of(), List.of(), 10), imported.batch());
    }
  }

  @Test
  void borrowsWithoutACopy() {
    Batch batch = random.batch(schemaOf(Types.UTF8, false), 10);
    long address = export.array(batch);
    long data = slot(column(address, 0), LAYOUT, "buffers", 2).get(ValueLayout.JAVA_LONG, 0);

    try (ImportedBatch imported = Imports.take(address, batch.schema(), Imports::all)) {
      Column column = imported.batch().columns().getFirst();
      assertEquals(data, ((VariableWidthColumn) column).data().address());
    }
  }

  @Test
  void movesTheStruct() {
    Batch batch = random.batch(schemaOf(Types.INT32, false), 10);
    long address = export.array(batch);

    try (ImportedBatch imported = Imports.take(address, batch.schema(), Imports::all)) {
      assertEquals(0, peek(address, LAYOUT, "release"));
      assertEquals(0, export.arrayReleased(address));
      for (String member : List.of("length", "offset", "n_buffers", "buffers", "children")) {
        poke(address, LAYOUT, member, -1);
      }
      assertSame(batch, imported.batch(), "seed " + SEED);
    }
  }

  @Test
  void releasesOnceWhenClosedTwiceAndOnAnotherThread() throws InterruptedException {
    Batch batch = random.batch(schemaOf(Types.INT32, false), 10);
    ImportedBatch imported = Imports.take(export.array(batch), batch.schema(), Imports::all);

    Thread thread = Thread.ofPlatform().start(imported::close);
    thread.join();
    imported.close();

    export.assertAllReleasedOnce();
    Exception e = assertThrows(IllegalStateException.class, imported::batch);
    assertEquals("the imported batch is closed, its memory is released", e.getMessage());
  }

  @Test
  void releasesOnceWhenTheProducerForgetsToMarkIt() {
    Batch batch = random.batch(schemaOf(Types.INT32, false), 10);
    try (ArrowProducer careless = new ArrowProducer(false)) {
      ImportedBatch imported = Imports.take(careless.array(batch), batch.schema(), Imports::all);
      imported.close();
      imported.close();
      careless.assertAllReleasedOnce();
    }
  }

  @Test
  void takesTheSameStructAgainWhenItIsFilledAgain() {
    Batch batch = random.batch(schemaOf(Types.UTF8, true), 100);
    long address = export.array(batch, new Shape(3, 0, 0, true, 0));
    for (int i = 0; i < 1000; i++) {
      export.rearm(address);
      try (ImportedBatch imported = Imports.take(address, batch.schema(), Imports::all)) {
        assertEquals(100, imported.batch().rows());
      }
    }
    assertEquals(1000, export.arrayReleased(address));
  }

  @Test
  void dropsTheBitmapWhereThereAreNoNulls() {
    Batch batch = random.batch(schemaOf(Types.INT32, true), 100);
    long address = export.array(batch);
    poke(column(address, 0), LAYOUT, "null_count", 0);

    try (ImportedBatch imported = Imports.take(address, batch.schema(), Imports::all)) {
      assertNull(imported.batch().columns().getFirst().validity());
    }
  }

  @Test
  void takesUncountedNullsWithoutABitmapAsNone() {
    Batch batch = random.batch(schemaOf(Types.INT32, false), 100);
    long address = export.array(batch, new Shape(0, 0, 0, false, 0));
    poke(address, LAYOUT, "null_count", -1);

    try (ImportedBatch imported = Imports.take(address, batch.schema(), Imports::all)) {
      assertSame(batch, imported.batch(), "seed " + SEED);
    }
  }

  @Test
  void takesABatchWithABitmapOfOnes() {
    Batch batch = random.batch(schemaOf(Types.INT32, false), 10);
    long address = export.array(batch, new Shape(2, 0, 0, true, 2));
    poke(address, LAYOUT, "null_count", -1);
    // The first two rows are null, but sliced away.
    MemorySegment ones = export.arena().allocateFrom(ValueLayout.JAVA_SHORT, (short) 0x0FFC);
    slot(address, LAYOUT, "buffers", 0).set(ValueLayout.ADDRESS, 0, ones);

    try (ImportedBatch imported = Imports.take(address, batch.schema(), Imports::all)) {
      assertSame(batch, imported.batch(), "seed " + SEED);
    }
  }

  @Test
  void takesStringsThatAreAllEmptyWithoutData() {
    VariableWidthColumn empty =
        new VariableWidthColumn(
            DataType.utf8(), 3, null, MemorySegment.ofArray(new byte[16]), MemorySegment.NULL);
    Batch batch = Batch.of(schemaOf(Types.UTF8, false), empty);
    long address = export.array(batch);
    assertEquals(0, slot(column(address, 0), LAYOUT, "buffers", 2).get(ValueLayout.JAVA_LONG, 0));

    try (ImportedBatch imported = Imports.take(address, batch.schema(), Imports::all)) {
      assertSame(batch, imported.batch(), "all empty");
    }
  }

  @Test
  void takesANullColumnWithABufferThatIsNull() {
    Batch batch = random.batch(schemaOf(DataType.nullType(), true), 4);
    long address = export.array(batch);
    poke(column(address, 0), LAYOUT, "n_buffers", 1);
    MemorySegment buffers = export.arena().allocate(ValueLayout.ADDRESS);
    poke(column(address, 0), LAYOUT, "buffers", buffers.address());

    try (ImportedBatch imported = Imports.take(address, batch.schema(), Imports::all)) {
      assertSame(batch, imported.batch(), "null column");
    }
  }

  @Test
  void refusesTypesThatAFileCannotHold() {
    long address = export.array(random.batch(schemaOf(Types.INT32, false), 3));

    assertRefused(
        "column 'c' (month_interval): this type cannot be imported; leave the column out, or cast"
            + " it to another",
        address,
        schemaOf(new DataType.Unsupported("month_interval"), true));
  }

  @Test
  void refusesADictionaryWithoutIntegers() {
    DataType text = DataType.dictionary(Types.INT32, Types.UTF8);
    DataType real = DataType.dictionary(Types.FLOAT32, Types.UTF8);
    List<Object> rows = new RandomRows(SEED).rows(ArrayLayout.of(text), true, 3);
    long address =
        export.array(schemaOf(ArrayLayout.of(text), true), List.of(rows), 3, Shape.PLAIN);

    assertRefused(
        "column 'c' (dictionary<utf8, float32>): the indices are of float32; they must be integers",
        address,
        schemaOf(real, true));
  }

  @Test
  void refusesAddressesWhereNoArrayIs() {
    Schema schema = schemaOf(Types.INT32, true);
    assertMessage("the array is NULL; it must be the address of an ArrowArray", 0, schema);
    assertMessage(
        "the array is 0x1004, which is not a multiple of 8; it must be the address of an"
            + " ArrowArray",
        0x1004,
        schema);
  }

  @Test
  void refusesToTakeTwice() {
    Batch batch = random.batch(schemaOf(Types.INT32, true), 3);
    long address = export.array(batch);
    Imports.take(address, batch.schema(), Imports::all).close();

    assertRefused(
        "the array was released or moved before; each can be taken once", address, batch.schema());
  }

  @Test
  void releasesWhenThePredicateThrows() {
    Batch batch = random.batch(schemaOf(Types.INT32, true), 3);
    long address = export.array(batch);

    assertThrows(
        UnsupportedOperationException.class,
        () ->
            Imports.take(
                address,
                batch.schema(),
                field -> {
                  throw new UnsupportedOperationException();
                }));
    export.assertAllReleasedOnce();
  }

  @Test
  void releasesThoughAnArgumentIsNull() {
    Batch batch = random.batch(schemaOf(Types.INT32, true), 3);
    ImportSchema schema = ImportSchema.of(batch.schema());
    try (ImportMemory memory = new ImportMemory()) {
      assertNullRefused(
          "schema",
          () -> ImportedBatch.take(export.array(batch), null, Imports::all, memory).close());
      assertNullRefused(
          "wanted", () -> ImportedBatch.take(export.array(batch), schema, null, memory).close());
      assertNullRefused(
          "memory",
          () -> ImportedBatch.take(export.array(batch), schema, Imports::all, null).close());
    }
    export.assertAllReleasedOnce();
  }

  private static void assertNullRefused(String name, Executable call) {
    assertEquals(
        name + " must not be null",
        assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private void assertRefused(String message, long address, Schema schema) {
    assertMessage(message, address, schema);
    export.assertAllReleasedOnce();
  }

  private static void assertMessage(String message, long address, Schema schema) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> Imports.take(address, schema, Imports::all));
    assertEquals(message, e.getMessage());
  }

  private static long column(long address, int index) {
    return slot(address, LAYOUT, "children", index).get(ValueLayout.JAVA_LONG, 0);
  }
}
