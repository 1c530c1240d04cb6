/* Every function with arguments that are null or wrong, before the start, and after the end. */
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arrow.h"
#include "check.h"

static int write_nothing(void *user, const void *bytes, size_t size) {
  (void)user;
  (void)bytes;
  (void)size;
  return 0;
}

static int read_nothing(void *user, int64_t position, void *target, size_t size) {
  (void)user;
  (void)position;
  memset(target, 0, size);
  return 0;
}

static lw_sink good_sink(void) {
  lw_sink sink = {.struct_size = sizeof sink, .write = write_nothing};
  return sink;
}

static lw_source good_source(void) {
  lw_source source = {.struct_size = sizeof source, .size = 100, .read = read_nothing};
  return source;
}

/* All functions that take a writer, with arguments that are right. */
static void all_of_writer(lw_writer *writer, int code, const char *part) {
  struct ArrowArray array;
  struct ArrowSchema schema;
  struct ArrowArrayStream stream;
  lw_summary summary = {.struct_size = sizeof summary};
  const char *json = "unchanged";
  int64_t number = 77;
  make_array(&array, 0, 3);
  CHECK_FAILS(code, part, lw_write(writer, &array, NULL));
  CHECK(array.release == NULL);
  make_array(&array, 0, 3);
  make_schema(&schema);
  CHECK_FAILS(code, part, lw_write(writer, &array, &schema));
  CHECK(array.release == NULL && schema.release == NULL);
  make_stream(&stream, 1, 1, 0);
  CHECK_FAILS(code, part, lw_write_stream(writer, &stream, &number));
  CHECK(stream.release == NULL);
  CHECK_FAILS(code, part, lw_writer_add_metadata(writer, "k", "v"));
  CHECK_FAILS(code, part, lw_writer_add_buffer(writer, "b", 1, &number));
  CHECK_FAILS(code, part, lw_writer_position(writer, &number));
  CHECK_FAILS(code, part, lw_writer_buffered_bytes(writer, &number));
  CHECK_FAILS(code, part, lw_finish(writer, &summary));
  CHECK_FAILS(code, part, lw_writer_summary_json(writer, &json));
  CHECK_FAILS(code, part, lw_abort(writer));
  CHECK_EQUAL(77, number);
  CHECK(strcmp(json, "unchanged") == 0);
  if (writer != NULL) {
    CHECK_FAILS(code, part, lw_writer_close(writer));
  }
}

/* All functions that take a reader, with arguments that are right. */
static void all_of_reader(lw_reader *reader, int code, const char *part) {
  struct ArrowSchema schema;
  struct ArrowArrayStream stream;
  lw_verify_summary summary = {.struct_size = sizeof summary};
  lw_scan_options options = {.struct_size = sizeof options};
  int64_t number = 77;
  char byte;
  CHECK_FAILS(code, part, lw_reader_schema(reader, &schema));
  CHECK_FAILS(code, part, lw_reader_rows(reader, &number));
  CHECK_FAILS(code, part, lw_reader_buffer_size(reader, 0, &number));
  CHECK_FAILS(code, part, lw_reader_buffer(reader, 0, &byte, 1));
  CHECK_FAILS(code, part, lw_scan(reader, &options, &stream));
  CHECK_FAILS(code, part, lw_take(reader, &number, 1, NULL, 0, &stream));
  CHECK_FAILS(code, part, lw_verify(reader, &summary));
  CHECK_EQUAL(77, number);
  if (reader != NULL) {
    CHECK_FAILS(code, part, lw_reader_close(reader));
  }
}

