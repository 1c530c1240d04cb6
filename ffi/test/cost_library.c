/* What Cost.java compares: lw_write in a loop of C, and the same array for Java's own call. */
#include "arrow.h"
#include "check.h"

enum { ROWS = 1024 };

static struct ArrowArray batch;
static struct ArrowArray given;
static lw_writer *writer;

/* The array's memory is the library's, and is written again and again. */
static void leave(struct ArrowArray *array) { array->release = NULL; }

LW_EXPORT void cost_start(void) {
  start();
  make_array(&batch, 0, ROWS);
}

LW_EXPORT void cost_schema(struct ArrowSchema *schema) { make_schema(schema); }

LW_EXPORT void cost_open(const char *path) {
  struct ArrowSchema schema;
  make_schema(&schema);
  CHECK_OK(lw_writer_open(path, &schema, "overwrite=true", &writer));
}

LW_EXPORT void cost_close(void) {
  CHECK_OK(lw_finish(writer, NULL));
  CHECK_OK(lw_writer_close(writer));
}

/* Fills the array anew, and returns it. */
LW_EXPORT struct ArrowArray *cost_array(void) {
  given = batch;
  given.release = leave;
  return &given;
}

LW_EXPORT void cost_write(int calls) {
  for (int i = 0; i < calls; i++) {
    CHECK_OK(lw_write(writer, cost_array(), NULL));
  }
}
