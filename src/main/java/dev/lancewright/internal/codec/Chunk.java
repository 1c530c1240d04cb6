package dev.lancewright.internal.codec;

import java.util.Arrays;

/**
 * A chunk of a mini-block page: its range of values, and the size and position of each of its value
 * buffers. One object serves any number of chunks in turn.
 *
 * <p>{@link MiniBlockCodec#plan} sets the contents of the chunk; its writer sets the positions with
 * {@link #arrange}, and then has it encoded.
 */
public final class Chunk {
  private static final int FEW_BUFFERS = 4;

  private long first;
  private int values;
  private int buffers;
  private long[] bytes = new long[FEW_BUFFERS];
  private long[] places = new long[FEW_BUFFERS];
  private long prepared;

  /**
   * Starts a chunk of {@code values} values from {@code first}; the sizes of its buffers must be
   * set next.
   */
  public void begin(long first, int values, int buffers) {
    this.first = first;
    this.values = values;
    this.buffers = buffers;
    if (buffers > bytes.length) {
      bytes = Arrays.copyOf(bytes, buffers);
      places = Arrays.copyOf(places, buffers);
    }
  }

  /** Returns the position in the page of the chunk's first value. */
  public long first() {
    return first;
  }

  /** Returns the number of values. */
  public int values() {
    return values;
  }

  /** Returns the number of value buffers. */
  public int buffers() {
    return buffers;
  }

  /** Returns the size of a value buffer in bytes, without padding. */
  public long bytes(int buffer) {
    return bytes[buffer];
  }

  /** Sets the size of a value buffer in bytes. */
  public void setBytes(int buffer, long size) {
    bytes[buffer] = size;
  }

  /** Returns the position of a value buffer in the segment that the chunk is encoded into. */
  public long place(int buffer) {
    return places[buffer];
  }

  /**
   * Positions the value buffers consecutively, starting at {@code at}, each padded to a multiple of
   * {@code unit} bytes, which is a power of two.
   *
   * @return the end of the last buffer's padding
   */
  public long arrange(long at, int unit) {
    long end = at;
    for (int i = 0; i < buffers; i++) {
      places[i] = end;
      end += (bytes[i] + unit - 1) & -unit;
    }
    return end;
  }

  /**
   * Returns the position in the codec's memory of the chunk's buffers, if planning it encoded them.
   */
  public long prepared() {
    return prepared;
  }

  /** Sets the position in the codec's memory of the chunk's buffers. */
  public void setPrepared(long at) {
    prepared = at;
  }
}
