package dev.lancewright.ffi;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Calls the function pointers in {@code struct lw_sink} and {@code struct lw_source}. */
final class UserCallbacks {
  // A holder for each, since the first use of a handle costs tens of milliseconds.

  private static final class Plain {
    static final MethodHandle HANDLE =
        downcall(FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
  }

  private static final class Write {
    static final MethodHandle HANDLE =
        downcall(
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG));
  }

  private static final class Read {
    static final MethodHandle HANDLE =
        downcall(
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG));
  }

  private UserCallbacks() {}

  /** Calls {@code int (*)(void *user)}. */
  static int call(MemorySegment function, long user) {
    try {
      return (int) Plain.HANDLE.invokeExact(function, user);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Calls {@code int (*)(void *user, const void *bytes, size_t size)}. */
  static int write(MemorySegment function, long user, MemorySegment bytes) {
    try {
      return (int) Write.HANDLE.invokeExact(function, user, bytes, bytes.byteSize());
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Calls {@code int (*)(void *user, int64_t position, void *target, size_t size)}. */
  static int read(MemorySegment function, long user, long position, MemorySegment target) {
    try {
      return (int) Read.HANDLE.invokeExact(function, user, position, target, target.byteSize());
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Wraps what C functions do not throw: an error of the JVM, or of the arguments. */
  private static AssertionError unexpected(Throwable e) {
    return switch (e) {
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> new AssertionError(e);
    };
  }

  @SuppressWarnings("restricted")
  private static MethodHandle downcall(FunctionDescriptor signature) {
    return Linker.nativeLinker().downcallHandle(signature);
  }
}
