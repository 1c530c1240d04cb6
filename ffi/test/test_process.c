/*
 * What the library shares with the rest of a process: forks, signals, the locale, another virtual
 * machine. Each case runs in a process of its own.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <jni.h>
#include <locale.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arrow.h"
#include "check.h"

static void write_and_read(const char *name) {
  lw_reader *reader = NULL;
  struct ArrowArrayStream stream;
  write_rows(path_of(name), "overwrite=true", 5000);
  CHECK_OK(lw_reader_open(path_of(name), NULL, &reader));
  CHECK_OK(lw_scan(reader, NULL, &stream));
  CHECK_EQUAL(5000, check_rows(&stream, 0));
  CHECK_OK(lw_reader_close(reader));
}

static void wait_for(pid_t child) {
  int status = -1;
  CHECK_EQUAL(child, waitpid(child, &status, 0));
  CHECK_EQUAL(0, status);
}

static void fork_before_the_start(void) {
  pid_t child = fork();
  if (child == 0) {
    start();
    write_and_read("child.lance");
    _exit(0);
  }
  start();
  write_and_read("parent.lance");
  wait_for(child);
}

static void fork_after_the_start(void) {
  start();
  pid_t child = fork();
  if (child == 0) {
    struct ArrowSchema schema;
    lw_writer *writer = NULL;
    make_schema(&schema);
    CHECK_FAILS(LW_NO_JVM, "was forked after lw_start",
                lw_writer_open(path_of("x.lance"), &schema, NULL, &writer));
    CHECK(schema.release == NULL);
    CHECK_FAILS(LW_NO_JVM, "was forked after lw_start", lw_start(LW_ABI_VERSION, NULL));
    _exit(0);
  }
  wait_for(child);
  write_and_read("parent.lance");
}

static volatile sig_atomic_t caught;

static void count_signal(int number) {
  (void)number;
  caught++;
}

static void handle(int number, void (*handler)(int), int flags) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
  CHECK_EQUAL(0, sigaction(number, &action, NULL));
}

static void signals_that_end_a_program(void) {
  static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  for (int i = 0; i < 4; i++) {
    handle(signals[i], count_signal, 0);
  }
  start();
  for (int i = 0; i < 4; i++) {
    raise(signals[i]);
    CHECK_EQUAL(i + 1, caught);
  }
  for (int i = 0; i < 4; i++) {
    handle(signals[i], count_signal, 0);
    kill(getpid(), signals[i]);
    while (caught < 5 + i) {
      usleep(1000);
    }
  }
  write_and_read("signals.lance");
  /* And without a handler, SIGINT ends the program as it always did. */
  pid_t child = fork();
  if (child == 0) {
    handle(SIGINT, SIG_DFL, 0);
    raise(SIGINT);
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
}

static sigjmp_buf back;

static void jump_back(int number) {
  (void)number;
  caught++;
  siglongjmp(back, 1);
}

/* As programs do that probe memory. */
static void faults_that_jump(void) {
  handle(SIGSEGV, jump_back, 0);
  handle(SIGBUS, jump_back, 0);
  start();
  for (int i = 0; i < 200; i++) {
    if (sigsetjmp(back, 1) == 0) {
      *(volatile int *)(intptr_t)(i % 2 == 0 ? 8 : 0x7f0000000008) = 1;
      CHECK(!"there was no fault");
    }
    CHECK_EQUAL(i + 1, caught);
    if (i % 20 == 0) {
      write_and_read("jump.lance");
    }
  }
}

static char *guarded;
static size_t page_size;

static void open_page(int number) {
  (void)number;
  caught++;
  mprotect(guarded, page_size, PROT_READ | PROT_WRITE);
}

