package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Measures the number of bits that values need. */
public final class BitWidths {
  private BitWidths() {}

  /**
   * Returns the minimum width that holds each of {@code count} unsigned values.
   *
   * @param values the values in native memory
   * @param bits the number of bits of a value in memory: 8, 16, 32 or 64
   * @return the width, 0 to {@code bits}; 0 if all values are 0 or there are none
   */
  public static int max(MemorySegment values, long at, int count, int bits) {
    long bytes = (long) count * (bits / Byte.SIZE);
    long any = Simd.vectors() ? VectorBitWidths.or(values, at, bytes) : or(values, at, bytes);
    return width(any, bits);
  }

  /** Combines {@code bytes} bytes into a word by OR, byte {@code i} into byte {@code i % 8}. */
  static long or(MemorySegment values, long at, long bytes) {
    long any = 0;
    long done = 0;
    for (; done + Long.BYTES <= bytes; done += Long.BYTES) {
      any |= values.get(LittleEndian.LONG, at + done);
    }
    for (; done < bytes; done++) {
      any |= (values.get(ValueLayout.JAVA_BYTE, at + done) & 0xFFL) << (done * Byte.SIZE);
    }
    return any;
  }

  /** Returns the width of the widest of the values in {@code any}. */
  private static int width(long any, int bits) {
    long folded = any;
    for (int half = Long.SIZE / 2; half >= bits; half /= 2) {
      folded = (folded | folded >>> half) & (-1L >>> (Long.SIZE - half));
    }
    return Long.SIZE - Long.numberOfLeadingZeros(folded);
  }
}
