package dev.lancewright.internal.memory;

import dev.lancewright.format.Container;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Off-heap blocks of one writer, handed out and taken back, freed together on {@link #close}.
 *
 * <p>Block sizes grow in steps of a quarter of a power of two, so that a block is at most a quarter
 * larger than asked for. Small blocks are cut from slabs, large ones allocated alone. The one
 * shared arena is closed once: closing shared arenas stalls every thread of the process.
 *
 * <p>Not thread-safe: a pool belongs to a writer, which one thread at a time uses.
 */
public final class PagePool implements AutoCloseable {
  private static final int MIN_BLOCK_BYTES = 256;
  private static final int SLAB_BYTES = 256 << 10;

  private final Arena arena = Arena.ofShared();
  private final List<Deque<MemorySegment>> free = new ArrayList<>();
  private MemorySegment slab = MemorySegment.NULL;
  private long slabUsed;
  private long retainedBytes;

  /**
   * A block of at least {@code bytes} bytes, aligned to {@link Container#ALIGNMENT}, with undefined
   * contents. It is the caller's until it is given back or the pool is closed.
   */
  public MemorySegment take(long bytes) {
    int sizeClass = sizeClass(bytes);
    if (sizeClass < free.size()) {
      MemorySegment block = free.get(sizeClass).pollLast();
      if (block != null) {
        return block;
      }
    }
    return allocate(blockBytes(sizeClass));
  }

  /** Takes back a block that {@link #take} gave out; the caller must not use it any more. */
  public void giveBack(MemorySegment block) {
    int sizeClass = sizeClass(block.byteSize());
    while (free.size() <= sizeClass) {
      free.add(new ArrayDeque<>(0));
    }
    free.get(sizeClass).addLast(block);
  }

  /** Bytes that the pool holds, whether handed out or not. */
  public long retainedBytes() {
    return retainedBytes;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
      free.clear();
      retainedBytes = 0;
    }
  }

  private MemorySegment allocate(long bytes) {
    if (bytes > SLAB_BYTES / 8) {
      retainedBytes += bytes;
      return arena.allocate(bytes, Container.ALIGNMENT);
    }
    if (slab.byteSize() - slabUsed < bytes) {
      slab = arena.allocate(SLAB_BYTES, Container.ALIGNMENT);
      slabUsed = 0;
      retainedBytes += SLAB_BYTES;
    }
    MemorySegment block = slab.asSlice(slabUsed, bytes);
    slabUsed += bytes;
    return block;
  }

  /** The smallest class whose blocks hold {@code bytes}: four classes for each power of two. */
  static int sizeClass(long bytes) {
    if (bytes <= MIN_BLOCK_BYTES) {
      return 0;
    }
    int power = 63 - Long.numberOfLeadingZeros(bytes - 1);
    int quarter = (int) ((bytes - 1) >>> (power - 2)) & 3;
    return (power - Integer.numberOfTrailingZeros(MIN_BLOCK_BYTES)) * 4 + quarter + 1;
  }

  /** Bytes of every block of a class; a multiple of {@link Container#ALIGNMENT}. */
  static long blockBytes(int sizeClass) {
    long quarters = 4L + (sizeClass & 3);
    return (quarters * (MIN_BLOCK_BYTES / 4)) << (sizeClass >>> 2);
  }
}
