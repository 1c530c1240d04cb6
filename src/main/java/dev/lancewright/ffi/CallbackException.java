package dev.lancewright.ffi;

import java.io.IOException;

/** Thrown when a callback of the caller fails, with the code that it returned. */
final class CallbackException extends IOException {
  private static final long serialVersionUID = 1;

  private final int code;

  /**
   * @param callback its name, such as {@code write of the sink}
   */
  CallbackException(String callback, int code) {
    super("%s failed with code %d".formatted(callback, code));
    this.code = code;
  }

  int code() {
    return code;
  }
}
