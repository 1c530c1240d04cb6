package dev.lancewright.arrow;

import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The memory of one batch's converted values, released as a whole. */
final class BatchMemory {
  private final ImportMemory owner;
  private final List<AppendBuffer> buffers = new ArrayList<>();
  private PagePool pool;

  BatchMemory(ImportMemory owner) {
    this.owner = owner;
  }

  /** Returns an empty buffer, valid until {@link #release}. */
  AppendBuffer buffer() {
    if (pool == null) {
      pool = owner.take();
    }
    AppendBuffer buffer = new AppendBuffer(pool);
    buffers.add(buffer);
    return buffer;
  }

  /** Allocates {@code bytes} bytes with undefined contents, valid until {@link #release}. */
  MemorySegment allocate(long bytes) {
    AppendBuffer buffer = buffer();
    buffer.reserve(bytes);
    buffer.advance(bytes);
    return buffer.bytes();
  }

  /** Releases all memory. Idempotent. */
  void release() {
    if (pool != null) {
      buffers.forEach(AppendBuffer::release);
      buffers.clear();
      owner.giveBack(pool);
      pool = null;
    }
  }
}
