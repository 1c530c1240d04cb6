/* The native half of Example.java. */
#include <jni.h>
#include <stdio.h>

#include "lancewright.h"

enum { ROWS = 1000 };

static void release_schema(struct ArrowSchema *schema) { schema->release = NULL; }
static void release_array(struct ArrowArray *array) { array->release = NULL; }

static int write_rows(const char *path) {
  static int32_t values[ROWS];
  const void *buffers[] = {NULL, values};
  const void *no_buffers[] = {NULL};
  struct ArrowSchema field = {.format = "i", .name = "n", .release = release_schema};
  struct ArrowSchema *fields[] = {&field};
  struct ArrowSchema schema = {
      .format = "+s", .name = "", .n_children = 1, .children = fields, .release = release_schema};
  struct ArrowArray column = {
      .length = ROWS, .n_buffers = 2, .buffers = buffers, .release = release_array};
  struct ArrowArray *columns[] = {&column};
  struct ArrowArray batch = {.length = ROWS, .n_buffers = 1, .buffers = no_buffers,
                             .n_children = 1, .children = columns, .release = release_array};
  lw_writer *writer = NULL;
  for (int32_t i = 0; i < ROWS; i++) {
    values[i] = i;
  }
  int code = lw_writer_open(path, &schema, "overwrite=true", &writer);
  code = code != LW_OK ? code : lw_write(writer, &batch, NULL);
  code = code != LW_OK ? code : lw_finish(writer, NULL);
  if (code != LW_OK) {
    fprintf(stderr, "%s\n", lw_last_error());
  }
  lw_writer_close(writer);
  return code;
}

JNIEXPORT void JNICALL Java_Example_start(JNIEnv *env, jclass owner, jlong table) {
  (void)owner;
  if (lw_start_with_table(LW_ABI_VERSION, table) != LW_OK) {
    (*env)->ThrowNew(env, (*env)->FindClass(env, "java/lang/IllegalStateException"),
                     lw_last_error());
  }
}

JNIEXPORT jlong JNICALL Java_Example_write(JNIEnv *env, jclass owner, jstring path) {
  (void)owner;
  const char *text = (*env)->GetStringUTFChars(env, path, NULL);
  int code = text == NULL ? LW_NO_MEMORY : write_rows(text);
  if (text != NULL) {
    (*env)->ReleaseStringUTFChars(env, path, text);
  }
  return code == LW_OK ? ROWS : code;
}
