package dev.lancewright.internal.values;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;

/** Lists of one size; the items of null lists are valid zeros. */
final class FixedSizeListBuffer extends LeafBuffer {
  private final DataType.FixedSizeList type;
  private final long listBits;
  private final LeafBuffer items;

  FixedSizeListBuffer(DataType.FixedSizeList type, PagePool pool) {
    super(pool);
    this.type = type;
    this.listBits = bits(type);
    this.items = create(type.item().type(), pool);
  }

  /** Of a value of fixed width, or of a list of such values. */
  static long bits(DataType type) {
    return type instanceof DataType.FixedSizeList list
        ? bits(list.item().type()) * list.size()
        : ((DataType.FixedWidth) type).bitWidth();
  }

  @Override
  public long bytes() {
    return items.bytes();
  }

  @Override
  public long rowsToComplete(Column column, long from, long count, long pageBytes) {
    return rowsToReach(pageBytes, rows(), listBits);
  }

  @Override
  public boolean isClean(Column column, long from, long count) {
    return super.isClean(column, from, count)
        && items.isClean(
            ((FixedSizeListColumn) column).items(), from * type.size(), count * type.size());
  }

  @Override
  public void append(Column column, long from, long count) {
    FixedSizeListColumn source = (FixedSizeListColumn) column;
    int size = type.size();
    Bitmap bits = source.validity();
    long end = from + count;
    for (long row = from; row < end; ) {
      long nextNull = bits == null ? end : bits.nextClear(row, end);
      items.append(source.items(), row * size, (nextNull - row) * size);
      row = bits == null ? end : bits.nextSet(nextNull, end);
      items.appendFiller((row - nextNull) * size);
    }
    validity.append(bits, from, count);
  }

  @Override
  public void appendFiller(long count) {
    items.appendFiller(count * type.size());
    validity.append(null, 0, count);
  }

  @Override
  public long fillerBytes(long count) {
    return items.fillerBytes(product(count, type.size()));
  }

  @Override
  public Column view() {
    return new FixedSizeListColumn(type, rows(), validity.view(), items.view());
  }

  @Override
  public void release() {
    super.release();
    items.release();
  }

  @Override
  public void clear() {
    super.clear();
    items.clear();
  }
}