static void before_the_start(void) {
  struct ArrowSchema schema;
  lw_writer *writer = NULL;
  lw_reader *reader = NULL;
  lw_sink sink = good_sink();
  lw_source source = good_source();
  static const char part[] = "lw_start was not called";
  make_schema(&schema);
  CHECK_FAILS(LW_NO_JVM, part, lw_writer_open(path_of("x"), &schema, NULL, &writer));
  CHECK(schema.release == NULL);
  make_schema(&schema);
  CHECK_FAILS(LW_NO_JVM, part, lw_writer_open_sink(&sink, &schema, NULL, &writer));
  CHECK(schema.release == NULL);
  CHECK_FAILS(LW_NO_JVM, part, lw_reader_open(path_of("x"), NULL, &reader));
  CHECK_FAILS(LW_NO_JVM, part, lw_reader_open_source(&source, NULL, &reader));
  all_of_writer((lw_writer *)(intptr_t)1, LW_NO_JVM, part);
  all_of_reader((lw_reader *)(intptr_t)1, LW_NO_JVM, part);
  CHECK_EQUAL(LW_NO_JVM, lw_writer_close(NULL));
}

static void starts_that_fail(void) {
  lw_start_options options = {.struct_size = sizeof options};
  const char *null_option[] = {NULL};
  CHECK_FAILS(LW_BAD_VERSION, "version 2", lw_start(2, NULL));
  CHECK_FAILS(LW_BAD_VERSION, "version 0", lw_start_with_table(0, 8));
  CHECK_FAILS(LW_BAD_ARGUMENT, "NULL", lw_start_with_table(LW_ABI_VERSION, 0));
  int64_t other[64] = {LW_ABI_VERSION + 1};
  CHECK_FAILS(LW_BAD_VERSION, "version 2",
              lw_start_with_table(LW_ABI_VERSION, (int64_t)(intptr_t)other));
  options.struct_size = 8;
  CHECK_FAILS(LW_BAD_ARGUMENT, "struct_size", lw_start(LW_ABI_VERSION, &options));
  options.struct_size = sizeof options;
  options.java_home = "/no/such/folder";
  CHECK_FAILS(LW_NO_JVM, "java_home is '/no/such/folder'", lw_start(LW_ABI_VERSION, &options));
  options.java_home = getenv("LW_TEST_OLD_JAVA");
  if (options.java_home != NULL) {
    CHECK_FAILS(LW_NO_JVM, "at least 22 is needed", lw_start(LW_ABI_VERSION, &options));
  }
  options.java_home = NULL;
  options.jvm_options = null_option;
  options.jvm_option_count = 1;
  CHECK_FAILS(LW_BAD_ARGUMENT, "element 0", lw_start(LW_ABI_VERSION, &options));
  options.jvm_option_count = 1000000;
  CHECK_FAILS(LW_BAD_ARGUMENT, "at most", lw_start(LW_ABI_VERSION, &options));
  const char *home = getenv("LANCEWRIGHT_JAVA_HOME");
  char *kept = home == NULL ? NULL : strdup(home);
  setenv("LANCEWRIGHT_JAVA_HOME", "/tmp", 1);
  options.jvm_options = NULL;
  CHECK_FAILS(LW_NO_JVM, "LANCEWRIGHT_JAVA_HOME is '/tmp'", lw_start(LW_ABI_VERSION, &options));
  unsetenv("LANCEWRIGHT_JAVA_HOME");
  if (kept != NULL) {
    setenv("LANCEWRIGHT_JAVA_HOME", kept, 1);
    free(kept);
  }
}

/* In a process of its own, as a virtual machine can be tried once. */
static void options_that_the_machine_refuses(void) {
  const char *bad_option[] = {"-XX:NoSuchOptionAtAll=1"};
  lw_start_options options = {.struct_size = sizeof options, .jvm_options = bad_option,
                              .jvm_option_count = 1};
  int status = -1;
  pid_t child = fork();
  if (child == 0) {
    CHECK(freopen("/dev/null", "w", stderr) != NULL);
    CHECK_FAILS(LW_NO_JVM, "did not start", lw_start(LW_ABI_VERSION, &options));
    CHECK_FAILS(LW_NO_JVM, "can be tried once", lw_start(LW_ABI_VERSION, NULL));
    _exit(0);
  }
  CHECK_EQUAL(child, waitpid(child, &status, 0));
  CHECK_EQUAL(0, status);
}

