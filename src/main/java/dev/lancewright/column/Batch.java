package dev.lancewright.column;

import dev.lancewright.internal.Require;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.util.List;

/**
 * Named columns of equal length: the rows of one {@code write}. A view; it owns no memory.
 *
 * @param columns the columns, one for each field of the schema, in the schema's order
 * @param rows the number of rows in each column
 */
public record Batch(Schema schema, List<Column> columns, long rows) {
  /**
   * @throws IllegalArgumentException if a column's type differs from its field's, or its length
   *     from {@code rows}
   */
  public Batch {
    Require.nonNull(schema, "schema");
    columns = Require.list(columns, "columns");
    List<Field> fields = schema.fields();
    if (columns.size() != fields.size()) {
      throw new IllegalArgumentException(
          "the batch has %d columns, but its schema has %d fields"
              .formatted(columns.size(), fields.size()));
    }
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (!column.type().equals(fields.get(i).type())) {
        throw new IllegalArgumentException(
            "column '%s' holds %s, but its field says %s"
                .formatted(fields.get(i).name(), column.type(), fields.get(i).type()));
      }
      if (column.length() != rows) {
        throw new IllegalArgumentException(
            "column '%s' has %d rows, but the batch has %d"
                .formatted(fields.get(i).name(), column.length(), rows));
      }
    }
  }

  /** Creates a batch that has as many rows as its columns. */
  public static Batch of(Schema schema, Column... columns) {
    List<Column> all = Require.list(columns, "columns");
    return new Batch(schema, all, all.isEmpty() ? 0 : all.getFirst().length());
  }

  /**
   * Returns the column with the given name.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  public Column column(String name) {
    Require.nonNull(name, "name");
    List<Field> fields = schema.fields();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return columns.get(i);
      }
    }
    throw new IllegalArgumentException(
        "there is no column '%s'; there are %s"
            .formatted(name, fields.stream().map(Field::name).toList()));
  }

  /** Returns {@code count} rows starting at row {@code from}, without copying. */
  public Batch slice(long from, long count) {
    return new Batch(schema, columns.stream().map(c -> c.slice(from, count)).toList(), count);
  }
}
