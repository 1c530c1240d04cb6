package dev.lancewright.cli.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells errors of DuckDB in few words: without the query, which users did not write, and its hints.
 */
final class DuckDbError {
  private static final int MOST = 400;

  private static final Pattern CONVERSION =
      Pattern.compile(
          "CSV Error on Line: (\\d+)\\n"
              + "Original Line: .*?\\n"
              + "Error when converting column \"(.*?)\"\\. Could not convert string \"(.*?)\" to"
              + " '(.*?)'\\n"
              + ".*\\n"
              + "  file = (.*?)\\n",
          Pattern.DOTALL);

  /** What follows a message: an excerpt of the query, hints on arguments, the state of a reader. */
  private static final Pattern DETAILS =
      Pattern.compile(
          "\\n+(LINE \\d+:|Possible (fixes|solutions)|  file = |Candidate bindings|Did you mean"
              + "|Please try installing|Try (setting|increasing) |Stack Trace:|\\[\\d+\\]).*",
          Pattern.DOTALL);

  private DuckDbError() {}

  /** Returns a message of a few hundred bytes. */
  static String shorten(String message) {
    Matcher csv = CONVERSION.matcher(message);
    if (csv.find()) {
      return ("%s: line %s, column '%s': '%s' is not %s; pass --types '%3$s=VARCHAR', or"
              + " --ignore-errors to leave such lines out")
          .formatted(
              csv.group(5),
              csv.group(1),
              csv.group(2),
              ColumnNames.cut(csv.group(3)),
              csv.group(4));
    }
    String text = DETAILS.matcher(message).replaceFirst("").strip();
    return text.length() <= MOST ? text : text.substring(0, MOST) + "...";
  }
}
