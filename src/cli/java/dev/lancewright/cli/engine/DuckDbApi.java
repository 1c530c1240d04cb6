package dev.lancewright.cli.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * Direct bindings for the functions of DuckDB's C API that are used. {@link NativeLibrary#load}
 * must have returned before this class is initialized.
 *
 * <p>Handles are passed as cells: eight bytes that the creating function fills and the destroying
 * function empties. Destroying an empty cell does nothing.
 */
@SuppressWarnings("restricted")
final class DuckDbApi {
  /** The release of DuckDB known to have all functions below; others may lack some. */
  static final String VERSION = "2.0.0.1";

  /** {@code duckdb_statement_type} of queries, which change nothing. */
  static final int SELECT = 1;

  /** {@code duckdb_state}: anything else is an error. */
  static final int SUCCESS = 0;

  /**
   * <pre>
   * struct duckdb_result {
   *   idx_t deprecated_column_count;
   *   idx_t deprecated_row_count;
   *   idx_t deprecated_rows_changed;
   *   duckdb_column *deprecated_columns;
   *   char *deprecated_error_message;
   *   void *internal_data;
   * };
   * </pre>
   */
  static final StructLayout RESULT =
      MemoryLayout.structLayout(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);

  /**
   * <pre>
   * struct duckdb_query_progress_type {
   *   double percentage;
   *   uint64_t rows_processed;
   *   uint64_t total_rows_to_process;
   * };
   * </pre>
   */
  private static final StructLayout PROGRESS =
      MemoryLayout.structLayout(JAVA_DOUBLE, JAVA_LONG, JAVA_LONG);

  // duckdb_state duckdb_open(const char *path, duckdb_database *out_database)
  private static final MethodHandle OPEN =
      function("duckdb_open", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

  // void duckdb_close(duckdb_database *database)
  private static final MethodHandle CLOSE = destructor("duckdb_close");

  // duckdb_state duckdb_connect(duckdb_database database, duckdb_connection *out_connection)
  private static final MethodHandle CONNECT =
      function("duckdb_connect", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

  // void duckdb_disconnect(duckdb_connection *connection)
  private static final MethodHandle DISCONNECT = destructor("duckdb_disconnect");

  // void duckdb_interrupt(duckdb_connection connection)
  private static final MethodHandle INTERRUPT =
      function("duckdb_interrupt", FunctionDescriptor.ofVoid(ADDRESS));

  // duckdb_query_progress_type duckdb_query_progress(duckdb_connection connection)
  private static final MethodHandle QUERY_PROGRESS =
      function("duckdb_query_progress", FunctionDescriptor.of(PROGRESS, ADDRESS));

  // duckdb_state duckdb_prepare(duckdb_connection connection, const char *query,
  //                             duckdb_prepared_statement *out_prepared_statement)
  private static final MethodHandle PREPARE =
      function("duckdb_prepare", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));

  // const char *duckdb_prepare_error(duckdb_prepared_statement prepared_statement)
  private static final MethodHandle PREPARE_ERROR =
      function("duckdb_prepare_error", FunctionDescriptor.of(ADDRESS, ADDRESS));

  // void duckdb_destroy_prepare(duckdb_prepared_statement *prepared_statement)
  private static final MethodHandle DESTROY_PREPARE = destructor("duckdb_destroy_prepare");

  // duckdb_statement_type duckdb_prepared_statement_type(duckdb_prepared_statement statement)
  private static final MethodHandle PREPARED_STATEMENT_TYPE =
      function("duckdb_prepared_statement_type", FunctionDescriptor.of(JAVA_INT, ADDRESS));

  // duckdb_state duckdb_pending_prepared_streaming(duckdb_prepared_statement prepared_statement,
  //                                                duckdb_pending_result *out_result)
  private static final MethodHandle PENDING_PREPARED_STREAMING =
      function(
          "duckdb_pending_prepared_streaming", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

  // const char *duckdb_pending_error(duckdb_pending_result pending_result)
  private static final MethodHandle PENDING_ERROR =
      function("duckdb_pending_error", FunctionDescriptor.of(ADDRESS, ADDRESS));

  // duckdb_state duckdb_execute_pending(duckdb_pending_result pending_result,
  //                                     duckdb_result *out_result)
  private static final MethodHandle EXECUTE_PENDING =
      function("duckdb_execute_pending", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

  // void duckdb_destroy_pending(duckdb_pending_result *pending_result)
  private static final MethodHandle DESTROY_PENDING = destructor("duckdb_destroy_pending");

  // const char *duckdb_result_error(duckdb_result *result)
  private static final MethodHandle RESULT_ERROR =
      function("duckdb_result_error", FunctionDescriptor.of(ADDRESS, ADDRESS));

  // void duckdb_destroy_result(duckdb_result *result)
  private static final MethodHandle DESTROY_RESULT = destructor("duckdb_destroy_result");

  // idx_t duckdb_column_count(duckdb_result *result)
  private static final MethodHandle COLUMN_COUNT =
      function("duckdb_column_count", FunctionDescriptor.of(JAVA_LONG, ADDRESS));

  // const char *duckdb_column_name(duckdb_result *result, idx_t col)
  private static final MethodHandle COLUMN_NAME =
      function("duckdb_column_name", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG));

  // duckdb_logical_type duckdb_column_logical_type(duckdb_result *result, idx_t col)
  private static final MethodHandle COLUMN_LOGICAL_TYPE =
      function("duckdb_column_logical_type", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG));

  // void duckdb_destroy_logical_type(duckdb_logical_type *type)
  private static final MethodHandle DESTROY_LOGICAL_TYPE =
      destructor("duckdb_destroy_logical_type");

  // duckdb_type duckdb_get_type_id(duckdb_logical_type type)
  private static final MethodHandle GET_TYPE_ID =
      function("duckdb_get_type_id", FunctionDescriptor.of(JAVA_INT, ADDRESS));

  // duckdb_logical_type duckdb_list_type_child_type(duckdb_logical_type type)
  private static final MethodHandle LIST_TYPE_CHILD_TYPE = ofType("duckdb_list_type_child_type");

  // duckdb_logical_type duckdb_array_type_child_type(duckdb_logical_type type)
  private static final MethodHandle ARRAY_TYPE_CHILD_TYPE = ofType("duckdb_array_type_child_type");

  // duckdb_logical_type duckdb_map_type_key_type(duckdb_logical_type type)
  private static final MethodHandle MAP_TYPE_KEY_TYPE = ofType("duckdb_map_type_key_type");

  // duckdb_logical_type duckdb_map_type_value_type(duckdb_logical_type type)
  private static final MethodHandle MAP_TYPE_VALUE_TYPE = ofType("duckdb_map_type_value_type");

  // idx_t duckdb_struct_type_child_count(duckdb_logical_type type)
  private static final MethodHandle STRUCT_TYPE_CHILD_COUNT =
      function("duckdb_struct_type_child_count", FunctionDescriptor.of(JAVA_LONG, ADDRESS));

  // char *duckdb_struct_type_child_name(duckdb_logical_type type, idx_t index)
  private static final MethodHandle STRUCT_TYPE_CHILD_NAME =
      function("duckdb_struct_type_child_name", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG));

