/*
 * lancewright.h: finds or starts a Java virtual machine and gets from it, by one JNI call, a table
 * of functions. From then on each function here is a call of a function pointer. POSIX, 64 bits.
 */
#define _GNU_SOURCE
#include "lancewright.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <jni.h>
#include <locale.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

_Static_assert(sizeof(void *) == 8, "lancewright needs a system of 64 bits");

#ifndef LW_VERSION
#define LW_VERSION "0.1.0"
#endif

#define MIN_JAVA 22
#define TEXT_BYTES 4096
#define MAX_JVM_OPTIONS 256

#ifdef __APPLE__
#define LIBJVM "/lib/server/libjvm.dylib"
#else
#define LIBJVM "/lib/server/libjvm.so"
#endif

/* The functions in the order of dev.lancewright.ffi.FunctionTable. */
enum function {
  WRITER_OPEN,
  WRITER_OPEN_SINK,
  WRITE,
  WRITE_STREAM,
  ADD_METADATA,
  ADD_BUFFER,
  POSITION,
  BUFFERED_BYTES,
  FINISH,
  SUMMARY_JSON,
  ABORT,
  WRITER_CLOSE,
  READER_OPEN,
  READER_OPEN_SOURCE,
  SCHEMA,
  ROWS,
  BUFFER_SIZE,
  BUFFER,
  SCAN,
  TAKE,
  VERIFY,
  READER_CLOSE,
  FUNCTION_COUNT
};

/*
 * What FunctionTable makes. Functions take as many arguments as they need; the last is for the
 * text.
 */
struct table {
  int64_t abi_version;
  int64_t text_bytes;
  int64_t function_count;
  int (*functions[FUNCTION_COUNT])(int64_t, int64_t, int64_t, int64_t, int64_t, int64_t,
                                   int64_t text);
};

/* Null until the library is started, and in a process that was forked from one where it was. */
static _Atomic(const struct table *) functions;

/* Where a child of a fork finds itself without the threads of its virtual machine. */
static atomic_bool forked;

static pthread_mutex_t starting = PTHREAD_MUTEX_INITIALIZER;

static _Thread_local char error_text[TEXT_BYTES];

const char *lw_version(void) { return LW_VERSION; }

const char *lw_last_error(void) { return error_text; }

__attribute__((format(printf, 2, 3))) static int fail(int code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error_text, sizeof error_text, format, arguments);
  va_end(arguments);
  return code;
}

/* ---- The virtual machine's home -------------------------------------------------------------- */

/* Returns the major version of the Java in a folder, or 0 if there is none. */
static int java_version(const char *home) {
  char path[TEXT_BYTES];
  char line[256];
  int version = 0;
  snprintf(path, sizeof path, "%s/release", home);
  FILE *release = fopen(path, "re");
  if (release == NULL) {
    return 0;
  }
  while (version == 0 && fgets(line, sizeof line, release) != NULL) {
    if (sscanf(line, "JAVA_VERSION=\"%d", &version) != 1) {
      version = 0;
    }
  }
  fclose(release);
  return version;
}

static bool exists(const char *path) {
  struct stat status;
  return stat(path, &status) == 0;
}

/* Sets libjvm to the path below a home, or reports what is wrong with a home that was asked for. */
static int use_home(const char *home, const char *said_by, char *libjvm, size_t size) {
  int version = java_version(home);
  snprintf(libjvm, size, "%s" LIBJVM, home);
  if (version == 0) {
    return fail(LW_NO_JVM, "%s is '%s', which is no home of Java: there is no file 'release'",
                said_by, home);
  }
  if (version < MIN_JAVA) {
    return fail(LW_NO_JVM, "%s is '%s', which has Java %d; at least %d is needed", said_by, home,
                version, MIN_JAVA);
  }
  if (!exists(libjvm)) {
    return fail(LW_NO_JVM, "%s is '%s', but there is no %s", said_by, home, libjvm);
  }
  return LW_OK;
}

/* What was found in the usual places: the newest, and a list of all for messages. */
struct search {
  char best[TEXT_BYTES];
  int best_version;
  char found[TEXT_BYTES / 2];
};

