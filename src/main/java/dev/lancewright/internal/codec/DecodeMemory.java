package dev.lancewright.internal.codec;

import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import java.util.ArrayList;
import java.util.List;

/**
 * Off-heap memory for the decoders of one page at a time, and the decompressors that they share.
 * Buffers are reused for each page, so that reading a column allocates nothing in steady state.
 * Used by one thread at a time.
 */
public final class DecodeMemory implements AutoCloseable {
  private final PagePool pool;
  private final List<AppendBuffer> buffers = new ArrayList<>();
  private final Decompressor decompressor = new Decompressor();
  private int used;

  /** Creates memory that is allocated from {@code pool}. */
  public DecodeMemory(PagePool pool) {
    this.pool = pool;
  }

  /** Returns an empty buffer, which belongs to the caller until {@link #reset}. */
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

  /** Reclaims all buffers for the next page. */
  public void reset() {
    used = 0;
  }

  /** Releases all memory. */
  @Override
  public void close() {
    reset();
    buffers.forEach(AppendBuffer::release);
    decompressor.close();
  }
}
