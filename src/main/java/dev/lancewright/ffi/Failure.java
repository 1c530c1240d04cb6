package dev.lancewright.ffi;

import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.cdata.CStrings;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What C code gets for an exception: one of the codes of {@code lancewright.h}, and a text. */
final class Failure {
  static final int OK = 0;

  /** How many bytes of memory C code has for the text of an error, its NUL included. */
  static final int TEXT_BYTES = 4096;

  private static final int BAD_ARGUMENT = -1;
  private static final int BAD_STATE = -2;
  private static final int BAD_HANDLE = -3;
  private static final int IO = -4;
  private static final int BAD_FILE = -5;
  private static final int NO_MEMORY = -6;
  private static final int INTERNAL = -7;

  private Failure() {}

  /**
   * Returns the code of an exception. Throws nothing, whatever is left of stack and heap.
   *
   * @param text the address of memory for {@link #TEXT_BYTES} bytes, which get the text
   */
  static int report(Throwable e, long text) {
    try {
      CStrings.writeShortened(textOf(e), CMemory.at(text, TEXT_BYTES));
      return code(e);
    } catch (Throwable onTop) {
      return e instanceof OutOfMemoryError ? NO_MEMORY : INTERNAL;
    }
  }

  private static String textOf(Throwable e) {
    boolean isExpected = code(e) != INTERNAL;
    return isExpected && e.getMessage() != null ? e.getMessage() : e.toString();
  }

  private static int code(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CallbackException callback && callback.code() > 0) {
        return callback.code();
      }
    }
    return switch (e) {
      case BadHandleException _ -> BAD_HANDLE;
      case LanceFormatException _ -> BAD_FILE;
      case IOException _ -> IO;
      case UncheckedIOException _ -> IO;
      case IllegalArgumentException _ -> BAD_ARGUMENT;
      case IllegalStateException _ -> BAD_STATE;
      case OutOfMemoryError _ -> NO_MEMORY;
      default -> INTERNAL;
    };
  }
}