static void consider(struct search *search, const char *home) {
  char libjvm[2 * TEXT_BYTES];
  int version = java_version(home);
  snprintf(libjvm, sizeof libjvm, "%s" LIBJVM, home);
  if (version == 0 || !exists(libjvm)) {
    return;
  }
  size_t used = strlen(search->found);
  snprintf(search->found + used, sizeof search->found - used, "%sJava %d in %s",
           used == 0 ? "" : ", ", version, home);
  if (version > search->best_version) {
    search->best_version = version;
    snprintf(search->best, sizeof search->best, "%s", home);
  }
}

/* Considers each folder of a folder, with something appended to its name. */
static void consider_all(struct search *search, const char *folder, const char *below) {
  DIR *entries = opendir(folder);
  if (entries == NULL) {
    return;
  }
  for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
    if (entry->d_name[0] != '.') {
      char home[TEXT_BYTES];
      int length = snprintf(home, sizeof home, "%s/%s%s", folder, entry->d_name, below);
      if (length > 0 && (size_t)length < sizeof home) {
        consider(search, home);
      }
    }
  }
  closedir(entries);
}

static void consider_users(struct search *search, const char *below) {
  char folder[TEXT_BYTES];
  const char *home = getenv("HOME");
  if (home != NULL) {
    snprintf(folder, sizeof folder, "%s%s", home, below);
    consider_all(search, folder, "");
  }
}

static int search_home(char *libjvm, size_t size) {
  struct search search = {.best_version = 0};
  consider_all(&search, "/usr/lib/jvm", "");
  consider_all(&search, "/usr/java", "");
  consider_all(&search, "/opt/java", "");
  consider_all(&search, "/Library/Java/JavaVirtualMachines", "/Contents/Home");
  consider_users(&search, "/.sdkman/candidates/java");
  consider_users(&search, "/.jdks");
  if (search.best_version >= MIN_JAVA) {
    snprintf(libjvm, size, "%s" LIBJVM, search.best);
    return LW_OK;
  }
  return fail(LW_NO_JVM,
              "no Java %d or newer was found; install one, or set LANCEWRIGHT_JAVA_HOME to its "
              "home. Found: %s",
              MIN_JAVA, search.found[0] == 0 ? "none" : search.found);
}

static int find_libjvm(const char *home, char *libjvm, size_t size) {
  if (home != NULL) {
    return use_home(home, "java_home", libjvm, size);
  }
  home = getenv("LANCEWRIGHT_JAVA_HOME");
  if (home != NULL && home[0] != 0) {
    return use_home(home, "LANCEWRIGHT_JAVA_HOME", libjvm, size);
  }
  /* JAVA_HOME is for all programs, some of which want an older Java: then others are looked for. */
  home = getenv("JAVA_HOME");
  if (home != NULL && use_home(home, "JAVA_HOME", libjvm, size) == LW_OK) {
    return LW_OK;
  }
  return search_home(libjvm, size);
}

/* ---- Jars ------------------------------------------------------------------------------------ */

/* Appends to text, or reports that it is too long. */
static int append(char *text, size_t size, const char *more) {
  size_t used = strlen(text);
  if (used + strlen(more) >= size) {
    return fail(LW_NO_JVM, "the class path is longer than %zu bytes", size);
  }
  memcpy(text + used, more, strlen(more) + 1);
  return LW_OK;
}

/*
 * Appends the jar of an artifact, the last by name if there are several. Returns whether there is.
 */
static bool append_jar(char *class_path, size_t size, const char *folder, const char *artifact) {
  char last[256] = "";
  DIR *entries = opendir(folder);
  if (entries == NULL) {
    return false;
  }
  for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
    const char *name = entry->d_name;
    size_t length = strlen(name);
    size_t start = strlen(artifact);
    if (strncmp(name, artifact, start) == 0 && name[start] == '-' && length > start + 4 &&
        strcmp(name + length - 4, ".jar") == 0 && strcmp(name, last) > 0) {
      snprintf(last, sizeof last, "%s", name);
    }
  }
  closedir(entries);
  return last[0] != 0 && append(class_path, size, ":") == LW_OK &&
         append(class_path, size, folder) == LW_OK && append(class_path, size, "/") == LW_OK &&
         append(class_path, size, last) == LW_OK;
}

