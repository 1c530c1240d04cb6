package dev.lancewright.cli.text;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.PrintWriter;
import java.util.regex.Pattern;

/**
 * Prints rows as in RFC 4180, after a line of names. A null is an empty field without quotes, an
 * empty text one with quotes.
 */
public final class CsvRows implements RowPrinter {
  private static final String LINE_END = "\r\n";
  private static final Pattern QUOTED = Pattern.compile("[,\"\r\n]");

  private final PrintWriter out;

  public CsvRows(Schema schema, PrintWriter out) {
    this.out = out;
    StringBuilder line = new StringBuilder();
    for (Field field : schema.fields()) {
      append(line, field.name());
    }
    print(line);
  }

  @Override
  public void print(Batch batch) {
    for (long row = 0; row < batch.rows(); row++) {
      StringBuilder line = new StringBuilder();
      for (Column column : batch.columns()) {
        append(line, column.isNull(row) ? null : ValueText.of(column, row));
      }
      print(line);
    }
  }

  private static void append(StringBuilder line, String text) {
    if (text == null) {
      line.append(',');
    } else if (text.isEmpty() || QUOTED.matcher(text).find()) {
      line.append('"').append(text.replace("\"", "\"\"")).append("\",");
    } else {
      line.append(text).append(',');
    }
  }

  private void print(StringBuilder line) {
    line.setLength(Math.max(0, line.length() - 1));
    out.print(line.append(LINE_END));
  }

  @Override
  public void finish() {
    out.flush();
  }
}
