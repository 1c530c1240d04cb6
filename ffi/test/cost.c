/* What calls cost: an empty one, lw_write of 1,024 rows, the start. Prints figures, for Java to compare. */
#include <time.h>

#include "arrow.h"
#include "check.h"

enum { ROWS = 1024, CALLS = 20000 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* The array's memory is the program's, and is written again and again. */
static void leave(struct ArrowArray *array) { array->release = NULL; }

static double empty_call(void) {
  struct ArrowSchema schema;
  lw_writer *writer = NULL;
  int64_t bytes;
  double best = 1;
  make_schema(&schema);
  CHECK_OK(lw_writer_open(path_of("cost.lance"), &schema, "overwrite=true", &writer));
  for (int i = 0; i < 20; i++) {
    double begin = now();
    for (int j = 0; j < 100000; j++) {
      lw_writer_position(writer, &bytes);
    }
    double each = (now() - begin) / 100000;
    best = each < best ? each : best;
  }
  CHECK_OK(lw_writer_close(writer));
  return best;
}

/* Microseconds of a call, the best of several files. */
static double write_call(void) {
  struct ArrowSchema schema;
  struct ArrowArray batch;
  double best = 1;
  make_array(&batch, 0, ROWS);
  for (int i = 0; i < 10; i++) {
    lw_writer *writer = NULL;
    make_schema(&schema);
    CHECK_OK(lw_writer_open(path_of("cost.lance"), &schema, "overwrite=true", &writer));
    double begin = now();
    for (int j = 0; j < CALLS / 10; j++) {
      struct ArrowArray array = batch;
      array.release = leave;
      CHECK_OK(lw_write(writer, &array, NULL));
    }
    double each = (now() - begin) / (CALLS / 10);
    best = each < best ? each : best;
    CHECK_OK(lw_finish(writer, NULL));
    CHECK_OK(lw_writer_close(writer));
  }
  batch.release(&batch);
  return best;
}

int main(void) {
  double begin = now();
  start();
  double started = now() - begin;
  struct ArrowSchema schema;
  lw_writer *writer = NULL;
  make_schema(&schema);
  CHECK_OK(lw_writer_open(path_of("cost.lance"), &schema, "overwrite=true", &writer));
  double opened = now() - begin;
  CHECK_OK(lw_writer_close(writer));
  double empty = empty_call();
  double write = write_call();
  printf("cost: start %.0f ms, with the first call %.0f ms, an empty call %.0f ns, "
         "lw_write of 1,024 rows %.2f us\n",
         1e3 * started, 1e3 * opened, 1e9 * empty, 1e6 * write);
  return 0;
}