static int find_jars_in(const char *folder, char *class_path, size_t size) {
  static const char *const artifacts[] = {"protobuf-java", "zstd-jni", "lz4-java"};
  char libraries[TEXT_BYTES + 8];
  snprintf(class_path, size, "%s/lancewright.jar", folder);
  snprintf(libraries, sizeof libraries, "%s/lib", folder);
  for (size_t i = 0; i < sizeof artifacts / sizeof artifacts[0]; i++) {
    if (!append_jar(class_path, size, folder, artifacts[i]) &&
        !append_jar(class_path, size, libraries, artifacts[i])) {
      return fail(LW_NO_JVM,
                  "there is lancewright.jar in '%s', but no %s-*.jar beside it or in lib",
                  folder, artifacts[i]);
    }
  }
  return LW_OK;
}

/* Sets folder to that of this library. */
static int own_folder(char *folder, size_t size) {
  Dl_info info;
  char *path;
  if (dladdr((void *)&functions, &info) == 0 || (path = realpath(info.dli_fname, NULL)) == NULL) {
    return fail(LW_NO_JVM, "the folder of this library is not known; give a class_path");
  }
  snprintf(folder, size, "%s", path);
  free(path);
  char *slash = strrchr(folder, '/');
  if (slash != NULL) {
    *slash = 0;
  }
  return LW_OK;
}

static int find_jars(char *class_path, size_t size) {
  char own[TEXT_BYTES - 64];
  char folder[TEXT_BYTES];
  char jar[TEXT_BYTES + 64];
  /* The last is for libraries in lib/x86_64-linux-gnu and its like. */
  static const char *const places[] = {"", "/../share/lancewright", "/../../share/lancewright"};
  int code = own_folder(own, sizeof own);
  if (code != LW_OK) {
    return code;
  }
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
    snprintf(folder, sizeof folder, "%s%s", own, places[i]);
    snprintf(jar, sizeof jar, "%s/lancewright.jar", folder);
    if (exists(jar)) {
      return find_jars_in(folder, class_path, size);
    }
  }
  return fail(LW_NO_JVM,
              "there is no lancewright.jar in '%s' nor in '%s/../share/lancewright'; put it there, "
              "or give a class_path",
              own, own);
}

/* ---- The virtual machine --------------------------------------------------------------------- */

typedef jint (*create_jvm)(JavaVM **, void **, void *);
typedef jint (*created_jvms)(JavaVM **, jsize, jsize *);

/* Looks up a function; ISO C has no cast for that, POSIX has this one. */
#define LOOK_UP(function, library, name) (*(void **)&(function) = dlsym(library, name))

/* A machine, and this thread's way into it. */
struct jvm {
  JavaVM *machine;
  JNIEnv *env;
  bool attached;
};

/* Finds the machine that runs in the process, if any. */
static bool find_running(JavaVM **machine) {
  jsize count = 0;
  created_jvms list = NULL;
  if (LOOK_UP(list, RTLD_DEFAULT, "JNI_GetCreatedJavaVMs") == NULL) {
    /* Whoever started it need not have made its symbols global. */
    void *library = dlopen("libjvm.so", RTLD_NOW | RTLD_NOLOAD);
    if (library != NULL) {
      LOOK_UP(list, library, "JNI_GetCreatedJavaVMs");
      dlclose(library);
    }
  }
  return list != NULL && list(machine, 1, &count) == JNI_OK && count > 0;
}

static int attach(JavaVM *machine, struct jvm *jvm) {
  jvm->machine = machine;
  jvm->attached = false;
  if ((*machine)->GetEnv(machine, (void **)&jvm->env, JNI_VERSION_10) == JNI_OK) {
    return LW_OK;
  }
  if ((*machine)->AttachCurrentThreadAsDaemon(machine, (void **)&jvm->env, NULL) != JNI_OK) {
    return fail(LW_NO_JVM, "a virtual machine runs in this process, but this thread cannot attach");
  }
  jvm->attached = true;
  return LW_OK;
}

/* Options of the virtual machine: the library's, then the caller's, which override them. */
struct jvm_options {
  JavaVMOption list[MAX_JVM_OPTIONS];
  jint count;
  char class_path[4 * TEXT_BYTES];
  char archive[TEXT_BYTES + 64];
};

static void add_option(struct jvm_options *options, const char *text) {
  options->list[options->count].optionString = (char *)text;
  options->list[options->count].extraInfo = NULL;
  options->count++;
}

static bool is_collector(const char *option) {
  size_t length = strlen(option);
  return strncmp(option, "-XX:+Use", 8) == 0 && length > 10 &&
         strcmp(option + length - 2, "GC") == 0;
}

