package dev.lancewright.testing;

import dev.lancewright.arrow.BatchSource;
import dev.lancewright.arrow.OwnedBatch;
import dev.lancewright.column.Batch;
import dev.lancewright.schema.Schema;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives batches that exist, and counts what is given back. */
public class BatchList implements BatchSource {
  private final Schema schema;
  private final List<Batch> batches;
  private final AtomicInteger released = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private int given;

  public BatchList(Schema schema, List<Batch> batches) {
    this.schema = schema;
    this.batches = batches;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public OwnedBatch next() {
    return given == batches.size()
        ? null
        : new OwnedBatch(batches.get(given++), released::incrementAndGet);
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  /** Batches given so far. */
  public int given() {
    return given;
  }

  /** Releases of batches. */
  public int released() {
    return released.get();
  }

  /** How often it was closed. */
  public int closed() {
    return closed.get();
  }
}
