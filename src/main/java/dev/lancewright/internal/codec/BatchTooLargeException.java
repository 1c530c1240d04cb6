package dev.lancewright.internal.codec;

/**
 * Rows that do not go into one batch: their strings are more than offsets can tell, or they have
 * too many bytes that are not in the file. Fewer rows may.
 */
public final class BatchTooLargeException extends Exception {
  /**
   * Bytes of nulls, and of values that the file has once for many rows, that all columns of a batch
   * may have together.
   */
  public static final long MAX_BYTES = 256L << 20;

  private static final long serialVersionUID = 1;

  public BatchTooLargeException() {
    super("too many rows for one batch", null, false, false);
  }
}
