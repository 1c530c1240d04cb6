package dev.lancewright.internal.check;

/** A value of a column that may not be there. */
public final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String path;
  private final long row;
  private final String problem;

  /**
   * @param message for who gave the column
   * @param problem for who reads a file with it
   */
  InvalidValueException(String message, String path, long row, String problem) {
    super(message);
    this.path = path;
    this.row = row;
    this.problem = problem;
  }

  /** Names from the column down to the field of the value, joined by dots. */
  public String path() {
    return path;
  }

  /** The row of the column that the value is in. */
  public long row() {
    return row;
  }

  /** What is wrong with the value. */
  public String problem() {
    return problem;
  }
}
