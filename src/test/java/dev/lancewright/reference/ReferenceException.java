package dev.lancewright.reference;

import java.io.IOException;

/** The reference implementation refused a file, died or hung; the message says which. */
public final class ReferenceException extends IOException {
  private static final long serialVersionUID = 1;

  ReferenceException(String message) {
    super(message);
  }

  ReferenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
