package dev.lancewright.cli;

import dev.lancewright.WriteSummary;
import dev.lancewright.cli.text.Text;
import dev.lancewright.cli.text.TextTable;
import dev.lancewright.format.FormatVersion;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * The report of {@code write}; the components are the fields of its JSON.
 *
 * @param columns the leaves of the schema in file order, named by paths such as {@code a.b.item}
 * @param note an explanation of how the rows were found, or null
 * @param verification the report of the verification, or null if it was not requested
 */
record WriteReport(
    String file,
    FormatVersion formatVersion,
    long rows,
    long bytes,
    double seconds,
    List<WriteSummary.Column> columns,
    String note,
    VerifyReport verification) {

  WriteReport(String file, WriteSummary summary, double seconds, String note) {
    this(
        file,
        summary.version(),
        summary.rows(),
        summary.bytes(),
        seconds,
        summary.columns(),
        note,
        null);
  }

  WriteReport with(VerifyReport verification) {
    return new WriteReport(file, formatVersion, rows, bytes, seconds, columns, note, verification);
  }

  void print(PrintWriter out) {
    TextTable table =
        new TextTable("column", "type", ">pages", "encoding", ">bytes in", ">bytes out", ">ratio");
    int pages = 0;
    long bytesIn = 0;
    long bytesOut = 0;
    for (WriteSummary.Column column : columns) {
      table.add(
          column.name(),
          column.type(),
          column.pages(),
          String.join(", ", column.encodings()),
          Text.count(column.bytesIn()),
          Text.count(column.bytesOut()),
          Text.ratio(column.bytesIn(), column.bytesOut()));
      pages += column.pages();
      bytesIn += column.bytesIn();
      bytesOut += column.bytesOut();
    }
    table.add(
        "total",
        "",
        pages,
        "",
        Text.count(bytesIn),
        Text.count(bytesOut),
        Text.ratio(bytesIn, bytesOut));
    table.print(out);
    out.println(
        "%s: %s rows, %s bytes, format %s, %s s (%s/s)"
            .formatted(
                Text.printable(file),
                Text.count(rows),
                Text.count(bytes),
                formatVersion,
                String.format(Locale.ROOT, "%.2f", seconds),
                Text.bytes(seconds > 0 ? bytesIn / seconds : 0)));
    if (note != null) {
      out.println("note: " + Text.printable(note));
    }
    if (verification != null) {
      verification.print(out);
    }
  }
}
