package dev.lancewright.arrow;

import dev.lancewright.internal.memory.PagePool;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Off-heap memory for values that are converted when a batch is imported, used again from batch to
 * batch. None is allocated before the first conversion.
 *
 * <p>Each open batch has a pool of its own, so that batches may be closed in any order, by any
 * thread, and after {@link #close}. Thread-safe.
 */
public final class ImportMemory implements AutoCloseable {
  private final List<PagePool> pools = new ArrayList<>();
  private final Deque<PagePool> idle = new ArrayDeque<>();
  private boolean closed;

  /** Allocates nothing yet. */
  public ImportMemory() {}

  /** Bytes held, whether a batch uses them or not. */
  public synchronized long retainedBytes() {
    return pools.stream().mapToLong(PagePool::retainedBytes).sum();
  }

  /** Frees what no open batch uses, and the rest when those are closed. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(this::free);
    idle.clear();
  }

  /**
   * A pool for one batch, to be given back.
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

  /** Takes back a pool none of whose blocks is in use any more. */
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
