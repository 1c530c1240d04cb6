/* Many files, after which the process has as much memory and as many descriptors as before. */
#include <dirent.h>
#include <unistd.h>

#include "arrow.h"
#include "check.h"

static long resident_kib(void) {
  long kib = 0;
  char line[256];
  FILE *status = fopen("/proc/self/status", "r");
  CHECK(status != NULL);
  while (fgets(line, sizeof line, status) != NULL) {
    sscanf(line, "VmRSS: %ld", &kib);
  }
  fclose(status);
  return kib;
}

static int descriptors(void) {
  int count = 0;
  DIR *entries = opendir("/proc/self/fd");
  CHECK(entries != NULL);
  while (readdir(entries) != NULL) {
    count++;
  }
  closedir(entries);
  return count;
}

/* A file that is written and read, one that is given up, and calls that fail. */
static void one_round(void) {
  const char *path = path_of("leaks.lance");
  struct ArrowSchema schema;
  struct ArrowArray array;
  struct ArrowArrayStream stream;
  lw_writer *writer = NULL;
  lw_reader *reader = NULL;
  const char *json = NULL;
  make_schema(&schema);
  CHECK_OK(lw_writer_open(path, &schema, "overwrite=true", &writer));
  make_array(&array, 0, 100);
  CHECK_OK(lw_write(writer, &array, NULL));
  make_stream(&stream, 1, 50, 0);
  CHECK_OK(lw_write_stream(writer, &stream, NULL));
  CHECK_OK(lw_finish(writer, NULL));
  CHECK_OK(lw_writer_summary_json(writer, &json));
  CHECK_OK(lw_writer_close(writer));
  make_schema(&schema);
  CHECK_OK(lw_writer_open(path, &schema, "overwrite=true", &writer));
  make_array(&array, 0, 100);
  CHECK_OK(lw_write(writer, &array, NULL));
  CHECK_OK(lw_writer_close(writer));
  CHECK_OK(lw_reader_open(path, NULL, &reader));
  CHECK_OK(lw_scan(reader, NULL, &stream));
  CHECK_EQUAL(0, stream.get_next(&stream, &array));
  CHECK_EQUAL(150, array.length);
  stream.release(&stream);
  array.release(&array);
  CHECK_OK(lw_reader_close(reader));
  CHECK_EQUAL(LW_IO, lw_reader_open(path_of("no such file"), NULL, &reader));
}

int main(int count, char **arguments) {
  int rounds = count > 1 ? atoi(arguments[1]) : 13000;
  int warm_up = rounds * 3 / 13;
  start();
  for (int i = 0; i < warm_up; i++) {
    one_round();
  }
  long kib = resident_kib();
  int open = descriptors();
  for (int i = warm_up; i < rounds; i++) {
    one_round();
  }
  printf("resident: %ld KiB after %d rounds, %ld KiB after %d\n", kib, warm_up, resident_kib(),
         rounds);
  CHECK(resident_kib() <= kib + kib / 50);
  CHECK_EQUAL(open, descriptors());
  CHECK_EQUAL(structs_made, structs_released);
  return passed("leaks");
}
