package dev.lancewright.cli.text;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.PrintWriter;
import java.util.regex.Pattern;

/**
 * Prints rows as in RFC 4180, but for line ends of one character, after a line of names. A null is
 * an empty field without quotes, an empty text one with quotes. Nested values are JSON.
 */
public final class CsvRows implements RowPrinter {
  /** All that readers may take for a delimiter is quoted, not just the one between fields. */
  private static final Pattern QUOTED = Pattern.compile("[,;|\t\"\r\n]");

  private final PrintWriter out;
  private final char delimiter;

  /**
   * Creates a printer and prints the names.
   *
   * @param delimiter the character between two fields, such as a comma or a tab
   */
  public CsvRows(Schema schema, PrintWriter out, char delimiter) {
    this.out = out;
    this.delimiter = delimiter;
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

  private void append(StringBuilder line, String text) {
    if (text == null) {
      line.append(delimiter);
    } else if (text.isEmpty() || QUOTED.matcher(text).find()) {
      line.append('"').append(text.replace("\"", "\"\"")).append('"').append(delimiter);
    } else {
      line.append(text).append(delimiter);
    }
  }

  private void print(StringBuilder line) {
    line.setLength(Math.max(0, line.length() - 1));
    out.print(line.append('\n'));
  }

  @Override
  public void finish() {
    out.flush();
  }
}
