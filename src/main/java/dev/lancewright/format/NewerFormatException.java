package dev.lancewright.format;

/** What was asked for exists in a later version of the format only. */
public final class NewerFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final FormatVersion needed;

  /**
   * @param needed the first version that has it
   */
  public NewerFormatException(String message, FormatVersion needed) {
    super(message);
    this.needed = needed;
  }

  /** The first version that has what was asked for. */
  public FormatVersion needed() {
    return needed;
  }
}
