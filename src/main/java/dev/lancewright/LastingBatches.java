package dev.lancewright;

import dev.lancewright.arrow.OwnedBatch;
import dev.lancewright.column.Batch;
import dev.lancewright.internal.file.BatchReader;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Batches of a reader that last until they are released, by any thread. The reader is closed when
 * its owner has closed it and all batches are released; their memory is used again until then. One
 * thread at a time reads and closes.
 */
final class LastingBatches implements AutoCloseable {
  private final BatchReader reader;
  private final Queue<BatchReader.Rows> free = new ConcurrentLinkedQueue<>();

  /** The owner, and each batch that is not released. */
  private final AtomicInteger users = new AtomicInteger(1);

  private boolean closed;

  /** Reads rows into the memory that it is given. */
  interface Reading {
    Batch into(BatchReader.Rows rows) throws IOException;
  }

  /**
   * @param reader is closed in the end
   */
  LastingBatches(BatchReader reader) {
    this.reader = reader;
  }

  BatchReader reader() {
    return reader;
  }

  /**
   * Reads a batch.
   *
   * @throws IllegalStateException after {@link #close}
   */
  OwnedBatch read(Reading reading) throws IOException {
    checkOpen();
    BatchReader.Rows released = free.poll();
    BatchReader.Rows rows = released == null ? reader.newRows(true) : released;
    Batch batch;
    try {
      batch = reading.into(rows);
    } catch (IOException | RuntimeException | Error e) {
      free.add(rows);
      throw e;
    }
    users.incrementAndGet();
    return new OwnedBatch(
        batch,
        () -> {
          free.add(rows);
          leave();
        });
  }

  private void leave() {
    if (users.decrementAndGet() == 0) {
      reader.close();
    }
  }

  /**
   * @throws IllegalStateException after {@link #close}
   */
  void checkOpen() {
    if (closed) {
      throw new IllegalStateException("rows cannot be read any more: it is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      leave();
    }
  }
}
