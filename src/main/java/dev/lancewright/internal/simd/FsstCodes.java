package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What codes of FSST, a byte each, stand for: code {@code i} for symbol {@code i}, a string of one
 * to eight bytes, code {@value #ESCAPE} for the byte behind it. Immutable.
 */
public final class FsstCodes {
  /** The code of a byte that no symbol stands for. */
  public static final int ESCAPE = 255;

  /** The most bytes of a symbol, and so the most that a byte of codes stands for. */
  public static final int MAX_SYMBOL_BYTES = 8;

  /** Where a short text has its length. */
  static final int LENGTH_SHIFT = 56;

  private final long[] symbols;

  /**
   * By code: a symbol of less than {@value #MAX_SYMBOL_BYTES} bytes, the first one lowest, with its
   * length in the highest; 0 for all other codes. One look tells both.
   */
  private final long[] shortTexts = new long[ESCAPE + 1];

  /**
   * @param symbols the first byte of each in the lowest bits
   * @param lengths bytes of each
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
   * Decodes {@code count} values, one behind the other, up to the first that is malformed: one with
   * a code that has no symbol, one that ends with an escape, one that does not lie between the
   * first offset and the last, or one that ends beyond what an offset can count.
   *
   * @param offsets where each value starts in {@code codes}, and where the last one ends
   * @param width bytes of an offset: 4 or 8
   * @param first the first value to decode
   * @param target with room for {@value #MAX_SYMBOL_BYTES} times the codes and as many bytes more
   *     from {@code to} on, all of which may be overwritten
   * @param ends takes where each value ends in {@code target}, at the value's index and one more
   * @return values decoded
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