static void handles_that_are_none(void) {
  static const intptr_t garbage[] = {1, -1, 12345, INTPTR_MAX, INTPTR_MIN};
  int on_the_stack = 0;
  all_of_writer(NULL, LW_BAD_HANDLE, "the writer is NULL");
  all_of_reader(NULL, LW_BAD_HANDLE, "the reader is NULL");
  for (size_t i = 0; i < sizeof garbage / sizeof garbage[0]; i++) {
    all_of_writer((lw_writer *)garbage[i], LW_BAD_HANDLE, "is no open writer");
    all_of_reader((lw_reader *)garbage[i], LW_BAD_HANDLE, "is no open reader");
  }
  all_of_writer((lw_writer *)&on_the_stack, LW_BAD_HANDLE, "is no open writer");
  all_of_reader((lw_reader *)&on_the_stack, LW_BAD_HANDLE, "is no open reader");
}

static void handles_that_were_closed(void) {
  struct ArrowSchema schema;
  lw_writer *writer = NULL;
  lw_reader *reader = NULL;
  write_rows(path_of("closed.lance"), "overwrite=true", 10);
  make_schema(&schema);
  CHECK_OK(lw_writer_open(path_of("closed2.lance"), &schema, NULL, &writer));
  CHECK_OK(lw_reader_open(path_of("closed.lance"), NULL, &reader));
  /* One of the other kind. */
  CHECK((void *)writer != (void *)reader);
  all_of_reader((lw_reader *)writer, LW_BAD_HANDLE, "is no open reader");
  all_of_writer((lw_writer *)reader, LW_BAD_HANDLE, "is no open writer");
  CHECK_OK(lw_writer_close(writer));
  CHECK_OK(lw_reader_close(reader));
  all_of_writer(writer, LW_BAD_HANDLE, "is no open writer");
  all_of_reader(reader, LW_BAD_HANDLE, "is no open reader");
}

static void opening_writers(void) {
  struct ArrowSchema schema;
  lw_writer *writer = (lw_writer *)(intptr_t)42;
  lw_sink sink = good_sink();
  make_schema(&schema);
  CHECK_FAILS(LW_BAD_ARGUMENT, "path is NULL", lw_writer_open(NULL, &schema, NULL, &writer));
  make_schema(&schema);
  CHECK_FAILS(LW_BAD_ARGUMENT, "writer is NULL",
              lw_writer_open(path_of("x.lance"), &schema, NULL, NULL));
  make_schema(&schema);
  CHECK_FAILS(LW_BAD_ARGUMENT, "not UTF-8", lw_writer_open("\xff", &schema, NULL, &writer));
  make_schema(&schema);
  CHECK_FAILS(LW_BAD_ARGUMENT, "not UTF-8",
              lw_writer_open(path_of("x.lance"), &schema, "\xff=1", &writer));
  make_schema(&schema);
  CHECK_FAILS(LW_IO, "", lw_writer_open(path_of("no/folder/x.lance"), &schema, NULL, &writer));
  make_schema(&schema);
  CHECK_FAILS(LW_IO, "", lw_writer_open("", &schema, NULL, &writer));
  CHECK_FAILS(LW_BAD_ARGUMENT, "released",
              lw_writer_open(path_of("x.lance"), &schema, NULL, &writer));
  CHECK_FAILS(LW_BAD_ARGUMENT, "multiple of 8",
              lw_writer_open(path_of("x.lance"), (struct ArrowSchema *)(intptr_t)0x1003, NULL,
                             &writer));
  make_schema(&schema);
  schema.children[0]->format = "no format";
  CHECK_FAILS(LW_BAD_ARGUMENT, "id", lw_writer_open(path_of("x.lance"), &schema, NULL, &writer));
  make_schema(&schema);
  schema.format = "l";
  CHECK_FAILS(LW_BAD_ARGUMENT, "", lw_writer_open(path_of("x.lance"), &schema, NULL, &writer));
  make_schema(&schema);
  CHECK_FAILS(LW_BAD_ARGUMENT, "sink is NULL", lw_writer_open_sink(NULL, &schema, NULL, &writer));
  sink.write = NULL;
  make_schema(&schema);
  CHECK_FAILS(LW_BAD_ARGUMENT, "write of the sink",
              lw_writer_open_sink(&sink, &schema, NULL, &writer));
  sink = good_sink();
  static const size_t sizes[] = {0, 8, 40, SIZE_MAX};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    sink.struct_size = sizes[i];
    make_schema(&schema);
    CHECK_FAILS(LW_BAD_ARGUMENT, "struct_size of sink",
                lw_writer_open_sink(&sink, &schema, NULL, &writer));
  }
  sink = good_sink();
  make_schema(&schema);
  CHECK_FAILS(LW_BAD_ARGUMENT, "overwrite",
              lw_writer_open_sink(&sink, &schema, "overwrite=true", &writer));
  make_schema(&schema);
  CHECK_FAILS(LW_BAD_ARGUMENT, "writer is NULL", lw_writer_open_sink(&sink, &schema, NULL, NULL));
  CHECK_EQUAL(42, (intptr_t)writer);
}

