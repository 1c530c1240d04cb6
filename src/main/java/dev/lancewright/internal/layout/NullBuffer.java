package dev.lancewright.internal.layout;

import dev.lancewright.column.Column;
import dev.lancewright.column.NullColumn;

/** Counts rows of the null type. */
final class NullBuffer extends LeafBuffer {
  private long rows;

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public long rowsToComplete(Column column, long from, long count, long pageBytes) {
    return Long.MAX_VALUE;
  }

  @Override
  public void append(Column column, long from, long count) {
    rows += count;
  }

  @Override
  void appendFiller(long count) {
    rows += count;
  }

  @Override
  public Column view() {
    return new NullColumn(rows);
  }

  @Override
  public void clear() {
    rows = 0;
  }
}
