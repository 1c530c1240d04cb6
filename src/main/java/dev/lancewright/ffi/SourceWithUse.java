package dev.lancewright.ffi;

import dev.lancewright.arrow.BatchSource;
import dev.lancewright.arrow.OwnedBatch;
import dev.lancewright.schema.Schema;
import java.io.IOException;

/** Batches of a reader, which keep its file open until they are closed. */
record SourceWithUse(BatchSource rows, OpenReader.Use use) implements BatchSource {
  @Override
  public Schema schema() {
    return rows.schema();
  }

  @Override
  public OwnedBatch next() throws IOException {
    return rows.next();
  }

  @Override
  public void close() throws IOException {
    try {
      rows.close();
    } finally {
      use.close();
    }
  }
}
