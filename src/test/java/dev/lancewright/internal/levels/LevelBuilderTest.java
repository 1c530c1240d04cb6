package dev.lancewright.internal.levels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Column;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.layout.LevelModel;
import dev.lancewright.internal.layout.LevelModel.Entry;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.RandomSchemas;
import dev.lancewright.testing.Rows;
import dev.lancewright.testing.Weight;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels and leaf values of any column are those that {@link LevelModel} finds one by one. */
class LevelBuilderTest {
  private static final DataType.Int INT32 = DataType.int32();

  private final PagePool pool = new PagePool();
  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void freeMemory() {
    pool.close();
    arena.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void anySchema(int part) {
    for (long seed = part * 25L; seed < part * 25L + 25; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Schema schema = new RandomSchemas(FormatVersion.V2_2).schema(seed);
      int most = Math.min(6_000, 60_000 / Weight.of(schema));
      RandomColumns columns = RandomColumns.varied(seed, 20_000);
      for (Field field : schema.fields()) {
        check(field, columns, most, random, "seed " + seed);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void listsOfLists(int depth) {
    for (long seed = 0; seed < 20; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Field field = lists(depth, random);
      RandomColumns columns = RandomColumns.varied(seed, 30_000);
      check(field, columns, 6_000, random, field.type() + ", seed " + seed);
    }
  }

  /** A leaf below {@code depth} lists, and below structs here and there. */
  private static Field lists(int depth, RandomGenerator random) {
    Field below = depth == 0 ? field("item", INT32, random) : lists(depth - 1, random);
    int structs = random.nextInt(3);
    for (int i = 0; i < structs; i++) {
      below = field("item", DataType.struct(below), random);
    }
    if (depth == 0) {
      return below;
    }
    if (random.nextInt(4) == 0) {
      Field key = Field.required("key", DataType.int8());
      Field value = new Field("value", below.type(), below.nullable(), below.metadata());
      DataType.Struct entries = DataType.struct(key, value);
      return field("v", new DataType.MapOf(Field.required("entries", entries), false), random);
    }
    return field("v", new DataType.ListOf(below, random.nextBoolean()), random);
  }

  private static Field field(String name, DataType type, RandomGenerator random) {
    return random.nextInt(4) == 0 ? Field.required(name, type) : Field.nullable(name, type);
  }

  /** Appends rows of two batches, not all of them and cut anyhow, to one buffer. */
  private void check(
      Field field, RandomColumns columns, int most, RandomGenerator random, String message) {
    List<Integer> sizes = List.of(random.nextInt(most + 1), random.nextInt(most + 1));
    List<Column> batches =
        columns.batches(Schema.of(field), sizes, arena).stream()
            .map(batch -> batch.columns().getFirst())
            .toList();
    for (LeafPath path : LeafPath.of(field)) {
      if (!path.isNested()) {
        continue;
      }
      Check check = new Check(path);
      for (Column batch : batches) {
        check.appendSome(batch, random);
      }
      check.compare(message + ", " + path.name());
    }
  }

  @Test
  void blocksMeetInTheMiddleOfRows() {
    RandomGenerator random = new SplittableRandom(1);
    Field items = Field.nullable("v", listOf(Field.nullable("item", listOf(int32("item")))));
    for (int rows : new int[] {2047, 2048, 2049, 4096, 6145}) {
      Column column = RandomColumns.varied(rows, 100_000).column(items, rows, arena);
      Check check = new Check(LeafPath.of(items).getFirst());
      check.append(column, 0, rows);
      check.append(column, random.nextInt(rows), 0);
      check.compare(rows + " rows");
    }
  }

  /** Eight bits become eight bytes at a time: what follows them must stay as it is. */
  @Test
  void listsOfEveryLengthNextToEachOther() {
    RandomGenerator random = new SplittableRandom(2);
    Field item = Field.nullable("item", DataType.struct(int32("a")));
    Field field = Field.nullable("v", listOf(item));
    for (int length = 0; length <= 130; length++) {
      List<Object> first = items(length, random);
      List<Object> second = items(random.nextInt(20), random);
      try (Rows rows = Rows.of(field, second, first, null, first, second, List.of(), first)) {
        for (int from = 0; from < 7; from++) {
          Check check = new Check(LeafPath.of(field).getFirst());
          check.append(rows.column(), from, 7 - from);
          check.compare("%d items, from row %d".formatted(length, from));
        }
      }
    }
  }

  private static List<Object> items(int length, RandomGenerator random) {
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      items.add(random.nextInt(3) == 0 ? null : Rows.list(random.nextInt(3) == 0 ? null : i));
    }
    return items;
  }

  @Test
  void structsOfEveryLengthFromEveryBit() {
    Field field = Field.nullable("v", DataType.struct(Field.nullable("a", DataType.bool())));
    Column column = RandomColumns.varied(3, 0).column(field, 150, arena);
    assertTrue(column.nullCount() > 0, "some structs are null");
    for (int from = 0; from < 9; from++) {
      for (int length = 0; length <= 130; length++) {
        Check check = new Check(LeafPath.of(field).getFirst());
        check.append(column, from, length);
        check.append(column, 149, 1);
        check.compare("rows %d to %d".formatted(from, from + length));
      }
    }
  }

  @Test
  void fixedSizeListsOfStructs() {
    for (int size = 1; size <= 9; size++) {
      Field item = Field.nullable("item", DataType.struct(int32("a")));
      Field list = Field.nullable("v", DataType.fixedSizeList(item, size));
      Field field = Field.nullable("s", DataType.struct(list));
      RandomGenerator random = new SplittableRandom(size);
      check(field, RandomColumns.varied(size, 0), 3_000, random, "size " + size);
    }
  }

  private static Field int32(String name) {
    return Field.nullable(name, INT32);
  }

  private static DataType listOf(Field item) {
    return DataType.list(item);
  }

  /** The levels of one leaf, built both ways. */
  private final class Check {
    private final LeafPath path;
    private final LeafView view;
    private final LevelBuilder builder;
    private final LevelBuffer levels;
    private final LevelModel model;
    private final List<Object> values = new ArrayList<>();

    Check(LeafPath path) {
      this.path = path;
      view = new LeafView(path, pool);
      builder = new LevelBuilder(path, pool);
      levels = new LevelBuffer(path, pool);
      model = new LevelModel(path);
    }

    void appendSome(Column column, RandomGenerator random) {
      for (int from = 0; from < column.length(); ) {
        int most = random.nextInt(4) == 0 ? 5_000 : 130;
        int count = Math.min((int) column.length() - from, random.nextInt(most));
        if (random.nextInt(4) != 0) {
          append(column, from, count);
        }
        from += count;
      }
    }

    void append(Column column, long from, long count) {
      view.set(column);
      builder.append(view, from, count, levels);
      for (long slot = view.leafSlot(from); slot < view.leafSlot(from + count); slot++) {
        values.add(Rows.value(view.leaf(), slot));
      }
      for (long row = from; row < from + count; row++) {
        model.add(column, row);
      }
    }

    void compare(String message) {
      List<Entry> expected = model.entries();
      assertEquals(expected.size(), levels.size(), message);
      boolean[] used = new boolean[LeafPath.MAX_CODE + 1];
      List<Object> expectedValues = new ArrayList<>();
      for (int i = 0; i < expected.size(); i++) {
        Entry entry = expected.get(i);
        int at = i;
        assertEquals(
            entry.code(),
            levels.def().block().get(ValueLayout.JAVA_BYTE, i),
            () -> "%s: definition level %d of %d".formatted(message, at, expected.size()));
        if (path.lists() > 0) {
          assertEquals(
              entry.rep(),
              levels.rep().block().get(ValueLayout.JAVA_BYTE, i),
              () -> "%s: repetition level %d of %d".formatted(message, at, expected.size()));
        }
        used[entry.code()] = true;
        if (entry.hasValue()) {
          expectedValues.add(entry.value());
        }
        assertEquals(entry.hasValue(), entry.code() <= path.maxVisibleCode(), message);
      }
      for (int code = 1; code < used.length; code++) {
        assertEquals(used[code], levels.used()[code], message + ": use of level " + code);
      }
      assertEquals(expectedValues, values, message);
    }
  }
}
