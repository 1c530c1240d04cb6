/*
 * Writes Lance files from C, C++ and whatever calls C, and reads them back. The work is done by
 * lancewright.jar in a Java virtual machine, which lw_start starts in this process, or finds there.
 *
 * Codes. Functions return an int: LW_OK, one of the negative codes below, or a positive number,
 * which is what a callback of the caller's returned. lw_last_error tells more. After an error, what
 * a function was to fill is unchanged, unless it says otherwise.
 *
 * Handles. A lw_writer* or lw_reader* is a number, not an address. One that was closed, or that is
 * garbage, gives LW_BAD_HANDLE.
 *
 * Arrow structs. An array, schema or stream that is handed over is taken over: it is released
 * exactly once before the function returns, whatever it returns. The struct itself stays the
 * caller's, and is marked as released. Structs that a function fills are the caller's to release.
 *
 * Threads. All functions may be called from all threads that have at least 512 KiB of stack,
 * without more ado. A writer is for one thread at a time, and may be handed from one to another;
 * two at once get LW_BAD_STATE. A reader may be used by many; each stream of it is for one thread
 * at a time.
 *
 * Arguments. Pointers are not null unless it is said that they may be; text is UTF-8 and ends with
 * a NUL. What points to memory that is not the caller's cannot be found out, and ends the process.
 *
 * Callbacks. They return 0, or a positive code of their own, which the function that needed them
 * returns. They must not throw, nor jump out. They may call functions of this library, but none
 * with the writer that called them.
 */
#ifndef LANCEWRIGHT_H
#define LANCEWRIGHT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The Arrow C Data Interface, as its specification has it. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

/* The Arrow C Stream Interface, as its specification has it. */
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

#if defined(_WIN32)
#define LW_EXPORT
#else
#define LW_EXPORT __attribute__((visibility("default")))
#endif

/* The version of this interface. It changes when a program must be compiled again. */
#define LW_ABI_VERSION 1

enum lw_code {
  LW_OK = 0,
  /* An argument is null or has a value that is not allowed, or an Arrow struct is malformed. */
  LW_BAD_ARGUMENT = -1,
  /* A call that is not possible now: after the end, by two threads at once, before the schema. */
  LW_BAD_STATE = -2,
  /* A handle that was closed, that belongs to something else, or that is no handle. */
  LW_BAD_HANDLE = -3,
  /* The system failed, or an Arrow stream, or a callback with a code that is not positive. */
  LW_IO = -4,
  /* A file that is no Lance file, is cut short, or contradicts itself. */
  LW_BAD_FILE = -5,
  /* Memory is exhausted, on the Java heap or outside of it. */
  LW_NO_MEMORY = -6,
  /* A fault of the library or of the virtual machine. */
  LW_INTERNAL = -7,
  /* There is no virtual machine: none was found or started, or the process was forked since. */
  LW_NO_JVM = -8,
  /* Program, library and jar are of different versions of this interface. */
  LW_BAD_VERSION = -9
};

/* ---- Start ---------------------------------------------------------------------------------- */

/* The library's version, such as "0.1.0". Never fails, needs no start; valid forever. */
LW_EXPORT const char *lw_version(void);

/*
 * What was wrong when a function last failed in this thread, in a sentence; "" if none has. Needs
 * no start. Valid until the next failure in this thread, and not beyond the thread's end.
 */
LW_EXPORT const char *lw_last_error(void);

/* How to start. All but struct_size may be 0. */
typedef struct lw_start_options {
  /* sizeof(lw_start_options) */
  size_t struct_size;
  /*
   * The home of a JDK or JRE, at least Java 22; otherwise LANCEWRIGHT_JAVA_HOME, then JAVA_HOME,
   * then the newest in the usual places. Not used if a virtual machine runs in the process already.
   */
  const char *java_home;
  /*
   * Jars, separated by colons: lancewright.jar, protobuf-java, zstd-jni and lz4-java. Otherwise
   * lancewright.jar is looked for beside this library and in ../share/lancewright, and the others
   * there and in the folder "lib" beside it.
   */
  const char *class_path;
  /* Options of the virtual machine, such as "-Xmx256m", which override those of the library. */
  const char *const *jvm_options;
  size_t jvm_option_count;
} lw_start_options;

/*
 * Starts a virtual machine in this process, or attaches to the one that runs in it. It runs until
 * the process ends. A second call does nothing and returns LW_OK; calls of several threads at once
 * wait for the first. After a failure it may be called again, unless the virtual machine refused to
 * start.
 *
 * The virtual machine leaves SIGINT, SIGTERM, SIGHUP and SIGQUIT to the program (-Xrs). It needs
 * SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGPIPE, and passes on what it does not expect to the
 * handlers that are in place when it is started. To set such handlers later, preload the JDK's
 * libjsig.so.
 *
 * Where the environment names no locale of UTF-8, LC_ALL is one while the virtual machine starts:
 * no other thread may use the environment meanwhile. The locale of the process stays as it is.
 *
 * abi_version: LW_ABI_VERSION, as the program was compiled
 * options: may be null
 * Errors: LW_NO_JVM, LW_BAD_VERSION, LW_BAD_ARGUMENT, LW_INTERNAL.
 */
