package dev.lancewright.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns, two spaces apart, under a line of headings. */
final class Table {
  private static final int MAX_CELL = 100;

  private final boolean[] right;
  private final List<String[]> rows = new ArrayList<>();

  /** A column per heading; one that starts with {@code >} is aligned to the right. */
  Table(String... headings) {
    right = new boolean[headings.length];
    String[] names = new String[headings.length];
    for (int i = 0; i < headings.length; i++) {
      right[i] = headings[i].startsWith(">");
      names[i] = headings[i].substring(right[i] ? 1 : 0);
    }
    rows.add(names);
  }

  /**
   * Appends a row.
   *
   * @param cells as many as there are headings; control characters are escaped, and long text is
   *     cut, but for the last column's
   */
  void add(Object... cells) {
    if (cells.length != right.length) {
      throw new IllegalArgumentException(
          "a row has %d cells, not %d".formatted(right.length, cells.length));
    }
    String[] row = new String[cells.length];
    for (int i = 0; i < row.length; i++) {
      String text = Text.printable(cells[i].toString());
      row[i] = i < row.length - 1 ? cut(text) : text;
    }
    rows.add(row);
  }

  void print(PrintWriter out) {
    int[] widths = new int[right.length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], width(row[i]));
      }
    }
    for (String[] row : rows) {
      out.println(line(row, widths));
    }
  }

  private String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      line.append(i == 0 ? "" : "  ");
      String gap = " ".repeat(widths[i] - width(row[i]));
      line.append(right[i] ? gap + row[i] : row[i] + gap);
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String text) {
    return width(text) <= MAX_CELL
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_CELL - 3)) + "...";
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