/* Adds the archive of classes beside the library, if there is one. */
static void add_archive(struct jvm_options *options) {
  static const char key[] = "-XX:SharedArchiveFile=";
  char own[TEXT_BYTES - 64];
  if (own_folder(own, sizeof own) == LW_OK) {
    snprintf(options->archive, sizeof options->archive, "%s%s/lancewright.jsa", key, own);
    if (exists(options->archive + strlen(key))) {
      add_option(options, options->archive);
    }
  }
}

static int collect_options(const lw_start_options *said, const char *class_path,
                           struct jvm_options *options) {
  size_t count = said->jvm_options == NULL ? 0 : said->jvm_option_count;
  bool has_collector = false;
  if (count > MAX_JVM_OPTIONS - 16) {
    return fail(LW_BAD_ARGUMENT, "there are %zu jvm_options; at most %d are allowed", count,
                MAX_JVM_OPTIONS - 16);
  }
  for (size_t i = 0; i < count; i++) {
    if (said->jvm_options[i] == NULL) {
      return fail(LW_BAD_ARGUMENT, "element %zu of jvm_options is NULL", i);
    }
    has_collector = has_collector || is_collector(said->jvm_options[i]);
  }
  snprintf(options->class_path, sizeof options->class_path, "-Djava.class.path=%s", class_path);
  add_option(options, options->class_path);
  add_option(options, "--enable-native-access=ALL-UNNAMED");
  /* Signals that end a program are the program's. */
  add_option(options, "-Xrs");
  /* Nothing is printed into the program's output; what matters goes to its errors. */
  add_option(options, "-Xlog:disable");
  add_option(options, "-Xlog:all=error:stderr");
  /* An archive that does not fit is as good as none. */
  add_option(options, "-Xlog:cds*=off:stderr");
  if (!has_collector) {
    /* It needs least: the rows are not on the Java heap. */
    add_option(options, "-XX:+UseSerialGC");
  }
  add_archive(options);
  for (size_t i = 0; i < count; i++) {
    add_option(options, said->jvm_options[i]);
  }
  return LW_OK;
}

static char *copy_of(const char *text) { return text == NULL ? NULL : strdup(text); }

static bool environment_has_utf8(void) {
  static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    const char *value = getenv(names[i]);
    if (value != NULL && value[0] != 0) {
      return strcasestr(value, "utf-8") != NULL || strcasestr(value, "utf8") != NULL;
    }
  }
  return false;
}

/*
 * Creates a machine that takes paths to be UTF-8, for which it knows only the environment. It sets
 * the locale of the process, which is put back, as the environment is.
 */
static jint create_with_utf8(create_jvm function, struct jvm *jvm, JavaVMInitArgs *arguments) {
  bool is_changed = !environment_has_utf8();
  char *before = copy_of(getenv("LC_ALL"));
  char *locale = copy_of(setlocale(LC_ALL, NULL));
  if (is_changed) {
    setenv("LC_ALL", "C.UTF-8", 1);
  }
  jint code = function(&jvm->machine, (void **)&jvm->env, arguments);
  if (is_changed && before != NULL) {
    setenv("LC_ALL", before, 1);
  } else if (is_changed) {
    unsetenv("LC_ALL");
  }
  if (locale != NULL) {
    setlocale(LC_ALL, locale);
  }
  free(before);
  free(locale);
  return code;
}

static int create(const char *libjvm, struct jvm_options *options, struct jvm *jvm) {
  /* Libjvm cannot be initialized twice: a second attempt would get a machine without class path. */
  static bool failed;
  if (failed) {
    return fail(LW_NO_JVM, "the virtual machine did not start before; it can be tried once");
  }
  void *library = dlopen(libjvm, RTLD_NOW | RTLD_GLOBAL);
  create_jvm function = NULL;
  if (library == NULL || LOOK_UP(function, library, "JNI_CreateJavaVM") == NULL) {
    return fail(LW_NO_JVM, "%s cannot be loaded: %s", libjvm, dlerror());
  }
  JavaVMInitArgs arguments = {.version = JNI_VERSION_10,
                              .nOptions = options->count,
                              .options = options->list,
                              .ignoreUnrecognized = JNI_FALSE};
  jint code = create_with_utf8(function, jvm, &arguments);
  jvm->attached = true;
  failed = code != JNI_OK;
  return code == JNI_OK
             ? LW_OK
             : fail(LW_NO_JVM, "the virtual machine of %s did not start (JNI error %d); it has "
                               "written why to standard error",
                    libjvm, (int)code);
}

