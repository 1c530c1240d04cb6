package dev.lancewright;

import dev.lancewright.arrow.ArrowExport;
import dev.lancewright.arrow.ArrowSchemas;
import dev.lancewright.arrow.OwnedBatch;
import dev.lancewright.column.Batch;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.Require;
import dev.lancewright.internal.file.BatchReader;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Reads rows of a file by their numbers, and of the file only the chunks or values that they are
 * in.
 *
 * <pre>{@code
 * try (Taker taker = reader.taker().columns("name").open()) {
 *   Batch batch = taker.take(17, 4);
 * }
 * }</pre>
 *
 * <p>A taker keeps what it learns about pages: use one for many calls. One thread at a time uses
 * it; the reader must stay open.
 */
public final class Taker implements AutoCloseable {
  private final LastingBatches batches;
  private final BatchReader reader;
  private final BatchReader.Rows rows;
  private final long fileRows;

  private Taker(BatchReader reader, long fileRows) {
    this.batches = new LastingBatches(reader);
    this.reader = reader;
    this.rows = reader.newRows(false);
    this.fileRows = fileRows;
  }

  /** Says which columns to read: all of them, unless it is told otherwise. */
  public static final class Builder {
    private final LanceReader reader;

    /** The paths of columns; null for all. */
    private List<String> columns;

    Builder(LanceReader reader) {
      this.reader = reader;
    }

    /**
     * Reads these columns only.
     *
     * @param columns the paths of fields, as for {@link Scan.Builder#columns(String...)}
     */
    public Builder columns(String... columns) {
      this.columns = Require.list(columns, "columns");
      return this;
    }

    /**
     * Reads these columns only.
     *
     * @param columns the paths of fields, as for {@link Scan.Builder#columns(String...)}
     */
    public Builder columns(List<String> columns) {
      this.columns = Require.list(columns, "columns");
      return this;
    }

    /**
     * Opens the taker.
     *
     * @throws IllegalArgumentException if there is no such column
     * @throws LanceFormatException if a column is of a type that cannot be read
     */
    public Taker open() throws IOException {
      return new Taker(reader.batchesByNumber(columns), reader.rows());
    }
  }

  /** Returns the schema of the batches. */
  public Schema schema() {
    return reader.schema();
  }

  /**
   * Reads the rows with these numbers in the order of the numbers; the same row may come several
   * times. Rows that follow one another are read together.
   *
   * @param numbers the numbers of rows, counted from 0
   * @return a batch that is valid until the next call or {@link #close}
   * @throws IndexOutOfBoundsException if the file has no such row
   * @throws IllegalStateException if the taker is closed
   * @throws LanceFormatException if the file contradicts itself, or the rows are too large for one
   *     batch
   */
  public Batch take(long... numbers) throws IOException {
    batches.checkOpen();
    check(numbers);
    return reader.take(numbers, rows);
  }

  /**
   * Reads the rows with these numbers into a batch of their own, which is valid until it is
   * released, even if taker and reader are closed before.
   *
   * @param numbers the numbers of rows, as for {@link #take}
   * @throws IndexOutOfBoundsException as {@link #take}
   * @throws IllegalStateException if the taker is closed
   * @throws LanceFormatException as {@link #take}
   */
  public OwnedBatch takeLasting(long... numbers) throws IOException {
    batches.checkOpen();
    check(numbers);
    return batches.read(into -> reader.take(numbers, into));
  }

  /**
   * Exports the rows with these numbers as an {@code ArrowArray} of a struct, and its schema as an
   * {@code ArrowSchema}. The consumer must release both, and may keep them longer than this taker.
   * If an exception is thrown, neither is there to be released.
   *
   * @param arrayAddress the address of an {@code ArrowArray}, which is filled
   * @param schemaAddress the address of an {@code ArrowSchema}, which is filled; 0 if the consumer
   *     knows the schema
   * @param numbers the numbers of rows, as for {@link #take}
   * @throws IllegalArgumentException if no struct can be at an address, or a column has a type that
   *     Arrow does not have
   * @throws IndexOutOfBoundsException as {@link #take}
   * @throws IllegalStateException if the taker is closed
   */
  public void exportTo(long arrayAddress, long schemaAddress, long... numbers) throws IOException {
    batches.checkOpen();
    check(numbers);
    if (schemaAddress != 0) {
      ArrowExport.exportSchema(schema(), schemaAddress);
    }
    try {
      ArrowExport.exportBatch(takeLasting(numbers), arrayAddress);
    } catch (IOException | RuntimeException | Error e) {
      if (schemaAddress != 0) {
        ArrowSchemas.release(schemaAddress);
      }
      throw e;
    }
  }

  private void check(long... numbers) {
    for (long number : Require.nonNull(numbers, "numbers")) {
      Objects.checkIndex(number, fileRows);
    }
  }

  /** Frees the taker's memory, that of the last batch included, but not of exported rows. */
  @Override
  public void close() {
    batches.close();
  }
}
