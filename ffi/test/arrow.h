/* Arrays for the tests, whose releases are counted. */
#ifndef ARROW_H
#define ARROW_H

#include "../lancewright.h"

/* How many structs were made, and how many of them were released. */
extern long structs_made;
extern long structs_released;

/* The schema of the arrays: id int64, name utf8 with nulls. */
void make_schema(struct ArrowSchema *schema);

/* Rows: ids from first on, names "row-N", null for each seventh row. */
void make_array(struct ArrowArray *array, int64_t first, int64_t rows);

/*
 * A stream of arrays; get_next fails with errno 5 at the call fail_at, counted from 1; 0 for never.
 */
void make_stream(struct ArrowArrayStream *stream, int64_t arrays, int64_t rows_each,
                 int64_t fail_at);

/* Reads a stream of such rows to its end, checks the values and releases it. Returns the rows. */
int64_t check_rows(struct ArrowArrayStream *stream, int64_t first);

/* Writes a file of such rows. */
void write_rows(const char *path, const char *options, int64_t rows);

#endif