static void writing(void) {
  struct ArrowSchema schema;
  struct ArrowArray array;
  struct ArrowArrayStream stream;
  lw_writer *writer = NULL;
  lw_summary summary = {.struct_size = 16};
  int64_t number = 0;
  const char *json = NULL;
  CHECK_OK(lw_writer_open(path_of("writing.lance"), NULL, NULL, &writer));
  CHECK_FAILS(LW_BAD_STATE, "no schema", lw_finish(writer, NULL));
  make_array(&array, 0, 10);
  CHECK_FAILS(LW_BAD_STATE, "schema is not known", lw_write(writer, &array, NULL));
  CHECK(array.release == NULL);
  make_schema(&schema);
  CHECK_FAILS(LW_BAD_ARGUMENT, "the array is NULL", lw_write(writer, NULL, &schema));
  CHECK(schema.release == NULL);
  make_schema(&schema);
  CHECK_FAILS(LW_BAD_ARGUMENT, "released", lw_write(writer, &array, &schema));
  make_schema(&schema);
  CHECK_FAILS(LW_BAD_ARGUMENT, "multiple of 8",
              lw_write(writer, (struct ArrowArray *)(intptr_t)0x1001, &schema));
  make_array(&array, 0, 10);
  CHECK_FAILS(LW_BAD_ARGUMENT, "released", lw_write(writer, &array, &schema));
  CHECK(array.release == NULL);
  CHECK_FAILS(LW_BAD_ARGUMENT, "the stream is NULL", lw_write_stream(writer, NULL, NULL));
  make_stream(&stream, 1, 1, 0);
  stream.get_next = NULL;
  CHECK_FAILS(LW_BAD_ARGUMENT, "a callback that is NULL", lw_write_stream(writer, &stream, NULL));
  CHECK(stream.release == NULL);
  CHECK_FAILS(LW_BAD_ARGUMENT, "released", lw_write_stream(writer, &stream, NULL));
  make_stream(&stream, 3, 100, 2);
  CHECK_FAILS(LW_IO, "the producer gave up", lw_write_stream(writer, &stream, &number));
  CHECK(stream.release == NULL);
  make_array(&array, 100, 10);
  CHECK_OK(lw_write(writer, &array, NULL));
  CHECK_FAILS(LW_BAD_ARGUMENT, "key is NULL", lw_writer_add_metadata(writer, NULL, "v"));
  CHECK_FAILS(LW_BAD_ARGUMENT, "value is NULL", lw_writer_add_metadata(writer, "k", NULL));
  CHECK_FAILS(LW_BAD_ARGUMENT, "not UTF-8", lw_writer_add_metadata(writer, "k", "\xc3"));
  CHECK_FAILS(LW_BAD_ARGUMENT, "bytes is NULL", lw_writer_add_buffer(writer, NULL, 1, NULL));
  CHECK_FAILS(LW_BAD_ARGUMENT, "more than memory",
              lw_writer_add_buffer(writer, "b", SIZE_MAX, NULL));
  CHECK_FAILS(LW_BAD_ARGUMENT, "bytes is NULL", lw_writer_position(writer, NULL));
  CHECK_FAILS(LW_BAD_ARGUMENT, "bytes is NULL", lw_writer_buffered_bytes(writer, NULL));
  CHECK_FAILS(LW_BAD_STATE, "not finished", lw_writer_summary_json(writer, &json));
  CHECK_FAILS(LW_BAD_ARGUMENT, "json is NULL", lw_writer_summary_json(writer, NULL));
  CHECK_FAILS(LW_BAD_ARGUMENT, "struct_size of summary", lw_finish(writer, &summary));
  summary.struct_size = sizeof summary;
  CHECK_OK(lw_finish(writer, &summary));
  CHECK_EQUAL(110, summary.rows);
  CHECK_FAILS(LW_BAD_STATE, "finished", lw_finish(writer, &summary));
  make_array(&array, 0, 10);
  CHECK_FAILS(LW_BAD_STATE, "finished", lw_write(writer, &array, NULL));
  CHECK(array.release == NULL);
  make_stream(&stream, 1, 1, 0);
  CHECK_FAILS(LW_BAD_STATE, "finished", lw_write_stream(writer, &stream, NULL));
  CHECK(stream.release == NULL);
  CHECK_FAILS(LW_BAD_STATE, "finished", lw_writer_add_metadata(writer, "k", "v"));
  CHECK_FAILS(LW_BAD_STATE, "finished", lw_writer_add_buffer(writer, "b", 1, NULL));
  CHECK_FAILS(LW_BAD_STATE, "finished", lw_abort(writer));
  CHECK_OK(lw_writer_close(writer));
  CHECK_FAILS(LW_IO, "", lw_writer_open(path_of("writing.lance"), NULL, NULL, &writer));
}

