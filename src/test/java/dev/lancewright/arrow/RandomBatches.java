package dev.lancewright.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.Nulls;
import dev.lancewright.testing.RandomColumns;
import java.lang.foreign.Arena;
import java.util.Collections;
import java.util.List;
import java.util.Map;

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

  /** The schema of one column. */
  static ImportSchema schemaOf(ArrayLayout layout, boolean nullable) {
    return new ImportSchema(schemaOf(layout.type(), nullable), List.of(layout));
  }

  static void assertSame(Batch expected, Batch actual, String message) {
    assertEquals(expected.schema(), actual.schema(), message);
    assertSame(Values.of(expected), expected.rows(), actual, message);
  }

  static void assertSame(List<List<Object>> expected, long rows, Batch actual, String message) {
    assertEquals(rows, actual.rows(), message);
    for (int i = 0; i < expected.size(); i++) {
      Column column = actual.columns().get(i);
      String where = message + ", " + actual.schema().fields().get(i);
      assertEquals(expected.get(i), Values.of(column), where);
      assertEquals(Collections.frequency(expected.get(i), null), column.nullCount(), where);
    }
  }
}
