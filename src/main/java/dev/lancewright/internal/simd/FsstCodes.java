package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Codes of FSST, a byte each: code {@code i} stands for symbol {@code i}, a string of one to eight
 * bytes, code {@value #ESCAPE} for the byte behind it.
 */
public final class FsstCodes {
  /** The code of a byte that no symbol stands for. */
  public static final int ESCAPE = 255;

  /** The most bytes of a symbol, and so the most that a byte of codes stands for. */
  public static final int MAX_SYMBOL_BYTES = 8;

  /** Where a short text has its length. */
  static final int LENGTH_SHIFT = 56;

  private FsstCodes() {}

  /**
   * A symbol as {@link #decode} takes it: its bytes, the first one lowest, and its length in the
   * highest byte; 0 if it has {@value #MAX_SYMBOL_BYTES} bytes.
   *
   * @param text zeros behind the first {@code length} bytes
   */
  public static long shortText(long text, int length) {
    return length < MAX_SYMBOL_BYTES ? text | (long) length << LENGTH_SHIFT : 0;
  }

  /**
   * Decodes {@code count} values, one behind the other, up to the first that is malformed: one with
   * a code that has no symbol, one that ends with an escape, one that does not lie between the
   * first offset and the last, or one that ends beyond what an offset can count.
   *
   * @param offsets where each value starts in {@code codes}, and where the last one ends
   * @param width bytes of an offset: 4 or 8
   * @param first the first value to decode
   * @param symbols their bytes, the first one lowest, zeros behind
   * @param shortTexts by code: {@link #shortText} of its symbol, 0 if it has none
   * @param target with room for {@value #MAX_SYMBOL_BYTES} times the codes and as many bytes more
   *     from {@code to} on, all of which may be overwritten
   * @param ends takes where each value ends in {@code target}, at the value's index and one more
   * @return values decoded
   */
  public static int decode(
      MemorySegment codes,
      MemorySegment offsets,
      int width,
      long first,
      int count,
      long[] symbols,
      long[] shortTexts,
      MemorySegment target,
      long to,
      MemorySegment ends) {
    return Simd.vectors(codes, target) && Simd.vectors(offsets, ends)
        ? VectorFsstCodes.decode(
            codes, offsets, width, first, count, symbols, shortTexts, target, to, ends)
        : scalarDecode(codes, offsets, width, first, count, symbols, shortTexts, target, to, ends);
  }

  static int scalarDecode(
      MemorySegment codes,
      MemorySegment offsets,
      int width,
      long first,
      int count,
      long[] symbols,
      long[] shortTexts,
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
