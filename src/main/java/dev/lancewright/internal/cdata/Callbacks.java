package dev.lancewright.internal.cdata;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Calls the function pointers in C structs, which have three signatures. */
public final class Callbacks {
  /** {@code void (*)(struct T*)}. */
  public static final FunctionDescriptor RELEASE_SIGNATURE =
      FunctionDescriptor.ofVoid(ValueLayout.ADDRESS);

  /** {@code int (*)(struct T*, struct U* out)}. */
  public static final FunctionDescriptor GET_SIGNATURE =
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);

  /** {@code const char* (*)(struct T*)}. */
  public static final FunctionDescriptor GET_TEXT_SIGNATURE =
      FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS);

  private static final MethodHandle RELEASE = downcall(RELEASE_SIGNATURE);

  /** Apart, since linking takes milliseconds and only streams have these. */
  private static final class OfStreams {
    private static final MethodHandle GET = downcall(GET_SIGNATURE);
    private static final MethodHandle GET_TEXT = downcall(GET_TEXT_SIGNATURE);
  }

  private Callbacks() {}

  public static void release(MemorySegment function, MemorySegment struct) {
    try {
      RELEASE.invokeExact(function, struct);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  public static int get(MemorySegment function, MemorySegment struct, MemorySegment out) {
    try {
      return (int) OfStreams.GET.invokeExact(function, struct, out);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  public static MemorySegment getText(MemorySegment function, MemorySegment struct) {
    try {
      return (MemorySegment) OfStreams.GET_TEXT.invokeExact(function, struct);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Wraps an exception from a call: C functions throw none, so it is an error of the JVM or of this
   * class.
   */
  static AssertionError unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return new AssertionError(e);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle downcall(FunctionDescriptor signature) {
    return Linker.nativeLinker().downcallHandle(signature);
  }
}
