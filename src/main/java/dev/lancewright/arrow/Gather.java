package dev.lancewright.arrow;

import dev.lancewright.column.Bitmap;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.Bits;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Gathers selected rows from buffers: contiguous rows without copying, others individually. */
final class Gather {
  private static final int DECIMAL128_BYTES = 16;

  private final BatchMemory memory;

  Gather(BatchMemory memory) {
    this.memory = memory;
  }

  /**
   * Returns the validity of rows, or null if all are valid.
   *
   * @param source the validity of the array, or null if all rows are valid
   */
  Bitmap validity(Bitmap source, RowSelection rows) {
    return source == null && !rows.hasMissing() ? null : bits(source, rows);
  }

  /** Returns the bits of rows: 0 for missing rows, and 1 for others if {@code source} is null. */
  Bitmap bits(Bitmap source, RowSelection rows) {
    long count = rows.count();
    if (rows.isRun()) {
      return source.slice(rows.start(), count);
    }
    MemorySegment target = memory.allocate(Bitmap.bytesFor(count) + Bits.SLACK_BYTES);
    for (long i = 0; i < count; i += Long.SIZE) {
      long word = 0;
      for (long j = i; j < Math.min(count, i + Long.SIZE); j++) {
        long index = rows.index(j);
        boolean set = index != RowSelection.MISSING && (source == null || source.get(index));
        word |= (set ? 1L : 0L) << (j - i);
      }
      Bits.put(target, i, word);
    }
    return new Bitmap(target, 0, count);
  }

  /** Returns values of {@code width} bytes, with zeros for missing rows. */
  MemorySegment values(MemorySegment source, int width, RowSelection rows) {
    long count = rows.count();
    if (rows.isRun()) {
      return source.asSlice(rows.start() * width, count * width);
    }
    MemorySegment target = memory.allocate(count * width).fill((byte) 0);
    for (long i = 0; i < count; i++) {
      long index = rows.index(i);
      if (index != RowSelection.MISSING) {
        copy(source, index * width, target, i * width, width);
      }
    }
    return target;
  }

  private static void copy(
      MemorySegment source, long from, MemorySegment target, long to, int width) {
    switch (width) {
      case 1 -> target.set(ValueLayout.JAVA_BYTE, to, source.get(ValueLayout.JAVA_BYTE, from));
      case 2 -> target.set(LittleEndian.SHORT, to, source.get(LittleEndian.SHORT, from));
      case 4 -> target.set(LittleEndian.INT, to, source.get(LittleEndian.INT, from));
      case 8 -> target.set(LittleEndian.LONG, to, source.get(LittleEndian.LONG, from));
      default -> MemorySegment.copy(source, from, target, to, width);
    }
  }

  /** Returns integers of 4 or 8 bytes, widened to 16 bytes, with zeros for missing rows. */
  MemorySegment wide(MemorySegment source, int width, RowSelection rows) {
    long count = rows.count();
    MemorySegment target = memory.allocate(count * DECIMAL128_BYTES);
    for (long i = 0; i < count; i++) {
      long index = rows.index(i);
      long value = 0;
      if (index != RowSelection.MISSING) {
        value =
            width == Integer.BYTES
                ? source.get(LittleEndian.INT, index * Integer.BYTES)
                : source.get(LittleEndian.LONG, index * Long.BYTES);
      }
      target.set(LittleEndian.LONG, i * DECIMAL128_BYTES, value);
      target.set(LittleEndian.LONG, i * DECIMAL128_BYTES + Long.BYTES, value >> 63);
    }
    return target;
  }
}