/* ---- The table ------------------------------------------------------------------------------- */

static const char API_CLASS[] = "dev.lancewright.ffi.NativeApi";

/* Fails with the text of the exception that is pending, if any. */
static int fail_in_java(JNIEnv *env, int code, const char *what) {
  jthrowable exception = (*env)->ExceptionOccurred(env);
  (*env)->ExceptionClear(env);
  if (exception == NULL) {
    return fail(code, "%s", what);
  }
  jclass object = (*env)->GetObjectClass(env, exception);
  jmethodID to_string = (*env)->GetMethodID(env, object, "toString", "()Ljava/lang/String;");
  jstring text = (jstring)(*env)->CallObjectMethod(env, exception, to_string);
  const char *chars = text == NULL || (*env)->ExceptionCheck(env)
                          ? NULL
                          : (*env)->GetStringUTFChars(env, text, NULL);
  (*env)->ExceptionClear(env);
  fail(code, "%s: %s", what, chars == NULL ? "an exception without text" : chars);
  if (chars != NULL) {
    (*env)->ReleaseStringUTFChars(env, text, chars);
  }
  return code;
}

/* Returns an array of the URLs of a class path, or null with an exception pending. */
static jobjectArray urls(JNIEnv *env, const char *class_path) {
  jclass file = (*env)->FindClass(env, "java/io/File");
  jclass uri = (*env)->FindClass(env, "java/net/URI");
  jclass url = (*env)->FindClass(env, "java/net/URL");
  if (file == NULL || uri == NULL || url == NULL) {
    return NULL;
  }
  jmethodID new_file = (*env)->GetMethodID(env, file, "<init>", "(Ljava/lang/String;)V");
  jmethodID to_uri = (*env)->GetMethodID(env, file, "toURI", "()Ljava/net/URI;");
  jmethodID to_url = (*env)->GetMethodID(env, uri, "toURL", "()Ljava/net/URL;");
  jsize count = 1;
  for (const char *at = class_path; *at != 0; at++) {
    count += *at == ':';
  }
  jobjectArray array = (*env)->NewObjectArray(env, count, url, NULL);
  for (jsize i = 0; array != NULL && i < count; i++) {
    char path[TEXT_BYTES];
    size_t length = strcspn(class_path, ":");
    snprintf(path, sizeof path, "%.*s", (int)length, class_path);
    class_path += length + 1;
    jstring text = (*env)->NewStringUTF(env, path);
    jobject entry = text == NULL ? NULL : (*env)->NewObject(env, file, new_file, text);
    entry = entry == NULL ? NULL : (*env)->CallObjectMethod(env, entry, to_uri);
    entry = entry == NULL ? NULL : (*env)->CallObjectMethod(env, entry, to_url);
    if (entry == NULL) {
      return NULL;
    }
    (*env)->SetObjectArrayElement(env, array, i, entry);
  }
  return array;
}

static jclass load_by(JNIEnv *env, jclass loader_class, jobject loader) {
  jmethodID load = (*env)->GetMethodID(env, loader_class, "loadClass",
                                       "(Ljava/lang/String;)Ljava/lang/Class;");
  jstring name = load == NULL ? NULL : (*env)->NewStringUTF(env, API_CLASS);
  return name == NULL ? NULL : (jclass)(*env)->CallObjectMethod(env, loader, load, name);
}

/* Loads the class by a loader of its own: the machine was started without the library's jars. */
static jclass load_from(JNIEnv *env, const char *class_path) {
  jobjectArray places = urls(env, class_path);
  jclass loader_class = places == NULL ? NULL : (*env)->FindClass(env, "java/net/URLClassLoader");
  if (loader_class == NULL) {
    return NULL;
  }
  jmethodID make = (*env)->GetMethodID(env, loader_class, "<init>", "([Ljava/net/URL;)V");
  jobject loader = (*env)->NewObject(env, loader_class, make, places);
  return loader == NULL ? NULL : load_by(env, loader_class, loader);
}

/*
 * Loads the class by the loader of the machine's own class path. FindClass would use the caller's.
 */
