package dev.lancewright.internal.values;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import java.lang.foreign.ValueLayout;

/** Values of whole bytes. */
final class FixedWidthBuffer extends LeafBuffer {
  private final DataType.FixedWidth type;
  private final AppendBuffer values;

  FixedWidthBuffer(DataType.FixedWidth type, PagePool pool) {
    super(pool);
    this.type = type;
    this.values = new AppendBuffer(pool);
  }

  @Override
  public long bytes() {
    return values.size();
  }

  @Override
  public long rowsToComplete(Column column, long from, long count, long pageBytes) {
    return rowsToReach(pageBytes, rows(), type.bitWidth());
  }

  @Override
  public void reserve(Column column, long from, long count, long rows, long most) {
    values.reserve(Math.min(most, product(rows, type.byteWidth())));
  }

  @Override
  public void append(Column column, long from, long count) {
    FixedWidthColumn source = (FixedWidthColumn) column;
    int width = type.byteWidth();
    long start = values.size();
    values.append(source.values(), from * width, count * width);
    Bitmap bits = source.validity();
    if (bits != null) {
      clearNulls(bits, from, count, start);
    }
    validity.append(bits, from, count);
  }

  private void clearNulls(Bitmap bits, long from, long count, long start) {
    int width = type.byteWidth();
    for (long done = 0; done < count; done += 64) {
      long left = Math.min(64, count - done);
      long nulls = ~bits.word(from + done) & (-1L >>> (64 - left));
      for (; nulls != 0; nulls &= nulls - 1) {
        clear(start + (done + Long.numberOfTrailingZeros(nulls)) * width, width);
      }
    }
  }

  private void clear(long at, int width) {
    switch (width) {
      case 8 -> values.block().set(ValueLayout.JAVA_LONG_UNALIGNED, at, 0);
      case 4 -> values.block().set(ValueLayout.JAVA_INT_UNALIGNED, at, 0);
      default -> values.clear(at, width);
    }
  }

  @Override
  public void appendFiller(long count) {
    values.appendZeros(count * type.byteWidth());
    validity.append(null, 0, count);
  }

  @Override
  public long fillerBytes(long count) {
    return product(count, type.byteWidth());
  }

  @Override
  public FixedWidthColumn view() {
    return new FixedWidthColumn(type, rows(), validity.view(), values.bytes());
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
