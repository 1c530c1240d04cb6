package dev.lancewright.cli.text;

import java.util.Locale;

/** Formats text and numbers for a terminal. */
public final class Text {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Text() {}

  /**
   * Returns text with control characters escaped, as it may come from a file and must stay on its
   * line.
   */
  public static String printable(String text) {
    if (text.codePoints().noneMatch(Text::isControl)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (isControl(c)) {
                escaped.append("\\u%04x".formatted(c));
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }

  private static boolean isControl(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  /** Formats a count with separated thousands: {@code 1,234,567}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Formats a size in the largest binary unit in which it is at least 1: {@code 1.5 MiB}. */
  public static String bytes(double size) {
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
  }

  /**
   * Formats the ratio of the first size to the second: {@code 3.27x}, or a dash if the second is 0.
   */
  public static String ratio(long before, long after) {
    return after == 0 ? "-" : String.format(Locale.ROOT, "%.2fx", (double) before / after);
  }
}
