/* Arrays that contradict themselves are refused and released, and leave the writer as it was. */
#include "arrow.h"
#include "check.h"

enum { ROWS = 30 };

typedef void damage(struct ArrowArray *array);

static struct ArrowArray *names(struct ArrowArray *array) { return array->children[1]; }

static void drop_buffer(struct ArrowArray *array, int index) {
  free((void *)array->buffers[index]);
  array->buffers[index] = NULL;
}

static int32_t *offsets(struct ArrowArray *array) { return (int32_t *)names(array)->buffers[1]; }

#define DAMAGE(name, statement) \
  static void name(struct ArrowArray *a) { statement; }

DAMAGE(negative_length, a->length = -1)
DAMAGE(huge_length, a->length = INT64_MAX)
DAMAGE(longer_than_columns, a->length = ROWS + 1)
DAMAGE(negative_offset, a->offset = -4)
DAMAGE(huge_offset, a->offset = INT64_MAX)
DAMAGE(offset_beyond_columns, a->offset = 1)
DAMAGE(null_count_too_small, a->null_count = -2)
DAMAGE(nulls_of_the_batch, a->null_count = 3)
DAMAGE(a_dictionary, a->dictionary = a)
DAMAGE(short_column, names(a)->length = ROWS - 1)
DAMAGE(negative_column, names(a)->length = -1)
DAMAGE(huge_column_offset, names(a)->offset = INT64_MAX - 1)
DAMAGE(large_column_offset, a->children[0]->offset = (INT64_C(1) << 60))
DAMAGE(too_many_nulls, names(a)->null_count = ROWS + 1)
DAMAGE(nulls_without_validity, drop_buffer(names(a), 0))
DAMAGE(no_offsets, drop_buffer(names(a), 1))
DAMAGE(no_data, drop_buffer(names(a), 2))
DAMAGE(no_values, drop_buffer(a->children[0], 1))
DAMAGE(first_offset_negative, offsets(a)[0] = -1)
DAMAGE(first_offset_too_large, offsets(a)[0] = 1 << 30)
DAMAGE(offsets_that_decrease, offsets(a)[5] = offsets(a)[4] - 1)
DAMAGE(last_offset_negative, offsets(a)[ROWS] = -5)
DAMAGE(text_that_is_not_utf8, memset((void *)names(a)->buffers[2], 0xff, 8))

/* These change what the array's own release looks at, which is put back before it runs. */

static struct ArrowArray kept;
static struct ArrowArray *changed;
static void (*own_release)(struct ArrowArray *);

static void put_back(struct ArrowArray *array) {
  void (*release)(struct ArrowArray *) = own_release;
  *changed = kept;
  if (changed != array) {
    array->release = release;
  } else {
    *array = kept;
    array->release = release;
  }
  release(array);
}

/* Damages a node of a batch for as long as it is not released. */
static void keep(struct ArrowArray *batch, struct ArrowArray *node) {
  kept = *node;
  changed = node;
  own_release = batch->release;
  batch->release = put_back;
}

/* The batch itself is moved, so that its own members are put back where it then lies. */
static void release_moved(struct ArrowArray *array) {
  *array = kept;
  array->release(array);
}

static void keep_batch(struct ArrowArray *batch) {
  kept = *batch;
  batch->release = release_moved;
}

DAMAGE(too_few_buffers, keep(a, names(a)); names(a)->n_buffers = 2)
DAMAGE(too_many_buffers, keep(a, names(a)); names(a)->n_buffers = 4)
DAMAGE(negative_buffers, keep(a, names(a)); names(a)->n_buffers = -1)
DAMAGE(no_buffer_list, keep(a, names(a)); names(a)->buffers = NULL)
DAMAGE(children_of_text, keep(a, names(a)); names(a)->n_children = 1)
DAMAGE(released_column, keep(a, names(a)); names(a)->release = NULL)
DAMAGE(no_children, keep_batch(a); a->n_children = 0)
DAMAGE(too_many_children, keep_batch(a); a->n_children = 3)
DAMAGE(negative_children, keep_batch(a); a->n_children = -1)
DAMAGE(no_child_list, keep_batch(a); a->children = NULL)
DAMAGE(no_batch_buffers, keep_batch(a); a->n_buffers = 0)
DAMAGE(no_batch_buffer_list, keep_batch(a); a->buffers = NULL)

