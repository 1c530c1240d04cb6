package dev.lancewright.internal.file;

/** Makes text that came out of a file fit for a one-line message. */
final class FileText {
  private static final int MAX_NAME = 60;
  private static final int MAX_LINE = 300;

  private FileText() {}

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
