package dev.lancewright.cli.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lancewright.column.Batch;
import dev.lancewright.column.VariableWidthColumn;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An in-memory DuckDB inside this process: reads files and runs SQL.
 *
 * <p>Rows are returned in the order of the query, in bounded memory: DuckDB reads only a small
 * buffer ahead of the caller, and sorting and grouping spill to a private temporary folder beyond
 * the memory limit, which {@link #close} removes. Time zones are displayed and cast in UTC.
 *
 * <p>Used by one thread at a time, with one query open at a time; only {@link #interrupt} and
 * {@link QueryResult#progress} may be called from any thread.
 */
public final class DuckDb implements AutoCloseable {
  /**
   * The maximum number of threads: each has its own read buffers, and a single thread consumes the
   * rows anyway.
   */
  private static final int MAX_THREADS = 4;

  /** The limit on DuckDB's memory before sorting and grouping spill to disk. */
  private static final String MEMORY_LIMIT = "512MiB";

  private final Arena arena = Arena.ofShared();
  private final MemorySegment database = arena.allocate(ADDRESS);
  private final MemorySegment connection = arena.allocate(ADDRESS);
  private final Path temporaryFolder;

  /** Guards {@link #connection} against closing while another thread interrupts. */
  private final Object ending = new Object();

  private final Map<String, String> names = new HashMap<>();
  private volatile boolean interrupted;
  private QueryResult openResult;
  private boolean closed;

  private DuckDb(Path temporaryFolder) {
    this.temporaryFolder = temporaryFolder;
  }

  /**
   * Opens a database.
   *
   * @throws IOException if DuckDB's library is not on the class path, does not fit the platform, or
   *     cannot be unpacked or loaded
   */
  public static DuckDb open() throws IOException {
    NativeLibrary.load();
    DuckDb engine = new DuckDb(Files.createTempDirectory("lancewright-"));
    try {
      engine.connect();
      engine.configure();
    } catch (Throwable e) {
      engine.close();
      throw e;
    }
    return engine;
  }

  private void connect() throws IOException {
    if (DuckDbApi.open(MemorySegment.NULL, database) != DuckDbApi.SUCCESS
        || DuckDbApi.connect(database, connection) != DuckDbApi.SUCCESS) {
      throw new IOException("DuckDB cannot open a database in memory");
    }
  }

  private void configure() throws IOException {
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    set("threads", Integer.toString(threads));
    set("memory_limit", literal(MEMORY_LIMIT));
    set("temp_directory", literal(temporaryFolder.toString()));
    set("TimeZone", "'UTC'");
    // Nothing is downloaded: what an extension would be needed for is refused.
    set("autoinstall_known_extensions", "false");
    set("autoload_known_extensions", "false");
    // Progress is known only while the progress bar is enabled.
    set("enable_progress_bar", "true");
    set("enable_progress_bar_print", "false");
  }

  private void set(String option, String value) throws IOException {
    query("SET " + option + " = " + value).close();
  }

  /**
   * Starts a query. The result must be closed before the next query starts.
   *
   * @param sql the query, one statement
   * @throws IOException if the statement is invalid or fails; the message is DuckDB's
   * @throws InterruptedIOException after {@link #interrupt}
   * @throws IllegalStateException if this is closed, or if another result is still open
   */
  public QueryResult query(String sql) throws IOException {
    if (closed) {
      throw new IllegalStateException("the database is closed");
    }
    if (openResult != null) {
      throw new IllegalStateException(
          "the result of the previous query is still open; close it before the next query");
    }
    checkNotInterrupted();
    openResult = QueryResult.start(this, connection, sql);
    return openResult;
  }

  /**
   * Checks that a text is one query that only reads.
   *
   * @throws IOException if it is another statement, several, or invalid
   */
  void checkReads(String sql) throws IOException {
    // Parsed first, since preparing alone makes the folder of EXPORT DATABASE.
    String parsed = strings("SELECT json_serialize_sql(" + literal(sql) + ")::VARCHAR").getFirst();
    if (parsed.contains(DuckDbError.ONLY_SELECT)) {
      throw new IOException(DuckDbError.ONE_QUERY);
    }
    try (Arena call = Arena.ofConfined()) {
      MemorySegment statement = call.allocate(ADDRESS);
      try {
        if (DuckDbApi.prepare(connection, call.allocateFrom(sql), statement) != DuckDbApi.SUCCESS) {
          String error = DuckDbApi.prepareError(statement);
          throw failure(error.contains("multiple statements") ? DuckDbError.ONE_QUERY : error);
        }
        if (DuckDbApi.statementType(statement) != DuckDbApi.SELECT) {
          throw new IOException(DuckDbError.ONE_QUERY);
        }
      } finally {
        DuckDbApi.destroyPrepare(statement);
      }
    }
  }

  /** Returns the values of a query that has one column of strings without nulls. */
  List<String> strings(String sql) throws IOException {
    List<String> strings = new ArrayList<>();
    try (QueryBatches batches = QueryBatches.start(this, sql)) {
      for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
        VariableWidthColumn column = (VariableWidthColumn) batch.columns().getFirst();
        for (long row = 0; row < column.length(); row++) {
          long start = column.offset(row);
          MemorySegment text = column.data().asSlice(start, column.offset(row + 1) - start);
          strings.add(new String(text.toArray(JAVA_BYTE), UTF_8));
        }
      }
    }
    return strings;
  }

  /**
   * Creates a view of an Arrow stream, which one query may read.
   *
   * @param view the name of the view, in lower-case letters
   * @param streamAddress the address of an {@code ArrowArrayStream} struct, which must stay there
   *     until this is closed. The query that reads the view takes over the stream; until then it is
   *     the caller's
   * @throws IOException if DuckDB does not support one of the stream's types
   */
  public void addView(String view, long streamAddress) throws IOException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment stream = MemorySegment.ofAddress(streamAddress);
      if (DuckDbApi.arrowScan(connection, call.allocateFrom(view), stream) != DuckDbApi.SUCCESS) {
        throw failure("DuckDB cannot read the columns: it has no type for one of them");
      }
    }
  }

  /**
   * Stops the running query and all later ones: they fail with {@link InterruptedIOException}. Safe
   * from any thread, at any time. A query that is just starting may miss it until its first rows
   * are available; call it again in that case.
   */
  public void interrupt() {
    synchronized (ending) {
      interrupted = true;
      if (!closed) {
        DuckDbApi.interrupt(connection);
      }
    }
  }

  /** Closes the open result, if any, and the database. Idempotent. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    if (openResult != null) {
      openResult.close();
    }
    synchronized (ending) {
      closed = true;
      DuckDbApi.disconnect(connection);
      DuckDbApi.close(database);
      arena.close();
    }
    deleteTemporaryFiles();
  }

  private void deleteTemporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(temporaryFolder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(temporaryFolder);
  }

  /** Quotes a string for SQL. */
  static String literal(String string) {
    return "'" + string.replace("'", "''") + "'";
  }

  /** Quotes a name for SQL. */
  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Names a temporary file in messages; returns its path. */
  String name(Path file, String name) {
    names.put(file.toString(), name);
    return file.toString();
  }

  /** Returns the name of a file for messages. */
  String nameOf(String file) {
    return names.getOrDefault(file, file);
  }

  /** Returns the path of a new temporary file, which {@link #close} removes. */
  Path temporaryFile(String extension) throws IOException {
    return Files.createTempFile(temporaryFolder, "input-", extension);
  }

  double progress() {
    synchronized (ending) {
      if (closed) {
        return -1;
      }
      try (Arena call = Arena.ofConfined()) {
        double percent = DuckDbApi.queryProgress(connection, call);
        return percent < 0 ? -1 : percent / 100;
      }
    }
  }

  void resultClosed(QueryResult result) {
    if (openResult == result) {
      openResult = null;
    }
  }

  void checkNotInterrupted() throws InterruptedIOException {
    if (interrupted) {
      throw new InterruptedIOException("the query was interrupted");
    }
  }

  /** Returns an exception for an error reported by DuckDB. */
  IOException failure(String message) throws InterruptedIOException {
    checkNotInterrupted();
    String text = message;
    for (Map.Entry<String, String> file : names.entrySet()) {
      text = text.replace(file.getKey(), file.getValue());
    }
    return new IOException(DuckDbError.shorten(text));
  }
}
