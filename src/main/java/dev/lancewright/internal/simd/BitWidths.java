package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;

/** Measures the number of bits that values need. */
public final class BitWidths {
  private static final Warmup MAX = new Warmup(4L << 30);

  private BitWidths() {}

  /**
   * Returns the minimum width that holds each of {@code count} unsigned values.
   *
   * @param values native memory
   * @param bits of a value as it lies there: 8, 16, 32 or 64
   * @param block scratch memory, which is overwritten
   * @return 0 to {@code bits}; 0 if all values are 0 or there is none
   */
  public static int max(MemorySegment values, long at, int count, int bits, ValueBlock block) {
    long bytes = (long) count * (bits / Byte.SIZE);
    long any =
        MAX.vectors(bytes)
            ? VectorBitWidths.or(values, at, bytes, block)
            : scalarOr(values, at, bytes, block);
    return width(any, bits);
  }

  /** Lays {@code bytes} bytes over each other, byte {@code i} on byte {@code i % 8}. */
  static long scalarOr(MemorySegment values, long at, long bytes, ValueBlock block) {
    long[] words = block.words();
    long any = 0;
    for (long done = 0; done < bytes; done += ValueBlock.BYTES) {
      int part = (int) Math.min(ValueBlock.BYTES, bytes - done);
      any |= or(words, ValueBlock.read(values, at + done, part, words));
    }
    return any;
  }

  private static long or(long[] words, int count) {
    long any = 0;
    for (int i = 0; i < count; i++) {
      any |= words[i];
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
