package dev.lancewright.internal.codec;

import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import java.util.ArrayList;
import java.util.List;

/**
 * Off-heap memory that the decoders of one page at a time write to, and the decompressors that they
 * share. Buffers are handed out anew for each page, so that a column in steady reading allocates
 * nothing. One thread at a time uses it.
 */
public final class DecodeMemory implements AutoCloseable {
  private final PagePool pool;
  private final List<AppendBuffer> buffers = new ArrayList<>();
  private final Decompressor decompressor = new Decompressor();
  private int used;

  /** Takes its memory from {@code pool}. */
  public DecodeMemory(PagePool pool) {
    this.pool = pool;
  }

  /** An empty buffer, which is the caller's until {@link #reset}. */
  public AppendBuffer take() {
    if (used == buffers.size()) {
      buffers.add(new AppendBuffer(pool));
    }
    AppendBuffer buffer = buffers.get(used++);
    buffer.clear();
    return buffer;
  }

  public Decompressor decompressor() {
    return decompressor;
  }

  /** Takes all buffers back, for the next page. */
  public void reset() {
    used = 0;
  }

  /** Gives all memory back. */
  @Override
  public void close() {
    reset();
    buffers.forEach(AppendBuffer::release);
    decompressor.close();
  }
}
