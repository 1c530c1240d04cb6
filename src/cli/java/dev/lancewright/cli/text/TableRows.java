package dev.lancewright.cli.text;

import dev.lancewright.column.Batch;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.PrintWriter;

/** Rows as a {@link TextTable} with numbers to the right, printed when all are known. */
public final class TableRows implements RowPrinter {
  private final TextTable table;
  private final PrintWriter out;
  private final int width;

  /**
   * @param width of a line, which long cells are cut to; 0 if it does not matter
   */
  public TableRows(Schema schema, PrintWriter out, int width) {
    this.table = new TextTable();
    for (Field field : schema.fields()) {
      table.addColumn(field.name(), isNumber(field.type()));
    }
    this.out = out;
    this.width = width;
  }

  private static boolean isNumber(DataType type) {
    return type instanceof DataType.Int
        || type instanceof DataType.FloatingPoint
        || type instanceof DataType.Decimal;
  }

  @Override
  public void print(Batch batch) {
    for (long row = 0; row < batch.rows(); row++) {
      long current = row;
      table.add(batch.columns().stream().map(column -> ValueText.of(column, current)).toArray());
    }
  }

  @Override
  public void finish() {
    table.print(out, width);
  }
}
