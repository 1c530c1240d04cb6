package dev.lancewright.format;

/** Thrown when a request needs a later version of the format. */
public final class NewerFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final FormatVersion needed;

  /**
   * Creates an exception.
   *
   * @param needed the first version that supports the request
   */
  public NewerFormatException(String message, FormatVersion needed) {
    super(message);
    this.needed = needed;
  }

  /** Returns the first version that supports the request. */
  public FormatVersion needed() {
    return needed;
  }
}
