package dev.lancewright.arrow;

import static dev.lancewright.arrow.ArrowProducer.peek;
import static dev.lancewright.arrow.ArrowProducer.poke;
import static dev.lancewright.arrow.ArrowProducer.slot;
import static dev.lancewright.arrow.RandomBatches.assertSame;
import static dev.lancewright.arrow.RandomBatches.schemaOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.arrow.ArrowProducer.Shape;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is copied when batches are imported, and where it is kept. */
class ImportMemoryTest {
  private static final StructLayout LAYOUT = ArrowArray.LAYOUT;
  private static final long SEED = 3;
  private static final Shape OFFSETS = new Shape(3, 4, 1, false, 2);
  private static final ArrayLayout EVERYTHING =
      Types.struct(
          Types.UTF8_VIEW,
          Types.decimals(64, 9, 2),
          Types.runs(16, Types.list(Types.UTF8_VIEW)),
          Types.listViews(Types.UTF8_VIEW, false));

  private final ArrowProducer export = new ArrowProducer();
  private final ImportMemory memory = new ImportMemory();
  private final RandomRows random = new RandomRows(SEED);

  @AfterEach
  void close() {
    memory.close();
    assertEquals(0, memory.retainedBytes());
    export.assertAllReleasedOnce();
    export.close();
  }

  @Test
  void arraysThatLieAsTheirTypeSaysAreNotCopied() {
    for (ArrayLayout layout : Types.LAYOUTS) {
      if (!layout.converted()) {
        take(layout, random.rows(layout, true, 100), OFFSETS).close();
      }
    }
    assertEquals(0, memory.retainedBytes());
  }

  @Test
  void listViewsInOrderKeepTheirItemsWhereTheyAre() {
    ArrayLayout layout = Types.listViews(ArrayLayout.of(Types.INT32), false);
    List<Object> rows = List.of(List.of(number(1), number(2)), List.of(), List.of(number(3)));
    ImportSchema schema = schemaOf(layout, true);
    long address = export.array(schema, List.of(rows), 3, Shape.PLAIN);
    long values = buffer(child(child(address, 0), 0), 1);
    try (ImportedBatch imported = ImportedBatch.take(address, schema, Imports::all, memory)) {
      ListColumn lists = (ListColumn) imported.batch().columns().getFirst();
      assertEquals(values, ((FixedWidthColumn) lists.items()).values().address());
    }
  }

  @Test
  void runsOfOneRowKeepTheirValuesWhereTheyAre() {
    ArrayLayout layout = Types.runs(32, ArrayLayout.of(Types.INT32));
    ImportSchema schema = schemaOf(layout, true);
    List<Object> rows = List.of(number(1), number(2), number(3));
    long address = export.array(schema, List.of(rows), 3, Shape.PLAIN);
    long values = buffer(child(child(address, 0), 1), 1);
    try (ImportedBatch imported = ImportedBatch.take(address, schema, Imports::all, memory)) {
      Column column = imported.batch().columns().getFirst();
      assertEquals(values, ((FixedWidthColumn) column).values().address());
    }
    assertEquals(0, memory.retainedBytes());
  }

  /** A sliced list does not have the items before and behind it converted. */
  @Test
  void itemsThatNoListHasAreNotConverted() {
    ArrayLayout layout = Types.list(Types.UTF8_VIEW);
    List<Object> rows = random.rows(layout, true, 20);
    try (ImportedBatch imported = take(layout, rows, OFFSETS)) {
      ListColumn lists = (ListColumn) imported.batch().columns().getFirst();
      long items =
          rows.stream().filter(List.class::isInstance).mapToLong(r -> ((List<?>) r).size()).sum();
      assertEquals(items, lists.items().length());
      assertEquals(0, lists.offset(0));
      assertEquals(items, lists.offset(20));
    }
  }

  @Test
  void memoryIsUsedAgain() {
    List<Object> rows = random.rows(EVERYTHING, true, 200);
    take(EVERYTHING, rows, OFFSETS).close();
    long retained = memory.retainedBytes();
    assertTrue(retained > 0);
    for (int i = 0; i < 20; i++) {
      take(EVERYTHING, rows, OFFSETS).close();
    }
    assertEquals(retained, memory.retainedBytes());
  }

  @Test
  void openBatchesDoNotShareMemory() throws InterruptedException {
    List<Object> rows = random.rows(EVERYTHING, true, 50);
    List<Object> others = random.rows(EVERYTHING, true, 50);
    ImportedBatch first = take(EVERYTHING, rows, OFFSETS);
    ImportedBatch second = take(EVERYTHING, others, OFFSETS);
    assertSame(List.of(rows), 50, first.batch(), "seed " + SEED);
    assertSame(List.of(others), 50, second.batch(), "seed " + SEED);

    Thread thread = Thread.ofPlatform().start(first::close);
    thread.join();
    first.close();
    try (ImportedBatch third = take(EVERYTHING, rows, Shape.PLAIN)) {
      assertSame(List.of(rows), 50, third.batch(), "seed " + SEED);
      assertSame(List.of(others), 50, second.batch(), "seed " + SEED);
    }
    second.close();
  }

