package dev.lancewright.cli;

import dev.lancewright.VerifySummary;
import dev.lancewright.cli.text.Text;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * The report of {@code verify} if it found no fault; the components are the fields of its JSON.
 *
 * @param bytes the size of the file
 * @param sameAsInput whether the rows were compared with an input, and were the same
 */
record VerifyReport(
    String file,
    long rows,
    int columns,
    long pages,
    long bytes,
    double seconds,
    boolean sameAsInput) {

  VerifyReport(String file, VerifySummary summary, double seconds, boolean sameAsInput) {
    this(
        file,
        summary.rows(),
        summary.columns(),
        summary.pages(),
        summary.bytes(),
        seconds,
        sameAsInput);
  }

  void print(PrintWriter out) {
    out.println(
        "%s: verified%s, %s rows, %s columns, %s pages, %s bytes, %s s (%s/s)"
            .formatted(
                Text.printable(file),
                sameAsInput ? " and the same as the input" : "",
                Text.count(rows),
                Text.count(columns),
                Text.count(pages),
                Text.count(bytes),
                String.format(Locale.ROOT, "%.2f", seconds),
                Text.bytes(seconds > 0 ? bytes / seconds : 0)));
  }
}
