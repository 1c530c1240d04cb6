/* Every function of the writer and the reader with good input. */
#include "arrow.h"
#include "check.h"

static void writes_arrays(void) {
  struct ArrowSchema schema;
  struct ArrowArray array;
  lw_writer *writer = NULL;
  lw_summary summary = {.struct_size = sizeof summary};
  const char *json = NULL;
  int64_t number = -1;
  make_schema(&schema);
  CHECK_OK(lw_writer_open(path_of("arrays.lance"), &schema, "format-version=2.1\noverwrite=true\n",
                          &writer));
  CHECK(writer != NULL);
  CHECK(schema.release == NULL);
  for (int i = 0; i < 3; i++) {
    make_array(&array, 1000 * i, 1000);
    CHECK_OK(lw_write(writer, &array, NULL));
    CHECK(array.release == NULL);
  }
  CHECK_OK(lw_writer_buffered_bytes(writer, &number));
  CHECK(number > 8000);
  CHECK_OK(lw_writer_add_metadata(writer, "key", "value"));
  CHECK_OK(lw_writer_add_buffer(writer, "a note", 6, &number));
  CHECK_EQUAL(1, number);
  CHECK_OK(lw_writer_add_buffer(writer, NULL, 0, NULL));
  CHECK_OK(lw_writer_position(writer, &number));
  CHECK(number >= 6);
  CHECK_OK(lw_finish(writer, &summary));
  CHECK_EQUAL(3000, summary.rows);
  CHECK_EQUAL(2, summary.columns);
  CHECK_EQUAL(2, summary.pages);
  CHECK_OK(lw_writer_position(writer, &number));
  CHECK_EQUAL(summary.bytes, number);
  CHECK_OK(lw_writer_summary_json(writer, &json));
  CHECK(strstr(json, "{\"format_version\":\"2.1\",\"rows\":3000,") == json);
  CHECK(strstr(json, "\"name\":\"name\",\"type\":\"utf8\"") != NULL);
  CHECK_OK(lw_writer_close(writer));
}

static void reads_back(void) {
  lw_reader *reader = NULL;
  struct ArrowSchema schema;
  struct ArrowArrayStream stream;
  int64_t number = -1;
  char note[6];
  lw_verify_summary summary = {.struct_size = sizeof summary};
  CHECK_OK(lw_reader_open(path_of("arrays.lance"), NULL, &reader));
  CHECK_OK(lw_reader_rows(reader, &number));
  CHECK_EQUAL(3000, number);
  CHECK_OK(lw_reader_schema(reader, &schema));
  CHECK_EQUAL(2, schema.n_children);
  CHECK(memcmp(schema.metadata + 8, "key", 3) == 0);
  schema.release(&schema);
  CHECK_OK(lw_reader_buffer_size(reader, 1, &number));
  CHECK_EQUAL(6, number);
  CHECK_OK(lw_reader_buffer(reader, 1, note, 6));
  CHECK(memcmp(note, "a note", 6) == 0);
  CHECK_OK(lw_reader_buffer(reader, 2, NULL, 0));
  CHECK_OK(lw_scan(reader, NULL, &stream));
  CHECK_EQUAL(3000, check_rows(&stream, 0));
  CHECK_OK(lw_verify(reader, &summary));
  CHECK_EQUAL(3000, summary.rows);
  CHECK_EQUAL(2, summary.columns);
  CHECK_EQUAL(2, summary.pages);
  CHECK_OK(lw_verify(reader, NULL));
  CHECK_OK(lw_reader_close(reader));
}

