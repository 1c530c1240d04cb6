/*
 * Writes the result of a query of DuckDB through its C API: each chunk becomes an ArrowArray, which
 * is handed over as it is. DuckDB's own header is not needed for the few functions used here.
 */
#include <stdio.h>
#include <stdlib.h>

#include "lancewright.h"

typedef struct {
  uint64_t deprecated_column_count;
  uint64_t deprecated_row_count;
  uint64_t deprecated_rows_changed;
  void *deprecated_columns;
  char *deprecated_error_message;
  void *internal_data;
} duckdb_result;

extern int duckdb_open(const char *path, void **database);
extern void duckdb_close(void **database);
extern int duckdb_connect(void *database, void **connection);
extern void duckdb_disconnect(void **connection);
extern int duckdb_query(void *connection, const char *query, duckdb_result *result);
extern const char *duckdb_result_error(duckdb_result *result);
extern void duckdb_destroy_result(duckdb_result *result);
extern uint64_t duckdb_column_count(duckdb_result *result);
extern const char *duckdb_column_name(duckdb_result *result, uint64_t column);
extern void *duckdb_column_logical_type(duckdb_result *result, uint64_t column);
extern void duckdb_destroy_logical_type(void **type);
extern void *duckdb_result_get_arrow_options(duckdb_result *result);
extern void duckdb_destroy_arrow_options(void **options);
extern void *duckdb_to_arrow_schema(void *options, void **types, const char **names,
                                    uint64_t count, struct ArrowSchema *schema);
extern void *duckdb_fetch_chunk(duckdb_result result);
extern void *duckdb_data_chunk_to_arrow(void *options, void *chunk, struct ArrowArray *array);
extern void duckdb_destroy_data_chunk(void **chunk);

enum { MAX_COLUMNS = 64 };

static const char QUERY[] =
    "SELECT i AS id, 'name ' || i AS name, [i, i + 1] AS list, {'x': i / 2, 'y': i % 7 = 0} AS pair"
    " FROM range(500000) t(i)";

static void check(int is_good, const char *what, const char *why) {
  if (!is_good) {
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
  }
}

static void get_schema(duckdb_result *result, void *options, struct ArrowSchema *schema) {
  void *types[MAX_COLUMNS];
  const char *names[MAX_COLUMNS];
  uint64_t count = duckdb_column_count(result);
  check(count <= MAX_COLUMNS, "the query", "it has too many columns");
  for (uint64_t i = 0; i < count; i++) {
    types[i] = duckdb_column_logical_type(result, i);
    names[i] = duckdb_column_name(result, i);
  }
  check(duckdb_to_arrow_schema(options, types, names, count, schema) == NULL, "the schema",
        "DuckDB has no Arrow type for a column");
  for (uint64_t i = 0; i < count; i++) {
    duckdb_destroy_logical_type(&types[i]);
  }
}

static int64_t write_result(duckdb_result *result, const char *path) {
  struct ArrowSchema schema;
  lw_writer *writer = NULL;
  void *options = duckdb_result_get_arrow_options(result);
  get_schema(result, options, &schema);
  check(lw_writer_open(path, &schema, "overwrite=true", &writer) == LW_OK, "open",
        lw_last_error());
  for (void *chunk = duckdb_fetch_chunk(*result); chunk != NULL;
       chunk = duckdb_fetch_chunk(*result)) {
    struct ArrowArray array;
    check(duckdb_data_chunk_to_arrow(options, chunk, &array) == NULL, "a chunk",
          "DuckDB has no Arrow form of it");
    duckdb_destroy_data_chunk(&chunk);
    check(lw_write(writer, &array, NULL) == LW_OK, "write", lw_last_error());
  }
  lw_summary summary = {.struct_size = sizeof summary};
  check(lw_finish(writer, &summary) == LW_OK, "finish", lw_last_error());
  lw_writer_close(writer);
  duckdb_destroy_arrow_options(&options);
  return summary.rows;
}

int main(int count, char **arguments) {
  void *database = NULL;
  void *connection = NULL;
  duckdb_result result;
  check(count == 2, "usage", "duckdb FILE");
  check(lw_start(LW_ABI_VERSION, NULL) == LW_OK, "start", lw_last_error());
  check(duckdb_open(NULL, &database) == 0, "DuckDB", "cannot open a database");
  check(duckdb_connect(database, &connection) == 0, "DuckDB", "cannot connect");
  if (duckdb_query(connection, QUERY, &result) != 0) {
    check(0, "query", duckdb_result_error(&result));
  }
  int64_t rows = write_result(&result, arguments[1]);
  duckdb_destroy_result(&result);
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  check(rows == 500000, "the file", "it has another number of rows");
  printf("DuckDB: %lld rows\n", (long long)rows);
  return 0;
}
