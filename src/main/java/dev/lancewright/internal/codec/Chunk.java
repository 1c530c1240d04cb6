package dev.lancewright.internal.codec;

import java.util.Arrays;

/**
 * A chunk of a mini-block page: which values it has, how many bytes each of its value buffers has,
 * and where they go. One object serves any number of chunks, one after the other.
 *
 * <p>{@link MiniBlockCodec#plan} says what is in the chunk; whoever puts it out says with {@link
 * #arrange} where, and then has it encoded.
 */
public final class Chunk {
  private static final int FEW_BUFFERS = 4;

  private long first;
  private int values;
  private int buffers;
  private long[] bytes = new long[FEW_BUFFERS];
  private long[] places = new long[FEW_BUFFERS];
  private long prepared;

  /** Makes this the chunk of {@code values} values from {@code first} on; its sizes come next. */
  public void begin(long first, int values, int buffers) {
    this.first = first;
    this.values = values;
    this.buffers = buffers;
    if (buffers > bytes.length) {
      bytes = Arrays.copyOf(bytes, buffers);
      places = Arrays.copyOf(places, buffers);
    }
  }

  /** The page's value that the chunk starts with. */
  public long first() {
    return first;
  }

  /** The number of values. */
  public int values() {
    return values;
  }

  /** The number of value buffers. */
  public int buffers() {
    return buffers;
  }

  /** The bytes of a value buffer, without padding. */
  public long bytes(int buffer) {
    return bytes[buffer];
  }

  /** Says how many bytes a value buffer has. */
  public void setBytes(int buffer, long size) {
    bytes[buffer] = size;
  }

  /** Where a value buffer starts in the segment that the chunk is encoded into. */
  public long place(int buffer) {
    return places[buffer];
  }

  /**
   * Places the value buffers one after the other, the first at {@code at}, each padded to a
   * multiple of {@code unit} bytes, which is a power of two.
   *
   * @return where the padding of the last one ends
   */
  public long arrange(long at, int unit) {
    long end = at;
    for (int i = 0; i < buffers; i++) {
      places[i] = end;
      end += (bytes[i] + unit - 1) & -unit;
    }
    return end;
  }

  /** Where the codec keeps what it encoded when it planned the chunk, if it had to. */
  public long prepared() {
    return prepared;
  }

  /** Says where the codec keeps what it has encoded. */
  public void setPrepared(long at) {
    prepared = at;
  }
}
