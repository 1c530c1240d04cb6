package dev.lancewright.internal.file;

import dev.lancewright.format.LanceFormatException;
import dev.lancewright.io.Source;
import java.io.IOException;

/**
 * Messages about what is wrong in a file: names the file, and makes text from it fit for a line.
 */
final class FileText {
  private static final int MAX_NAME = 60;
  private static final int MAX_LINE = 300;

  private FileText() {}

  /** Reading of a part of a file. */
  interface Reading<T> {
    T run() throws IOException;
  }

  /** What comes before a message about the file: its name. */
  static String prefix(Source source) {
    return source.name() + ": ";
  }

  /**
   * Puts a prefix before the message if what is read is no good. Messages say where in the file,
   * not in which: only the outermost methods know that nobody has said so yet.
   */
  static <T> T prefixed(String prefix, Reading<T> reading) throws IOException {
    try {
      return reading.run();
    } catch (LanceFormatException e) {
      throw new LanceFormatException(prefix + e.getMessage(), e);
    }
  }

  /** A name in quotes, cut to a readable length, with unprintable characters escaped. */
  static String quote(String name) {
    return "'" + escape(name, MAX_NAME) + "'";
  }

  /** A message on one line, cut to a readable length, with unprintable characters escaped. */
  static String oneLine(String message) {
    return escape(message, MAX_LINE);
  }

  private static String escape(String text, int max) {
    StringBuilder escaped = new StringBuilder();
    int end = Math.min(text.length(), max);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        escaped.append("\\u%04x".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.append(end < text.length() ? "..." : "").toString();
  }
}