static jclass load_from_system(JNIEnv *env) {
  jclass loader_class = (*env)->FindClass(env, "java/lang/ClassLoader");
  if (loader_class == NULL) {
    return NULL;
  }
  jmethodID get = (*env)->GetStaticMethodID(env, loader_class, "getSystemClassLoader",
                                            "()Ljava/lang/ClassLoader;");
  jobject loader = (*env)->CallStaticObjectMethod(env, loader_class, get);
  return loader == NULL ? NULL : load_by(env, loader_class, loader);
}

static jclass find_class(JNIEnv *env, const char *class_path) {
  jclass found = load_from_system(env);
  if (found == NULL && class_path != NULL) {
    (*env)->ExceptionClear(env);
    found = load_from(env, class_path);
  }
  return found;
}

static void forget_in_child(void) {
  if (atomic_exchange(&functions, NULL) != NULL) {
    atomic_store(&forked, true);
  }
}

static int use_table(int abi_version, const struct table *table) {
  static bool watching_forks;
  if (table == NULL) {
    return fail(LW_BAD_ARGUMENT, "the table is NULL");
  }
  if (table->abi_version != abi_version || table->text_bytes > TEXT_BYTES ||
      table->function_count < FUNCTION_COUNT) {
    return fail(LW_BAD_VERSION, "the table has version %lld of the interface, but %d is needed",
                (long long)table->abi_version, abi_version);
  }
  if (!watching_forks) {
    pthread_atfork(NULL, NULL, forget_in_child);
    watching_forks = true;
  }
  atomic_store(&functions, table);
  return LW_OK;
}

/* Fails with what NativeApi.table threw, which refuses versions with one class of exceptions. */
static int fail_table(JNIEnv *env) {
  jthrowable exception = (*env)->ExceptionOccurred(env);
  (*env)->ExceptionClear(env);
  jclass refusal = (*env)->FindClass(env, "java/lang/IllegalArgumentException");
  bool is_refusal = refusal != NULL && (*env)->IsInstanceOf(env, exception, refusal);
  (*env)->Throw(env, exception);
  return fail_in_java(env, is_refusal ? LW_BAD_VERSION : LW_INTERNAL,
                      "lancewright.jar cannot be used");
}

static int fetch_table_attached(JNIEnv *env, const char *class_path) {
  if ((*env)->PushLocalFrame(env, 64) != JNI_OK) {
    return fail_in_java(env, LW_NO_MEMORY, "there is no memory for references to Java");
  }
  int code;
  jlong table = 0;
  jclass api = find_class(env, class_path);
  jmethodID method = api == NULL ? NULL : (*env)->GetStaticMethodID(env, api, "table", "(I)J");
  if (method == NULL) {
    code = fail_in_java(env, LW_NO_JVM, "lancewright.jar cannot be used");
  } else {
    table = (*env)->CallStaticLongMethod(env, api, method, (jint)LW_ABI_VERSION);
    code = (*env)->ExceptionCheck(env)
               ? fail_table(env)
               : use_table(LW_ABI_VERSION, (const struct table *)(intptr_t)table);
  }
  (*env)->PopLocalFrame(env, NULL);
  return code;
}

/* Leaves this thread as it was: one that ends attached would stay in the machine for ever. */
static int fetch_table(struct jvm *jvm, const char *class_path) {
  int code = fetch_table_attached(jvm->env, class_path);
  if (jvm->attached) {
    (*jvm->machine)->DetachCurrentThread(jvm->machine);
  }
  return code;
}

/* ---- Start ----------------------------------------------------------------------------------- */

static int check_version(int abi_version) {
  return abi_version == LW_ABI_VERSION
             ? LW_OK
             : fail(LW_BAD_VERSION,
                    "the program has version %d of the interface, this library version %d; compile "
                    "it with the library's header",
                    abi_version, LW_ABI_VERSION);
}

static int start_new(const lw_start_options *options, const char *class_path, struct jvm *jvm) {
  char libjvm[2 * TEXT_BYTES];
  struct jvm_options *all = calloc(1, sizeof *all);
  if (all == NULL) {
    return fail(LW_NO_MEMORY, "there is no memory for the options of the virtual machine");
  }
  int code = find_libjvm(options->java_home, libjvm, sizeof libjvm);
  if (code == LW_OK) {
    code = collect_options(options, class_path, all);
  }
  if (code == LW_OK) {
    code = create(libjvm, all, jvm);
  }
  free(all);
  return code;
}

