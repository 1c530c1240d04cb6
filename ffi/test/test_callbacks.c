/* Sinks and sources of the caller, with callbacks that fail at every call. */
#include "arrow.h"
#include "check.h"

enum { CODE = 28, ROUNDS = 6, ROWS = 6000, LARGE = 100000 };

/* A file in memory, which counts calls and fails at one. */
struct file {
  char *bytes;
  size_t size;
  int writes;
  int flushes;
  int publishes;
  int discards;
  int reads;
  int closes;
  /* Which call of write or read fails, from 1 on, and with what; 0 for none. */
  int fail_at;
  int code;
  int flush_code;
  int publish_code;
  int discard_code;
  lw_writer *own_writer;
};

static int append(void *user, const void *bytes, size_t size) {
  struct file *file = user;
  CHECK(size > 0);
  if (file->own_writer != NULL) {
    struct ArrowArray array;
    make_array(&array, 0, 1);
    CHECK_FAILS(LW_BAD_STATE, "in use", lw_write(file->own_writer, &array, NULL));
    CHECK_FAILS(LW_BAD_STATE, "in use", lw_writer_close(file->own_writer));
  }
  if (++file->writes == file->fail_at) {
    return file->code;
  }
  file->bytes = realloc(file->bytes, file->size + size);
  memcpy(file->bytes + file->size, bytes, size);
  file->size += size;
  return 0;
}

static int flush(void *user) {
  struct file *file = user;
  file->flushes++;
  return file->flush_code;
}

static int publish(void *user) {
  struct file *file = user;
  file->publishes++;
  return file->publish_code;
}

static int discard(void *user) {
  struct file *file = user;
  file->discards++;
  return file->discard_code;
}

static int read_at(void *user, int64_t position, void *target, size_t size) {
  struct file *file = user;
  CHECK(position >= 0 && (size_t)position + size <= file->size);
  if (__atomic_add_fetch(&file->reads, 1, __ATOMIC_RELAXED) == file->fail_at) {
    return file->code;
  }
  memcpy(target, file->bytes + position, size);
  return 0;
}

static int close_file(void *user) {
  struct file *file = user;
  file->closes++;
  return 1;
}

static lw_writer *open_sink(struct file *file) {
  struct ArrowSchema schema;
  lw_writer *writer = NULL;
  lw_sink sink = {.struct_size = sizeof sink, .user = file, .write = append, .flush = flush,
                  .publish = publish, .discard = discard};
  make_schema(&schema);
  /* Little memory makes many pages, so that writes come with the first rows. */
  CHECK_OK(lw_writer_open_sink(&sink, &schema, "data-cache-bytes=16384", &writer));
  memset(&sink, 0xff, sizeof sink);
  return writer;
}

/* Writes rows, buffers and the end; returns the first code that is not 0. */
static int write_all(lw_writer *writer) {
  static const char large[LARGE] = "note";
  struct ArrowArray array;
  int code = 0;
  for (int i = 0; code == 0 && i < ROUNDS; i++) {
    make_array(&array, i * (ROWS / ROUNDS), ROWS / ROUNDS);
    code = lw_write(writer, &array, NULL);
    code = code != 0 ? code : lw_writer_add_buffer(writer, large, LARGE, NULL);
  }
  return code != 0 ? code : lw_finish(writer, NULL);
}

static void good_sink(struct file *file) {
  lw_writer *writer = open_sink(file);
  CHECK_OK(write_all(writer));
  CHECK_OK(lw_writer_close(writer));
  CHECK_EQUAL(1, file->flushes);
  CHECK_EQUAL(1, file->publishes);
  CHECK_EQUAL(0, file->discards);
  CHECK(file->writes > 10);
}

/* Fails at each write, with a code of the caller and with one that is none. */
static void writes_that_fail(int calls) {
  struct ArrowArray array;
  for (int i = 0; i < 2 * calls; i++) {
    struct file file = {.fail_at = 1 + i / 2, .code = i % 2 == 0 ? CODE : -5};
    lw_writer *writer = open_sink(&file);
    CHECK_FAILS(i % 2 == 0 ? CODE : LW_IO, "write of the sink failed", write_all(writer));
    CHECK_EQUAL(file.fail_at, file.writes);
    make_array(&array, 0, 5000);
    CHECK_FAILS(LW_BAD_STATE, "failed before", lw_write(writer, &array, NULL));
    CHECK_FAILS(LW_BAD_STATE, "failed before", lw_finish(writer, NULL));
    if (i % 3 == 0) {
      CHECK_OK(lw_abort(writer));
    }
    CHECK_OK(lw_writer_close(writer));
    CHECK_EQUAL(file.fail_at, file.writes);
    CHECK_EQUAL(0, file.flushes + file.publishes);
    CHECK_EQUAL(1, file.discards);
    free(file.bytes);
  }
}

