#include "check.h"

#include <unistd.h>

#define MAX_OPTIONS 16

long checks_done;

const char *path_of(const char *name) {
  static _Thread_local char paths[8][512];
  static _Thread_local int next;
  const char *folder = getenv("LW_TEST_FOLDER");
  char *path = paths[next++ % 8];
  snprintf(path, sizeof paths[0], "%s/%s", folder == NULL ? "/tmp" : folder, name);
  return path;
}

void start(void) {
  static char text[1024];
  const char *list[MAX_OPTIONS];
  size_t count = 0;
  const char *said = getenv("LW_TEST_JVM_OPTIONS");
  snprintf(text, sizeof text, "%s", said == NULL ? "" : said);
  for (char *word = strtok(text, " "); word != NULL && count < MAX_OPTIONS;
       word = strtok(NULL, " ")) {
    list[count++] = word;
  }
  lw_start_options options = {.struct_size = sizeof options, .jvm_options = list,
                              .jvm_option_count = count};
  CHECK_OK(lw_start(LW_ABI_VERSION, &options));
}

int passed(const char *name) {
  printf("%s: %ld checks\n", name, checks_done);
  fflush(stdout);
  return 0;
}
