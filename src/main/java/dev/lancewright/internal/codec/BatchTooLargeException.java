package dev.lancewright.internal.codec;

/**
 * Thrown for rows that do not fit into one batch, as their strings exceed what offsets can address,
 * or as they have too many bytes that are not in the file. Fewer rows may fit.
 */
public final class BatchTooLargeException extends Exception {
  /**
   * The maximum number of bytes, over all columns of a batch, of nulls and of values that the file
   * stores once for many rows.
   */
  public static final long MAX_BYTES = 256L << 20;

  private static final long serialVersionUID = 1;

  public BatchTooLargeException() {
    super("too many rows for one batch", null, false, false);
  }
}