static void opening_readers(void) {
  lw_reader *reader = (lw_reader *)(intptr_t)42;
  lw_source source = good_source();
  CHECK_FAILS(LW_BAD_ARGUMENT, "path is NULL", lw_reader_open(NULL, NULL, &reader));
  CHECK_FAILS(LW_BAD_ARGUMENT, "reader is NULL",
              lw_reader_open(path_of("writing.lance"), NULL, NULL));
  CHECK_FAILS(LW_IO, "", lw_reader_open(path_of("no such file"), NULL, &reader));
  CHECK_FAILS(LW_IO, "directory", lw_reader_open(path_of("."), NULL, &reader));
  CHECK_FAILS(LW_BAD_ARGUMENT, "mapped",
              lw_reader_open(path_of("writing.lance"), "mapped=maybe", &reader));
  CHECK_FAILS(LW_BAD_ARGUMENT, "there is no option 'x'",
              lw_reader_open(path_of("writing.lance"), "x=1", &reader));
  CHECK_FAILS(LW_BAD_ARGUMENT, "source is NULL", lw_reader_open_source(NULL, NULL, &reader));
  CHECK_FAILS(LW_BAD_ARGUMENT, "reader is NULL", lw_reader_open_source(&source, NULL, NULL));
  CHECK_FAILS(LW_BAD_ARGUMENT, "mapped", lw_reader_open_source(&source, "mapped=true", &reader));
  CHECK_FAILS(LW_BAD_FILE, "source", lw_reader_open_source(&source, NULL, &reader));
  source.read = NULL;
  CHECK_FAILS(LW_BAD_ARGUMENT, "read of the source",
              lw_reader_open_source(&source, NULL, &reader));
  source = good_source();
  source.size = -1;
  CHECK_FAILS(LW_BAD_ARGUMENT, "size of the source",
              lw_reader_open_source(&source, NULL, &reader));
  source.struct_size = 0;
  CHECK_FAILS(LW_BAD_ARGUMENT, "struct_size of source",
              lw_reader_open_source(&source, NULL, &reader));
  CHECK_EQUAL(42, (intptr_t)reader);
}

