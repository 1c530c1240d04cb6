package dev.lancewright.format;

import java.io.IOException;

/** A file that is not a Lance file, is cut short, or contradicts itself. */
public final class LanceFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message names the file or the place in it, what is wrong, and what should be there
   */
  public LanceFormatException(String message) {
    super(message);
  }

  /**
   * Creates an exception for what another one found.
   *
   * @param message names the file or the place in it, what is wrong, and what should be there
   */
  public LanceFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
