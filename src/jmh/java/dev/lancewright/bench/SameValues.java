package dev.lancewright.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compare.VectorEqualsVisitor;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.file.LanceFileReader;

/** Compares files by what the reference reads from them: nobody gets small by losing values. */
final class SameValues {
  private SameValues() {}

  /**
   * @throws IOException naming column and rows, if the files have other columns, numbers of rows or
   *     values
   */
  @SuppressWarnings("try") // LanceFileReader.close() throws Exception; nothing interrupts it
  static void require(Path file, Path other, BufferAllocator allocator) throws Exception {
    try (LanceFileReader fileReader = LanceFileReader.open(file.toString(), allocator);
        ArrowReader batches = fileReader.readAll(null, null, ReferenceFiles.READ_ROWS);
        LanceFileReader otherReader = LanceFileReader.open(other.toString(), allocator);
        ArrowReader others = otherReader.readAll(null, null, ReferenceFiles.READ_ROWS)) {
      if (fileReader.numRows() != otherReader.numRows()) {
        throw new IOException(
            "%s has %d rows, but %s has %d"
                .formatted(file, fileReader.numRows(), other, otherReader.numRows()));
      }
      long row = 0;
      while (batches.loadNextBatch() && others.loadNextBatch()) {
        String difference = difference(batches.getVectorSchemaRoot(), others.getVectorSchemaRoot());
        if (difference != null) {
          throw new IOException(
              "%s and %s differ, from row %d on: %s".formatted(file, other, row, difference));
        }
        row += batches.getVectorSchemaRoot().getRowCount();
      }
      if (row != fileReader.numRows()) {
        throw new IOException(
            "%s: %d rows were read of %d".formatted(file, row, fileReader.numRows()));
      }
    }
  }

  /** What differs; null if nothing does. */
  private static String difference(VectorSchemaRoot batch, VectorSchemaRoot other) {
    if (batch.getRowCount() != other.getRowCount()) {
      return "batches of %d and %d rows".formatted(batch.getRowCount(), other.getRowCount());
    }
    if (!batch.getSchema().getFields().equals(other.getSchema().getFields())) {
      return batch.getSchema() + " and " + other.getSchema();
    }
    for (int i = 0; i < batch.getFieldVectors().size(); i++) {
      if (!VectorEqualsVisitor.vectorEquals(batch.getVector(i), other.getVector(i))) {
        return "values of column '%s' within %d rows"
            .formatted(batch.getVector(i).getName(), batch.getRowCount());
      }
    }
    return null;
  }
}
