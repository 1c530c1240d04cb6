package dev.lancewright;

/**
 * Some rows of a file, one after the other.
 *
 * @param from the first row, counted from 0
 * @param count how many
 */
public record RowRange(long from, long count) {
  /**
   * @throws IllegalArgumentException if one of the two is negative, or their sum overflows
   */
  public RowRange {
    if (from < 0 || count < 0 || from + count < 0) {
      throw new IllegalArgumentException(
          "%d rows from row %d on; neither may be negative".formatted(count, from));
    }
  }

  /** Returns the row after the last. */
  public long end() {
    return from + count;
  }
}