static void ends_that_fail(void) {
  for (int i = 0; i < 4; i++) {
    struct file file = {.flush_code = i % 2 == 0 ? CODE : 0, .publish_code = CODE + 1,
                        .discard_code = i / 2 == 0 ? 0 : CODE + 2};
    lw_writer *writer = open_sink(&file);
    CHECK_FAILS(i % 2 == 0 ? CODE : CODE + 1, i % 2 == 0 ? "flush" : "publish",
                write_all(writer));
    CHECK_EQUAL(1, file.discards);
    CHECK_EQUAL(i % 2, file.publishes);
    CHECK_OK(lw_writer_close(writer));
    CHECK_EQUAL(1, file.discards);
    free(file.bytes);
  }
  for (int i = 0; i < 2; i++) {
    struct file file = {.discard_code = CODE};
    lw_writer *writer = open_sink(&file);
    if (i == 0) {
      CHECK_FAILS(CODE, "discard of the sink", lw_abort(writer));
      CHECK_OK(lw_writer_close(writer));
    } else {
      CHECK_FAILS(CODE, "discard of the sink", lw_writer_close(writer));
    }
    CHECK_EQUAL(LW_BAD_HANDLE, lw_writer_close(writer));
    CHECK_EQUAL(1, file.discards);
    free(file.bytes);
  }
}

static void sinks_of_write_alone(void) {
  struct ArrowSchema schema;
  struct file file = {.fail_at = 0};
  lw_writer *writer = NULL;
  lw_sink sink = {.struct_size = sizeof sink, .user = &file, .write = append};
  make_schema(&schema);
  CHECK_OK(lw_writer_open_sink(&sink, &schema, NULL, &writer));
  CHECK_OK(write_all(writer));
  CHECK_OK(lw_writer_close(writer));
  CHECK(memcmp(file.bytes + file.size - 4, "LANC", 4) == 0);
  make_schema(&schema);
  CHECK_OK(lw_writer_open_sink(&sink, &schema, NULL, &writer));
  CHECK_OK(lw_writer_close(writer));
  /* Nothing is called if it cannot be opened. */
  sink.discard = discard;
  make_schema(&schema);
  CHECK_EQUAL(LW_BAD_ARGUMENT, lw_writer_open_sink(&sink, &schema, "x=1", &writer));
  CHECK_EQUAL(0, file.discards);
  free(file.bytes);
}

static void callbacks_that_call_back(void) {
  struct file file = {.fail_at = 0};
  lw_writer *writer = open_sink(&file);
  file.own_writer = writer;
  CHECK_OK(write_all(writer));
  CHECK_OK(lw_writer_close(writer));
  CHECK_EQUAL(0, file.discards);
  free(file.bytes);
}

static int open_source(struct file *file, lw_reader **reader) {
  lw_source source = {.struct_size = sizeof source, .user = file, .size = (int64_t)file->size,
                      .read = read_at, .close = close_file};
  file->reads = 0;
  file->closes = 0;
  return lw_reader_open_source(&source, "read-chunk-size=4096", reader);
}

static void good_source(struct file *file) {
  struct ArrowArrayStream stream;
  lw_reader *reader = NULL;
  static char note[LARGE];
  CHECK_OK(open_source(file, &reader));
  CHECK_OK(lw_reader_buffer(reader, 1, note, LARGE));
  CHECK(memcmp(note, "note", 4) == 0);
  CHECK_OK(lw_scan(reader, NULL, &stream));
  CHECK_OK(lw_reader_close(reader));
  CHECK_EQUAL(0, file->closes);
  CHECK_EQUAL(ROWS, check_rows(&stream, 0));
  CHECK_EQUAL(1, file->closes);
}

