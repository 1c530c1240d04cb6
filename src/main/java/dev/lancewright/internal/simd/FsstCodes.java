package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The meaning of FSST codes, a byte each: code {@code i} stands for symbol {@code i}, a string of
 * one to eight bytes, and code {@value #ESCAPE} for the byte after it. Immutable.
 */
public final class FsstCodes {
  /** The escape code, which precedes a literal byte. */
  public static final int ESCAPE = 255;

  /** The maximum number of bytes in a symbol, and so the maximum expansion of a code byte. */
  public static final int MAX_SYMBOL_BYTES = 8;

  /** The shift of the length in a short text. */
  static final int LENGTH_SHIFT = 56;

  private final long[] symbols;

  /**
   * For each code a symbol of less than {@value #MAX_SYMBOL_BYTES} bytes, the first one lowest,
   * with its length in the highest byte, so that one lookup yields both; 0 for all other codes.
   */
  private final long[] shortTexts = new long[ESCAPE + 1];

  /**
   * Creates codes.
   *
   * @param symbols the symbols, with the first byte of each in the lowest bits
   * @param lengths the number of bytes of each symbol
   */
  public FsstCodes(long[] symbols, byte[] lengths) {
    this.symbols = symbols;
    for (int code = 0; code < symbols.length; code++) {
      int length = lengths[code];
      if (length < MAX_SYMBOL_BYTES) {
        long text = symbols[code] & ((1L << (length * Byte.SIZE)) - 1);
        shortTexts[code] = text | (long) length << LENGTH_SHIFT;
      }
    }
  }

  /**
   * Decodes {@code count} values contiguously, up to the first that is malformed: one with a code
   * without a symbol, one that ends with an escape, one that does not lie between the first and the
   * last offset, or one whose decoded end does not fit into an offset.
   *
   * @param offsets the start of each value in {@code codes}, and the end of the last one
   * @param width the number of bytes of an offset: 4 or 8
   * @param first the first value to decode
   * @param target the target for the values, with room at {@code to} for {@value #MAX_SYMBOL_BYTES}
   *     times the size of the codes plus {@value #MAX_SYMBOL_BYTES} bytes, all of which may be
   *     overwritten
   * @param ends the target for the end of each value in {@code target}, at the value's index plus
   *     one
   * @return the number of values decoded
   */
  public int decode(
      MemorySegment codes,
      MemorySegment offsets,
      int width,
      long first,
      int count,
      MemorySegment target,
      long to,
      MemorySegment ends) {
    return Simd.vectors(codes, target) && Simd.vectors(offsets, ends)
        ? vectorDecode(codes, offsets, width, first, count, target, to, ends)
        : scalarDecode(codes, offsets, width, first, count, target, to, ends);
  }

  int vectorDecode(
      MemorySegment codes,
      MemorySegment offsets,
      int width,
      long first,
      int count,
      MemorySegment target,
      long to,
      MemorySegment ends) {
    return VectorFsstCodes.decode(
        codes, offsets, width, first, count, symbols, shortTexts, target, to, ends);
  }

  int scalarDecode(
      MemorySegment codes,
      MemorySegment offsets,
      int width,
      long first,
      int count,
      MemorySegment target,
      long to,
      MemorySegment ends) {
    long end = Offsets.get(offsets, first * width, width);
    long limit = Offsets.get(offsets, (first + count) * width, width);
    long next = to;
    for (int value = 0; value < count; value++) {
      long start = end;
      end = Offsets.get(offsets, (first + value + 1) * width, width);
      if (end < start || end > limit) {
        return value;
      }
      for (long at = start; at < end; at++) {
        int code = codes.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
        long text = shortTexts[code];
        if (text != 0) {
          target.set(LittleEndian.LONG, next, text);
          next += text >>> LENGTH_SHIFT;
        } else if (code < symbols.length) {
          target.set(LittleEndian.LONG, next, symbols[code]);
          next += MAX_SYMBOL_BYTES;
        } else {
          at++;
          if (code != ESCAPE || at == end) {
            return value;
          }
          target.set(ValueLayout.JAVA_BYTE, next, codes.get(ValueLayout.JAVA_BYTE, at));
          next++;
        }
      }
      if (width == Integer.BYTES && next > Integer.MAX_VALUE) {
        return value;
      }
      Offsets.set(ends, (first + value + 1) * width, width, next);
    }
    return count;
  }
}
