package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Heap memory for {@value #VALUES} values, which kernels that do without vectors work on: they copy
 * values there in bulk, and what they find out in bulk, too. Loops over heap arrays are fast from
 * the first call on and the JIT makes vectors of them, where each access to a segment goes through
 * layers that are slow until all of them are compiled.
 *
 * <p>Every kernel overwrites it. Arrays are made when they are first asked for, so that it takes
 * nothing where kernels run on vectors. Not thread-safe.
 */
public final class ValueBlock {
  /** Values of a block. */
  static final int VALUES = 1024;

  /** Bytes of the words of a block. */
  static final int BYTES = VALUES * Long.BYTES;

  /** A run that goes on from block to block adds up to so many entries to those of a block. */
  static final int SPARE = 8;

  private long[] words;
  private long[] others;
  private int[] ints;
  private short[] shorts;
  private byte[] bytes;
  private byte[] narrow;
  private int[] ends;
  private int[] places;

  /** Room for values of 64 bits, or for narrower ones side by side. */
  long[] words() {
    if (words == null) {
      words = new long[VALUES + SPARE];
    }
    return words;
  }

  /** As much once more. */
  long[] others() {
    if (others == null) {
      others = new long[VALUES + SPARE];
    }
    return others;
  }

  int[] ints() {
    if (ints == null) {
      ints = new int[VALUES + SPARE];
    }
    return ints;
  }

  short[] shorts() {
    if (shorts == null) {
      shorts = new short[VALUES + SPARE];
    }
    return shorts;
  }

  /** Room for values of 8 bits. */
  public byte[] bytes() {
    if (bytes == null) {
      bytes = new byte[VALUES + SPARE];
    }
    return bytes;
  }

  /** As much as {@link #bytes} once more. */
  byte[] narrow() {
    if (narrow == null) {
      narrow = new byte[VALUES + SPARE];
    }
    return narrow;
  }

  /** Room for the places of values in the block that are the last of something. */
  int[] ends() {
    if (ends == null) {
      ends = new int[VALUES + SPARE];
    }
    return ends;
  }

  /** Room for places of values in the block. */
  int[] places() {
    if (places == null) {
      places = new int[VALUES + SPARE];
    }
    return places;
  }

  /**
   * Copies bytes into words, the first byte into the lowest one of a word. What is left of the last
   * word is 0.
   *
   * @return the number of words
   */
  static int read(MemorySegment source, long at, int bytes, long[] words) {
    int whole = bytes / Long.BYTES;
    MemorySegment.copy(source, LittleEndian.LONG, at, words, 0, whole);
    int rest = bytes % Long.BYTES;
    if (rest == 0) {
      return whole;
    }
    long last = 0;
    for (int i = 0; i < rest; i++) {
      long octet = source.get(ValueLayout.JAVA_BYTE, at + (long) whole * Long.BYTES + i) & 0xFF;
      last |= octet << (i * Byte.SIZE);
    }
    words[whole] = last;
    return whole + 1;
  }

  /** Copies {@code bytes} bytes out of words, from word {@code from} on, as they were read. */
  static void write(long[] words, int from, int bytes, MemorySegment target, long at) {
    int whole = bytes / Long.BYTES;
    MemorySegment.copy(words, from, target, LittleEndian.LONG, at, whole);
    for (int i = whole * Long.BYTES; i < bytes; i++) {
      long octet = words[from + whole] >>> (i % Long.BYTES * Byte.SIZE);
      target.set(ValueLayout.JAVA_BYTE, at + i, (byte) octet);
    }
  }
}
