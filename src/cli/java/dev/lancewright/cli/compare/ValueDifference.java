package dev.lancewright.cli.compare;

import dev.lancewright.cli.text.ValueText;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.schema.DataType;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;

/**
 * Two different values, and their path.
 *
 * @param path the path of the innermost values that differ, such as {@code address.city} or {@code
 *     tags[3]}
 */
public record ValueDifference(String path, String first, String second) {
  private static final int MAX_TEXT = 100;

  /** The number of characters shown of the common prefix of two long texts before they differ. */
  private static final int COMMON_TEXT = 40;

  /** Finds the first difference between two values that differ. */
  public static ValueDifference of(String path, Column a, long aRow, Column b, long bRow) {
    if (!a.isNull(aRow) && !b.isNull(bRow)) {
      switch (a) {
        case StructColumn struct -> {
          return ofChild(path, struct, aRow, (StructColumn) b, bRow);
        }
        case ListColumn list -> {
          long aStart = list.offset(aRow);
          long bStart = ((ListColumn) b).offset(bRow);
          long items = list.offset(aRow + 1) - aStart;
          if (items == ((ListColumn) b).offset(bRow + 1) - bStart) {
            return ofItem(path, list.items(), aStart, ((ListColumn) b).items(), bStart, items);
          }
        }
        case FixedSizeListColumn list -> {
          long size = list.type().size();
          Column items = ((FixedSizeListColumn) b).items();
          return ofItem(path, list.items(), aRow * size, items, bRow * size, size);
        }
        default -> {}
      }
    }
    String first = ValueText.of(a, aRow);
    String second = ValueText.of(b, bRow);
    return first.equals(second)
        ? new ValueDifference(path, first + kind(a, aRow), second + kind(b, bRow))
        : cut(path, first, second);
  }

  private static ValueDifference cut(String path, String first, String second) {
    if (Math.max(first.length(), second.length()) <= MAX_TEXT) {
      return new ValueDifference(path, first, second);
    }
    int start = Math.max(0, mismatch(first, second) - COMMON_TEXT);
    return new ValueDifference(path, cut(first, start), cut(second, start));
  }

  private static String cut(String text, int start) {
    int end = Math.min(text.length(), start + MAX_TEXT);
    String before = start > 0 ? "..." : "";
    String after = end < text.length() ? "..." : "";
    return before + text.substring(start, end) + after;
  }

  private static int mismatch(String first, String second) {
    int common = Math.min(first.length(), second.length());
    int at = 0;
    while (at < common && first.charAt(at) == second.charAt(at)) {
      at++;
    }
    return at;
  }

  private static ValueDifference ofChild(
      String path, StructColumn a, long aRow, StructColumn b, long bRow) {
    int child = 0;
    while (ColumnComparison.same(a.children().get(child), aRow, b.children().get(child), bRow, 1)
        == 1) {
      child++;
    }
    String below = path + "." + a.type().children().get(child).name();
    return of(below, a.children().get(child), aRow, b.children().get(child), bRow);
  }

  private static ValueDifference ofItem(
      String path, Column a, long aStart, Column b, long bStart, long items) {
    long item = ColumnComparison.same(a, aStart, b, bStart, items);
    return of(path + "[" + item + "]", a, aStart + item, b, bStart + item);
  }

  /**
   * Returns a suffix that distinguishes values with the same text, such as a null from the text
   * "null", or the bits of a NaN.
   */
  private static String kind(Column column, long row) {
    if (column.isNull(row)) {
      return " (no value)";
    }
    if (column instanceof FixedWidthColumn fixed
        && fixed.type() instanceof DataType.FloatingPoint type) {
      byte[] bits = new byte[type.byteWidth()];
      for (int i = 0; i < bits.length; i++) {
        long last = (row + 1) * bits.length - 1;
        bits[i] = fixed.values().get(ValueLayout.JAVA_BYTE, last - i);
      }
      return " (bits 0x" + HexFormat.of().formatHex(bits) + ")";
    }
    return " (" + column.type() + ")";
  }
}
