package dev.lancewright.internal.memory;

import dev.lancewright.format.Container;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Off-heap blocks of one owner, handed out and taken back, all given up on {@link #close}.
 *
 * <p>Block sizes grow in steps of a quarter of a power of two, so that a block is at most a quarter
 * larger than asked for. Small blocks are cut from slabs and stay with the pool; slabs and large
 * blocks come from where the pool was told to get them:
 *
 * <ul>
 *   <li>{@link #shared()}: from the {@link BlockPool} of the process, to which large blocks go back
 *       at once. For memory that only this library's own code sees, since a block may be another
 *       owner's as soon as it is back.
 *   <li>{@link #PagePool()}: from an arena of its own, whose end makes every later access fail. For
 *       memory that callers see.
 * </ul>
 *
 * <p>Not thread-safe: a pool belongs to a writer or a reader, which one thread at a time uses.
 */
public final class PagePool implements AutoCloseable {
  private static final int MIN_BLOCK_BYTES = 256;
  private static final int MIN_SLAB_BYTES = 8 << 10;
  private static final int MAX_SLAB_BYTES = 256 << 10;
  private static final int MAX_SMALL_BYTES = MAX_SLAB_BYTES / 8;

  /** Overwrites blocks that come back, so that tests notice who still reads them. */
  private static final boolean POISON = Boolean.getBoolean("dev.lancewright.memory.poison");

  /** Where slabs and large blocks come from. */
  private interface Source {
    MemorySegment allocate(int sizeClass);

    /** Takes back a block; returns false if the pool has to keep it. */
    boolean release(MemorySegment block);

    void close();
  }

  private static final class OwnArena implements Source {
    private final Arena arena = Arena.ofShared();

    @Override
    public MemorySegment allocate(int sizeClass) {
      return arena.allocate(blockBytes(sizeClass), Container.ALIGNMENT);
    }

    @Override
    public boolean release(MemorySegment block) {
      return false;
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  private static final class SharedBlocks implements Source {
    private final Map<Long, BlockPool.Block> byAddress = new HashMap<>();

    @Override
    public MemorySegment allocate(int sizeClass) {
      BlockPool.Block block = BlockPool.SHARED.take(sizeClass);
      byAddress.put(block.memory().address(), block);
      return block.memory();
    }

    @Override
    public boolean release(MemorySegment block) {
      BlockPool.SHARED.giveBack(byAddress.remove(block.address()));
      return true;
    }

    @Override
    public void close() {
      byAddress.values().forEach(BlockPool.SHARED::giveBack);
      byAddress.clear();
    }
  }

  private final Source source;
  private final List<Deque<MemorySegment>> free = new ArrayList<>();
  private MemorySegment slab = MemorySegment.NULL;
  private long slabUsed;
  private long retainedBytes;
  private boolean closed;

  /** A pool with an arena of its own. */
  public PagePool() {
    this(new OwnArena());
  }

  private PagePool(Source source) {
    this.source = source;
  }

  /** Returns a pool of blocks that are the process's. */
  public static PagePool shared() {
    return new PagePool(new SharedBlocks());
  }

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
    long blockBytes = blockBytes(sizeClass);
    return blockBytes > MAX_SMALL_BYTES ? allocate(sizeClass) : cut(blockBytes);
  }

  /** Takes back a block that {@link #take} gave out; the caller must not use it any more. */
  public void giveBack(MemorySegment block) {
    if (closed) {
      return;
    }
    if (POISON) {
      block.fill((byte) 0xA5);
    }
    if (block.byteSize() > MAX_SMALL_BYTES && source.release(block)) {
      retainedBytes -= block.byteSize();
      return;
    }
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
    if (closed) {
      return;
    }
    closed = true;
    source.close();
    free.clear();
    slab = MemorySegment.NULL;
    slabUsed = 0;
    retainedBytes = 0;
  }

  private MemorySegment allocate(int sizeClass) {
    if (closed) {
      throw new IllegalStateException("the pool is closed");
    }
    retainedBytes += blockBytes(sizeClass);
    return source.allocate(sizeClass);
  }

  /** Cuts a small block from a slab; each slab is twice as large as the one before. */
  private MemorySegment cut(long bytes) {
    if (slab.byteSize() - slabUsed < bytes) {
      long wanted = Math.clamp(slab.byteSize() * 2, MIN_SLAB_BYTES, MAX_SLAB_BYTES);
      slab = allocate(sizeClass(Math.max(wanted, bytes)));
      slabUsed = 0;
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
