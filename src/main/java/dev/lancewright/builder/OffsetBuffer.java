package dev.lancewright.builder;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import java.lang.foreign.MemorySegment;

/** Offsets that grow at the end, of 4 or 8 bytes each; emptied, it keeps its memory. */
final class OffsetBuffer {
  private final AppendBuffer bytes;
  private final boolean large;

  OffsetBuffer(boolean large, PagePool pool) {
    this.large = large;
    bytes = new AppendBuffer(pool);
  }

  /** The greatest offset that there can be. */
  long greatest() {
    return large ? Long.MAX_VALUE : Integer.MAX_VALUE;
  }

  /** Appends where a row ends; the first follows the 0 that starts it. */
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

  /** Appends {@code count} rows that have nothing, all of which end at {@code end}. */
  void appendEmpty(long end, long count) {
    for (long i = 0; i < count; i++) {
      append(end);
    }
  }

  /** One offset more than rows, or none without rows; valid until more are appended. */
  MemorySegment view() {
    return bytes.bytes();
  }

  void clear() {
    bytes.clear();
  }
}
