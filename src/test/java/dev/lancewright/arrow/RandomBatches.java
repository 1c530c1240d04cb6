package dev.lancewright.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.lancewright.column.Batch;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.Nulls;
import dev.lancewright.testing.RandomColumns;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Batches for imports, a new one at each call, and their comparison. */
final class RandomBatches {
  private long seed;

  RandomBatches(long seed) {
    this.seed = seed;
  }

  /** A batch that lives as long as it is used; columns have nulls where the field is nullable. */
  Batch batch(Schema schema, int rows) {
    return new RandomColumns(seed++, Nulls.SOME, RandomColumns.Form.PLAIN, false)
        .batch(schema, rows, Arena.ofAuto());
  }

  /** A schema of one column. */
  static Schema schemaOf(DataType type, boolean nullable) {
    return new Schema(List.of(new Field("c", type, nullable, Map.of())), Map.of());
  }

  static void assertSame(Batch expected, Batch actual, String message) {
    assertEquals(expected.schema(), actual.schema(), message);
    assertEquals(expected.rows(), actual.rows(), message);
    for (int i = 0; i < expected.columns().size(); i++) {
      String where = message + ", " + expected.schema().fields().get(i);
      assertSame(expected.columns().get(i), actual.columns().get(i), where);
    }
  }

  /** Bytes are compared also where rows are null. */
  private static void assertSame(Column expected, Column actual, String message) {
    assertEquals(expected.type(), actual.type(), message);
    assertEquals(expected.length(), actual.length(), message);
    assertEquals(expected.nullCount(), actual.nullCount(), message);
    for (long i = 0; i < expected.length(); i++) {
      long index = i;
      Supplier<String> row = () -> message + ", row " + index;
      assertEquals(expected.isNull(i), actual.isNull(i), row);
      switch (expected) {
        case BoolColumn bools ->
            assertEquals(
                bools.values().get(i),
                assertInstanceOf(BoolColumn.class, actual, row).values().get(i),
                row);
        case FixedWidthColumn ignored ->
            assertEquals(-1, value(expected, i).mismatch(value(actual, i)), row);
        case VariableWidthColumn ignored ->
            assertEquals(-1, value(expected, i).mismatch(value(actual, i)), row);
        case NullColumn ignored -> {}
        case FixedSizeListColumn ignored -> {}
        default -> throw new AssertionError(message);
      }
    }
    if (expected instanceof FixedSizeListColumn list) {
      Column items = assertInstanceOf(FixedSizeListColumn.class, actual, message).items();
      assertSame(list.items(), items, message + ", items");
    }
  }

  static MemorySegment value(Column column, long row) {
    return switch (column) {
      case FixedWidthColumn fixed ->
          fixed.values().asSlice(row * fixed.type().byteWidth(), fixed.type().byteWidth());
      case VariableWidthColumn variable ->
          variable
              .data()
              .asSlice(variable.offset(row), variable.offset(row + 1) - variable.offset(row));
      default -> throw new IllegalArgumentException(column.type().toString());
    };
  }
}
