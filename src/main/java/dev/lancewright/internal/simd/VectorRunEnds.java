package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.BYTES;
import static dev.lancewright.internal.simd.VectorLanes.BYTE_LANES;
import static dev.lancewright.internal.simd.VectorLanes.ORDER;
import static dev.lancewright.internal.simd.VectorMemory.ALL;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.ByteVector;

/**
 * Finds the ends of runs: a run ends with a value that differs from its successor.
 *
 * <p>Values of all widths are compared as bytes, and bits of bytes become bits of values without
 * vectors. If each width had its own lanes, the JIT would compile vectors of several widths into
 * one method once a process has used them, which exceeds the size limit of a compilation: vectors
 * would be allocated on the heap, which takes thirty times as long.
 */
final class VectorRunEnds {
  /** The number of values in a step: one for each bit of a word. */
  static final int VALUES = Long.SIZE;

  /** The number of bytes that are compared together, which yield a bit each. */
  private static final long STEP = Long.SIZE;

  // The lowest bit of each value.
  private static final long TWOS = 0x5555555555555555L;
  private static final long FOURS = 0x1111111111111111L;
  private static final long EIGHTS = 0x0101010101010101L;

  private VectorRunEnds() {}

  /**
   * Finds the ends among up to {@value #VALUES} values, starting with value {@code i}, that have a
   * successor.
   *
   * @param from the address of the first of {@code count} values, of which there are more than
   *     {@value #VALUES}
   * @param bytes the bytes of a value: 1, 2, 4 or 8
   * @return a bit for each value
   */
  static long find(long from, long i, long count, int bytes) {
    // The last step starts early enough to be complete, and drops the values seen before.
    long again = Math.max(0, i + VALUES - (count - 1));
    return find(from + (i - again) * bytes, bytes) >>> again;
  }

  private static long find(long at, int bytes) {
    return switch (bytes) {
      case 1 -> differences(at, 1);
      case 2 -> Long.compress(twos(at), TWOS) | Long.compress(twos(at + STEP), TWOS) << 32;
      case 4 ->
          Long.compress(fours(at), FOURS)
              | Long.compress(fours(at + STEP), FOURS) << 16
              | Long.compress(fours(at + 2 * STEP), FOURS) << 32
              | Long.compress(fours(at + 3 * STEP), FOURS) << 48;
      default -> {
        long ends = 0;
        for (int step = 0; step != 8; step++) {
          // The highest byte of the product has all the bits.
          long highest = (eights(at + step * STEP) * 0x0102040810204080L) >>> 56;
          ends |= highest << (8 * step);
        }
        yield ends;
      }
    };
  }

  /** Counts the ends among {@value #VALUES} values, reading one more. */
  static int count(long at, int bytes) {
    int ends = 0;
    switch (bytes) {
      case 1 -> ends = Long.bitCount(differences(at, 1));
      case 2 -> ends = Long.bitCount(twos(at)) + Long.bitCount(twos(at + STEP));
      case 4 ->
          ends =
              Long.bitCount(fours(at))
                  + Long.bitCount(fours(at + STEP))
                  + Long.bitCount(fours(at + 2 * STEP))
                  + Long.bitCount(fours(at + 3 * STEP));
      default -> {
        for (int step = 0; step != 8; step++) {
          ends += Long.bitCount(eights(at + step * STEP));
        }
      }
    }
    return ends;
  }

  private static long twos(long at) {
    long any = differences(at, 2);
    return (any | any >>> 1) & TWOS;
  }

  private static long fours(long at) {
    long any = differences(at, 4);
    any |= any >>> 1;
    return (any | any >>> 2) & FOURS;
  }

  private static long eights(long at) {
    long any = differences(at, 8);
    any |= any >>> 1;
    any |= any >>> 2;
    return (any | any >>> 4) & EIGHTS;
  }

  /** A bit for each of {@value #STEP} bytes, set where one differs from that so far after it. */
  private static long differences(long at, int distance) {
    long bits = vector(at, distance);
    if (BYTES == 32) {
      bits |= vector(at + 32, distance) << 32;
    } else if (BYTES == 16) {
      bits |= vector(at + 16, distance) << 16;
      bits |= vector(at + 32, distance) << 32;
      bits |= vector(at + 48, distance) << 48;
    }
    return bits;
  }

  private static long vector(long at, int distance) {
    return load(at).compare(NE, load(at + distance)).toLong();
  }

  private static ByteVector load(long at) {
    return ByteVector.fromMemorySegment(BYTE_LANES, ALL, at, ORDER);
  }
}
