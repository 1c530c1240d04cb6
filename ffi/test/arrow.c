#include "arrow.h"

#include "check.h"

long structs_made;
long structs_released;

static void count(long *counter) { __atomic_add_fetch(counter, 1, __ATOMIC_RELAXED); }

static void free_schema(struct ArrowSchema *schema) {
  for (int64_t i = 0; i < schema->n_children; i++) {
    struct ArrowSchema *child = schema->children[i];
    if (child->release != NULL) {
      child->release(child);
    }
    free(child);
  }
  free(schema->children);
  schema->release = NULL;
  count(&structs_released);
}

static void make_field(struct ArrowSchema *schema, const char *format, const char *name,
                       int64_t flags, int64_t children) {
  memset(schema, 0, sizeof *schema);
  schema->format = format;
  schema->name = name;
  schema->flags = flags;
  schema->n_children = children;
  schema->children = children == 0 ? NULL : calloc((size_t)children, sizeof *schema->children);
  for (int64_t i = 0; i < children; i++) {
    schema->children[i] = calloc(1, sizeof **schema->children);
  }
  schema->release = free_schema;
  count(&structs_made);
}

void make_schema(struct ArrowSchema *schema) {
  make_field(schema, "+s", "", 0, 2);
  make_field(schema->children[0], "l", "id", 0, 0);
  make_field(schema->children[1], "u", "name", ARROW_FLAG_NULLABLE, 0);
}

static void free_array(struct ArrowArray *array) {
  for (int64_t i = 0; i < array->n_children; i++) {
    struct ArrowArray *child = array->children[i];
    if (child->release != NULL) {
      child->release(child);
    }
    free(child);
  }
  for (int64_t i = 0; i < array->n_buffers; i++) {
    free((void *)array->buffers[i]);
  }
  free(array->children);
  free(array->buffers);
  array->release = NULL;
  count(&structs_released);
}

static void make_node(struct ArrowArray *array, int64_t rows, int64_t nulls, int64_t buffers,
                      int64_t children) {
  memset(array, 0, sizeof *array);
  array->length = rows;
  array->null_count = nulls;
  array->n_buffers = buffers;
  array->n_children = children;
  array->buffers = calloc((size_t)buffers, sizeof *array->buffers);
  array->children = children == 0 ? NULL : calloc((size_t)children, sizeof *array->children);
  for (int64_t i = 0; i < children; i++) {
    array->children[i] = calloc(1, sizeof **array->children);
  }
  array->release = free_array;
  count(&structs_made);
}

void make_array(struct ArrowArray *array, int64_t first, int64_t rows) {
  size_t n = (size_t)rows;
  int64_t *ids = malloc(8 * n + 8);
  uint8_t *validity = calloc(1, n / 8 + 1);
  int32_t *offsets = malloc(4 * n + 4);
  char *text = malloc(32 * n + 32);
  int64_t nulls = 0;
  offsets[0] = 0;
  for (int64_t i = 0; i < rows; i++) {
    int length = 0;
    ids[i] = first + i;
    if (ids[i] % 7 == 0) {
      nulls++;
    } else {
      validity[i / 8] |= (uint8_t)(1 << i % 8);
      length = sprintf(text + offsets[i], "row-%lld", (long long)ids[i]);
    }
    offsets[i + 1] = offsets[i] + length;
  }
  make_node(array, rows, 0, 1, 2);
  make_node(array->children[0], rows, 0, 2, 0);
  array->children[0]->buffers[1] = ids;
  make_node(array->children[1], rows, nulls, 3, 0);
  array->children[1]->buffers[0] = validity;
  array->children[1]->buffers[1] = offsets;
  array->children[1]->buffers[2] = text;
}

struct producer {
  int64_t arrays;
  int64_t rows_each;
  int64_t fail_at;
  int64_t calls;
};

static int stream_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  (void)stream;
  make_schema(out);
  return 0;
}

static int stream_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  struct producer *producer = stream->private_data;
  int64_t call = ++producer->calls;
  if (call == producer->fail_at) {
    return 5;
  }
  memset(out, 0, sizeof *out);
  if (call <= producer->arrays) {
    make_array(out, (call - 1) * producer->rows_each, producer->rows_each);
  }
  return 0;
}

static const char *stream_error(struct ArrowArrayStream *stream) {
  (void)stream;
  return "the producer gave up";
}

static void free_stream(struct ArrowArrayStream *stream) {
  free(stream->private_data);
  stream->release = NULL;
  count(&structs_released);
}

void make_stream(struct ArrowArrayStream *stream, int64_t arrays, int64_t rows_each,
                 int64_t fail_at) {
  struct producer *producer = calloc(1, sizeof *producer);
  producer->arrays = arrays;
  producer->rows_each = rows_each;
  producer->fail_at = fail_at;
  stream->get_schema = stream_schema;
  stream->get_next = stream_next;
  stream->get_last_error = stream_error;
  stream->release = free_stream;
  stream->private_data = producer;
  count(&structs_made);
}

static int is_valid(const struct ArrowArray *array, int64_t row) {
  const uint8_t *validity = array->buffers[0];
  int64_t bit = array->offset + row;
  return validity == NULL || (validity[bit / 8] >> bit % 8 & 1);
}

static void check_array(const struct ArrowArray *array, int64_t first) {
  const struct ArrowArray *ids = array->children[0];
  const struct ArrowArray *names = array->children[1];
  const int64_t *id = (const int64_t *)ids->buffers[1] + ids->offset;
  const int32_t *offset = (const int32_t *)names->buffers[1] + names->offset;
  for (int64_t i = 0; i < array->length; i++) {
    char expected[32];
    int length = sprintf(expected, "row-%lld", (long long)(first + i));
    if (id[i] != first + i || is_valid(names, i) != ((first + i) % 7 != 0)) {
      CHECK_EQUAL(first + i, id[i]);
      CHECK_EQUAL((first + i) % 7 != 0, is_valid(names, i));
    }
    if (is_valid(names, i)) {
      const char *text = (const char *)names->buffers[2] + offset[i];
      if (offset[i + 1] - offset[i] != length || memcmp(text, expected, (size_t)length) != 0) {
        CHECK(!"the name is another one");
      }
    }
  }
  CHECK(array->length > 0);
}

int64_t check_rows(struct ArrowArrayStream *stream, int64_t first) {
  struct ArrowSchema schema;
  int64_t rows = 0;
  CHECK_EQUAL(0, stream->get_schema(stream, &schema));
  CHECK_EQUAL(2, schema.n_children);
  CHECK(strcmp(schema.children[0]->format, "l") == 0);
  CHECK(strcmp(schema.children[1]->name, "name") == 0);
  schema.release(&schema);
  for (;;) {
    struct ArrowArray array;
    CHECK_EQUAL(0, stream->get_next(stream, &array));
    if (array.release == NULL) {
      break;
    }
    check_array(&array, first + rows);
    rows += array.length;
    array.release(&array);
  }
  stream->release(stream);
  CHECK(stream->release == NULL);
  return rows;
}

void write_rows(const char *path, const char *options, int64_t rows) {
  struct ArrowSchema schema;
  struct ArrowArray array;
  lw_writer *writer = NULL;
  make_schema(&schema);
  CHECK_OK(lw_writer_open(path, &schema, options, &writer));
  for (int64_t first = 0; first < rows; first += 1024) {
    make_array(&array, first, rows - first < 1024 ? rows - first : 1024);
    CHECK_OK(lw_write(writer, &array, NULL));
  }
  CHECK_OK(lw_finish(writer, NULL));
  CHECK_OK(lw_writer_close(writer));
}
