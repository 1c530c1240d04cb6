/* Checks of the tests: each is counted, and the first that fails ends the program. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lancewright.h"

extern long checks_done;

#define CHECK(condition)                                                              \
  do {                                                                                \
    __atomic_add_fetch(&checks_done, 1, __ATOMIC_RELAXED);                            \
    if (!(condition)) {                                                               \
      fprintf(stderr, "%s:%d: not true: %s (last error: %s)\n", __FILE__, __LINE__,   \
              #condition, lw_last_error());                                           \
      exit(1);                                                                        \
    }                                                                                 \
  } while (0)

#define CHECK_EQUAL(expected, actual)                                                 \
  do {                                                                                \
    long long expected_ = (long long)(expected);                                      \
    long long actual_ = (long long)(actual);                                          \
    __atomic_add_fetch(&checks_done, 1, __ATOMIC_RELAXED);                            \
    if (expected_ != actual_) {                                                       \
      fprintf(stderr, "%s:%d: %s is %lld, not %lld (last error: %s)\n", __FILE__,     \
              __LINE__, #actual, actual_, expected_, lw_last_error());                \
      exit(1);                                                                        \
    }                                                                                 \
  } while (0)

#define CHECK_OK(call) CHECK_EQUAL(LW_OK, call)

/* A call that fails with a code and a text that has a certain part. */
#define CHECK_FAILS(code, part, call)                                                 \
  do {                                                                                \
    CHECK_EQUAL(code, call);                                                          \
    if (strstr(lw_last_error(), part) == NULL) {                                      \
      fprintf(stderr, "%s:%d: '%s' has no '%s'\n", __FILE__, __LINE__,                \
              lw_last_error(), part);                                                 \
      exit(1);                                                                        \
    }                                                                                 \
  } while (0)

/* A path in the folder of this run, in memory that the next 8 calls of the thread do not use. */
const char *path_of(const char *name);

/* Starts the library, with the options in LW_TEST_JVM_OPTIONS. */
void start(void);

/* Ends a test: prints the number of checks. */
int passed(const char *name);

#endif
