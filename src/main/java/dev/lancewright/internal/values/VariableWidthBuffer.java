package dev.lancewright.internal.values;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.simd.Offsets;
import dev.lancewright.internal.simd.ValueBlock;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/** Byte strings; offsets count from the page's first byte. */
final class VariableWidthBuffer extends LeafBuffer {
  /** Rows that are like others differ from them by about this part. */
  private static final int UNEVEN = 8;

  private final DataType.VariableWidth type;
  private final int offsetWidth;
  private final AppendBuffer offsets;
  private final AppendBuffer data;
  private final ValueBlock block = new ValueBlock();

  VariableWidthBuffer(DataType.VariableWidth type, PagePool pool) {
    super(pool);
    this.type = type;
    this.offsetWidth = type.offsetWidth();
    this.offsets = new AppendBuffer(pool);
    this.data = new AppendBuffer(pool);
  }

  @Override
  public long bytes() {
    return data.size() + rows() * offsetWidth;
  }

  @Override
  public long rowsToComplete(Column column, long from, long count, long pageBytes) {
    VariableWidthColumn source = (VariableWidthColumn) column;
    long room = pageBytes - bytes();
    long dataRoom = dataRoom();
    long most = source.offset(from + count) - source.offset(from);
    if (most + count * offsetWidth < room && most <= dataRoom) {
      return Long.MAX_VALUE;
    }
    long taken = 0;
    for (long row = 0; row < count; row++) {
      taken += length(source, from + row);
      if (taken > dataRoom) {
        return row;
      }
      if (taken + (row + 1) * offsetWidth >= room) {
        return row + 1;
      }
    }
    return Long.MAX_VALUE;
  }

  private long dataRoom() {
    return type.large() ? Long.MAX_VALUE : Integer.MAX_VALUE - data.size();
  }

  @Override
  public boolean holds(Column column, long from, long count) {
    VariableWidthColumn source = (VariableWidthColumn) column;
    return count == 0
        || source.offset(from + count) - source.offset(from) <= dataRoom()
        || dataBytes(source, from, count) <= dataRoom();
  }

  /** Bytes of the values that are not null. */
  private static long dataBytes(VariableWidthColumn source, long from, long count) {
    long bytes = 0;
    for (long row = from; row < from + count; row++) {
      bytes += length(source, row);
    }
    return bytes;
  }

  private static long length(VariableWidthColumn source, long row) {
    return source.isNull(row) ? 0 : source.offset(row + 1) - source.offset(row);
  }

  @Override
  public void reserve(Column column, long from, long count, long rows, long most) {
    VariableWidthColumn source = (VariableWidthColumn) column;
    long bytes = source.offset(from + count) - source.offset(from);
    long guess = product(bytes / count + 1, rows);
    offsets.reserve(Math.min(most, product(rows + 1, offsetWidth)));
    data.reserve(Math.min(most, guess / UNEVEN * (UNEVEN + 1)));
  }

  @Override
  public void append(Column column, long from, long count) {
    VariableWidthColumn source = (VariableWidthColumn) column;
    Bitmap bits = source.validity();
    if (bits == null || nullsAreEmpty(source, from, count)) {
      appendValues(source, from, count);
    } else {
      long end = from + count;
      for (long row = from; row < end; ) {
        long nextNull = bits.nextClear(row, end);
        appendValues(source, row, nextNull - row);
        row = bits.nextSet(nextNull, end);
        appendEmpty(row - nextNull);
      }
    }
    validity.append(bits, from, count);
  }

  private static boolean nullsAreEmpty(VariableWidthColumn source, long from, long count) {
    Bitmap bits = source.validity();
    long end = from + count;
    for (long row = bits.nextClear(from, end); row < end; row = bits.nextClear(row + 1, end)) {
      if (source.offset(row + 1) != source.offset(row)) {
        return false;
      }
    }
    return true;
  }

  /** Values as the offsets give them, null or not. */
  private void appendValues(VariableWidthColumn source, long from, long count) {
    if (count == 0) {
      return;
    }
    long start = source.offset(from);
    long rebase = data.size() - start;
    long at = reserveOffsets(count);
    long first = (from + 1) * offsetWidth;
    Offsets.rebase(
        source.offsets(),
        first,
        offsetWidth,
        count,
        rebase,
        offsets.block(),
        at,
        offsetWidth,
        block);
    offsets.advance(count * offsetWidth);
    data.append(source.data(), start, source.offset(from + count) - start);
  }

  private void appendEmpty(long count) {
    long at = reserveOffsets(count);
    MemorySegment target = offsets.block();
    for (long i = 0; i < count; i++) {
      Offsets.set(target, at + i * offsetWidth, offsetWidth, data.size());
    }
    offsets.advance(count * offsetWidth);
  }

  @Override
  public void appendFiller(long count) {
    appendEmpty(count);
    validity.append(null, 0, count);
  }

  /** Room for the ends of {@code count} values; the first value of a page also starts at 0. */
  private long reserveOffsets(long count) {
    if (offsets.size() == 0) {
      offsets.appendZeros(offsetWidth);
    }
    return offsets.reserve(count * offsetWidth);
  }

  @Override
  public Column view() {
    return new VariableWidthColumn(type, rows(), validity.view(), offsets.bytes(), data.bytes());
  }

  @Override
  public void release() {
    super.release();
    offsets.release();
    data.release();
  }

  @Override
  public void clear() {
    super.clear();
    offsets.clear();
    data.clear();
  }
}
