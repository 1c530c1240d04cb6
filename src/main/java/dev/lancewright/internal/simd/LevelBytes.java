package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Levels from 0 to {@value #MAX}, a byte each, worked on eight at a time. */
public final class LevelBytes {
  /** The greatest level: the highest bit of each byte is left for counting. */
  public static final int MAX = 127;

  private static final long ONES = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private LevelBytes() {}

  /**
   * Gives {@code level} to those of 64 levels from {@code at} on whose bit is set and that are 0.
   * The bytes up to the eighth of the last set bit must be there.
   *
   * @param allZero whether all those levels are known to be 0
   * @return whether there was one
   */
  public static boolean mark(long bits, int level, MemorySegment levels, long at, boolean allZero) {
    long marked = 0;
    long to = at;
    for (long left = bits; left != 0; left >>>= 8, to += 8) {
      long marks = nonZero((left & 0xFF) * ONES & 0x8040201008040201L);
      if (marks == 0) {
        continue;
      }
      long eight = levels.get(LittleEndian.LONG, to);
      if (!allZero) {
        marks &= ~nonZero(eight);
      }
      marked |= marks;
      levels.set(LittleEndian.LONG, to, eight | marks * level);
    }
    return marked != 0;
  }

  /** For each byte 1 if it is not 0. */
  private static long nonZero(long bytes) {
    return ((bytes & LOW_BITS) + LOW_BITS | bytes) >>> 7 & ONES;
  }

  /** How many levels from {@code from} to {@code to} equal {@code level}. */
  public static long countEqual(MemorySegment levels, long from, long to, int level) {
    long count = 0;
    long at = from;
    for (; at + 8 <= to; at += 8) {
      long others = levels.get(LittleEndian.LONG, at) ^ level * ONES;
      count += 8 - Long.bitCount(others + LOW_BITS & HIGH_BITS);
    }
    for (; at < to; at++) {
      count += levels.get(ValueLayout.JAVA_BYTE, at) == level ? 1 : 0;
    }
    return count;
  }

  /**
   * How many levels from {@code from} on hold {@code wanted} that are at most {@code most}; the
   * last one is. There must be so many, and 7 bytes behind the last.
   */
  public static long lengthWith(MemorySegment levels, long from, int most, long wanted) {
    long limits = most * ONES | HIGH_BITS;
    long left = wanted;
    long at = from;
    while (left >= 8) {
      left -= Long.bitCount(limits - levels.get(LittleEndian.LONG, at) & HIGH_BITS);
      at += 8;
    }
    for (; left > 0; at++) {
      left -= levels.get(ValueLayout.JAVA_BYTE, at) <= most ? 1 : 0;
    }
    return at - from;
  }
}