/* Reads everything; returns the first code that is not 0. */
static int read_all(lw_reader *reader) {
  struct ArrowArrayStream stream;
  struct ArrowArray array;
  int64_t rows = 0;
  int code = lw_verify(reader, NULL);
  if (code != 0 || (code = lw_scan(reader, NULL, &stream)) != 0) {
    return code;
  }
  do {
    if (stream.get_next(&stream, &array) != 0) {
      CHECK(strstr(stream.get_last_error(&stream), "read of the source failed with code 28"));
      CHECK(stream.get_next(&stream, &array) != 0);
      stream.release(&stream);
      return CODE;
    }
    if (array.release != NULL) {
      rows += array.length;
      array.release(&array);
      continue;
    }
    break;
  } while (1);
  stream.release(&stream);
  CHECK_EQUAL(ROWS, rows);
  return 0;
}

static void reads_that_fail(struct file *file) {
  lw_reader *reader = NULL;
  int code = CODE;
  file->code = CODE;
  for (file->fail_at = 1; code != 0; file->fail_at++) {
    code = open_source(file, &reader);
    if (code == 0) {
      code = read_all(reader);
      CHECK_EQUAL(0, file->closes);
      CHECK_OK(lw_reader_close(reader));
      CHECK_EQUAL(1, file->closes);
    } else {
      CHECK_FAILS(CODE, "read of the source", code);
      CHECK_EQUAL(0, file->closes);
    }
    CHECK(code == 0 || code == CODE);
  }
  CHECK(file->fail_at > 5);
  file->fail_at = 0;
}

/* Each byte of the last 200 changed: an error or not, but no crash. */
static void sources_that_lie(struct file *file) {
  lw_reader *reader = NULL;
  int refused = 0;
  file->code = CODE;
  for (size_t i = file->size - 200; i < file->size; i++) {
    file->bytes[i] ^= 0x55;
    int code = open_source(file, &reader);
    if (code == 0) {
      code = lw_verify(reader, NULL);
      CHECK_OK(lw_reader_close(reader));
    }
    CHECK(code == 0 || code == LW_BAD_FILE || code == LW_IO);
    refused += code != 0;
    file->bytes[i] ^= 0x55;
  }
  CHECK(refused > 100);
}

static void streams_that_fail(void) {
  struct ArrowSchema schema;
  struct ArrowArrayStream stream;
  for (int64_t fail_at = 1; fail_at <= 6; fail_at++) {
    lw_writer *writer = NULL;
    int64_t rows = -1;
    make_schema(&schema);
    CHECK_OK(lw_writer_open(path_of("streams.lance"), &schema, "overwrite=true", &writer));
    make_stream(&stream, 5, 10, fail_at);
    CHECK_FAILS(LW_IO, "errno 5: the producer gave up", lw_write_stream(writer, &stream, &rows));
    CHECK_EQUAL(-1, rows);
    make_stream(&stream, 2, 10, 0);
    CHECK_OK(lw_write_stream(writer, &stream, &rows));
    CHECK_EQUAL(20, rows);
    lw_summary summary = {.struct_size = sizeof summary};
    CHECK_OK(lw_finish(writer, &summary));
    CHECK_EQUAL(10 * (fail_at - 1) + 20, summary.rows);
    CHECK_OK(lw_writer_close(writer));
  }
}

static int schema_that_fails(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  (void)stream;
  (void)out;
  return 5;
}

/* The first thing that is asked of a stream; the writer takes another stream after it. */
static void stream_without_schema(void) {
  struct ArrowArrayStream stream;
  lw_writer *writer = NULL;
  int64_t rows = -1;
  CHECK_OK(lw_writer_open(path_of("schema.lance"), NULL, NULL, &writer));
  make_stream(&stream, 5, 10, 0);
  stream.get_schema = schema_that_fails;
  CHECK_FAILS(LW_IO, "errno 5: the producer gave up", lw_write_stream(writer, &stream, &rows));
  CHECK(stream.release == NULL);
  CHECK_EQUAL(-1, rows);
  make_stream(&stream, 2, 10, 0);
  CHECK_OK(lw_write_stream(writer, &stream, &rows));
  CHECK_EQUAL(20, rows);
  CHECK_OK(lw_finish(writer, NULL));
  CHECK_OK(lw_writer_close(writer));
}

int main(void) {
  start();
  struct file file = {.fail_at = 0};
  good_sink(&file);
  writes_that_fail(file.writes);
  ends_that_fail();
  sinks_of_write_alone();
  callbacks_that_call_back();
  good_source(&file);
  reads_that_fail(&file);
  sources_that_lie(&file);
  streams_that_fail();
  stream_without_schema();
  free(file.bytes);
  CHECK_EQUAL(structs_made, structs_released);
  return passed("callbacks");
}
