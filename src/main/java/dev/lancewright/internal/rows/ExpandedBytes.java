package dev.lancewright.internal.rows;

import dev.lancewright.internal.codec.BatchTooLargeException;

/**
 * Counts the bytes of a batch that the file does not have, or has once for many rows, in all its
 * columns together. Those that are in the file are bounded by it.
 */
public final class ExpandedBytes {
  private long bytes;

  /**
   * @throws BatchTooLargeException if they are more than a batch may have, and not counted then
   */
  void add(long more) throws BatchTooLargeException {
    if (more > BatchTooLargeException.MAX_BYTES - bytes) {
      throw new BatchTooLargeException();
    }
    bytes += more;
  }

  /** Forgets all, for the next batch. */
  public void clear() {
    bytes = 0;
  }
}