static void scans_parts(void) {
  lw_reader *reader = NULL;
  struct ArrowArrayStream stream;
  struct ArrowArray array;
  const char *columns[] = {"name"};
  const int64_t rows[] = {2999, 0, 17, 17};
  lw_scan_options options = {.struct_size = sizeof options, .first_row = 100, .row_count = 1500,
                             .batch_rows = 100};
  CHECK_OK(lw_reader_open(path_of("arrays.lance"), "mapped=true\nread-chunk-size=65536", &reader));
  CHECK_OK(lw_scan(reader, &options, &stream));
  CHECK_EQUAL(1500, check_rows(&stream, 100));
  options.row_count = 0;
  CHECK_OK(lw_scan(reader, &options, &stream));
  CHECK_EQUAL(2900, check_rows(&stream, 100));
  options.columns = columns;
  options.column_count = 1;
  CHECK_OK(lw_scan(reader, &options, &stream));
  CHECK_EQUAL(0, stream.get_next(&stream, &array));
  CHECK_EQUAL(1, array.n_children);
  CHECK_EQUAL(100, array.length);
  stream.release(&stream);
  CHECK_OK(lw_take(reader, rows, 4, NULL, 0, &stream));
  /* The stream keeps the file open, and the arrays need neither. */
  CHECK_OK(lw_reader_close(reader));
  struct ArrowArray taken;
  CHECK_EQUAL(0, stream.get_next(&stream, &taken));
  CHECK_EQUAL(4, taken.length);
  stream.release(&stream);
  for (int i = 0; i < 4; i++) {
    CHECK_EQUAL(rows[i], ((const int64_t *)taken.children[0]->buffers[1])[i]);
  }
  taken.release(&taken);
  array.release(&array);
}

static void takes_many(void) {
  enum { COUNT = 20000 };
  lw_reader *reader = NULL;
  struct ArrowArrayStream stream;
  struct ArrowArray array;
  const char *columns[] = {"id"};
  int64_t *rows = malloc(COUNT * sizeof *rows);
  int64_t done = 0;
  for (int i = 0; i < COUNT; i++) {
    rows[i] = (int64_t)i * 7919 % 3000;
  }
  CHECK_OK(lw_reader_open(path_of("arrays.lance"), NULL, &reader));
  CHECK_OK(lw_take(reader, rows, COUNT, columns, 1, &stream));
  for (;;) {
    CHECK_EQUAL(0, stream.get_next(&stream, &array));
    if (array.release == NULL) {
      break;
    }
    const int64_t *ids = array.children[0]->buffers[1];
    for (int64_t i = 0; i < array.length; i++) {
      CHECK_EQUAL(rows[done + i], ids[i]);
    }
    done += array.length;
    array.release(&array);
  }
  CHECK_EQUAL(COUNT, done);
  stream.release(&stream);
  CHECK_OK(lw_take(reader, NULL, 0, NULL, 0, &stream));
  CHECK_EQUAL(0, stream.get_next(&stream, &array));
  CHECK(array.release == NULL);
  stream.release(&stream);
  CHECK_OK(lw_reader_close(reader));
  free(rows);
}

static void takes_the_schema_of_the_first(void) {
  struct ArrowSchema schema;
  struct ArrowArray array;
  struct ArrowArrayStream stream;
  lw_writer *writer = NULL;
  lw_reader *reader = NULL;
  int64_t rows = -1;
  CHECK_OK(lw_writer_open(path_of("first.lance"), NULL, NULL, &writer));
  make_array(&array, 0, 10);
  make_schema(&schema);
  CHECK_OK(lw_write(writer, &array, &schema));
  CHECK(array.release == NULL && schema.release == NULL);
  make_array(&array, 10, 10);
  CHECK_OK(lw_write(writer, &array, NULL));
  CHECK_OK(lw_finish(writer, NULL));
  CHECK_OK(lw_writer_close(writer));
  CHECK_OK(lw_reader_open(path_of("first.lance"), NULL, &reader));
  CHECK_OK(lw_scan(reader, NULL, &stream));
  CHECK_EQUAL(20, check_rows(&stream, 0));
  CHECK_OK(lw_reader_close(reader));

  CHECK_OK(lw_writer_open(path_of("streamed.lance"), NULL, NULL, &writer));
  make_stream(&stream, 5, 2000, 0);
  CHECK_OK(lw_write_stream(writer, &stream, &rows));
  CHECK_EQUAL(10000, rows);
  CHECK(stream.release == NULL);
  make_array(&array, 10000, 10);
  CHECK_OK(lw_write(writer, &array, NULL));
  CHECK_OK(lw_finish(writer, NULL));
  CHECK_OK(lw_writer_close(writer));
  CHECK_OK(lw_reader_open(path_of("streamed.lance"), NULL, &reader));
  CHECK_OK(lw_scan(reader, NULL, &stream));
  CHECK_EQUAL(10010, check_rows(&stream, 0));
  CHECK_OK(lw_reader_close(reader));
}

