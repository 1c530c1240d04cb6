package dev.lancewright.ffi;

import dev.lancewright.Taker;
import dev.lancewright.arrow.BatchSource;
import dev.lancewright.arrow.OwnedBatch;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.util.Arrays;

/** Rows by their numbers, as batches of as many as a scan has. */
final class TakenRows implements BatchSource {
  private static final int BATCH_ROWS = 8192;

  private final Taker taker;
  private final long[] numbers;
  private int next;

  /**
   * @param taker is closed with this
   */
  TakenRows(Taker taker, long[] numbers) {
    this.taker = taker;
    this.numbers = numbers;
  }

  @Override
  public Schema schema() {
    return taker.schema();
  }

  @Override
  public OwnedBatch next() throws IOException {
    if (next == numbers.length) {
      return null;
    }
    int end = Math.min(numbers.length, next + BATCH_ROWS);
    OwnedBatch batch = taker.takeLasting(Arrays.copyOfRange(numbers, next, end));
    next = end;
    return batch;
  }

  @Override
  public void close() {
    taker.close();
  }
}
