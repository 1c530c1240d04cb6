package dev.lancewright.format;

import java.io.IOException;

/** Thrown for a file that is not a Lance file, is truncated, or contradicts itself. */
public final class LanceFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the message, which names the file or the place in it, what is wrong, and what is
   *     expected
   */
  public LanceFormatException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message the message, which names the file or the place in it, what is wrong, and what is
   *     expected
   */
  public LanceFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
