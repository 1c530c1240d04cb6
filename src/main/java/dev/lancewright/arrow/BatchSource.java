package dev.lancewright.arrow;

import dev.lancewright.schema.Schema;
import java.io.IOException;

/**
 * Where an exported stream gets its batches from. Used by one thread at a time, which need not
 * always be the same: it is the consumer's.
 */
public interface BatchSource extends AutoCloseable {
  /** The schema of all batches; asked for once. */
  Schema schema();

  /**
   * The next batch, which the caller takes over; null at the end. It does not depend on the source
   * staying open. Nothing but {@link #close} is called after the end or after an exception.
   */
  OwnedBatch next() throws IOException;

  @Override
  void close() throws IOException;
}
