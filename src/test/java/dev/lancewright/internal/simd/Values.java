package dev.lancewright.internal.simd;

import java.util.SplittableRandom;

/** Values as the tests' models see them, and as they lie in memory. */
final class Values {
  private Values() {}

  /** Values of up to {@code width} bits. */
  static long[] random(SplittableRandom random, int count, int width) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = width == 0 ? 0 : random.nextLong() >>> (Long.SIZE - width);
    }
    return values;
  }

  /** The lowest {@code width} bytes of each value, the lowest first. */
  static byte[] bytes(long[] values, int width) {
    byte[] bytes = new byte[values.length * width];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i / width] >>> (i % width * Byte.SIZE));
    }
    return bytes;
  }

  /** The values that lie in {@code bytes}, unsigned. */
  static long[] of(byte[] bytes, int width) {
    long[] values = new long[bytes.length / width];
    for (int i = 0; i < values.length * width; i++) {
      values[i / width] |= (bytes[i] & 0xFFL) << (i % width * Byte.SIZE);
    }
    return values;
  }
}
