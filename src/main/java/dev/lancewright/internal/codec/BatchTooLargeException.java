package dev.lancewright.internal.codec;

/**
 * Rows that do not go into one batch: their strings are more than offsets can tell, or what stands
 * for their nulls takes too much memory. Fewer rows may.
 */
public final class BatchTooLargeException extends Exception {
  /** What the nulls of a column may take in one batch. */
  public static final long MAX_BYTES = 1L << 30;

  private static final long serialVersionUID = 1;

  public BatchTooLargeException() {
    super("too many rows for one batch", null, false, false);
  }
}
