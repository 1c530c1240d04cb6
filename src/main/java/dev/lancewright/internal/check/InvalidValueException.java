package dev.lancewright.internal.check;

/** Thrown for a value that a column must not have. */
public final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String path;
  private final long row;
  private final String problem;

  /**
   * Creates an exception.
   *
   * @param message the message for the caller who passed the column
   * @param path the names from the column down to the field of the value, joined by dots
   * @param row the row of the column that has the value
   * @param problem the problem as reported to a reader of a file with that value
   */
  InvalidValueException(String message, String path, long row, String problem) {
    super(message);
    this.path = path;
    this.row = row;
    this.problem = problem;
  }

  /** Returns the names from the column down to the field of the value, joined by dots. */
  public String path() {
    return path;
  }

  /** Returns the row of the column that has the value. */
  public long row() {
    return row;
  }

  /** Returns what is wrong with the value. */
  public String problem() {
    return problem;
  }
}
