package dev.lancewright.internal.memory;

import dev.lancewright.format.Container;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The off-heap blocks that all writers of the process share. A block that comes back is kept for
 * the next one who needs its size, since new memory is expensive: the JVM zeroes it, and the
 * operating system finds a page for each 4 KiB of it.
 *
 * <p>What is kept idle is bounded by {@link #maxIdleBytes}. Whatever comes back beyond is freed, or
 * takes the place of blocks of a size that nobody has asked for lately.
 *
 * <p>Thread-safe. Blocks are not: whoever returns one must not use it any more.
 */
public final class BlockPool {
  /** The pool of the process. */
  public static final BlockPool SHARED = new BlockPool(defaultMaxIdleBytes());

  /** System property: bytes that the process keeps idle at most. */
  public static final String MAX_IDLE_PROPERTY = "dev.lancewright.memory.maxIdleBytes";

  private static final long MIN_DEFAULT_BYTES = 128L << 20;
  private static final long MAX_DEFAULT_BYTES = 512L << 20;

  /** A block with an arena of its own, so that it can be freed alone. */
  static final class Block {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;

    private Block(long bytes) {
      memory = arena.allocate(bytes, Container.ALIGNMENT);
    }

    MemorySegment memory() {
      return memory;
    }

    private long bytes() {
      return memory.byteSize();
    }

    private void free() {
      arena.close();
    }
  }

  /** Idle blocks of one size. */
  private static final class SizeClass {
    final Deque<Block> idle = new ArrayDeque<>(2);
    long lastTaken;
  }

  private final List<SizeClass> classes = new ArrayList<>();
  private long maxIdleBytes;
  private long idleBytes;
  private long clock;

  BlockPool(long maxIdleBytes) {
    this.maxIdleBytes = maxIdleBytes;
  }

  /** The maximum heap tells how large a process is meant to become, on every kind of machine. */
  private static long defaultMaxIdleBytes() {
    long share = Runtime.getRuntime().maxMemory() / 16;
    return Math.max(
        0,
        Long.getLong(MAX_IDLE_PROPERTY, Math.clamp(share, MIN_DEFAULT_BYTES, MAX_DEFAULT_BYTES)));
  }

  /** Returns a block of a size class, with undefined contents, aligned as buffers of a file are. */
  Block take(int sizeClass) {
    synchronized (this) {
      SizeClass blocks = sizeClass(sizeClass);
      blocks.lastTaken = ++clock;
      Block block = blocks.idle.pollLast();
      if (block != null) {
        idleBytes -= block.bytes();
        return block;
      }
    }
    return new Block(PagePool.blockBytes(sizeClass));
  }

  /** Takes back a block, which nobody may use any more. */
  void giveBack(Block block) {
    List<Block> freed = List.of();
    synchronized (this) {
      if (block.bytes() > maxIdleBytes) {
        freed = List.of(block);
      } else {
        freed = evict(maxIdleBytes - block.bytes());
        sizeClass(PagePool.sizeClass(block.bytes())).idle.addLast(block);
        idleBytes += block.bytes();
      }
    }
    freed.forEach(Block::free);
  }

  private SizeClass sizeClass(int index) {
    while (classes.size() <= index) {
      classes.add(new SizeClass());
    }
    return classes.get(index);
  }

  /** Removes idle blocks, those of sizes first that were not taken for longest. */
  private List<Block> evict(long bytesToKeep) {
    if (idleBytes <= bytesToKeep) {
      return List.of();
    }
    List<Block> evicted = new ArrayList<>();
    while (idleBytes > bytesToKeep) {
      Block block = leastRecent().idle.pollFirst();
      idleBytes -= block.bytes();
      evicted.add(block);
    }
    return evicted;
  }

  private SizeClass leastRecent() {
    SizeClass least = null;
    for (SizeClass blocks : classes) {
      if (!blocks.idle.isEmpty() && (least == null || blocks.lastTaken < least.lastTaken)) {
        least = blocks;
      }
    }
    return least;
  }

  /** Returns how many bytes are kept for whoever needs them next. */
  public synchronized long idleBytes() {
    return idleBytes;
  }

  /** Returns how many bytes are kept idle at most. */
  public synchronized long maxIdleBytes() {
    return maxIdleBytes;
  }

  /**
   * Sets how many bytes are kept idle at most, and frees what is beyond; 0 frees everything.
   *
   * @throws IllegalArgumentException if negative
   */
  public void setMaxIdleBytes(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("maxIdleBytes must not be negative, but was " + bytes);
    }
    List<Block> freed;
    synchronized (this) {
      maxIdleBytes = bytes;
      freed = evict(bytes);
    }
    freed.forEach(Block::free);
  }
}
