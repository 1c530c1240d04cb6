package dev.lancewright.cli.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells errors of DuckDB in few words: without the query, which users did not write, and its hints.
 */
final class DuckDbError {
  static final String ONE_QUERY =
      "--sql takes one query that reads, such as SELECT ... or FROM ...: not several statements,"
          + " and none that writes or sets something";

  /** What DuckDB says of the text of another statement. */
  static final String ONLY_SELECT = "\"error_message\":\"Only SELECT statements";

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

  private static final Pattern EXTENSION =
      Pattern.compile(
          "(?:Missing Extension Error|requires? the (?:following )?extension|in the \"?\\w+\"?"
              + " extension).*?(?:LOAD |INSTALL )(\\w+)",
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
    Matcher extension = EXTENSION.matcher(message);
    if (extension.find()) {
      return ("it needs DuckDB's extension '%s', which is not part of lancewright, and nothing is"
              + " downloaded; get a local copy, as Parquet, CSV or JSON")
          .formatted(extension.group(1));
    }
    String text = DETAILS.matcher(message).replaceFirst("").strip();
    return text.length() <= MOST ? text : text.substring(0, MOST) + "...";
  }
}