/* As programs do that note which pages are written. */
static void faults_that_go_on(void) {
  page_size = (size_t)sysconf(_SC_PAGESIZE);
  guarded = mmap(NULL, page_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(guarded != MAP_FAILED);
  handle(SIGSEGV, open_page, 0);
  start();
  for (int i = 0; i < 200; i++) {
    mprotect(guarded, page_size, PROT_NONE);
    *(volatile char *)guarded = (char)i;
    CHECK_EQUAL((char)i, *guarded);
    CHECK_EQUAL(i + 1, caught);
  }
  write_and_read("fault.lance");
  /* An array that the program lets grow by its own faults, read by Java. */
  struct ArrowSchema schema;
  struct ArrowArray array;
  lw_writer *writer = NULL;
  size_t size = 1 << 20;
  make_schema(&schema);
  CHECK_OK(lw_writer_open(path_of("fault.lance"), &schema, "overwrite=true", &writer));
  make_array(&array, 0, (int64_t)size / 8);
  CHECK_OK(lw_write(writer, &array, NULL));
  CHECK_OK(lw_finish(writer, NULL));
  CHECK_OK(lw_writer_close(writer));
}

/* Handlers that are set after the start need libjsig.so; null checks in Java are faults, too. */
static void handlers_after_the_start(void) {
  if (getenv("LW_TEST_LIBJSIG") == NULL) {
    return;
  }
  start();
  handle(SIGSEGV, jump_back, 0);
  for (int i = 0; i < 100; i++) {
    if (sigsetjmp(back, 1) == 0) {
      *(volatile int *)(intptr_t)8 = 1;
      CHECK(!"there was no fault");
    }
    CHECK_EQUAL(i + 1, caught);
  }
  write_and_read("after.lance");
  CHECK_EQUAL(100, caught);
}

static void the_locale_stays(void) {
  setenv("LC_ALL", "C.UTF-8", 1);
  CHECK(strcmp(setlocale(LC_ALL, NULL), "C") == 0);
  start();
  CHECK(strcmp(setlocale(LC_ALL, NULL), "C") == 0);
}

static void a_locale_without_utf8(void) {
  setenv("LC_ALL", "C", 1);
  unsetenv("LANG");
  start();
  CHECK(strcmp(getenv("LC_ALL"), "C") == 0);
  write_and_read("m\xc3\xbc" "de.lance");
  CHECK_EQUAL(0, access(path_of("m\xc3\xbc" "de.lance"), R_OK));
}

/* Starts a virtual machine as a host does that knows nothing of the library. */
static JavaVM *start_other(const char *class_path) {
  char path[1024];
  char option[4096];
  JavaVM *machine = NULL;
  JNIEnv *env = NULL;
  jint (*create)(JavaVM **, void **, void *) = NULL;
  snprintf(path, sizeof path, "%s/lib/server/libjvm.so", getenv("LANCEWRIGHT_JAVA_HOME"));
  void *library = dlopen(path, RTLD_NOW);
  CHECK(library != NULL);
  *(void **)&create = dlsym(library, "JNI_CreateJavaVM");
  snprintf(option, sizeof option, "-Djava.class.path=%s", class_path);
  JavaVMOption options[] = {{.optionString = "--enable-native-access=ALL-UNNAMED"},
                            {.optionString = "-Xmx128m"},
                            {.optionString = option}};
  JavaVMInitArgs arguments = {.version = JNI_VERSION_10, .nOptions = 3, .options = options};
  CHECK_EQUAL(JNI_OK, create(&machine, (void **)&env, &arguments));
  return machine;
}

static void *start_in_thread(void *argument) {
  (void)argument;
  start();
  write_and_read("thread.lance");
  return NULL;
}

static void a_machine_that_runs(void) {
  start_other("");
  start();
  start();
  write_and_read("running.lance");
}

static void a_machine_that_runs_elsewhere(void) {
  pthread_t thread;
  start_other("");
  CHECK_EQUAL(0, pthread_create(&thread, NULL, start_in_thread, NULL));
  pthread_join(thread, NULL);
  write_and_read("running.lance");
}

/* The jar and its libraries on the machine's own class path, none by argument. */
static void a_machine_with_the_jar(void) {
  start_other(getenv("LW_TEST_CLASS_PATH"));
  lw_start_options options = {.struct_size = sizeof options, .class_path = "/no/such.jar"};
  CHECK_OK(lw_start(LW_ABI_VERSION, &options));
  write_and_read("running.lance");
}

static void a_machine_without_the_jar(void) {
  start_other("");
  lw_start_options options = {.struct_size = sizeof options, .class_path = "/no/such.jar"};
  CHECK_FAILS(LW_NO_JVM, "dev.lancewright.ffi.NativeApi", lw_start(LW_ABI_VERSION, &options));
  start();
  write_and_read("running.lance");
}

static void jars_that_are_missing(void) {
  lw_start_options options = {.struct_size = sizeof options, .class_path = "/no/such.jar"};
  CHECK_FAILS(LW_NO_JVM, "NativeApi", lw_start(LW_ABI_VERSION, &options));
}

static void a_thread_that_has_little_stack(void) {
  pthread_t thread;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  CHECK_EQUAL(0, pthread_attr_setstacksize(&attributes, 512 << 10));
  start();
  CHECK_EQUAL(0, pthread_create(&thread, &attributes, start_in_thread, NULL));
  pthread_join(thread, NULL);
}

typedef void test(void);

static const struct {
  const char *name;
  test *body;
} all[] = {{"fork before the start", fork_before_the_start},
           {"fork after the start", fork_after_the_start},
           {"signals that end a program", signals_that_end_a_program},
           {"faults that jump", faults_that_jump},
           {"faults that go on", faults_that_go_on},
           {"handlers after the start", handlers_after_the_start},
           {"the locale stays", the_locale_stays},
           {"a locale without UTF-8", a_locale_without_utf8},
           {"a machine that runs", a_machine_that_runs},
           {"a machine that runs elsewhere", a_machine_that_runs_elsewhere},
           {"a machine with the jar", a_machine_with_the_jar},
           {"a machine without the jar", a_machine_without_the_jar},
           {"jars that are missing", jars_that_are_missing},
           {"a thread that has little stack", a_thread_that_has_little_stack}};

int main(int count, char **names) {
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    if (count > 1 && strcmp(names[1], all[i].name) != 0) {
      continue;
    }
    pid_t child = fork();
    if (child == 0) {
      all[i].body();
      CHECK_EQUAL(structs_made, structs_released);
      _exit(0);
    }
    int status = -1;
    CHECK_EQUAL(child, waitpid(child, &status, 0));
    if (status != 0) {
      fprintf(stderr, "'%s' ended with status %#x\n", all[i].name, (unsigned)status);
    }
    CHECK_EQUAL(0, status);
  }
  return passed("process");
}
