package dev.lancewright.cli.text;

import dev.lancewright.column.Batch;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.PrintWriter;

/** Prints rows as a {@link TextTable} with numbers aligned to the right, once all are known. */
public final class TableRows implements RowPrinter {
  private final TextTable table;
  private final PrintWriter out;
  private final int width;

  /**
   * Creates a printer.
   *
   * @param width the maximum width of a line, to which long cells are cut, or 0 for no limit
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
