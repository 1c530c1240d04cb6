package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.memory.PagePool;

/** Bits that grow at the end; emptied, it keeps its memory. */
final class BitBuffer {
  private final AppendBuffer bytes;
  private long length;

  BitBuffer(PagePool pool) {
    bytes = new AppendBuffer(pool);
  }

  /** Appends {@code count} equal bits. */
  void append(boolean bit, long count) {
    Bits.reserve(bytes, length + count);
    Bits.fill(bytes.block(), length, count, bit);
    length += count;
  }

  /** The bits appended; valid until more are, or the pool is closed. */
  Bitmap view() {
    return new Bitmap(bytes.bytes(), 0, length);
  }

  void clear() {
    bytes.clear();
    length = 0;
  }
}