static int start(const lw_start_options *options) {
  char class_path[3 * TEXT_BYTES];
  struct jvm jvm;
  JavaVM *running = NULL;
  int code = LW_OK;
  bool is_running = find_running(&running);
  if (options->class_path == NULL) {
    code = find_jars(class_path, sizeof class_path);
  } else if (strlen(options->class_path) >= sizeof class_path) {
    code = fail(LW_BAD_ARGUMENT, "class_path has more than %zu bytes", sizeof class_path - 1);
  } else {
    snprintf(class_path, sizeof class_path, "%s", options->class_path);
  }
  if (is_running) {
    /* Its own class path may have the library. */
    const char *jars = code == LW_OK ? class_path : NULL;
    code = attach(running, &jvm);
    code = code != LW_OK ? code : fetch_table(&jvm, jars);
  } else if (code == LW_OK) {
    code = start_new(options, class_path, &jvm);
    code = code != LW_OK ? code : fetch_table(&jvm, NULL);
  }
  return code;
}

int lw_start(int abi_version, const lw_start_options *options) {
  static const lw_start_options none = {.struct_size = sizeof(lw_start_options)};
  int code = check_version(abi_version);
  if (code != LW_OK) {
    return code;
  }
  if (options == NULL) {
    options = &none;
  }
  if (options->struct_size < sizeof none) {
    return fail(LW_BAD_ARGUMENT, "struct_size of options is %zu; set it to sizeof the struct, %zu",
                options->struct_size, sizeof none);
  }
  if (atomic_load(&forked)) {
    return fail(LW_NO_JVM, "the process was forked after lw_start; start in the child alone");
  }
  pthread_mutex_lock(&starting);
  code = atomic_load(&functions) != NULL ? LW_OK : start(options);
  pthread_mutex_unlock(&starting);
  return code;
}

int lw_start_with_table(int abi_version, int64_t table) {
  int code = check_version(abi_version);
  if (code == LW_OK) {
    pthread_mutex_lock(&starting);
    code = use_table(abi_version, (const struct table *)(intptr_t)table);
    pthread_mutex_unlock(&starting);
  }
  return code;
}

/* ---- Functions of the table ------------------------------------------------------------------ */

#define AS_LONG(argument) ((int64_t)(intptr_t)(argument))

/* Calls a function of a table with up to six arguments. */
#define CALL(table, function, ...) CALL_OF_SIX(table, function, __VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define CALL_OF_SIX(table, function, a, b, c, d, e, f, ...) \
  (table)->functions[function](a, b, c, d, e, f, AS_LONG(error_text))

static int not_started(void) {
  return fail(LW_NO_JVM, atomic_load(&forked)
                             ? "the process was forked after lw_start; start in the child alone"
                             : "lw_start was not called, or failed");
}

/* What is handed over is released, even where nobody can take it. */

static void release_schema(struct ArrowSchema *schema) {
  if (schema != NULL && schema->release != NULL) {
    schema->release(schema);
    schema->release = NULL;
  }
}

static void release_array(struct ArrowArray *array) {
  if (array != NULL && array->release != NULL) {
    array->release(array);
    array->release = NULL;
  }
}

static void release_stream(struct ArrowArrayStream *stream) {
  if (stream != NULL && stream->release != NULL) {
    stream->release(stream);
    stream->release = NULL;
  }
}

int lw_writer_open(const char *path, struct ArrowSchema *schema, const char *options,
                   lw_writer **writer) {
  const struct table *table = atomic_load(&functions);
  if (table == NULL) {
    release_schema(schema);
    return not_started();
  }
  return CALL(table, WRITER_OPEN, AS_LONG(path), AS_LONG(schema), AS_LONG(options),
              AS_LONG(writer));
}

int lw_writer_open_sink(const lw_sink *sink, struct ArrowSchema *schema, const char *options,
                        lw_writer **writer) {
  const struct table *table = atomic_load(&functions);
  if (table == NULL) {
    release_schema(schema);
    return not_started();
  }
  return CALL(table, WRITER_OPEN_SINK, AS_LONG(sink), AS_LONG(schema), AS_LONG(options),
              AS_LONG(writer));
}

int lw_write(lw_writer *writer, struct ArrowArray *array, struct ArrowSchema *schema) {
  const struct table *table = atomic_load(&functions);
  if (table == NULL) {
    release_array(array);
    release_schema(schema);
    return not_started();
  }
  return CALL(table, WRITE, AS_LONG(writer), AS_LONG(array), AS_LONG(schema));
}