  // duckdb_logical_type duckdb_struct_type_child_type(duckdb_logical_type type, idx_t index)
  private static final MethodHandle STRUCT_TYPE_CHILD_TYPE =
      function("duckdb_struct_type_child_type", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG));

  // void duckdb_free(void *ptr)
  private static final MethodHandle FREE = destructor("duckdb_free");

  // duckdb_arrow_options duckdb_result_get_arrow_options(duckdb_result *result)
  private static final MethodHandle RESULT_GET_ARROW_OPTIONS =
      function("duckdb_result_get_arrow_options", FunctionDescriptor.of(ADDRESS, ADDRESS));

  // void duckdb_destroy_arrow_options(duckdb_arrow_options *arrow_options)
  private static final MethodHandle DESTROY_ARROW_OPTIONS =
      destructor("duckdb_destroy_arrow_options");

  // duckdb_error_data duckdb_to_arrow_schema(duckdb_arrow_options arrow_options,
  //                                          duckdb_logical_type *types, const char **names,
  //                                          idx_t column_count, struct ArrowSchema *out_schema)
  private static final MethodHandle TO_ARROW_SCHEMA =
      function(
          "duckdb_to_arrow_schema",
          FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));

  // duckdb_data_chunk duckdb_fetch_chunk(duckdb_result result)
  private static final MethodHandle FETCH_CHUNK =
      function("duckdb_fetch_chunk", FunctionDescriptor.of(ADDRESS, RESULT));

  // duckdb_error_data duckdb_data_chunk_to_arrow(duckdb_arrow_options arrow_options,
  //                                              duckdb_data_chunk chunk,
  //                                              struct ArrowArray *out_arrow_array)
  private static final MethodHandle DATA_CHUNK_TO_ARROW =
      function(
          "duckdb_data_chunk_to_arrow", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS));

  // void duckdb_destroy_data_chunk(duckdb_data_chunk *chunk)
  private static final MethodHandle DESTROY_DATA_CHUNK = destructor("duckdb_destroy_data_chunk");

  // duckdb_state duckdb_arrow_scan(duckdb_connection connection, const char *table_name,
  //                                duckdb_arrow_stream arrow)
  private static final MethodHandle ARROW_SCAN =
      function("duckdb_arrow_scan", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));

  // const char *duckdb_error_data_message(duckdb_error_data error_data)
  private static final MethodHandle ERROR_DATA_MESSAGE =
      function("duckdb_error_data_message", FunctionDescriptor.of(ADDRESS, ADDRESS));

  // void duckdb_destroy_error_data(duckdb_error_data *error_data)
  private static final MethodHandle DESTROY_ERROR_DATA = destructor("duckdb_destroy_error_data");

  private DuckDbApi() {}

  static int open(MemorySegment path, MemorySegment outDatabase) {
    return state(OPEN, path, outDatabase);
  }

  static void close(MemorySegment database) {
    act(CLOSE, database);
  }

  static int connect(MemorySegment database, MemorySegment outConnection) {
    return state(CONNECT, handle(database), outConnection);
  }

  static void disconnect(MemorySegment connection) {
    act(DISCONNECT, connection);
  }

  static void interrupt(MemorySegment connection) {
    act(INTERRUPT, handle(connection));
  }

  /** Returns the progress in percent, or -1 if it is unknown. */
  static double queryProgress(MemorySegment connection, SegmentAllocator allocator) {
    try {
      MemorySegment progress =
          (MemorySegment) QUERY_PROGRESS.invokeExact(allocator, handle(connection));
      return progress.get(JAVA_DOUBLE, 0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int prepare(MemorySegment connection, MemorySegment query, MemorySegment outStatement) {
    try {
      return (int) PREPARE.invokeExact(handle(connection), query, outStatement);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static String prepareError(MemorySegment statement) {
    return string(address(PREPARE_ERROR, handle(statement)));
  }

  /** Returns the kind of a statement, a number of the enum {@code duckdb_statement_type}. */
  static int statementType(MemorySegment statement) {
    try {
      return (int) PREPARED_STATEMENT_TYPE.invokeExact(handle(statement));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void destroyPrepare(MemorySegment statement) {
    act(DESTROY_PREPARE, statement);
  }

  static int pendingPreparedStreaming(MemorySegment statement, MemorySegment outPending) {
    return state(PENDING_PREPARED_STREAMING, handle(statement), outPending);
  }

  static String pendingError(MemorySegment pending) {
    return string(address(PENDING_ERROR, handle(pending)));
  }

  static int executePending(MemorySegment pending, MemorySegment outResult) {
    return state(EXECUTE_PENDING, handle(pending), outResult);
  }

  static void destroyPending(MemorySegment pending) {
    act(DESTROY_PENDING, pending);
  }

  /** Returns the error of a result, or null if there is none. */
  static String resultError(MemorySegment result) {
    return string(address(RESULT_ERROR, result));
  }

  static void destroyResult(MemorySegment result) {
    act(DESTROY_RESULT, result);
  }

  static long columnCount(MemorySegment result) {
    return count(COLUMN_COUNT, result);
  }

  /** Returns the name of a column, valid until the result is destroyed. */
  static MemorySegment columnName(MemorySegment result, long column) {
    return address(COLUMN_NAME, result, column);
  }

  static MemorySegment columnLogicalType(MemorySegment result, long column) {
    return address(COLUMN_LOGICAL_TYPE, result, column);
  }

  static void destroyLogicalType(MemorySegment type) {
    act(DESTROY_LOGICAL_TYPE, type);
  }

  /**
   * Returns the id of a type, a number of the enum {@code duckdb_type}.
   *
   * @param type the handle of the type, which remains the caller's, as in the following methods
   */
  static int typeId(MemorySegment type) {
    try {
      return (int) GET_TYPE_ID.invokeExact(type);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Returns the handle of a child type, which the caller must destroy, as in the following methods.
   */
  static MemorySegment listChildType(MemorySegment type) {
    return address(LIST_TYPE_CHILD_TYPE, type);
  }

  static MemorySegment arrayChildType(MemorySegment type) {
    return address(ARRAY_TYPE_CHILD_TYPE, type);
  }

  static MemorySegment mapKeyType(MemorySegment type) {
    return address(MAP_TYPE_KEY_TYPE, type);
  }

  static MemorySegment mapValueType(MemorySegment type) {
    return address(MAP_TYPE_VALUE_TYPE, type);
  }

  static long structChildCount(MemorySegment type) {
    return count(STRUCT_TYPE_CHILD_COUNT, type);
  }

  static String structChildName(MemorySegment type, long child) {
    MemorySegment name = address(STRUCT_TYPE_CHILD_NAME, type, child);
    try {
      return string(name);
    } finally {
      act(FREE, name);
    }
  }

  static MemorySegment structChildType(MemorySegment type, long child) {
    return address(STRUCT_TYPE_CHILD_TYPE, type, child);
  }

  static MemorySegment resultGetArrowOptions(MemorySegment result) {
    return address(RESULT_GET_ARROW_OPTIONS, result);
  }

  static void destroyArrowOptions(MemorySegment options) {
    act(DESTROY_ARROW_OPTIONS, options);
  }

  /** Converts types and names to an ArrowSchema; returns error data, or a null pointer. */
  static MemorySegment toArrowSchema(
      MemorySegment options,
      MemorySegment types,
      MemorySegment names,
      long columns,
      MemorySegment outSchema) {
    try {
      return (MemorySegment)
          TO_ARROW_SCHEMA.invokeExact(handle(options), types, names, columns, outSchema);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Returns the next chunk, or a null pointer at the end and after an error. */
  static MemorySegment fetchChunk(MemorySegment result) {
    return address(FETCH_CHUNK, result);
  }

  /** Converts a chunk to an ArrowArray; returns error data, or a null pointer. */
  static MemorySegment dataChunkToArrow(
      MemorySegment options, MemorySegment chunk, MemorySegment outArray) {
    try {
      return (MemorySegment)
          DATA_CHUNK_TO_ARROW.invokeExact(handle(options), handle(chunk), outArray);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void destroyDataChunk(MemorySegment chunk) {
    act(DESTROY_DATA_CHUNK, chunk);
  }

  /**
   * Creates a view of an Arrow stream, which a query takes over when it reads the view.
   *
   * @param stream the stream, which must not move while the view exists
   */
  static int arrowScan(MemorySegment connection, MemorySegment view, MemorySegment stream) {
    try {
      return (int) ARROW_SCAN.invokeExact(handle(connection), view, stream);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static String errorDataMessage(MemorySegment error) {
    return string(address(ERROR_DATA_MESSAGE, handle(error)));
  }

  static void destroyErrorData(MemorySegment error) {
    act(DESTROY_ERROR_DATA, error);
  }

  private static MemorySegment handle(MemorySegment cell) {
    return cell.get(ADDRESS, 0);
  }

  private static void act(MethodHandle function, MemorySegment argument) {
    try {
      function.invokeExact(argument);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int state(MethodHandle function, MemorySegment in, MemorySegment out) {
    try {
      return (int) function.invokeExact(in, out);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static long count(MethodHandle function, MemorySegment argument) {
    try {
      return (long) function.invokeExact(argument);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static MemorySegment address(MethodHandle function, MemorySegment argument) {
    try {
      return (MemorySegment) function.invokeExact(argument);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static MemorySegment address(MethodHandle function, MemorySegment argument, long index) {
    try {
      return (MemorySegment) function.invokeExact(argument, index);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static String string(MemorySegment address) {
    // DuckDB's strings end with a NUL; their length is not known in advance.
    return address.equals(MemorySegment.NULL)
        ? null
        : address.reinterpret(Long.MAX_VALUE).getString(0);
  }

  private static MethodHandle destructor(String name) {
    return function(name, FunctionDescriptor.ofVoid(ADDRESS));
  }

  private static MethodHandle ofType(String name) {
    return function(name, FunctionDescriptor.of(ADDRESS, ADDRESS));
  }

  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    MemorySegment symbol = symbol(NativeLibrary.symbols(), name);
    return Linker.nativeLinker().downcallHandle(symbol, descriptor);
  }

  /**
   * Finds a function.
   *
   * @throws UnsatisfiedLinkError if the library lacks it
   */
  static MemorySegment symbol(SymbolLookup library, String name) {
    // An error, since static initializers propagate these, but wrap exceptions in another one
    // without a message.
    return library
        .find(name)
        .orElseThrow(
            () ->
                new UnsatisfiedLinkError(
                    "DuckDB's library has no function '%s'; put org.duckdb:duckdb_jdbc %s on the class path"
                        .formatted(name, VERSION)));
  }

  /**
   * Wraps an exception from a call: C functions throw none, so it is an error of the JVM or of this
   * class.
   */
  static AssertionError unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return new AssertionError("a downcall declares no exception", e);
  }
}
