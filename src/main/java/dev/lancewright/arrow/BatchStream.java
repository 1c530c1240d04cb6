package dev.lancewright.arrow;

import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Fills the structs of a stream from a source of batches, which is not called again after its end.
 */
final class BatchStream implements StreamProducer {
  private final BatchSource source;
  private final Schema schema;
  private boolean ended;
  private Throwable failure;

  /**
   * Creates a stream of a source's batches.
   *
   * @throws IllegalArgumentException if the schema cannot be exported
   */
  BatchStream(BatchSource source) {
    this.source = source;
    schema = source.schema();
    SchemaExport.check(schema);
  }

  @Override
  public void schema(MemorySegment struct) {
    ArrowExport.exportSchema(schema, struct.address());
  }

  @Override
  public void next(MemorySegment struct) throws IOException {
    if (failure != null) {
      throw new IOException("the stream failed before: " + failure, failure);
    }
    if (ended) {
      return;
    }
    try {
      OwnedBatch batch = source.next();
      if (batch == null) {
        ended = true;
      } else {
        ArrayExport.into(struct, batch, schema);
      }
    } catch (Throwable e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
