package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Functions over levels from 0 to {@value #MAX}, a byte each, that process eight at a time or
 * vectors.
 */
public final class LevelBytes {
  /** The maximum level: the highest bit of each byte is reserved for counting. */
  public static final int MAX = 127;

  private static final long ONES = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** The number of levels in a packed block, which for {@link BitPacking} are 16-bit values. */
  private static final int BLOCK = BitPacking.BLOCK;

  private static final int WORD_BITS = 16;
  private static final int WORD_BYTES = 2;

  /** A long with the lowest bit of each of four 16-bit words set. */
  private static final long FOUR = 0x0001000100010001L;

  private LevelBytes() {}

  /**
   * Writes a level for each of {@code count} bits of a validity bitmap: 0 for a set bit, {@code
   * level} for a clear one.
   *
   * @param first the position of the first bit
   * @return whether any bit was clear
   */
  public static boolean ofNulls(
      MemorySegment validity, long first, long count, int level, MemorySegment levels, long at) {
    return Simd.vectors(validity, levels)
        ? VectorLevelBytes.ofNulls(validity, first, count, level, levels, at)
        : scalarOfNulls(validity, first, count, level, levels, at);
  }

  static boolean scalarOfNulls(
      MemorySegment validity, long first, long count, int level, MemorySegment levels, long at) {
    long any = 0;
    long done = 0;
    for (; done + Byte.SIZE <= count; done += Byte.SIZE) {
      long nulls = ~octet(validity, first + done, Byte.SIZE) & 0xFF;
      any |= nulls;
      levels.set(LittleEndian.LONG, at + done, spread(nulls) * level);
    }
    int left = (int) (count - done);
    if (left > 0) {
      long nulls = ~octet(validity, first + done, left) & ((1 << left) - 1);
      any |= nulls;
      for (int i = 0; i < left; i++) {
        levels.set(ValueLayout.JAVA_BYTE, at + done + i, (byte) ((nulls >>> i & 1) * level));
      }
    }
    return any != 0;
  }

  /** Returns up to eight bits, with others above them. */
  private static long octet(MemorySegment bits, long first, int count) {
    long at = first >>> 3;
    int shift = (int) (first & 7);
    long octet = bits.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    if (shift + count > Byte.SIZE) {
      octet |= (bits.get(ValueLayout.JAVA_BYTE, at + 1) & 0xFFL) << Byte.SIZE;
    }
    return octet >>> shift;
  }

  /** Returns a word with a byte of 1 for each of eight bits that is set. */
  private static long spread(long bits) {
    return nonZero(bits * ONES & 0x8040201008040201L);
  }

  /**
   * Sets those of the 64 levels at {@code at} to {@code level} whose bit is set and that are 0. The
   * eight bytes that contain the last set bit's level must be accessible.
   *
   * @return whether there were any
   */
  public static boolean mark(long bits, int level, MemorySegment levels, long at) {
    long marked = 0;
    long to = at;
    for (long left = bits; left != 0; left >>>= 8, to += 8) {
      long marks = spread(left & 0xFF);
      if (marks == 0) {
        continue;
      }
      long eight = levels.get(LittleEndian.LONG, to);
      marks &= ~nonZero(eight);
      marked |= marks;
      levels.set(LittleEndian.LONG, to, eight | marks * level);
    }
    return marked != 0;
  }

  /** Returns a word with a byte of 1 for each byte that is not 0. */
  private static long nonZero(long bytes) {
    return ((bytes & LOW_BITS) + LOW_BITS | bytes) >>> 7 & ONES;
  }

  /** Returns the number of levels from {@code from} to {@code to} that equal {@code level}. */
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
   * Returns the number of levels, starting at {@code from}, that contain {@code wanted} levels of
   * at most {@code most} and end with one. There must be {@code wanted} such levels, and 7 bytes
   * after the last one.
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

  /** Writes {@code count} levels as two bytes each. */
  public static void widen(
      MemorySegment levels, long from, long count, MemorySegment target, long at) {
    if (Simd.vectors()) {
      VectorLevelBytes.widen(levels, from, count, target, at);
    } else {
      scalarWiden(levels, from, count, target, at);
    }
  }

  static void scalarWiden(
      MemorySegment levels, long from, long count, MemorySegment target, long at) {
    long done = 0;
    for (; done + 4 <= count; done += 4) {
      target.set(LittleEndian.LONG, at + done * WORD_BYTES, widened(levels, from + done));
    }
    for (; done < count; done++) {
      short level = levels.get(ValueLayout.JAVA_BYTE, from + done);
      target.set(LittleEndian.SHORT, at + done * WORD_BYTES, level);
    }
  }

  /**
   * Packs {@value #BLOCK} levels, as {@link BitPacking} does with 16-bit values.
   *
   * @param width the number of bits of a packed level, 0 to 7; none of the levels may be wider
   */
  public static void pack(
      MemorySegment levels, long from, int width, MemorySegment target, long at) {
    if (Simd.vectors()) {
      VectorLevelBytes.pack(levels, from, width, target, at);
    } else {
      scalarPack(levels, from, width, target, at);
    }
  }

  static void scalarPack(
      MemorySegment levels, long from, int width, MemorySegment target, long at) {
    for (int lane = 0; lane < BLOCK / WORD_BITS; lane += 4) {
      packFour(levels, from + lane, width, target, at + (long) lane * WORD_BYTES);
    }
  }

  private static void packFour(
      MemorySegment levels, long from, int width, MemorySegment target, long at) {
    long words = 0;
    int used = 0;
    long next = at;
    for (int row = 0; row < WORD_BITS; row++) {
      long four = widened(levels, from + rowAt(row));
      int left = WORD_BITS - used;
      if (width < left) {
        words |= four << used;
        used += width;
      } else {
        long low = (FOUR << left) - FOUR;
        target.set(LittleEndian.LONG, next, words | (four & low) << used);
        next += BitPacking.ROW_BYTES;
        used = width - left;
        words = four >>> left & ((FOUR << used) - FOUR);
      }
    }
  }

  /** Returns the start of a row of levels, from the start of the block. */
  static int rowAt(int row) {
    return BitPacking.rowAt(row, WORD_BITS) / WORD_BYTES;
  }

  /** Returns four bytes widened to four 16-bit words. */
  private static long widened(MemorySegment levels, long at) {
    long four = levels.get(LittleEndian.INT, at) & 0xFFFFFFFFL;
    four = (four | four << 16) & 0x0000FFFF0000FFFFL;
    return (four | four << 8) & 0x00FF00FF00FF00FFL;
  }
}
