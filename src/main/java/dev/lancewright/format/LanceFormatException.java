package dev.lancewright.format;

import java.io.IOException;

/** A file that is not a Lance file, is cut short, or contradicts itself. */
public final class LanceFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public LanceFormatException(String message) {
    super(message);
  }

  public LanceFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
