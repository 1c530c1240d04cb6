package dev.lancewright.internal.values;

import dev.lancewright.column.Column;
import dev.lancewright.column.NullColumn;
import dev.lancewright.internal.memory.PagePool;

/** Counts rows of the null type. */
final class NullBuffer extends LeafBuffer {
  NullBuffer(PagePool pool) {
    super(pool);
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
    validity.append(null, from, count);
  }

  @Override
  public void appendFiller(long count) {
    validity.append(null, 0, count);
  }

  @Override
  public long fillerBytes(long count) {
    return 0;
  }

  @Override
  public Column view() {
    return new NullColumn(rows());
  }
}