static void scanning(lw_reader *reader) {
  struct ArrowArrayStream stream;
  static const char *const no_column[] = {"id", "nobody"};
  static const char *const null_column[] = {NULL};
  lw_scan_options options = {.struct_size = sizeof options};
  CHECK_FAILS(LW_BAD_ARGUMENT, "stream is NULL", lw_scan(reader, NULL, NULL));
  CHECK_FAILS(LW_BAD_ARGUMENT, "multiple of 8",
              lw_scan(reader, NULL, (struct ArrowArrayStream *)(intptr_t)0x1001));
  options.struct_size = 7;
  CHECK_FAILS(LW_BAD_ARGUMENT, "struct_size of options", lw_scan(reader, &options, &stream));
  options.struct_size = sizeof options;
  options.column_count = 1;
  CHECK_FAILS(LW_BAD_ARGUMENT, "columns is NULL", lw_scan(reader, &options, &stream));
  options.columns = null_column;
  CHECK_FAILS(LW_BAD_ARGUMENT, "element 0 of columns is NULL", lw_scan(reader, &options, &stream));
  options.column_count = SIZE_MAX;
  CHECK_FAILS(LW_BAD_ARGUMENT, "at most", lw_scan(reader, &options, &stream));
  options.columns = no_column;
  options.column_count = 2;
  CHECK_FAILS(LW_BAD_ARGUMENT, "nobody", lw_scan(reader, &options, &stream));
  options.columns = NULL;
  options.column_count = 0;
  static const int64_t ranges[][3] = {{-1, 1, 0},        {0, -1, 0}, {0, 111, 0},
                                      {111, 0, 0},       {110, 1, 0}, {INT64_MAX, 1, 0},
                                      {1, INT64_MAX, 0}, {0, 1, -1}, {INT64_MIN, 0, 0}};
  for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
    options.first_row = ranges[i][0];
    options.row_count = ranges[i][1];
    options.batch_rows = ranges[i][2];
    CHECK_FAILS(LW_BAD_ARGUMENT, "", lw_scan(reader, &options, &stream));
  }
}

