package dev.lancewright;

import dev.lancewright.arrow.ArrowExport;
import dev.lancewright.arrow.BatchSource;
import dev.lancewright.column.Batch;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.Require;
import dev.lancewright.internal.file.BatchReader;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.util.List;

/**
 * Reads rows of a file in order, a batch at a time.
 *
 * <pre>{@code
 * try (Scan scan = reader.scan().columns("id", "name").open()) {
 *   for (Batch batch = scan.next(); batch != null; batch = scan.next()) {
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <p>One thread at a time uses a scan; the reader must stay open. A batch is valid until the next
 * one is read, for its memory is used again.
 */
public final class Scan implements AutoCloseable {
  private final BatchReader reader;
  private final BatchReader.Rows rows;
  private final long end;
  private final int batchRows;
  private long next;

  private Scan(BatchReader reader, RowRange range, int batchRows) {
    this.reader = reader;
    this.rows = reader.newRows(false);
    this.next = range.from();
    this.end = range.end();
    this.batchRows = batchRows;
  }

  /**
   * Says which columns and rows to read: all of them, {@value #DEFAULT_BATCH_ROWS} rows at a time,
   * unless it is told otherwise.
   */
  public static final class Builder {
    private static final int DEFAULT_BATCH_ROWS = 8192;

    private final LanceReader reader;

    /** The paths of columns; null for all. */
    private List<String> columns;

    private RowRange rows;
    private int batchRows = DEFAULT_BATCH_ROWS;

    Builder(LanceReader reader) {
      this.reader = reader;
      this.rows = new RowRange(0, reader.rows());
    }

    /**
     * Reads these columns only. The batches have each top-level field once, in the order in which
     * they are first named, and structs only the children that were named, in the file's order.
     *
     * @param columns the paths of fields, such as {@code a} or {@code a.b}
     */
    public Builder columns(String... columns) {
      this.columns = Require.list(columns, "columns");
      return this;
    }

    /**
     * Reads these columns only.
     *
     * @param columns the paths of fields, as for {@link #columns(String...)}
     */
    public Builder columns(List<String> columns) {
      this.columns = Require.list(columns, "columns");
      return this;
    }

    /**
     * Reads these rows only.
     *
     * @throws IllegalArgumentException if they do not lie in the file
     */
    public Builder rows(RowRange rows) {
      if (Require.nonNull(rows, "rows").end() > reader.rows()) {
        throw new IllegalArgumentException(
            "rows %d to %d do not lie in the file, which has %d rows"
                .formatted(rows.from(), rows.end(), reader.rows()));
      }
      this.rows = rows;
      return this;
    }

    /**
     * Sets the greatest number of rows of a batch. A batch has fewer if they would take much
     * memory.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder batchRows(int batchRows) {
      if (batchRows <= 0) {
        throw new IllegalArgumentException("batchRows must be positive, but was " + batchRows);
      }
      this.batchRows = batchRows;
      return this;
    }

    /**
     * Opens the scan.
     *
     * @throws IllegalArgumentException if there is no such column
     * @throws LanceFormatException if a column is of a type that cannot be read
     */
    public Scan open() throws IOException {
      return new Scan(reader.batchesInOrder(columns), rows, batchRows);
    }

    /**
     * Exports the scan as an {@code ArrowArrayStream}. The consumer must release it, and may keep
     * its arrays longer than the stream and the reader; the reader must stay open while the
     * consumer reads.
     *
     * @param streamAddress the address of an {@code ArrowArrayStream}, which is filled
     * @throws IllegalArgumentException if there is no such column, if a column has a type that
     *     Arrow does not have, or no struct can be at the address
     * @throws LanceFormatException if a column is of a type that cannot be read
     */
    public void exportTo(long streamAddress) throws IOException {
      ArrowExport.exportStream(openLasting(), streamAddress);
    }

    /**
     * Opens the scan for consumers that keep batches: each is valid until it is released, even if
     * scan and reader are closed before. The reader must stay open while rows are read.
     *
     * @throws IllegalArgumentException if there is no such column
     * @throws LanceFormatException if a column is of a type that cannot be read
     */
    public BatchSource openLasting() throws IOException {
      return new ScanSource(reader.batchesInOrder(columns), rows, batchRows);
    }
  }

  /** Returns the schema of the batches. */
  public Schema schema() {
    return reader.schema();
  }

  /**
   * Reads the next rows: as many as asked for, or fewer if they are the last, or would take much
   * memory.
   *
   * @return a batch that is valid until the next call or {@link #close}; null after the last
   * @throws LanceFormatException if the file contradicts itself
   */
  public Batch next() throws IOException {
    if (next == end) {
      return null;
    }
    Batch batch = reader.read(next, Math.min(batchRows, end - next), rows);
    next += batch.rows();
    return batch;
  }

  /** Returns the number of off-heap bytes that the scan holds. */
  public long retainedBytes() {
    return reader.retainedBytes();
  }

  /** Frees the scan's memory, that of the last batch included. */
  @Override
  public void close() {
    reader.close();
  }
}
