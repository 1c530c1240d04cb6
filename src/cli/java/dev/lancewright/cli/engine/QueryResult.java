package dev.lancewright.cli.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;

import dev.lancewright.arrow.ArrowSchemas;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a query, streamed as arrays of the Arrow C Data interface in the order of the query.
 * Used by one thread at a time, except for {@link #progress}.
 */
public final class QueryResult implements AutoCloseable {
  private final DuckDb engine;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment statement = arena.allocate(ADDRESS);
  private final MemorySegment pending = arena.allocate(ADDRESS);
  private final MemorySegment result = arena.allocate(DuckDbApi.RESULT);
  private final MemorySegment options = arena.allocate(ADDRESS);
  private final MemorySegment chunk = arena.allocate(ADDRESS);
  private final MemorySegment schema =
      arena.allocate(ArrowSchemas.STRUCT_BYTES, ADDRESS.byteAlignment());
  private final List<String> conversions = new ArrayList<>();
  private boolean closed;

  private QueryResult(DuckDb engine) {
    this.engine = engine;
  }

  static QueryResult start(DuckDb engine, MemorySegment connection, String sql) throws IOException {
    QueryResult result = new QueryResult(engine);
    try {
      result.execute(connection, sql);
      result.describe();
    } catch (Throwable e) {
      result.close();
      throw e;
    }
    return result;
  }

  private void execute(MemorySegment connection, String sql) throws IOException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment query = call.allocateFrom(sql);
      if (DuckDbApi.prepare(connection, query, statement) != DuckDbApi.SUCCESS) {
        throw engine.failure(DuckDbApi.prepareError(statement));
      }
    }
    engine.checkNotInterrupted();
    if (DuckDbApi.pendingPreparedStreaming(statement, pending) != DuckDbApi.SUCCESS) {
      throw engine.failure(DuckDbApi.pendingError(pending));
    }
    if (DuckDbApi.executePending(pending, result) != DuckDbApi.SUCCESS) {
      throw engine.failure(DuckDbApi.resultError(result));
    }
  }

  private void describe() throws IOException {
    options.set(ADDRESS, 0, DuckDbApi.resultGetArrowOptions(result));
    long columns = DuckDbApi.columnCount(result);
    try (Arena call = Arena.ofConfined()) {
      MemorySegment types = call.allocate(ADDRESS, columns);
      MemorySegment names = call.allocate(ADDRESS, columns);
      try {
        for (long i = 0; i < columns; i++) {
          types.setAtIndex(ADDRESS, i, DuckDbApi.columnLogicalType(result, i));
          names.setAtIndex(ADDRESS, i, DuckDbApi.columnName(result, i));
          LosslessTypes.check(
              DuckDbApi.string(names.getAtIndex(ADDRESS, i)),
              types.getAtIndex(ADDRESS, i),
              conversions);
        }
        check(DuckDbApi.toArrowSchema(options, types, names, columns, schema));
      } finally {
        types.elements(ADDRESS).forEach(DuckDbApi::destroyLogicalType);
      }
    }
  }

  /**
   * Returns the address of the {@code ArrowSchema}, a struct with one child for each column. The
   * result owns the struct: it is valid until {@link #close}, which releases it unless it was
   * moved.
   */
  public long schemaAddress() {
    checkOpen();
    return schema.address();
  }

  /** Returns the columns; the items of all lists are named {@code item}. */
  public Schema schema() {
    return ItemNames.rename(ArrowSchemas.read(schemaAddress()));
  }

  /** Returns what becomes of columns whose types Arrow does not have, for users. */
  public List<String> conversions() {
    return List.copyOf(conversions);
  }

  /**
   * Fetches the next rows, at most a few thousand.
   *
   * @param arrayAddress the address of an {@code ArrowArray} struct of 80 bytes to fill; the caller
   *     then owns the array and must release it. It stays valid after this result is closed
   * @return whether there were rows; if not, the struct is untouched
   * @throws java.io.InterruptedIOException after {@link DuckDb#interrupt}
   * @throws IOException if the query fails; the message is DuckDB's
   */
  public boolean next(long arrayAddress) throws IOException {
    checkOpen();
    engine.checkNotInterrupted();
    chunk.set(ADDRESS, 0, DuckDbApi.fetchChunk(result));
    if (chunk.get(ADDRESS, 0).equals(MemorySegment.NULL)) {
      String error = DuckDbApi.resultError(result);
      if (error != null) {
        throw engine.failure(error);
      }
      engine.checkNotInterrupted();
      return false;
    }
    try {
      check(DuckDbApi.dataChunkToArrow(options, chunk, MemorySegment.ofAddress(arrayAddress)));
    } finally {
      DuckDbApi.destroyDataChunk(chunk);
    }
    return true;
  }

  /**
   * Returns the fraction of its input that the engine's running query has read, from 0 to 1, or -1
   * if it is unknown, as at the start and after the end. May be called from any thread.
   */
  public double progress() {
    return engine.progress();
  }

  /** Stops the query if it is still running, and releases the schema. Idempotent. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    engine.resultClosed(this);
    ArrowSchemas.release(schema.address());
    DuckDbApi.destroyArrowOptions(options);
    DuckDbApi.destroyResult(result);
    DuckDbApi.destroyPending(pending);
    DuckDbApi.destroyPrepare(statement);
    arena.close();
  }

  private void check(MemorySegment errorData) throws IOException {
    if (errorData.equals(MemorySegment.NULL)) {
      return;
    }
    try (Arena call = Arena.ofConfined()) {
      MemorySegment error = call.allocateFrom(ADDRESS, errorData);
      try {
        throw engine.failure(DuckDbApi.errorDataMessage(error));
      } finally {
        DuckDbApi.destroyErrorData(error);
      }
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the query result is closed");
    }
  }
}