static void discards(void) {
  struct ArrowSchema schema;
  struct ArrowArray array;
  lw_writer *writer = NULL;
  lw_reader *reader = NULL;
  int64_t number = 0;
  const char *json = NULL;
  make_schema(&schema);
  CHECK_OK(lw_writer_open(path_of("aborted.lance"), &schema, NULL, &writer));
  make_array(&array, 0, 10);
  CHECK_OK(lw_write(writer, &array, NULL));
  CHECK_OK(lw_abort(writer));
  CHECK_OK(lw_abort(writer));
  make_array(&array, 0, 10);
  CHECK_FAILS(LW_BAD_STATE, "closed", lw_write(writer, &array, NULL));
  CHECK_FAILS(LW_BAD_STATE, "closed", lw_finish(writer, NULL));
  CHECK_FAILS(LW_BAD_STATE, "not finished", lw_writer_summary_json(writer, &json));
  CHECK_OK(lw_writer_position(writer, &number));
  CHECK_OK(lw_writer_close(writer));
  CHECK_EQUAL(LW_IO, lw_reader_open(path_of("aborted.lance"), NULL, &reader));
  CHECK_OK(lw_writer_close(NULL));
  CHECK_OK(lw_reader_close(NULL));
}

static void takes_names_in_utf8(void) {
  lw_reader *reader = NULL;
  write_rows(path_of("m\xc3\xbc" "de \xe2\x82\xac.lance"), NULL, 10);
  CHECK_OK(lw_reader_open(path_of("m\xc3\xbc" "de \xe2\x82\xac.lance"), NULL, &reader));
  CHECK_OK(lw_reader_close(reader));
}

static void takes_options(void) {
  lw_writer *writer = NULL;
  struct ArrowSchema schema;
  static const char *const good[] = {
      "profile=smallest", "profile=fastest\n\n", "durability=data-and-directory",
      "column=id:compression=zstd\ncolumn=id:compression-level=3", "column=*:compression=none",
      "type=Utf8:compression=lz4", "data-cache-bytes=65536", "format-version=2.2"};
  static const char *const bad[] = {
      "profile", "=1", "profile=best", "durability=yes", "column=id", "column=id:what=1",
      "column=nobody:compression=zstd", "type=Text:compression=lz4", "data-cache-bytes=0",
      "data-cache-bytes=many", "format-version=1", "overwrite=1", "threads=2"};
  for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
    make_schema(&schema);
    CHECK_OK(lw_writer_open(path_of("options.lance"), &schema, good[i], &writer));
    CHECK_OK(lw_writer_close(writer));
  }
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    make_schema(&schema);
    CHECK_EQUAL(LW_BAD_ARGUMENT,
                lw_writer_open(path_of("options.lance"), &schema, bad[i], &writer));
    CHECK(schema.release == NULL);
  }
}

int main(void) {
  CHECK(strlen(lw_version()) > 0);
  CHECK(strcmp(lw_last_error(), "") == 0);
  start();
  writes_arrays();
  reads_back();
  scans_parts();
  takes_many();
  takes_the_schema_of_the_first();
  discards();
  takes_names_in_utf8();
  takes_options();
  CHECK_EQUAL(structs_made, structs_released);
  return passed("write and read");
}
