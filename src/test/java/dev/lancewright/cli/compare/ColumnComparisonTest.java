package dev.lancewright.cli.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.RandomSchemas;
import dev.lancewright.testing.Rows;
import java.lang.foreign.Arena;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ColumnComparisonTest {
  private static final int SEEDS = 300;
  private static final int ROWS = 200;

  /** The same values, in other memory, with one row repeated: from there on rows may differ. */
  @Test
  void findsTheFirstRowThatDiffers() {
    int differences = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Schema schema = new RandomSchemas(FormatVersion.V2_2).schema(seed);
      int changed = random.nextInt(ROWS);
      int from = random.nextInt(ROWS / 2);
      try (Arena arena = Arena.ofConfined();
          Rows same = new Rows(schema);
          Rows other = new Rows(schema)) {
        Batch batch = RandomColumns.varied(seed, 20_000).batch(schema, ROWS, arena);
        for (int row = from; row < ROWS; row++) {
          same.append(batch, row);
          other.append(batch, row == changed ? (row + 1) % ROWS : row);
        }
        int count = ROWS - from;
        for (int i = 0; i < schema.fields().size(); i++) {
          Column a = batch.columns().get(i);
          String what = "seed " + seed + ", " + schema.fields().get(i);
          assertEquals(
              count, ColumnComparison.same(a, from, same.batch().columns().get(i), 0, count), what);
          Column b = other.batch().columns().get(i);
          long expected = firstDifference(a, from, b, count);
          assertEquals(expected, ColumnComparison.same(a, from, b, 0, count), what);
          assertEquals(expected, ColumnComparison.same(b, 0, a, from, count), what);
          if (expected < count) {
            differences++;
            ValueDifference.of("x", a, from + expected, b, expected);
          }
        }
      }
    }
    assertTrue(differences > SEEDS / 2, differences + " differences");
  }

  private static long firstDifference(Column a, int from, Column b, int count) {
    int row = 0;
    while (row < count && Objects.equals(Rows.value(a, from + row), Rows.value(b, row))) {
      row++;
    }
    return row;
  }

  @Test
  void namesTheInnermostValue() {
    DataType number = DataType.int32();
    Field item =
        Field.nullable(
            "item", DataType.struct(Field.nullable("a", number), Field.nullable("b", number)));
    Field list = Field.nullable("x", DataType.list(item));
    Object one = Rows.list(1, 2);
    assertDifference(
        list,
        Rows.list(one, Rows.list(3, 4)),
        Rows.list(one, Rows.list(3, 5)),
        new ValueDifference("x[1].b", "4", "5"));
    assertDifference(
        list,
        Rows.list(one, null),
        Rows.list(one, one),
        new ValueDifference("x[1]", "null", "{\"a\":1,\"b\":2}"));
    assertDifference(
        list, Rows.list(one), Rows.list(), new ValueDifference("x", "[{\"a\":1,\"b\":2}]", "[]"));
    assertDifference(list, Rows.list(), null, new ValueDifference("x", "[]", "null"));
  }

  @Test
  void tellsEqualTextsApart() {
    assertDifference(
        Field.nullable("x", DataType.utf8()),
        "null",
        null,
        new ValueDifference("x", "null (utf8)", "null (no value)"));
    assertDifference(
        Field.nullable("x", DataType.float32()),
        0x7fc00000,
        0x7fc00001,
        new ValueDifference("x", "NaN (bits 0x7fc00000)", "NaN (bits 0x7fc00001)"));
  }

  private static void assertDifference(
      Field field, Object first, Object second, ValueDifference expected) {
    try (Rows a = Rows.of(field, first);
        Rows b = Rows.of(field, second)) {
      assertEquals(0, ColumnComparison.same(a.column(), 0, b.column(), 0, 1));
      assertEquals(expected, ValueDifference.of("x", a.column(), 0, b.column(), 0));
    }
  }
}