static struct ArrowArray *child_list[2];

DAMAGE(null_child, keep_batch(a); child_list[0] = a->children[0]; child_list[1] = NULL;
       a->children = child_list)
DAMAGE(child_off_by_one, keep_batch(a); child_list[0] = (struct ArrowArray *)(intptr_t)0x1001;
       child_list[1] = a->children[1]; a->children = child_list)

static damage *const all[] = {
    negative_length, huge_length, longer_than_columns, negative_offset, huge_offset,
    offset_beyond_columns, null_count_too_small, nulls_of_the_batch, a_dictionary, short_column,
    negative_column, huge_column_offset, large_column_offset, too_many_nulls,
    nulls_without_validity, no_offsets, no_data, no_values, first_offset_negative,
    first_offset_too_large, offsets_that_decrease, last_offset_negative, text_that_is_not_utf8,
    too_few_buffers, too_many_buffers, negative_buffers, no_buffer_list, children_of_text,
    released_column, no_children, too_many_children, negative_children, no_child_list,
    no_batch_buffers, no_batch_buffer_list, null_child, child_off_by_one};

static void arrays(void) {
  struct ArrowSchema schema;
  struct ArrowArray array;
  struct ArrowArrayStream stream;
  lw_writer *writer = NULL;
  lw_reader *reader = NULL;
  int64_t rows = 0;
  make_schema(&schema);
  CHECK_OK(lw_writer_open(path_of("malformed.lance"), &schema, "overwrite=true", &writer));
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    make_array(&array, rows, ROWS);
    all[i](&array);
    int code = lw_write(writer, &array, NULL);
    if (code != LW_BAD_ARGUMENT) {
      fprintf(stderr, "damage %zu\n", i);
    }
    CHECK_FAILS(LW_BAD_ARGUMENT, "", code);
    CHECK(array.release == NULL);
    CHECK_EQUAL(structs_made, structs_released);
    make_array(&array, rows, ROWS);
    CHECK_OK(lw_write(writer, &array, NULL));
    rows += ROWS;
  }
  CHECK_OK(lw_finish(writer, NULL));
  CHECK_OK(lw_writer_close(writer));
  CHECK_OK(lw_reader_open(path_of("malformed.lance"), NULL, &reader));
  CHECK_OK(lw_scan(reader, NULL, &stream));
  CHECK_EQUAL(rows, check_rows(&stream, 0));
  CHECK_OK(lw_reader_close(reader));
}

static void schemas(void) {
  static const char *const formats[] = {"",    "?",  "w:",       "w:-1", "d:",  "d:99999999999,1",
                                        "tss", "+w:", "+w:99999999999", "+m",  "\xff", "llllll"};
  lw_writer *writer = NULL;
  struct ArrowSchema schema;
  for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
    make_schema(&schema);
    schema.children[1]->format = formats[i];
    CHECK_FAILS(LW_BAD_ARGUMENT, "name",
                lw_writer_open(path_of("schemas.lance"), &schema, NULL, &writer));
    CHECK(schema.release == NULL);
  }
  make_schema(&schema);
  schema.children[1]->format = NULL;
  CHECK_FAILS(LW_BAD_ARGUMENT, "", lw_writer_open(path_of("x.lance"), &schema, NULL, &writer));
  make_schema(&schema);
  schema.children[1]->name = "id";
  CHECK_FAILS(LW_BAD_ARGUMENT, "id", lw_writer_open(path_of("x.lance"), &schema, NULL, &writer));
  make_schema(&schema);
  schema.children[0]->metadata = "\xff\xff\xff\xff";
  CHECK_FAILS(LW_BAD_ARGUMENT, "id", lw_writer_open(path_of("x.lance"), &schema, NULL, &writer));
  CHECK_EQUAL(structs_made, structs_released);
}

int main(void) {
  start();
  schemas();
  arrays();
  return passed("malformed");
}
