package dev.lancewright.arrow;

import dev.lancewright.internal.memory.PagePool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Off-heap memory for values that are converted when a batch is imported, reused from batch to
 * batch. Nothing is allocated before the first conversion.
 *
 * <p>Each open batch has its own pool, so that batches may be closed in any order, by any thread,
 * even after {@link #close}. Thread-safe.
 */
public final class ImportMemory implements AutoCloseable {
  private final List<PagePool> pools = new ArrayList<>();
  private final Deque<PagePool> idle = new ArrayDeque<>();
  private boolean closed;

  /** Creates an instance without allocating memory. */
  public ImportMemory() {}

  /** Returns the number of bytes held, whether in use by a batch or not. */
  public synchronized long retainedBytes() {
    return pools.stream().mapToLong(PagePool::retainedBytes).sum();
  }

  /** Frees the memory that no open batch uses, and the rest as batches are closed. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(this::free);
    idle.clear();
  }

  /**
   * Returns a pool for one batch, to be returned with {@link #giveBack}.
   *
   * @throws IllegalStateException if closed
   */
  synchronized PagePool take() {
    if (closed) {
      throw new IllegalStateException("the memory for converted values is closed");
    }
    PagePool pool = idle.pollLast();
    if (pool == null) {
      pool = new PagePool();
      pools.add(pool);
    }
    return pool;
  }

  /** Returns a pool to this memory; none of its blocks may be in use any more. */
  synchronized void giveBack(PagePool pool) {
    if (closed) {
      free(pool);
    } else {
      idle.addLast(pool);
    }
  }

  private void free(PagePool pool) {
    pools.remove(pool);
    pool.close();
  }
}