int lw_write_stream(lw_writer *writer, struct ArrowArrayStream *stream, int64_t *rows) {
  const struct table *table = atomic_load(&functions);
  if (table == NULL) {
    release_stream(stream);
    return not_started();
  }
  return CALL(table, WRITE_STREAM, AS_LONG(writer), AS_LONG(stream), AS_LONG(rows));
}

/* The others take nothing over. */
#define CALL_IF_STARTED(function, ...)                 \
  const struct table *table = atomic_load(&functions); \
  return table == NULL ? not_started() : CALL(table, function, __VA_ARGS__)

int lw_writer_add_metadata(lw_writer *writer, const char *key, const char *value) {
  CALL_IF_STARTED(ADD_METADATA, AS_LONG(writer), AS_LONG(key), AS_LONG(value));
}

int lw_writer_add_buffer(lw_writer *writer, const void *bytes, size_t size, int64_t *index) {
  CALL_IF_STARTED(ADD_BUFFER, AS_LONG(writer), AS_LONG(bytes), (int64_t)size, AS_LONG(index));
}

int lw_writer_position(lw_writer *writer, int64_t *bytes) {
  CALL_IF_STARTED(POSITION, AS_LONG(writer), AS_LONG(bytes));
}

int lw_writer_buffered_bytes(lw_writer *writer, int64_t *bytes) {
  CALL_IF_STARTED(BUFFERED_BYTES, AS_LONG(writer), AS_LONG(bytes));
}

int lw_finish(lw_writer *writer, lw_summary *summary) {
  CALL_IF_STARTED(FINISH, AS_LONG(writer), AS_LONG(summary));
}

int lw_writer_summary_json(lw_writer *writer, const char **json) {
  CALL_IF_STARTED(SUMMARY_JSON, AS_LONG(writer), AS_LONG(json));
}

int lw_abort(lw_writer *writer) { CALL_IF_STARTED(ABORT, AS_LONG(writer)); }

int lw_writer_close(lw_writer *writer) { CALL_IF_STARTED(WRITER_CLOSE, AS_LONG(writer)); }

int lw_reader_open(const char *path, const char *options, lw_reader **reader) {
  CALL_IF_STARTED(READER_OPEN, AS_LONG(path), AS_LONG(options), AS_LONG(reader));
}

int lw_reader_open_source(const lw_source *source, const char *options, lw_reader **reader) {
  CALL_IF_STARTED(READER_OPEN_SOURCE, AS_LONG(source), AS_LONG(options), AS_LONG(reader));
}

int lw_reader_schema(lw_reader *reader, struct ArrowSchema *schema) {
  CALL_IF_STARTED(SCHEMA, AS_LONG(reader), AS_LONG(schema));
}

int lw_reader_rows(lw_reader *reader, int64_t *rows) {
  CALL_IF_STARTED(ROWS, AS_LONG(reader), AS_LONG(rows));
}

int lw_reader_buffer_size(lw_reader *reader, int64_t index, int64_t *size) {
  CALL_IF_STARTED(BUFFER_SIZE, AS_LONG(reader), index, AS_LONG(size));
}

int lw_reader_buffer(lw_reader *reader, int64_t index, void *target, size_t size) {
  CALL_IF_STARTED(BUFFER, AS_LONG(reader), index, AS_LONG(target), (int64_t)size);
}

int lw_scan(lw_reader *reader, const lw_scan_options *options, struct ArrowArrayStream *stream) {
  CALL_IF_STARTED(SCAN, AS_LONG(reader), AS_LONG(options), AS_LONG(stream));
}

int lw_take(lw_reader *reader, const int64_t *rows, size_t count, const char *const *columns,
            size_t column_count, struct ArrowArrayStream *stream) {
  CALL_IF_STARTED(TAKE, AS_LONG(reader), AS_LONG(rows), (int64_t)count, AS_LONG(columns),
       (int64_t)column_count, AS_LONG(stream));
}

int lw_verify(lw_reader *reader, lw_verify_summary *summary) {
  CALL_IF_STARTED(VERIFY, AS_LONG(reader), AS_LONG(summary));
}

int lw_reader_close(lw_reader *reader) { CALL_IF_STARTED(READER_CLOSE, AS_LONG(reader)); }
