package dev.lancewright;

import dev.lancewright.internal.memory.BlockPool;

/**
 * The off-heap memory that the writers of this process share.
 *
 * <p>Blocks that a page, a column or a writer no longer needs are kept for the next one, since new
 * memory is expensive: it is zeroed, and the operating system provides it page by page. At most
 * {@link #maxIdleBytes} are kept: a sixteenth of the maximum size of the Java heap, but from 128 to
 * 512 MiB, unless the system property {@value BlockPool#MAX_IDLE_PROPERTY} gives another number
 * when the first writer is created. What is returned beyond that is freed at once. A program that
 * has written its files can free the rest with {@code setMaxIdleBytes(0)}.
 *
 * <p>Thread-safe.
 */
public final class WriterMemory {
  private WriterMemory() {}

  /** Returns the number of bytes that are kept for the next writer. */
  public static long idleBytes() {
    return BlockPool.SHARED.idleBytes();
  }

  /** Returns the maximum number of bytes that are kept. */
  public static long maxIdleBytes() {
    return BlockPool.SHARED.maxIdleBytes();
  }

  /**
   * Sets the maximum number of bytes that are kept, and frees what is beyond it.
   *
   * @throws IllegalArgumentException if negative
   */
  public static void setMaxIdleBytes(long bytes) {
    BlockPool.SHARED.setMaxIdleBytes(bytes);
  }
}
