package dev.lancewright.ffi;

/** Thrown for a handle that stands for nothing, or for something else. */
final class BadHandleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadHandleException(String kind, long handle) {
    super(
        handle == 0
            ? "the %s is NULL".formatted(kind)
            : "%#x is no open %s: it was closed, or never was one".formatted(handle, kind));
  }
}