static void reading(void) {
  lw_reader *reader = NULL;
  struct ArrowArrayStream stream;
  static const int64_t rows[] = {0, 110};
  static const int64_t negative[] = {-1};
  static const char *const no_column[] = {"nobody"};
  lw_verify_summary summary = {.struct_size = 8};
  int64_t number = 0;
  char bytes[8];
  CHECK_OK(lw_reader_open(path_of("writing.lance"), NULL, &reader));
  CHECK_FAILS(LW_BAD_ARGUMENT, "the schema is NULL", lw_reader_schema(reader, NULL));
  CHECK_FAILS(LW_BAD_ARGUMENT, "rows is NULL", lw_reader_rows(reader, NULL));
  CHECK_FAILS(LW_BAD_ARGUMENT, "size is NULL", lw_reader_buffer_size(reader, 0, NULL));
  CHECK_FAILS(LW_BAD_ARGUMENT, "no global buffer 1", lw_reader_buffer_size(reader, 1, &number));
  CHECK_FAILS(LW_BAD_ARGUMENT, "no global buffer -1", lw_reader_buffer_size(reader, -1, &number));
  CHECK_FAILS(LW_BAD_ARGUMENT, "no global buffer",
              lw_reader_buffer(reader, INT64_MAX, bytes, 1));
  CHECK_FAILS(LW_BAD_ARGUMENT, "target is NULL", lw_reader_buffer(reader, 0, NULL, 1));
  CHECK_FAILS(LW_BAD_ARGUMENT, "bytes", lw_reader_buffer(reader, 0, bytes, 1));
  scanning(reader);
  CHECK_FAILS(LW_BAD_ARGUMENT, "no row 110", lw_take(reader, rows, 2, NULL, 0, &stream));
  CHECK_FAILS(LW_BAD_ARGUMENT, "no row -1", lw_take(reader, negative, 1, NULL, 0, &stream));
  CHECK_FAILS(LW_BAD_ARGUMENT, "rows is NULL", lw_take(reader, NULL, 1, NULL, 0, &stream));
  CHECK_FAILS(LW_BAD_ARGUMENT, "at most", lw_take(reader, rows, SIZE_MAX, NULL, 0, &stream));
  CHECK_FAILS(LW_BAD_ARGUMENT, "columns is NULL", lw_take(reader, rows, 1, NULL, 1, &stream));
  CHECK_FAILS(LW_BAD_ARGUMENT, "nobody", lw_take(reader, rows, 1, no_column, 1, &stream));
  CHECK_FAILS(LW_BAD_ARGUMENT, "stream is NULL", lw_take(reader, rows, 1, NULL, 0, NULL));
  CHECK_FAILS(LW_BAD_ARGUMENT, "struct_size of summary", lw_verify(reader, &summary));
  CHECK_OK(lw_reader_close(reader));
}

static void streams_after_the_end(void) {
  lw_reader *reader = NULL;
  struct ArrowArrayStream stream;
  struct ArrowArrayStream copy;
  struct ArrowArray array;
  CHECK_OK(lw_reader_open(path_of("writing.lance"), NULL, &reader));
  CHECK_OK(lw_scan(reader, NULL, &stream));
  CHECK_OK(lw_reader_close(reader));
  copy = stream;
  CHECK_EQUAL(110, check_rows(&stream, 0) == 0 ? 0 : 110);
  CHECK(copy.get_next(&copy, &array) != 0);
  copy.release(&copy);
}

static void texts_that_are_long(void) {
  size_t size = 3 << 20;
  char *text = malloc(size + 1);
  struct ArrowSchema schema;
  lw_writer *writer = NULL;
  memset(text, 'x', size);
  text[size] = 0;
  make_schema(&schema);
  CHECK_FAILS(LW_BAD_ARGUMENT, "no NUL within", lw_writer_open(text, &schema, NULL, &writer));
  /* An error's text is cut where a character ends. */
  for (size_t letters = 100; letters < 104; letters++) {
    memset(text, 'x', letters);
    for (size_t i = 0; i < 4000; i++) {
      memcpy(text + letters + 2 * i, "\xc3\xbc", 2);
    }
    text[letters + 8000] = 0;
    make_schema(&schema);
    CHECK_EQUAL(LW_BAD_ARGUMENT, lw_writer_open(path_of("x"), &schema, text, &writer));
    size_t length = strlen(lw_last_error());
    CHECK(length >= 4094 && length <= 4095);
    CHECK(memcmp(lw_last_error() + length - 2, "\xc3\xbc", 2) == 0);
  }
  free(text);
}

int main(void) {
  CHECK(strcmp(lw_last_error(), "") == 0);
  before_the_start();
  starts_that_fail();
  options_that_the_machine_refuses();
  start();
  CHECK_OK(lw_start(LW_ABI_VERSION, NULL));
  handles_that_are_none();
  handles_that_were_closed();
  opening_writers();
  writing();
  opening_readers();
  reading();
  streams_after_the_end();
  texts_that_are_long();
  CHECK_EQUAL(structs_made, structs_released);
  return passed("arguments");
}
