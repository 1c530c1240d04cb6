/*
 * What the start costs, and a call that does nothing. Prints figures; Cost.java has those of a
 * write.
 */
#include <time.h>

#include "arrow.h"
#include "check.h"

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

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
  printf("cost: start %.0f ms, with the first writer %.0f ms, a call that does nothing %.0f ns\n",
         1e3 * started, 1e3 * opened, 1e9 * empty);
  return 0;
}
