package dev.lancewright.cli.engine;

import dev.lancewright.arrow.ImportMemory;
import dev.lancewright.arrow.ImportSchema;
import dev.lancewright.arrow.ImportedBatch;
import dev.lancewright.column.Batch;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The rows of a query as batches of columns. Used by one thread at a time. */
public final class QueryBatches implements AutoCloseable {
  private final QueryResult result;
  private final ImportSchema schema;
  private final ImportMemory memory = new ImportMemory();
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment array =
      arena.allocate(ImportedBatch.STRUCT_BYTES, ValueLayout.ADDRESS.byteAlignment());
  private ImportedBatch current;

  /**
   * Starts a query.
   *
   * @throws IOException as {@link DuckDb#query}
   */
  public static QueryBatches start(DuckDb engine, String sql) throws IOException {
    QueryResult result = engine.query(sql);
    try {
      return new QueryBatches(result);
    } catch (Throwable e) {
      result.close();
      throw e;
    }
  }

  private QueryBatches(QueryResult result) {
    this.result = result;
    this.schema = ImportSchema.read(result.schemaAddress());
  }

  /** Returns the columns; the items of all lists are named {@code item}. */
  public Schema schema() {
    return result.schema();
  }

  /**
   * Returns the next rows, at most a few thousand, or null at the end. They are valid until the
   * next call or {@link #close}.
   *
   * @throws IOException as {@link QueryResult#next}
   */
  public Batch next() throws IOException {
    closeCurrent();
    if (!result.next(array.address())) {
      return null;
    }
    current = ImportedBatch.take(array.address(), schema, _ -> true, memory);
    return current.batch();
  }

  private void closeCurrent() {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  /** Stops the query if it is still running, and releases the last batch. */
  @Override
  public void close() {
    closeCurrent();
    memory.close();
    arena.close();
    result.close();
  }
}
