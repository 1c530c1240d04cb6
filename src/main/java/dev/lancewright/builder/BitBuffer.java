package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.memory.PagePool;

/** A growable bitmap, which keeps its memory when cleared. */
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

  /** Returns a view of the bits, valid until more are appended or the pool is closed. */
  Bitmap view() {
    return new Bitmap(bytes.bytes(), 0, length);
  }

  void clear() {
    bytes.clear();
    length = 0;
  }
}
