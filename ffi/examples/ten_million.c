/*
 * Writes 10 million rows from buffers of its own: no copy is made for the sake of Arrow. A batch is
 * two arrays of C, described by structs on the stack.
 */
#include <stdio.h>
#include <stdlib.h>

#include "lancewright.h"

enum { BATCH = 65536, ROWS = 10000000 };

static int64_t ids[BATCH];
static double values[BATCH];

static void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, lw_last_error());
  exit(1);
}

/* The structs are static and the memory is ours: there is nothing to free. */
static void release_schema(struct ArrowSchema *schema) { schema->release = NULL; }
static void release_array(struct ArrowArray *array) { array->release = NULL; }

static lw_writer *open_writer(const char *path) {
  struct ArrowSchema id = {.format = "l", .name = "id", .release = release_schema};
  struct ArrowSchema value = {.format = "g", .name = "value", .release = release_schema};
  struct ArrowSchema *columns[] = {&id, &value};
  struct ArrowSchema schema = {
      .format = "+s", .name = "", .n_children = 2, .children = columns, .release = release_schema};
  lw_writer *writer = NULL;
  if (lw_writer_open(path, &schema, "overwrite=true", &writer) != LW_OK) {
    die("open");
  }
  return writer;
}

static void write_batch(lw_writer *writer, int64_t rows) {
  const void *id_buffers[] = {NULL, ids};
  const void *value_buffers[] = {NULL, values};
  const void *no_buffers[] = {NULL};
  struct ArrowArray id = {
      .length = rows, .n_buffers = 2, .buffers = id_buffers, .release = release_array};
  struct ArrowArray value = {
      .length = rows, .n_buffers = 2, .buffers = value_buffers, .release = release_array};
  struct ArrowArray *columns[] = {&id, &value};
  struct ArrowArray batch = {.length = rows,
                             .n_buffers = 1,
                             .buffers = no_buffers,
                             .n_children = 2,
                             .children = columns,
                             .release = release_array};
  if (lw_write(writer, &batch, NULL) != LW_OK) {
    die("write");
  }
}

int main(int count, char **arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: %s FILE\n", arguments[0]);
    return 2;
  }
  if (lw_start(LW_ABI_VERSION, NULL) != LW_OK) {
    die("start");
  }
  lw_writer *writer = open_writer(arguments[1]);
  for (int64_t first = 0; first < ROWS; first += BATCH) {
    int64_t rows = ROWS - first < BATCH ? ROWS - first : BATCH;
    for (int64_t i = 0; i < rows; i++) {
      ids[i] = first + i;
      values[i] = 0.25 * (double)((first + i) % 1000);
    }
    write_batch(writer, rows);
  }
  lw_summary summary = {.struct_size = sizeof summary};
  if (lw_finish(writer, &summary) != LW_OK || lw_writer_close(writer) != LW_OK) {
    die("finish");
  }
  if (summary.rows != ROWS) {
    return 1;
  }
  printf("C: %lld rows, %lld bytes\n", (long long)summary.rows, (long long)summary.bytes);
  return 0;
}
