package dev.lancewright;

import dev.lancewright.arrow.OwnedBatch;
import dev.lancewright.column.Batch;
import dev.lancewright.internal.file.TableReader;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Batches of a table reader that last until they are released, by any thread. The reader is closed
 * when its owner has closed it and all batches are released; their memory is used again until then.
 */
final class LastingBatches implements AutoCloseable {
  private final TableReader reader;
  private final Queue<TableReader.Rows> free = new ConcurrentLinkedQueue<>();

  /** The owner, and each batch that is not released. */
  private final AtomicInteger users = new AtomicInteger(1);

  /** Reads rows into the memory that it is given. */
  interface Reading {
    Batch into(TableReader.Rows rows) throws IOException;
  }

  /**
   * @param reader is closed in the end
   */
  LastingBatches(TableReader reader) {
    this.reader = reader;
  }

  TableReader reader() {
    return reader;
  }

  /** Reads a batch; one thread at a time, and not after {@link #close}. */
  OwnedBatch read(Reading reading) throws IOException {
    TableReader.Rows released = free.poll();
    TableReader.Rows rows = released == null ? reader.newRows(true) : released;
    Batch batch = reading.into(rows);
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

  @Override
  public void close() {
    leave();
  }
}
