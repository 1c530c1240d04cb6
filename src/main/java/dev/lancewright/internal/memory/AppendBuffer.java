package dev.lancewright.internal.memory;

import java.lang.foreign.MemorySegment;

/**
 * Contiguous off-heap bytes that grow at the end, in blocks of a {@link PagePool}. Emptied, it
 * keeps its block, so that a buffer in steady use stops allocating.
 */
public final class AppendBuffer {
  /** Larger blocks grow by half: what is not used of them counts. */
  private static final long LARGE_BYTES = 256 << 10;

  private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[1024]).asReadOnly();

  private final PagePool pool;
  private MemorySegment block = MemorySegment.NULL;
  private long size;

  public AppendBuffer(PagePool pool) {
    this.pool = pool;
  }

  /** Bytes appended. */
  public long size() {
    return size;
  }

  /**
   * The block that holds the bytes; valid until the buffer grows, is released or the pool closes.
   */
  public MemorySegment block() {
    return block;
  }

  /** The bytes appended; valid as long as {@link #block}. */
  public MemorySegment bytes() {
    return block.asSlice(0, size);
  }

  /**
   * Makes room for {@code bytes} more bytes.
   *
   * @return where in {@link #block} they go
   */
  public long reserve(long bytes) {
    long needed = Math.addExact(size, bytes);
    if (needed > block.byteSize()) {
      grow(needed);
    }
    return size;
  }

  /** Counts {@code bytes} reserved bytes as appended. */
  public void advance(long bytes) {
    size += bytes;
  }

  /** Appends {@code bytes} bytes of {@code source} from {@code offset} on. */
  public void append(MemorySegment source, long offset, long bytes) {
    long at = reserve(bytes);
    MemorySegment.copy(source, offset, block, at, bytes);
    size += bytes;
  }

  /** Appends {@code bytes} zeros. */
  public void appendZeros(long bytes) {
    long at = reserve(bytes);
    size += bytes;
    clear(at, bytes);
  }

  /** Overwrites {@code bytes} bytes from {@code at} on with zeros; makes no slice for it. */
  public void clear(long at, long bytes) {
    for (long done = 0; done < bytes; done += ZEROS.byteSize()) {
      MemorySegment.copy(ZEROS, 0, block, at + done, Math.min(ZEROS.byteSize(), bytes - done));
    }
  }

  /** Forgets everything after the first {@code bytes} bytes. */
  public void truncate(long bytes) {
    size = bytes;
  }

  /** Forgets what was appended and keeps the block. */
  public void clear() {
    size = 0;
  }

  /** Forgets what was appended and gives the block back. */
  public void release() {
    size = 0;
    if (block.byteSize() > 0) {
      pool.giveBack(block);
      block = MemorySegment.NULL;
    }
  }

  private void grow(long needed) {
    long grown = block.byteSize();
    grown += grown < LARGE_BYTES ? grown : grown / 2;
    MemorySegment larger = pool.take(Math.max(needed, grown));
    MemorySegment.copy(block, 0, larger, 0, size);
    if (block.byteSize() > 0) {
      pool.giveBack(block);
    }
    block = larger;
  }
}
