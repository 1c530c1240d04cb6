package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Functions over levels from 0 to {@value #MAX}, a byte each, that process eight at a time or
 * vectors.
 */
public final class LevelBytes {
  private static final Warmup OF_NULLS = new Warmup(256L << 20);
  private static final Warmup WIDEN = new Warmup(256L << 20);
  private static final Warmup PACK = new Warmup(256L << 20);

  /** The maximum level: the highest bit of each byte is reserved for counting. */
  public static final int MAX = 127;

  private static final long ONES = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** The number of levels in a packed block, which for {@link BitPacking} are 16-bit values. */
  private static final int BLOCK = BitPacking.BLOCK;

  private static final int WORD_BITS = 16;
  private static final int WORD_BYTES = 2;

  private LevelBytes() {}

  /**
   * Writes a level for each of {@code count} bits of a validity bitmap: 0 for a set bit, {@code
   * level} for a clear one.
   *
   * @param first the first bit
   * @param block scratch memory, which is overwritten
   * @return whether a bit was not set
   */
  public static boolean ofNulls(
      MemorySegment validity,
      long first,
      long count,
      int level,
      MemorySegment levels,
      long at,
      ValueBlock block) {
    return OF_NULLS.vectors(validity, levels, count)
        ? VectorLevelBytes.ofNulls(validity, first, count, level, levels, at, block)
        : scalarOfNulls(validity, first, count, level, levels, at, block);
  }

  static boolean scalarOfNulls(
      MemorySegment validity,
      long first,
      long count,
      int level,
      MemorySegment levels,
      long at,
      ValueBlock block) {
    byte[] bits = block.bytes();
    long[] words = block.words();
    int shift = (int) (first & 7);
    boolean any = false;
    for (long done = 0; done < count; done += BLOCK) {
      int part = (int) Math.min(BLOCK, count - done);
      int octets = (shift + part + 7) >>> 3;
      long from = (first + done) >>> 3;
      MemorySegment.copy(validity, ValueLayout.JAVA_BYTE, from, bits, 0, octets);
      // Bits after the last one belong to no level, and count as set.
      bits[octets - 1] |= (byte) (-2 << (shift + part - 1 & 7));
      bits[octets] = -1;
      any |= ofNulls(bits, shift, part, level, words);
      ValueBlock.write(words, 0, part, levels, at + done);
    }
    return any;
  }

  /** Writes eight levels at a time. */
  private static boolean ofNulls(byte[] bits, int shift, int count, int level, long[] levels) {
    int any = 0;
    for (int i = 0; i < (count + 7) >>> 3; i++) {
      int octets = (bits[i] & 0xFF) | bits[i + 1] << Byte.SIZE;
      int nulls = ~(octets >>> shift) & 0xFF;
      any |= nulls;
      levels[i] = spread(nulls) * level;
    }
    return any != 0;
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
    if (WIDEN.vectors(count)) {
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
   * Writes up to {@value #BLOCK} levels from the heap as they are, two bytes each.
   *
   * @param block scratch memory, which is overwritten
   */
  public static void widen(
      byte[] levels, int count, MemorySegment target, long at, ValueBlock block) {
    short[] words = block.shorts();
    for (int i = 0; i < count; i++) {
      words[i] = levels[i];
    }
    MemorySegment.copy(words, 0, target, LittleEndian.SHORT, at, count);
  }

  /**
   * Packs {@value #BLOCK} levels, as {@link BitPacking} does it with values of 16 bits.
   *
   * @param width 0 to 7; none of the levels may be wider
   * @param block scratch memory, which is overwritten
   */
  public static void pack(
      byte[] levels, int width, MemorySegment target, long at, ValueBlock block) {
    if (PACK.vectors(levels.length)) {
      VectorLevelBytes.pack(levels, width, target, at);
    } else {
      scalarPack(levels, width, target, at, block);
    }
  }

  static void scalarPack(
      byte[] levels, int width, MemorySegment target, long at, ValueBlock block) {
    long[] words = block.words();
    for (int i = 0; i < BLOCK / 4; i++) {
      int level = 4 * i;
      words[i] =
          levels[level]
              | (long) levels[level + 1] << 16
              | (long) levels[level + 2] << 32
              | (long) levels[level + 3] << 48;
    }
    BitPacking.pack(words, WORD_BITS, width, block.others());
    ValueBlock.write(block.others(), 0, BitPacking.bytes(width), target, at);
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
