package dev.lancewright;

import dev.lancewright.arrow.ArrowExport;
import dev.lancewright.arrow.ArrowSchemas;
import dev.lancewright.arrow.OwnedBatch;
import dev.lancewright.column.Batch;
import dev.lancewright.internal.file.BatchReader;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.util.Objects;

/**
 * Gives out rows of a file by their numbers, and reads only the chunks or values that they are in.
 * What is known of pages is kept, so that a taker is worth keeping, too. One thread at a time uses
 * it; the reader must stay open.
 */
public final class Taker implements AutoCloseable {
  private final LastingBatches batches;
  private final BatchReader reader;
  private final BatchReader.Rows rows;
  private final long rowCount;

  Taker(BatchReader reader, long rowCount) {
    this.batches = new LastingBatches(reader);
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
   * @throws IllegalStateException if the taker is closed
   * @throws dev.lancewright.format.LanceFormatException if the file contradicts itself, or the rows
   *     are too large for one batch
   */
  public Batch take(long... numbers) throws IOException {
    batches.checkOpen();
    check(numbers);
    return reader.take(numbers, rows);
  }

  /**
   * Exports the rows with these numbers as an {@code ArrowArray} of a struct, and its schema as an
   * {@code ArrowSchema}. The consumer must release both, and may keep them longer than this taker.
   * If an exception is thrown, neither is there to be released.
   *
   * @param arrayAddress of an {@code ArrowArray} that is filled
   * @param schemaAddress of an {@code ArrowSchema} that is filled; 0 for none
   * @throws IllegalArgumentException if an address is none, or a column has a type that Arrow does
   *     not have
   * @throws IndexOutOfBoundsException as {@link #take}
   * @throws IllegalStateException if the taker is closed
   */
  public void export(long arrayAddress, long schemaAddress, long... numbers) throws IOException {
    batches.checkOpen();
    check(numbers);
    if (schemaAddress != 0) {
      ArrowExport.exportSchema(schema(), schemaAddress);
    }
    try {
      OwnedBatch batch = batches.read(into -> reader.take(numbers, into));
      ArrowExport.exportBatch(batch, arrayAddress);
    } catch (IOException | RuntimeException | Error e) {
      if (schemaAddress != 0) {
        ArrowSchemas.release(schemaAddress);
      }
      throw e;
    }
  }

  private void check(long... numbers) {
    for (long number : numbers) {
      Objects.checkIndex(number, rowCount);
    }
  }

  /** Frees the memory of the last batch that was not exported, too. */
  @Override
  public void close() {
    batches.close();
  }
}
