package dev.lancewright.builder;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import java.lang.foreign.MemorySegment;

/** A growable buffer of offsets of 4 or 8 bytes each, which keeps its memory when cleared. */
final class OffsetBuffer {
  private final AppendBuffer bytes;
  private final boolean large;

  OffsetBuffer(boolean large, PagePool pool) {
    this.large = large;
    bytes = new AppendBuffer(pool);
  }

  /** Returns the maximum offset. */
  long greatest() {
    return large ? Long.MAX_VALUE : Integer.MAX_VALUE;
  }

  /** Appends the end of a row, preceded by the leading 0 if it is the first row. */
  void append(long end) {
    int width = large ? 8 : 4;
    if (bytes.size() == 0) {
      bytes.appendZeros(width);
    }
    long at = bytes.reserve(width);
    if (large) {
      bytes.block().set(LittleEndian.LONG, at, end);
    } else {
      bytes.block().set(LittleEndian.INT, at, (int) end);
    }
    bytes.advance(width);
  }

  /** Appends {@code count} empty rows, all of which end at {@code end}. */
  void appendEmpty(long end, long count) {
    for (long i = 0; i < count; i++) {
      append(end);
    }
  }

  /**
   * Returns a view of the offsets, one more than there are rows, or none if there are no rows;
   * valid until more are appended.
   */
  MemorySegment view() {
    return bytes.bytes();
  }

  void clear() {
    bytes.clear();
  }
}
