package dev.lancewright.cli;

import dev.lancewright.cli.text.Text;
import java.io.PrintWriter;
import java.util.Locale;

/** The report of {@code export}; the components are the fields of its JSON. */
record ExportReport(String file, long rows, long bytes, double seconds) {
  void print(PrintWriter out) {
    out.println(
        "%s: %s rows, %s bytes, %s s"
            .formatted(
                Text.printable(file),
                Text.count(rows),
                Text.count(bytes),
                String.format(Locale.ROOT, "%.2f", seconds)));
  }
}
