package dev.lancewright;

import dev.lancewright.column.Batch;
import dev.lancewright.internal.file.TableReader;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.util.Objects;

/**
 * Gives out rows of a file by their numbers, and reads only the chunks or values that they are in.
 * What is known of pages is kept, so that a taker is worth keeping, too. One thread at a time uses
 * it; the reader must stay open.
 */
public final class Taker implements AutoCloseable {
  private final TableReader reader;
  private final TableReader.Rows rows;
  private final long rowCount;

  Taker(TableReader reader, long rowCount) {
    this.reader = reader;
    this.rows = reader.newRows(false);
    this.rowCount = rowCount;
  }

  /** The schema of the batches. */
  public Schema schema() {
    return reader.schema();
  }

  /**
   * The rows with these numbers, counted from 0, in that order; the same row may come several
   * times. Rows that follow one another are read together.
   *
   * @return valid until the next call or {@link #close}
   * @throws IndexOutOfBoundsException if the file has no such row
   * @throws dev.lancewright.format.LanceFormatException if the file contradicts itself, or the rows
   *     are too large for one batch
   */
  public Batch take(long... numbers) throws IOException {
    for (long number : numbers) {
      Objects.checkIndex(number, rowCount);
    }
    return reader.take(numbers, rows);
  }

  /** Frees the memory of the last batch, too. */
  @Override
  public void close() {
    reader.close();
  }
}
