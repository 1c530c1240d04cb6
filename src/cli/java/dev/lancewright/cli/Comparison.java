package dev.lancewright.cli;

import dev.lancewright.LanceReader;
import dev.lancewright.Scan;
import dev.lancewright.cli.compare.ColumnComparison;
import dev.lancewright.cli.compare.SchemaDifference;
import dev.lancewright.cli.compare.ValueDifference;
import dev.lancewright.cli.engine.QueryBatches;
import dev.lancewright.cli.text.Text;
import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;

/**
 * Compares a file with an input row by row, in order. Holds a batch of each, whose rows need not
 * coincide.
 */
final class Comparison {
  private final Path file;
  private final LanceReader reader;
  private final QueryBatches input;
  private final Interruption interruption;

  /**
   * Creates a comparison.
   *
   * @param reader the reader of the file, which remains the caller's, as does the input
   */
  Comparison(Path file, LanceReader reader, QueryBatches input, Interruption interruption) {
    this.file = file;
    this.reader = reader;
    this.input = input;
    this.interruption = interruption;
  }

  /**
   * Compares the schemas.
   *
   * @throws IOException if they differ; the message names the first difference
   */
  void checkSchemas() throws IOException {
    String difference = SchemaDifference.find(reader.schema(), input.schema());
    if (difference != null) {
      throw new IOException(file + ": " + difference);
    }
  }

  /**
   * Compares the rows, once; the schemas must be the same.
   *
   * @return the number of rows
   * @throws IOException if a value or the number of rows differs; the message names the first
   *     difference
   * @throws InterruptedIOException if the process was told to stop
   */
  long checkRows() throws IOException {
    int batchRows = BatchRows.of(file, reader);
    try (Scan scan = reader.scan().batchRows(batchRows).open()) {
      Batch fromFile = scan.next();
      Batch fromInput = input.next();
      long row = 0;
      long fileAt = 0;
      long inputAt = 0;
      while (fromFile != null && fromInput != null) {
        long count = Math.min(fromFile.rows() - fileAt, fromInput.rows() - inputAt);
        compare(fromFile, fileAt, fromInput, inputAt, count, row);
        row += count;
        fileAt += count;
        inputAt += count;
        if (fileAt == fromFile.rows()) {
          fromFile = scan.next();
          fileAt = 0;
        }
        if (inputAt == fromInput.rows()) {
          fromInput = input.next();
          inputAt = 0;
        }
        interruption.check();
      }
      checkCounts(row + (fromInput == null ? 0 : restOfInput(fromInput, inputAt)));
      return row;
    }
  }

  private long restOfInput(Batch batch, long at) throws IOException {
    long rows = batch.rows() - at;
    for (Batch next = input.next(); next != null; next = input.next()) {
      rows += next.rows();
      interruption.check();
    }
    return rows;
  }

  private void checkCounts(long inputRows) throws IOException {
    if (inputRows != reader.rows()) {
      throw new IOException(
          "%s: the file has %d rows, but the input has %d; the first %d are the same"
              .formatted(file, reader.rows(), inputRows, Math.min(inputRows, reader.rows())));
    }
  }

  private void compare(
      Batch fromFile, long fileAt, Batch fromInput, long inputAt, long count, long row)
      throws IOException {
    long same = count;
    int different = -1;
    for (int i = 0; i < fromFile.columns().size(); i++) {
      Column a = fromFile.columns().get(i);
      long found = ColumnComparison.same(a, fileAt, fromInput.columns().get(i), inputAt, same);
      if (found < same) {
        same = found;
        different = i;
      }
    }
    if (different >= 0) {
      ValueDifference difference =
          ValueDifference.of(
              fromFile.schema().fields().get(different).name(),
              fromFile.columns().get(different),
              fileAt + same,
              fromInput.columns().get(different),
              inputAt + same);
      throw new IOException(
          "%s: column '%s', row %d: %s in the file, but %s in the input"
              .formatted(
                  file,
                  Text.printable(difference.path()),
                  row + same,
                  Text.printable(difference.first()),
                  Text.printable(difference.second())));
    }
  }
}
