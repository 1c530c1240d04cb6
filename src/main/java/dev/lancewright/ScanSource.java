package dev.lancewright;

import dev.lancewright.arrow.BatchSource;
import dev.lancewright.arrow.OwnedBatch;
import dev.lancewright.column.Batch;
import dev.lancewright.internal.file.BatchReader;
import dev.lancewright.schema.Schema;
import java.io.IOException;

/** The batches of a scan, for consumers that may hold them indefinitely. */
final class ScanSource implements BatchSource {
  private final LastingBatches batches;
  private final long end;
  private final int batchRows;
  private long next;

  ScanSource(BatchReader reader, RowRange range, int batchRows) {
    this.batches = new LastingBatches(reader);
    this.next = range.from();
    this.end = range.end();
    this.batchRows = batchRows;
  }

  @Override
  public Schema schema() {
    return batches.reader().schema();
  }

  @Override
  public OwnedBatch next() throws IOException {
    if (next == end) {
      return null;
    }
    return batches.read(
        rows -> {
          Batch batch = batches.reader().read(next, Math.min(batchRows, end - next), rows);
          next += batch.rows();
          return batch;
        });
  }

  @Override
  public void close() {
    batches.close();
  }
}