LW_EXPORT int lw_start(int abi_version, const lw_start_options *options);

/*
 * Starts without looking for a virtual machine or jars, for code that Java calls by JNI: Java calls
 * dev.lancewright.ffi.NativeApi.table(LW_ABI_VERSION), and passes on the number that it returns.
 */
LW_EXPORT int lw_start_with_table(int abi_version, int64_t table);

/* ---- Writing -------------------------------------------------------------------------------- */

typedef struct lw_writer lw_writer;

/*
 * Where a file goes that is not written to a path. Called by one thread at a time, in the calls
 * that write. Once the writer is open, it ends with exactly one publish that returns 0, or one
 * discard.
 */
typedef struct lw_sink {
  /* sizeof(lw_sink) */
  size_t struct_size;
  /* Passed to each callback; may be null. */
  void *user;
  /* Appends all of the bytes, which are valid during the call. */
  int (*write)(void *user, const void *bytes, size_t size);
  /* Writes out what is buffered; called once, after the last byte. May be null. */
  int (*flush)(void *user);
  /* Makes the file visible and ends the sink; called after flush. May be null. */
  int (*publish)(void *user);
  /*
   * Removes what was written and ends the sink; also called when flush or publish failed. May be
   * null.
   */
  int (*discard)(void *user);
} lw_sink;

/* What a finished file holds. */
typedef struct lw_summary {
  /* sizeof(lw_summary), set by the caller; members beyond are not filled. */
  size_t struct_size;
  int64_t rows;
  int64_t bytes;
  /* The number of columns in the file, which are the leaves of its schema. */
  int64_t columns;
  int64_t pages;
} lw_summary;

/*
 * Opens a writer of a new file, which appears at its path with lw_finish and not before.
 *
 * schema: a struct type whose children are the columns; taken over. Null to take the schema of the
 *   first array or stream.
 * options: one "key=value" a line; null for none. The keys:
 *   format-version       2.2 (the default) or 2.1
 *   profile              balanced (the default), fastest, smallest
 *   column               NAME:KEY=VALUE, a setting for the columns with a name, which may have
 *                        one *, such as "*:compression=zstd"; may be repeated
 *   type                 NAME:KEY=VALUE, a setting for the columns of a type; may be repeated
 *   data-cache-bytes     how many bytes of rows are buffered in all
 *   durability           none (the default), data, data-and-directory
 *   overwrite            false (the default), true
 * Errors: LW_BAD_ARGUMENT, LW_IO.
 */
LW_EXPORT int lw_writer_open(const char *path, struct ArrowSchema *schema, const char *options,
                             lw_writer **writer);

/*
 * Opens a writer into callbacks. The struct is copied; its callbacks and user pointer are used
 * until the sink ends. If this fails, none of them is called.
 *
 * schema, options: as for lw_writer_open; durability and overwrite are refused
 */
LW_EXPORT int lw_writer_open_sink(const lw_sink *sink, struct ArrowSchema *schema,
                                  const char *options, lw_writer **writer);

/*
 * Writes the rows of a struct array whose children are columns, found by name. The array is checked
 * whole before anything of it is written: after LW_BAD_ARGUMENT the writer is as before. After
 * LW_IO or a callback's code, it can only be aborted and closed.
 *
 * array: taken over
 * schema: taken over; null for the writer's, which was given when it was opened, or with the first
 *   array
 */
LW_EXPORT int lw_write(lw_writer *writer, struct ArrowArray *array, struct ArrowSchema *schema);

/*
 * Writes all arrays of a stream; if it fails, those before the failure are written.
 *
 * stream: taken over
 * rows: is set to the number of rows written; may be null
 */
LW_EXPORT int lw_write_stream(lw_writer *writer, struct ArrowArrayStream *stream, int64_t *rows);

/* Adds an entry to the metadata of the file's schema; the last value of a key counts. */
LW_EXPORT int lw_writer_add_metadata(lw_writer *writer, const char *key, const char *value);

/*
 * Writes a buffer that belongs to the file as a whole, such as an index or a note.
 *
 * bytes: is copied; may be null if size is 0
 * index: is set to the buffer's number, from 1 on; may be null
 */
LW_EXPORT int lw_writer_add_buffer(lw_writer *writer, const void *bytes, size_t size,
                                   int64_t *index);

/* Sets bytes to what was written so far, padding included, rows that wait excluded. */
LW_EXPORT int lw_writer_position(lw_writer *writer, int64_t *bytes);

/* Sets bytes to the size of the rows that wait until they fill a page. */
LW_EXPORT int lw_writer_buffered_bytes(lw_writer *writer, int64_t *bytes);

/*
 * Writes what waits, ends the file and publishes it. The writer must still be closed.
 *
 * summary: is filled; may be null
 */
