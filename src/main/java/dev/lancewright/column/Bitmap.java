package dev.lancewright.column;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.Require;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * A borrowed range of bits, least significant bit of each byte first, as in Arrow.
 *
 * @param bytes the segment that holds the bits
 * @param offset the position of the first bit, counted from the start of {@code bytes}
 * @param length the number of bits
 */
public record Bitmap(MemorySegment bytes, long offset, long length) {
  /**
   * @throws IllegalArgumentException if the bits do not lie within {@code bytes}
   */
  public Bitmap {
    Require.nonNull(bytes, "bytes");
    if (offset < 0 || length < 0 || length > Long.MAX_VALUE - 7 - offset) {
      throw new IllegalArgumentException(
          "a bitmap of %d bits cannot start at bit %d".formatted(length, offset));
    }
    if (bytes.byteSize() < bytesFor(offset + length)) {
      throw new IllegalArgumentException(
          "a bitmap of %d bits from bit %d on needs %d bytes, but has %d"
              .formatted(length, offset, bytesFor(offset + length), bytes.byteSize()));
    }
  }

  /** Returns the number of bytes needed for {@code bits} bits. */
  public static long bytesFor(long bits) {
    return (bits + 7) >>> 3;
  }

  /** Returns whether bit {@code index} is set. */
  public boolean get(long index) {
    Objects.checkIndex(index, length);
    long bit = offset + index;
    return (bytes.get(ValueLayout.JAVA_BYTE, bit >>> 3) >>> (bit & 7) & 1) != 0;
  }

  /** Returns {@code count} bits starting at bit {@code from}, without copying. */
  public Bitmap slice(long from, long count) {
    Objects.checkFromIndexSize(from, count, length);
    return new Bitmap(bytes, offset + from, count);
  }

  /** Returns the number of set bits. */
  public long count() {
    long count = 0;
    long i = 0;
    for (; i + 64 <= length; i += 64) {
      count += Long.bitCount(word(i));
    }
    return i == length ? count : count + Long.bitCount(word(i));
  }

  /**
   * Returns up to 64 bits starting at bit {@code index}, which becomes bit 0 of the result; bits
   * past the end of the bitmap are 0.
   */
  public long word(long index) {
    long count = Math.min(64, length - Objects.checkIndex(index, length));
    long first = offset + index;
    long at = first >>> 3;
    int shift = (int) (first & 7);
    long bits;
    if (at + 8 <= bytes.byteSize()) {
      bits = bytes.get(LittleEndian.LONG, at) >>> shift;
      if (shift + count > 64) {
        bits |= (bytes.get(ValueLayout.JAVA_BYTE, at + 8) & 0xFFL) << (64 - shift);
      }
    } else {
      bits = 0;
      for (long b = at; b < bytesFor(first + count); b++) {
        long octet = bytes.get(ValueLayout.JAVA_BYTE, b) & 0xFFL;
        long place = (b - at) * 8 - shift;
        bits |= place < 0 ? octet >>> -place : octet << place;
      }
    }
    return count == 64 ? bits : bits & ((1L << count) - 1);
  }

  /**
   * Returns the position of the first set bit at or after {@code from}, or {@code end} if there is
   * none before it.
   */
  public long nextSet(long from, long end) {
    for (long index = from; index < end; index += 64) {
      long set = word(index);
      if (set != 0) {
        return Math.min(index + Long.numberOfTrailingZeros(set), end);
      }
    }
    return end;
  }

  /**
   * Returns the position of the first clear bit at or after {@code from}, or {@code end} if there
   * is none before it.
   */
  public long nextClear(long from, long end) {
    for (long index = from; index < end; index += 64) {
      long clear = ~word(index);
      if (clear != 0) {
        return Math.min(index + Long.numberOfTrailingZeros(clear), end);
      }
    }
    return end;
  }

  /**
   * Returns whether the {@code count} bits starting at {@code from} are all set.
   *
   * @param bits the bits, or null for the validity of rows without nulls, which counts as all set
   */
  public static boolean isAllSet(Bitmap bits, long from, long count) {
    return bits == null || bits.nextClear(from, from + count) == from + count;
  }
}
