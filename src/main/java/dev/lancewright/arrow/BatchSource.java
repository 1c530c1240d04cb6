package dev.lancewright.arrow;

import dev.lancewright.schema.Schema;
import java.io.IOException;

/**
 * The source of an exported stream's batches. Used by one thread at a time, but not always the same
 * one: it is the consumer's.
 */
public interface BatchSource extends AutoCloseable {
  /** Returns the schema of all batches; called once. */
  Schema schema();

  /**
   * Returns the next batch, which the caller takes over, or null at the end. The batch does not
   * depend on the source staying open. Only {@link #close} is called after the end or after an
   * exception.
   */
  OwnedBatch next() throws IOException;

  @Override
  void close() throws IOException;
}
