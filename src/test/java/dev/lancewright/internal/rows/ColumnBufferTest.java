package dev.lancewright.internal.rows;

import static dev.lancewright.testing.Rows.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.layout.EncodedPage;
import dev.lancewright.internal.layout.LevelModel;
import dev.lancewright.internal.layout.PageFile;
import dev.lancewright.internal.layout.StructuralPageEncoder;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.LeafView;
import dev.lancewright.internal.values.LeafBuffer;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.testing.Messages;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.Rows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnBufferTest {
  private static final DataType.Int INT32 = DataType.int32();
  private static final DataType.Utf8 UTF8 = DataType.utf8();
  private static final DataType.Dictionary FEW = DataType.dictionary(DataType.int8(), INT32);

  private final PageFile file = new PageFile();
  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void freeMemory() {
    file.close();
    arena.close();
  }

  static Stream<Field> fields() {
    Field item = Field.nullable("item", INT32);
    Field text = Field.nullable("text", UTF8);
    return Stream.of(
            INT32,
            UTF8,
            FEW,
            structOf(text),
            listOf(item),
            listOf(text),
            listOf(Field.nullable("item", listOf(item))),
            structOf(Field.nullable("list", listOf(Field.nullable("item", structOf(text))))),
            DataType.fixedSizeList(Field.nullable("item", structOf(item)), 3),
            listOf(Field.nullable("item", DataType.fixedSizeList(item, 2))))
        .map(type -> Field.nullable("v", type));
  }

  /** The page ends with the first row that brings bytes of values, or lists and values, to it. */
  @ParameterizedTest
  @MethodSource("fields")
  void aPageEndsWithTheRowThatReachesItsSize(Field field) {
    LeafPath path = LeafPath.of(field).getFirst();
    RandomGenerator random = new SplittableRandom(field.hashCode());
    int ends = 0;
    for (int seed = 0; seed < 20; seed++) {
      Column column = RandomColumns.varied(seed, 2_000).column(field, 300, arena);
      int held = random.nextInt(100);
      int count = 1 + random.nextInt(200);
      ColumnBuffer buffer = new ColumnBuffer(path, file.pool());
      buffer.open(column);
      buffer.append(0, held);
      Filling before = new Filling(path, column);
      before.append(held);
      long least = before.size() + 1;
      for (int i = 0; i < 20; i++) {
        long pageBytes = least + random.nextInt(1 << random.nextInt(1, 12));
        int expected = expectedRows(path, column, held, count, pageBytes);
        long rows = buffer.rowsToComplete(held, count, pageBytes);
        assertEquals(
            expected,
            Math.min(rows, count + 1),
            "seed %d, %d rows held, %d bytes".formatted(seed, held, pageBytes));
        ends += expected <= count ? 1 : 0;
      }
    }
    assertTrue(ends > 50, ends + " pages end");
  }

  private int expectedRows(LeafPath path, Column column, int held, int count, long pageBytes) {
    Filling page = new Filling(path, column);
    page.append(held);
    for (int rows = 1; rows <= count; rows++) {
      page.append(1);
      if (page.size() >= pageBytes) {
        return rows;
      }
    }
    return count + 1;
  }

  /** A page that is filled row by row. */
  private final class Filling {
    private final LeafPath path;
    private final Column column;
    private final LeafView view;
    private final LeafBuffer leaf;
    private final LevelModel model;
    private long rows;

    Filling(LeafPath path, Column column) {
      this.path = path;
      this.column = column;
      view = new LeafView(path, file.pool());
      view.set(column);
      leaf = LeafBuffer.create(path.leaf().type(), file.pool());
      model = new LevelModel(path);
    }

    void append(int count) {
      for (int i = 0; i < count; i++) {
        long slot = view.leafSlot(rows);
        leaf.append(view.leaf(), slot, view.leafSlot(rows + 1) - slot);
        model.add(column, rows++);
      }
    }

    long size() {
      return path.isNested() ? Math.max(leaf.bytes(), model.slots()) : leaf.bytes();
    }
  }

  @Test
  void aPageEndsBeforeTheRowThatItsDictionaryCannotHold() {
    Field field = Field.nullable("v", listOf(Field.nullable("item", FEW)));
    List<Object> full = new ArrayList<>(IntStream.range(0, 126).boxed().toList());
    ColumnBuffer buffer = new ColumnBuffer(LeafPath.of(field).getFirst(), file.pool());
    append(buffer, field, full, null);
    assertEquals(1, rowsToComplete(buffer, field, list(126, 127), list(128)));
    assertEquals(0, rowsToComplete(buffer, field, list(5, 126, 127, 128), list(6)));
    assertEquals(1, rowsToComplete(buffer, field, list(5, 126), list(127, 128), list(6)));
    assertEquals(4, rowsToComplete(buffer, field, list(5, 126), list(127, 3), list(127)));
  }

  /** Where rows are cut into batches must not decide to which page they go. */
  @Test
  void rowsWithoutValuesGoToThePageBefore() {
    Field field = Field.nullable("v", listOf(Field.nullable("item", FEW)));
    ColumnBuffer buffer = new ColumnBuffer(LeafPath.of(field).getFirst(), file.pool());
    append(buffer, field, IntStream.range(0, 127).boxed().toList());
    assertEquals(3, rowsToComplete(buffer, field, list(127), list(), null, list(128)));
    assertEquals(2, rowsToComplete(buffer, field, list(), null, list(127, 128)));
    append(buffer, field, list(127));
    assertEquals(2, rowsToComplete(buffer, field, list(), null, list(128)));
    assertEquals(0, rowsToComplete(buffer, field, list(128)));
  }

  @Test
  void aPageThatIsFullEndsWithTheRowThatFillsIt() {
    Field field = Field.nullable("v", listOf(Field.nullable("item", FEW)));
    ColumnBuffer buffer = new ColumnBuffer(LeafPath.of(field).getFirst(), file.pool());
    try (Rows rows = Rows.of(field, list(1), list(2, 3), list(), list())) {
      buffer.open(rows.column());
      assertEquals(2, buffer.rowsToComplete(0, 4, 3));
      assertEquals(2, buffer.rowsToComplete(0, 4, 5));
      assertEquals(3, buffer.rowsToComplete(0, 4, 6));
    }
  }

  @Test
  void nothingOfAPageIsLeftForTheNext() throws IOException {
    Field field = Field.nullable("v", listOf(Field.nullable("item", INT32)));
    ColumnBuffer buffer = new ColumnBuffer(LeafPath.of(field).getFirst(), file.pool());
    StructuralPageEncoder encoder = file.encoder(FormatVersion.V2_1);
    append(buffer, field, list(1, null), null, list());
    assertEquals(3, buffer.rows());
    assertEquals(2 * 4 + 4 * 2, buffer.bytes(), "values, and levels of a byte");
    EncodedPage first = encode(buffer, encoder);
    assertEquals(3, first.rows());
    assertEquals(1, first.nulls());
    assertEquals(0, buffer.rows());
    assertEquals(0, buffer.bytes());
    append(buffer, field, list(7));
    EncodedPage second = encode(buffer, encoder);
    assertEquals(1, second.rows());
    assertEquals(0, second.nulls());
    assertEquals(
        List.of("REPDEF_ALL_VALID_ITEM", "REPDEF_ALL_VALID_LIST"),
        Messages.layout(second).getMiniBlockLayout().getLayersList().stream()
            .map(Enum::name)
            .toList());
  }

  /** Encodes and closes what waits, which is one page. */
  private EncodedPage encode(ColumnBuffer buffer, StructuralPageEncoder encoder)
      throws IOException {
    try (Page page = buffer.flush()) {
      return encoder.encode(page, file.pages()).getFirst();
    }
  }

  @Test
  void aPageKeepsItsRowsWhileOthersWait() throws IOException {
    Field field = Field.nullable("v", listOf(Field.nullable("item", INT32)));
    ColumnBuffer buffer = new ColumnBuffer(LeafPath.of(field).getFirst(), file.pool());
    append(buffer, field, list(1, 2), list(3));
    try (Page first = buffer.flush()) {
      append(buffer, field, list(4, 5, 6));
      try (Page second = buffer.flush()) {
        append(buffer, field, list(7));
        assertEquals(List.of(0L, 2L), List.of(first.firstRow(), second.firstRow()));
        assertEquals(List.of(2L, 1L), List.of(first.rows(), second.rows()));
        assertEquals(List.of(1, 2, 3), ints(first));
        assertEquals(List.of(4, 5, 6), ints(second));
        assertEquals(3 * 4 + 3 * 2, first.bytes(), "values, and levels of a byte");
      }
    }
    try (Page third = buffer.flush()) {
      assertEquals(3, third.firstRow());
      assertEquals(List.of(7), ints(third));
    }
  }

  @Test
  void memoryOfPagesThatWereOpenTogetherIsUsedAgain() {
    Field field = Field.nullable("v", INT32);
    ColumnBuffer buffer = new ColumnBuffer(LeafPath.of(field).getFirst(), file.pool());
    Object[] rows = IntStream.range(0, 100_000).boxed().toArray();
    fillThreePages(buffer, field, rows);
    long retained = file.pool().retainedBytes();
    for (int i = 0; i < 3; i++) {
      fillThreePages(buffer, field, rows);
    }
    assertEquals(retained, file.pool().retainedBytes());
  }

  private static void fillThreePages(ColumnBuffer buffer, Field field, Object... rows) {
    append(buffer, field, rows);
    try (Page _ = buffer.flush()) {
      append(buffer, field, rows);
      try (Page _ = buffer.flush()) {
        append(buffer, field, rows);
        buffer.flush().close();
        append(buffer, field, 1);
      }
    }
    buffer.flush().close();
  }

  @Test
  void whatABatchHasForAWholePageIsBorrowed() {
    Field field = Field.nullable("v", INT32);
    ColumnBuffer buffer = new ColumnBuffer(LeafPath.of(field).getFirst(), file.pool());
    try (Rows rows = Rows.of(field, 1, 2, 3)) {
      buffer.open(rows.column());
      try (Page page = buffer.complete(0, 2)) {
        assertTrue(page.isBorrowed());
        assertEquals(2, page.rows());
        assertEquals(0, page.bytes());
      }
      buffer.append(2, 1);
      try (Page page = buffer.complete(0, 1)) {
        assertFalse(page.isBorrowed());
        assertEquals(List.of(3, 1), ints(page));
      }
    }
  }

  private static List<Integer> ints(Page page) {
    FixedWidthColumn values = (FixedWidthColumn) page.values();
    return IntStream.range(0, (int) values.length())
        .mapToObj(i -> values.values().get(ValueLayout.JAVA_INT_UNALIGNED, i * 4L))
        .toList();
  }

  private static void append(ColumnBuffer buffer, Field field, Object... values) {
    try (Rows rows = Rows.of(field, values)) {
      buffer.open(rows.column());
      buffer.append(0, values.length);
      buffer.close();
    }
  }

  /** At most one more than there are. */
  private static long rowsToComplete(ColumnBuffer buffer, Field field, Object... values) {
    try (Rows rows = Rows.of(field, values)) {
      buffer.open(rows.column());
      long count = buffer.rowsToComplete(0, values.length, 1 << 20);
      buffer.close();
      return Math.min(count, values.length + 1);
    }
  }

  private static DataType listOf(Field item) {
    return DataType.list(item);
  }

  private static DataType structOf(Field child) {
    return DataType.struct(child);
  }
}