  @Test
  void batchesOutliveTheMemory() {
    List<Object> rows = random.rows(EVERYTHING, true, 50);
    ImportedBatch batch = take(EVERYTHING, rows, OFFSETS);

    memory.close();

    assertSame(List.of(rows), 50, batch.batch(), "seed " + SEED);
    assertTrue(memory.retainedBytes() > 0);
    batch.close();
    assertEquals(0, memory.retainedBytes());
    Exception e = assertThrows(IllegalStateException.class, () -> take(EVERYTHING, rows, OFFSETS));
    assertEquals("the memory for converted values is closed", e.getMessage());
  }

  @Test
  void memoryIsGivenBackWhenABatchIsRefused() {
    ArrayLayout layout = Types.struct(Types.decimals(32, 9, 2), Types.UTF8_VIEW);
    List<Object> rows = List.of(List.of(ByteBuffer.wrap(new byte[16]), number(7)));
    take(layout, rows, OFFSETS).close();
    long retained = memory.retainedBytes();
    ImportSchema schema = schemaOf(layout, true);
    for (int i = 0; i < 3; i++) {
      long address = export.array(schema, List.of(rows), 1, OFFSETS);
      poke(child(child(address, 0), 1), LAYOUT, "null_count", -2);
      assertThrows(
          IllegalArgumentException.class,
          () -> ImportedBatch.take(address, schema, Imports::all, memory));
    }
    assertEquals(retained, memory.retainedBytes());
  }

  /** Nothing of the gigabytes is read before they are refused. */
  @Test
  void refusesMoreTextThanOffsetsCanTell() {
    List<Object> rows = List.of(text(13), text(14), text(15));
    ImportSchema schema = schemaOf(Types.UTF8_VIEW, true);
    long address = export.array(schema, List.of(rows), 3, Shape.PLAIN);
    long column = child(address, 0);
    MemorySegment views = segment(buffer(column, 1), 48);
    for (int i = 0; i < 3; i++) {
      views.set(ValueLayout.JAVA_INT, i * 16L, 1 << 30);
      views.set(ValueLayout.JAVA_INT, i * 16L + 8, 0);
      views.set(ValueLayout.JAVA_INT, i * 16L + 12, 0);
    }
    segment(buffer(column, (int) peek(column, LAYOUT, "n_buffers") - 1), 8)
        .set(ValueLayout.JAVA_LONG, 0, 1L << 30);

    assertRefused(
        "column 'c' (utf8_view): the values of the batch take more than offsets of 32 bits can"
            + " tell; use smaller batches",
        address,
        schema);
  }

  @Test
  void refusesMoreItemsThanOffsetsCanTell() {
    ArrayLayout layout = Types.listViews(ArrayLayout.of(DataType.nullType()), false);
    ImportSchema schema = schemaOf(layout, true);
    List<Object> rows = List.of(List.of(), List.of(), List.of());
    long address = export.array(schema, List.of(rows), 3, Shape.PLAIN);
    long column = child(address, 0);
    poke(child(column, 0), LAYOUT, "length", 3L << 30);
    poke(child(column, 0), LAYOUT, "null_count", -1);
    segment(buffer(column, 1), 12).copyFrom(MemorySegment.ofArray(new int[] {0, 1 << 30, 1 << 30}));
    segment(buffer(column, 2), 12).copyFrom(MemorySegment.ofArray(new int[] {1 << 30, 0, 1 << 30}));

    assertRefused(
        "column 'c' (list_view<null>): the values of the batch take more than offsets of 32 bits"
            + " can tell; use smaller batches",
        address,
        schema);
  }

  private void assertRefused(String message, long address, ImportSchema schema) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ImportedBatch.take(address, schema, Imports::all, memory));
    assertEquals(message, e.getMessage());
  }

  private ImportedBatch take(ArrayLayout layout, List<Object> rows, Shape shape) {
    ImportSchema schema = schemaOf(layout, true);
    long address = export.array(schema, List.of(rows), rows.size(), shape);
    return ImportedBatch.take(address, schema, Imports::all, memory);
  }

  private static ByteBuffer number(int value) {
    return ByteBuffer.wrap(new byte[] {(byte) value, 0, 0, 0});
  }

  private static ByteBuffer text(int length) {
    return ByteBuffer.wrap(new byte[length]);
  }

  private static long child(long array, int index) {
    return slot(array, LAYOUT, "children", index).get(ValueLayout.JAVA_LONG, 0);
  }

  private static long buffer(long array, int index) {
    return slot(array, LAYOUT, "buffers", index).get(ValueLayout.JAVA_LONG, 0);
  }

  @SuppressWarnings("restricted")
  private static MemorySegment segment(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }
}
