package dev.lancewright.internal.levels;

import static dev.lancewright.testing.Rows.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.layout.LevelModel;
import dev.lancewright.internal.layout.LevelModel.Entry;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.simd.ValueBlock;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.Rows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LevelsTest {
  private static final Field INT32 = Field.nullable("item", DataType.int32());
  private static final Field LIST = nullable(listOf(INT32));
  private static final Field LIST_OF_LISTS = nullable(listOf(nullable(listOf(INT32))));
  private static final Field STRUCT_OF_LIST = nullable(structOf(LIST));
  private static final Field LIST_OF_STRUCT = nullable(listOf(nullable(structOf(INT32))));

  private final PagePool pool = new PagePool();
  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void freeMemory() {
    pool.close();
    arena.close();
  }

  @Test
  void listWithNullsAndEmptyLists() {
    Levels levels = levels(LIST, list(1, 2), list(), null, list(3), list(4, null));
    assertLevels("NULLABLE_ITEM NULL_AND_EMPTY_LIST", "1011110", "0032001", levels);
    assertEquals(5, levels.rows());
    assertEquals(7, levels.count());
    assertEquals(5, levels.values());
    assertEquals(1, levels.bitsRep());
    assertEquals(2, levels.bitsDef());
    assertEquals("4 0 7 6 4 4 1", words(levels));
  }

  @Test
  void structsAboveText() {
    Field text = nullable(DataType.utf8());
    Field field = nullable(structOf(nullable(structOf(text))));
    Levels levels =
        levels(field, list(list("a")), list(list((Object) null)), list((Object) null), null);
    assertLevels("NULLABLE_ITEM NULLABLE_ITEM NULLABLE_ITEM", null, "0123", levels);
    assertEquals(4, levels.values());
    assertEquals(0, levels.bitsRep());
  }

  @Test
  void structAboveList() {
    Levels levels =
        levels(
            STRUCT_OF_LIST,
            list(list(5, null)),
            list((Object) null),
            list(list()),
            null,
            list(list(6)));
    assertLevels("NULLABLE_ITEM NULL_AND_EMPTY_LIST NULLABLE_ITEM", "101111", "012340", levels);
    assertEquals(3, levels.values());
  }

  @Test
  void listsOfListsCountFromTheOutermost() {
    Levels levels =
        levels(LIST_OF_LISTS, list(list(1, 2), list(3)), null, list(null, list()), list());
    assertLevels(
        "ALL_VALID_ITEM NULL_AND_EMPTY_LIST NULL_AND_EMPTY_LIST", "2012212", "0003124", levels);
    assertEquals(2, levels.bitsRep());
    assertEquals(3, levels.bitsDef());
  }

  @Test
  void fixedSizeListsRepeatTheirLevel() {
    Field item = nullable(structOf(INT32));
    Field field = nullable(DataType.fixedSizeList(item, 2));
    Levels levels = levels(field, list(list(1), null), null, list(list((Object) null), list(2)));
    assertLevels("NULLABLE_ITEM NULLABLE_ITEM NULLABLE_ITEM", null, "023310", levels);
    assertEquals(3, levels.rows());
    assertEquals(2, levels.rowStarts(2, 6));
  }

  @Test
  void levelsThatNoRowNeedsHaveNoNumber() {
    assertLevels("ALL_VALID_ITEM ALL_VALID_LIST", "10", "00", levels(LIST, list(1, 2)));
    assertFalse(levels(LIST, list(1, 2)).hasDef());
    assertLevels("ALL_VALID_ITEM EMPTYABLE_LIST", "11", "10", levels(LIST, list(), list(1)));
    assertLevels("ALL_VALID_ITEM NULLABLE_LIST", "11", "10", levels(LIST, null, list(1)));
    assertLevels(
        "NULLABLE_ITEM EMPTYABLE_LIST", "11", "12", levels(LIST, list((Object) null), list()));
    assertLevels("ALL_VALID_ITEM NULL_AND_EMPTY_LIST", "11", "12", levels(LIST, null, list()));
  }

  /** Readers miscount lists in lists that are never empty, and nulls that the schema allows. */
  @Test
  void someLayersAreWrittenWithoutNeed() {
    assertLevels(
        "ALL_VALID_ITEM EMPTYABLE_LIST ALL_VALID_LIST",
        "2",
        "0",
        levels(LIST_OF_LISTS, list(list(1))));
    assertLevels(
        "ALL_VALID_ITEM ALL_VALID_LIST NULLABLE_ITEM",
        "1",
        "0",
        levels(STRUCT_OF_LIST, list(list(1))));
    assertLevels(
        "ALL_VALID_ITEM ALL_VALID_LIST ALL_VALID_ITEM",
        "1",
        "0",
        levels(Field.required("v", structOf(LIST)), list(list(1))));
    Field required = Field.required("a", DataType.int32());
    assertLevels(
        "NULLABLE_ITEM NULLABLE_ITEM",
        null,
        "20",
        levels(nullable(structOf(required)), null, list(1)));
  }

  @Test
  void flatColumnsHaveLevelsIfTheyHaveNulls() {
    LeafPath path = LeafPath.flat(INT32);
    AppendBuffer scratch = new AppendBuffer(pool);
    ValueBlock block = new ValueBlock();
    Levels all = Levels.flat(path, 130, null, scratch, block);
    assertFalse(all.hasDef());
    assertEquals(List.of(Layer.ALL_VALID_ITEM), all.layers());
    for (int rows = 1; rows <= 130; rows++) {
      boolean[] present = new boolean[rows];
      byte[] bytes = new byte[(rows + 7) / 8];
      for (int i = 0; i < rows; i++) {
        present[i] = i % 3 != 0;
        bytes[i >> 3] |= (byte) (present[i] ? 1 << (i & 7) : 0);
      }
      Bitmap validity = new Bitmap(MemorySegment.ofArray(bytes), 0, rows);
      Levels levels = Levels.flat(path, rows, validity, scratch, block);
      assertLevels("NULLABLE_ITEM", null, digits(rows, i -> present[i] ? 0 : 1), levels);
      assertEquals(rows, levels.values());
      assertEquals(rows, levels.rowStarts(0, rows));
    }
  }

  @Test
  void fullZipReadersTakeLevelsForValuesBelowOuterNulls() {
    assertFalse(levels(LIST, null, list(), list(1, null)).hasNullableOutside());
    assertFalse(levels(LIST, null, list(), list(1, null)).hasLevelsTakenForValues());

    Levels valid = levels(STRUCT_OF_LIST, list(list(1)));
    assertTrue(valid.hasNullableOutside());
    assertFalse(valid.hasLevelsTakenForValues());
    assertTrue(levels(STRUCT_OF_LIST, list(list(1)), list(list())).hasLevelsTakenForValues());
    assertFalse(levels(STRUCT_OF_LIST, list(list(1)), null).hasLevelsTakenForValues());
    assertFalse(
        levels(LIST_OF_STRUCT, list(list(1), null), null, list()).hasLevelsTakenForValues());
  }

  /** A reader takes an entry for a value if its level is no greater than nullable item layers. */
  @Test
  void levelsTakenForValuesAreThoseOfReaders() {
    RandomGenerator random = new SplittableRandom(4);
    int misread = 0;
    for (int seed = 0; seed < 600; seed++) {
      Levels levels = levels(randomColumn(seed, random.nextInt(12)));
      long bound = levels.layers().stream().filter(Layer.NULLABLE_ITEM::equals).count();
      String def = def(levels);
      boolean expected =
          IntStream.range(0, def.length())
              .anyMatch(i -> !levels.isValue(i) && def.charAt(i) - '0' <= bound);
      assertEquals(expected, levels.hasLevelsTakenForValues(), "seed " + seed + ", levels " + def);
      misread += expected ? 1 : 0;
    }
    assertTrue(misread > 20 && misread < 580, misread + " are misread");
  }

  @Test
  void zippedLayersFollowTheSchemaWhereThereAreLists() {
    Levels plain = levels(LIST_OF_STRUCT, list(list(1)), null);
    assertLevels("ALL_VALID_ITEM ALL_VALID_ITEM NULLABLE_LIST", "11", "01", plain);
    assertLevels("NULLABLE_ITEM NULLABLE_ITEM NULLABLE_LIST", "11", "03", plain.zipped());

    Field required = nullable(listOf(Field.required("item", structOf(INT32))));
    Levels rows = levels(required, list(list(1)), null);
    assertLevels("NULLABLE_ITEM ALL_VALID_ITEM NULLABLE_LIST", "11", "02", rows.zipped());

    Levels withoutLists = levels(nullable(structOf(INT32)), list(1));
    assertSame(withoutLists, withoutLists.zipped());
  }

  @Test
  void aSliceIsWhatItsRowsAloneAre() {
    RandomGenerator random = new SplittableRandom(5);
    for (int seed = 0; seed < 300; seed++) {
      Sample sample = randomColumn(seed, 1 + random.nextInt(130));
      int from = random.nextInt((int) sample.column.length());
      int count = 1 + random.nextInt((int) sample.column.length() - from);
      Levels expected = levels(sample.slice(from, count));
      Levels slice = levels(sample).slice(from, count);
      String message = "seed %d, %d rows from %d".formatted(seed, count, from);
      assertEqual(expected, slice, message);
      int half = random.nextInt(count);
      assertEqual(
          levels(sample.slice(from + half, count - half)),
          slice.slice(half, count - half),
          message + ", and from " + half);
      assertEquals(
          levels(sample.slice(0, from)).values(), levels(sample).valuesBefore(from), message);
    }
  }

  private static void assertEqual(Levels expected, Levels actual, String message) {
    assertEquals(expected.layers(), actual.layers(), message);
    assertEquals(expected.hasRep() ? rep(expected) : null, actual.hasRep() ? rep(actual) : null);
    assertEquals(def(expected), def(actual), message);
    assertEquals(expected.rows(), actual.rows(), message);
    assertEquals(expected.values(), actual.values(), message);
    assertEquals(expected.count(), actual.count(), message);
  }

  @Test
  void entriesAreFoundAndCountedEightAtATime() {
    RandomGenerator random = new SplittableRandom(6);
    for (int rows = 1; rows <= 130; rows++) {
      Sample sample = randomColumn(rows, rows);
      List<Entry> entries = sample.entries();
      Levels levels = levels(sample).slice(0, rows);
      assertEquals(entries.size(), levels.count());
      for (int i = 0; i < 50 && !entries.isEmpty(); i++) {
        int from = random.nextInt(entries.size());
        int to = from + random.nextInt(entries.size() - from + 1);
        List<Entry> range = entries.subList(from, to);
        String message = "%d rows, entries %d to %d".formatted(rows, from, to);
        int lists = sample.path.lists();
        List<Integer> starts =
            IntStream.range(0, range.size())
                .filter(e -> range.get(e).rep() == lists)
                .boxed()
                .toList();
        if (lists > 0) {
          assertEquals(starts.size(), levels.rowStarts(from, to), message);
          long last = starts.isEmpty() ? range.size() : range.size() - starts.getLast();
          assertEquals(last, levels.lastRowEntries(from, to), message);
        }
        List<Integer> values =
            IntStream.range(0, range.size()).filter(e -> range.get(e).hasValue()).boxed().toList();
        for (int wanted = 1; wanted <= values.size(); wanted += 1 + random.nextInt(9)) {
          assertEquals(
              values.get(wanted - 1) + 1, levels.entriesOf(wanted, from), message + ": " + wanted);
        }
      }
    }
  }

  /** A column of one of the shapes above, with anything in it. */
  private Sample randomColumn(int seed, int rows) {
    List<Field> fields = List.of(LIST, LIST_OF_LISTS, STRUCT_OF_LIST, LIST_OF_STRUCT);
    Field field = fields.get(seed & 3);
    return new Sample(
        LeafPath.of(field).getFirst(),
        RandomColumns.varied(seed, 4_000).column(field, rows, arena));
  }

  private record Sample(LeafPath path, Column column) {
    Sample slice(long from, long count) {
      return new Sample(path, column.slice(from, count));
    }

    List<Entry> entries() {
      LevelModel model = new LevelModel(path);
      for (long row = 0; row < column.length(); row++) {
        model.add(column, row);
      }
      return model.entries();
    }
  }

  private Levels levels(Field field, Object... values) {
    try (Rows rows = Rows.of(field, values)) {
      return levels(new Sample(LeafPath.of(field).getFirst(), rows.column()));
    }
  }

  private Levels levels(Sample sample) {
    long rows = sample.column.length();
    LeafView view = new LeafView(sample.path, pool);
    view.set(sample.column);
    LevelBuffer buffer = new LevelBuffer(sample.path, pool);
    new LevelBuilder(sample.path, pool).append(view, 0, rows, buffer);
    return Levels.of(sample.path, buffer, rows, view.leafSlot(rows));
  }

  private static void assertLevels(String layers, String rep, String def, Levels levels) {
    assertEquals(
        layers, levels.layers().stream().map(Layer::name).collect(Collectors.joining(" ")));
    assertEquals(rep != null, levels.hasRep());
    if (rep != null) {
      assertEquals(rep, rep(levels));
    }
    assertEquals(def, def(levels));
  }

  private static String rep(Levels levels) {
    MemorySegment target = target(levels);
    levels.rep().write(0, levels.count(), target.byteSize(), target, 0);
    return digits(levels.count(), i -> target.get(LittleEndian.SHORT, i * 2L));
  }

  private static String def(Levels levels) {
    if (!levels.hasDef()) {
      return "0".repeat((int) levels.count());
    }
    MemorySegment target = target(levels);
    levels.def().write(0, levels.count(), target.byteSize(), target, 0);
    return digits(levels.count(), i -> target.get(LittleEndian.SHORT, i * 2L));
  }

  private static MemorySegment target(Levels levels) {
    return MemorySegment.ofArray(new byte[(int) levels.count() * LevelArray.BYTES]);
  }

  private static String digits(long count, IntUnaryOperator digit) {
    return IntStream.range(0, (int) count)
        .map(digit)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining());
  }

  private static String words(Levels levels) {
    return IntStream.range(0, (int) levels.count())
        .mapToObj(i -> Integer.toString(levels.word(i)))
        .collect(Collectors.joining(" "));
  }

  private static Field nullable(DataType type) {
    return Field.nullable("v", type);
  }

  private static DataType listOf(Field item) {
    return DataType.list(item);
  }

  private static DataType structOf(Field child) {
    return DataType.struct(child);
  }
}
