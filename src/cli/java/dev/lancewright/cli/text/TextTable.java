package dev.lancewright.cli.text;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of text in aligned columns, two spaces apart, under a line of headings. */
public final class TextTable {
  private static final int MAX_CELL = 100;

  /** The minimum width that columns are cut to, whatever the width of a line. */
  private static final int MIN_CELL = 8;

  private static final String GAP = "  ";

  private final List<String> names = new ArrayList<>();
  private final List<Boolean> right = new ArrayList<>();
  private final List<String[]> rows = new ArrayList<>();

  /**
   * Creates a table with a column per heading; one that starts with {@code >} is aligned to the
   * right.
   */
  public TextTable(String... headings) {
    for (String heading : headings) {
      boolean toTheRight = heading.startsWith(">");
      addColumn(heading.substring(toTheRight ? 1 : 0), toTheRight);
    }
  }

  /** Adds a column, which must precede the first row. */
  void addColumn(String name, boolean right) {
    names.add(Text.printable(name));
    this.right.add(right);
  }

  /**
   * Appends a row.
   *
   * @param cells the cells, one for each heading; control characters are escaped, and long text is
   *     cut, except in the last column
   */
  public void add(Object... cells) {
    if (cells.length != names.size()) {
      throw new IllegalArgumentException(
          "a row has %d cells, not %d".formatted(names.size(), cells.length));
    }
    String[] row = new String[cells.length];
    for (int i = 0; i < row.length; i++) {
      String text = Text.printable(cells[i].toString());
      row[i] = i < row.length - 1 ? cut(text, MAX_CELL) : text;
    }
    rows.add(row);
  }

  /** Prints the headings and all rows, with lines as long as they need to be. */
  public void print(PrintWriter out) {
    print(out, 0);
  }

  /**
   * Prints the headings and all rows.
   *
   * @param width the maximum width of lines, for which the widest columns are cut, or 0 for no
   *     limit
   */
  void print(PrintWriter out, int width) {
    int[] widths = new int[names.size()];
    String[] headings = names.toArray(String[]::new);
    fit(widths, headings);
    rows.forEach(row -> fit(widths, row));
    if (width > 0) {
      narrow(widths, width - GAP.length() * (widths.length - 1));
    }
    out.println(line(headings, widths));
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static void fit(int[] widths, String[] row) {
    for (int i = 0; i < row.length; i++) {
      widths[i] = Math.max(widths[i], width(row[i]));
    }
  }

  /** Narrows the widest columns until the total width is at most {@code total}. */
  private static void narrow(int[] widths, int total) {
    int[] wanted = widths.clone();
    int widest = Arrays.stream(wanted).max().orElse(0);
    // No column can exceed the total, while a cell may have millions of characters.
    int most = Math.min(widest, Math.max(total, MIN_CELL) + 1);
    for (; most > MIN_CELL && Arrays.stream(widths).sum() > total; most--) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.min(wanted[i], most - 1);
      }
    }
  }

  private String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      line.append(i == 0 ? "" : GAP);
      String cell = cut(row[i], widths[i]);
      String gap = " ".repeat(widths[i] - width(cell));
      line.append(right.get(i) ? gap + cell : cell + gap);
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String text, int most) {
    return width(text) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 3)) + "...";
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
