package dev.lancewright.cli.text;

import java.util.Locale;

/** How values look on a terminal. */
public final class Text {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Text() {}

  /** The text with control characters escaped: it may come from a file and stays on its line. */
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

  /** A count with its thousands apart: {@code 1,234,567}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A size in the largest binary unit that keeps it at 1 or more: {@code 1.5 MiB}. */
  public static String bytes(double size) {
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
  }

  /** How many times smaller the second size is: {@code 3.27x}; a dash when nothing is left. */
  public static String ratio(long before, long after) {
    return after == 0 ? "-" : String.format(Locale.ROOT, "%.2fx", (double) before / after);
  }
}
