package dev.lancewright.internal.values;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.memory.PagePool;

/** Booleans, one bit each. */
final class BoolBuffer extends LeafBuffer {
  private final AppendBuffer values;

  BoolBuffer(PagePool pool) {
    super(pool);
    this.values = new AppendBuffer(pool);
  }

  @Override
  public long bytes() {
    return Bitmap.bytesFor(rows());
  }

  @Override
  public long rowsToComplete(Column column, long from, long count, long pageBytes) {
    return rowsToReach(pageBytes, rows(), 1);
  }

  @Override
  public void append(Column column, long from, long count) {
    BoolColumn source = (BoolColumn) column;
    long rows = rows();
    Bits.reserve(values, rows + count);
    for (long done = 0; done < count; done += 64) {
      long word = source.values().word(from + done);
      if (source.validity() != null) {
        word &= source.validity().word(from + done);
      }
      long left = count - done;
      Bits.put(values.block(), rows + done, left >= 64 ? word : word & ((1L << left) - 1));
    }
    validity.append(source.validity(), from, count);
  }

  @Override
  public void appendFiller(long count) {
    long rows = rows();
    Bits.reserve(values, rows + count);
    Bits.fill(values.block(), rows, count, false);
    validity.append(null, 0, count);
  }

  @Override
  public long fillerBytes(long count) {
    return Bitmap.bytesFor(count);
  }

  @Override
  public Column view() {
    return new BoolColumn(validity.view(), new Bitmap(values.block(), 0, rows()));
  }

  @Override
  public void release() {
    super.release();
    values.release();
  }

  @Override
  public void clear() {
    super.clear();
    values.clear();
  }
}
