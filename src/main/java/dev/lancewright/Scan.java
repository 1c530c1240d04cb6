package dev.lancewright;

import dev.lancewright.column.Batch;
import dev.lancewright.internal.file.BatchReader;
import dev.lancewright.schema.Schema;
import java.io.IOException;

/**
 * Gives out rows of a file in order, a batch at a time. One thread at a time uses it; the reader
 * must stay open.
 */
public final class Scan implements AutoCloseable {
  private final BatchReader reader;
  private final BatchReader.Rows rows;
  private final long end;
  private final int batchRows;
  private long next;

  Scan(BatchReader reader, RowRange range, int batchRows) {
    this.reader = reader;
    this.rows = reader.newRows(false);
    this.next = range.from();
    this.end = range.end();
    this.batchRows = batchRows;
  }

  /** The schema of the batches. */
  public Schema schema() {
    return reader.schema();
  }

  /**
   * The next rows: as many as asked for, or fewer where they are the last or too large for a batch.
   *
   * @return null when there are no more; a batch is valid until the next call or {@link #close}
   * @throws dev.lancewright.format.LanceFormatException if the file contradicts itself
   */
  public Batch next() throws IOException {
    if (next == end) {
      return null;
    }
    Batch batch = reader.read(next, Math.min(batchRows, end - next), rows);
    next += batch.rows();
    return batch;
  }

  /** Off-heap bytes that are held. */
  public long retainedBytes() {
    return reader.retainedBytes();
  }

  /** Frees the memory of the last batch, too. */
  @Override
  public void close() {
    reader.close();
  }
}
