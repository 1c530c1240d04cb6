/* Writers and readers on many threads, none of which knows of Java. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "arrow.h"
#include "check.h"

enum { THREADS = 100 };

static void run_threads(int count, void *(*body)(void *), void *argument) {
  pthread_t threads[THREADS];
  for (int i = 0; i < count; i++) {
    CHECK_EQUAL(0, pthread_create(&threads[i], NULL, body,
                                  argument != NULL ? argument : (void *)(intptr_t)i));
  }
  for (int i = 0; i < count; i++) {
    CHECK_EQUAL(0, pthread_join(threads[i], NULL));
  }
}

static void *start_too(void *argument) {
  (void)argument;
  start();
  return NULL;
}

static atomic_long files;

static void *write_file(void *argument) {
  char name[64];
  lw_reader *reader = NULL;
  struct ArrowArrayStream stream;
  sprintf(name, "thread-%d-%ld.lance", (int)(intptr_t)argument, (long)atomic_fetch_add(&files, 1));
  CHECK(strcmp(lw_last_error(), "") == 0);
  write_rows(path_of(name), NULL, 5000);
  CHECK_OK(lw_reader_open(path_of(name), NULL, &reader));
  CHECK_OK(lw_verify(reader, NULL));
  CHECK_OK(lw_scan(reader, NULL, &stream));
  CHECK_EQUAL(5000, check_rows(&stream, 0));
  CHECK_OK(lw_reader_close(reader));
  CHECK_EQUAL(LW_BAD_HANDLE, lw_reader_close(reader));
  return NULL;
}

/* A writer that goes from thread to thread. */
struct baton {
  lw_writer *writer;
  int64_t rows;
};

static void *write_next(void *argument) {
  struct baton *baton = argument;
  struct ArrowArray array;
  make_array(&array, baton->rows, 500);
  CHECK_OK(lw_write(baton->writer, &array, NULL));
  baton->rows += 500;
  return NULL;
}

static void *finish(void *argument) {
  struct baton *baton = argument;
  CHECK_OK(lw_finish(baton->writer, NULL));
  return NULL;
}

static void *close_writer(void *argument) {
  struct baton *baton = argument;
  CHECK_OK(lw_writer_close(baton->writer));
  return NULL;
}

static void handing_over(void) {
  struct baton baton = {.rows = 0};
  struct ArrowSchema schema;
  lw_reader *reader = NULL;
  struct ArrowArrayStream stream;
  make_schema(&schema);
  CHECK_OK(lw_writer_open(path_of("baton.lance"), &schema, NULL, &baton.writer));
  for (int i = 0; i < 20; i++) {
    run_threads(1, write_next, &baton);
  }
  run_threads(1, finish, &baton);
  run_threads(1, close_writer, &baton);
  CHECK_OK(lw_reader_open(path_of("baton.lance"), NULL, &reader));
  CHECK_OK(lw_scan(reader, NULL, &stream));
  CHECK_EQUAL(10000, check_rows(&stream, 0));
  CHECK_OK(lw_reader_close(reader));
}

/* A writer that several threads use at once: each call succeeds or says so. */
static lw_writer *shared;
static atomic_long written;
static atomic_long refused;

static void *write_shared(void *argument) {
  struct ArrowArray array;
  (void)argument;
  for (int i = 0; i < 200; i++) {
    make_array(&array, 0, 100);
    int code = lw_write(shared, &array, NULL);
    CHECK(array.release == NULL);
    if (code == LW_OK) {
      atomic_fetch_add(&written, 100);
    } else {
      CHECK_FAILS(LW_BAD_STATE, "in use by thread", code);
      atomic_fetch_add(&refused, 1);
    }
  }
  return NULL;
}

static void two_at_once(void) {
  struct ArrowSchema schema;
  lw_summary summary = {.struct_size = sizeof summary};
  make_schema(&schema);
  CHECK_OK(lw_writer_open(path_of("shared.lance"), &schema, NULL, &shared));
  run_threads(8, write_shared, NULL);
  CHECK_OK(lw_finish(shared, &summary));
  CHECK_EQUAL(written, summary.rows);
  CHECK(written > 0 && refused > 0);
  CHECK_OK(lw_writer_close(shared));
}

/* A writer and a reader that are closed while others use them. */
static atomic_bool closed;

static void *write_until_closed(void *argument) {
  struct ArrowArray array;
  int code;
  (void)argument;
  do {
    make_array(&array, 0, 100);
    code = lw_write(shared, &array, NULL);
    CHECK(code == LW_OK || code == LW_BAD_STATE || code == LW_BAD_HANDLE);
  } while (code != LW_BAD_HANDLE);
  return NULL;
}

static void *close_at_last(void *argument) {
  int code;
  (void)argument;
  do {
    code = lw_writer_close(shared);
    CHECK(code == LW_OK || code == LW_BAD_STATE);
  } while (code != LW_OK);
  return NULL;
}

static void *choose(void *argument) {
  return (intptr_t)argument == 0 ? close_at_last(argument) : write_until_closed(argument);
}

static lw_reader *shared_reader;

static void *read_until_closed(void *argument) {
  struct ArrowArrayStream stream;
  int64_t number = 0;
  (void)argument;
  for (;;) {
    int code = lw_scan(shared_reader, NULL, &stream);
    if (code == LW_OK) {
      CHECK_EQUAL(10000, check_rows(&stream, 0));
      code = lw_verify(shared_reader, NULL);
    }
    if (code == LW_OK) {
      code = lw_reader_rows(shared_reader, &number);
    }
    CHECK(code == LW_OK || code == LW_BAD_HANDLE);
    if (code != LW_OK) {
      return NULL;
    }
    if (argument == NULL && !atomic_exchange(&closed, true)) {
      CHECK_OK(lw_reader_close(shared_reader));
    }
  }
}

static void closing_under_others(void) {
  struct ArrowSchema schema;
  static const char *const options[] = {NULL, "mapped=true"};
  for (int i = 0; i < 10; i++) {
    make_schema(&schema);
    CHECK_OK(lw_writer_open(path_of("closing.lance"), &schema, "overwrite=true", &shared));
    run_threads(4, choose, NULL);
    closed = false;
    CHECK_OK(lw_reader_open(path_of("baton.lance"), options[i % 2], &shared_reader));
    run_threads(4, read_until_closed, NULL);
  }
}

/* A stream that is released in another thread than the one that read. */
static void *release_stream(void *argument) {
  struct ArrowArrayStream *stream = argument;
  stream->release(stream);
  return NULL;
}

static void *release_array(void *argument) {
  struct ArrowArray *array = argument;
  array->release(array);
  return NULL;
}

static void releasing_elsewhere(void) {
  struct ArrowArrayStream stream;
  struct ArrowArray array;
  lw_reader *reader = NULL;
  CHECK_OK(lw_reader_open(path_of("baton.lance"), NULL, &reader));
  CHECK_OK(lw_scan(reader, NULL, &stream));
  CHECK_EQUAL(0, stream.get_next(&stream, &array));
  CHECK_OK(lw_reader_close(reader));
  run_threads(1, release_stream, &stream);
  run_threads(1, release_array, &array);
}

int main(void) {
  run_threads(10, start_too, NULL);
  run_threads(2, write_file, NULL);
  run_threads(THREADS, write_file, NULL);
  handing_over();
  two_at_once();
  closing_under_others();
  releasing_elsewhere();
  CHECK_EQUAL(structs_made, structs_released);
  return passed("threads");
}