LW_EXPORT int lw_finish(lw_writer *writer, lw_summary *summary);

/*
 * Gives the summary of a finished file as JSON, with the encodings of each column.
 *
 * json: is set to text that is valid until the writer is closed
 */
LW_EXPORT int lw_writer_summary_json(lw_writer *writer, const char **json);

/* Discards the file. The writer must still be closed; all else gives LW_BAD_STATE. After lw_finish
 * this gives LW_BAD_STATE, too, and the file stays. */
LW_EXPORT int lw_abort(lw_writer *writer);

/*
 * Frees a writer; without lw_finish before, the file is discarded. Null does nothing. The handle is
 * gone even if discarding fails, but not if another thread uses the writer (LW_BAD_STATE).
 */
LW_EXPORT int lw_writer_close(lw_writer *writer);

/* ---- Reading -------------------------------------------------------------------------------- */

typedef struct lw_reader lw_reader;

/* The bytes of a file that is not read from a path. */
typedef struct lw_source {
  /* sizeof(lw_source) */
  size_t struct_size;
  /* Passed to each callback; may be null. */
  void *user;
  /* The size of the file in bytes. */
  int64_t size;
  /* Fills target with the bytes at a position. Called by each thread that reads. */
  int (*read)(void *user, int64_t position, void *target, size_t size);
  /* Called once, when reader and streams are closed. Its code is lost. May be null. */
  int (*close)(void *user);
} lw_source;

/* Which rows and columns a scan reads; 0 in all but struct_size reads all of them. */
typedef struct lw_scan_options {
  /* sizeof(lw_scan_options) */
  size_t struct_size;
  /* Paths of fields, such as "a" and "b.c"; null for all. */
  const char *const *columns;
  size_t column_count;
  int64_t first_row;
  /* How many rows; 0 for all from first_row on. */
  int64_t row_count;
  /* The greatest number of rows of an array; 0 for 8192. */
  int64_t batch_rows;
} lw_scan_options;

/* What lw_verify has read and found in order. */
typedef struct lw_verify_summary {
  /* sizeof(lw_verify_summary), set by the caller; members beyond are not filled. */
  size_t struct_size;
  int64_t rows;
  int64_t bytes;
  int64_t columns;
  int64_t pages;
} lw_verify_summary;

/*
 * Opens a file of format 2.1 or later.
 *
 * options: one "key=value" a line; null for none. The keys:
 *   mapped               false (the default), true: faster, for files that nobody cuts short
 *   read-chunk-size      how many bytes are read at once
 * Errors: LW_BAD_ARGUMENT, LW_IO, LW_BAD_FILE.
 */
LW_EXPORT int lw_reader_open(const char *path, const char *options, lw_reader **reader);

/*
 * Opens a file that callbacks read. The struct is copied; its callbacks and user pointer are used
 * until close was called. If this fails, close is not called.
 *
 * options: as for lw_reader_open; mapped is refused
 */
LW_EXPORT int lw_reader_open_source(const lw_source *source, const char *options,
                                    lw_reader **reader);

/* Fills schema with a struct type whose children are the columns; the caller releases it. */
LW_EXPORT int lw_reader_schema(lw_reader *reader, struct ArrowSchema *schema);

/* Sets rows to the number of rows. */
LW_EXPORT int lw_reader_rows(lw_reader *reader, int64_t *rows);

/* Sets size to the bytes of a global buffer; 1 is the first that lw_writer_add_buffer wrote. */
LW_EXPORT int lw_reader_buffer_size(lw_reader *reader, int64_t index, int64_t *size);

/* Copies a global buffer to target, which has size bytes, as many as the buffer. */
LW_EXPORT int lw_reader_buffer(lw_reader *reader, int64_t index, void *target, size_t size);

/*
 * Fills stream with rows in order; the caller releases it, before or after the reader is closed.
 * Arrays may outlive both.
 *
 * options: null for all rows and columns
 */
LW_EXPORT int lw_scan(lw_reader *reader, const lw_scan_options *options,
                      struct ArrowArrayStream *stream);

/*
 * Fills stream with the rows of some numbers, in the order of the numbers, of which the same may
 * come several times; the caller releases it, as for lw_scan.
 *
 * rows: numbers from 0 on, which are copied; may be null if count is 0
 * columns: paths of fields; null for all
 */
LW_EXPORT int lw_take(lw_reader *reader, const int64_t *rows, size_t count,
                      const char *const *columns, size_t column_count,
                      struct ArrowArrayStream *stream);

/*
 * Reads and checks the whole file. LW_BAD_FILE says that it contradicts itself, and lw_last_error
 * where.
 *
 * summary: is filled; may be null
 */
LW_EXPORT int lw_verify(lw_reader *reader, lw_verify_summary *summary);

/*
 * Frees a reader, whose file is closed with the last of its streams. Null does nothing.
 */
LW_EXPORT int lw_reader_close(lw_reader *reader);

#ifdef __cplusplus
}
#endif

#endif /* LANCEWRIGHT_H */
