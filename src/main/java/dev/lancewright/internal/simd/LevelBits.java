package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Converts levels from a file to bytes, and bytes to validity bits. */
public final class LevelBits {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /**
   * The factor that gathers the lowest bit of each byte in the highest byte, the first in its
   * lowest bit.
   */
  private static final long GATHER = 0x0102040810204080L;

  private static final int WORD_BYTES = 2;

  /** The bits that are clear in words of levels up to 127. */
  private static final long TOO_WIDE = 0xFF80FF80FF80FF80L;

  private LevelBits() {}

  /**
   * Writes the number of each of {@code count} two-byte levels as a byte.
   *
   * @param numbers the number for each level, in ascending order, up to 127
   * @return whether all levels have a number; if not, the target is undefined
   */
  public static boolean narrow(
      MemorySegment levels, long count, byte[] numbers, MemorySegment target, long at) {
    long wide = 0;
    long above = 0;
    long tooMuch = (numbers.length & 0xFFL) * ONES;
    long done = 0;
    for (; done + Byte.SIZE <= count; done += Byte.SIZE) {
      long low = levels.get(LittleEndian.LONG, done * WORD_BYTES);
      long high = levels.get(LittleEndian.LONG, done * WORD_BYTES + 8);
      wide |= low | high;
      long eight = packed(low) | packed(high) << 32;
      above |= (eight | HIGH_BITS) - tooMuch;
      target.set(LittleEndian.LONG, at + done, renumbered(eight, numbers));
    }
    for (; done < count; done++) {
      int level = levels.get(LittleEndian.SHORT, done * WORD_BYTES) & 0xFFFF;
      if (level >= numbers.length) {
        return false;
      }
      target.set(ValueLayout.JAVA_BYTE, at + done, numbers[level]);
    }
    return (wide & TOO_WIDE) == 0 && (above & HIGH_BITS) == 0;
  }

  /** Returns the low bytes of four 16-bit words. */
  private static long packed(long words) {
    long pairs = (words | words >>> 8) & 0x0000FFFF0000FFFFL;
    return (pairs | pairs >>> 16) & 0xFFFFFFFFL;
  }

  /** Adds to each level the number of numbers skipped up to it. */
  private static long renumbered(long eight, byte[] numbers) {
    long result = eight;
    for (int level = 1; level < numbers.length; level++) {
      int gap = numbers[level] - numbers[level - 1] - 1;
      if (gap > 0) {
        result += (nulls(eight, level, 0) >>> 7) * gap;
      }
    }
    return result;
  }

  /**
   * Writes a bit for each of {@code count} levels, which is set if the level is less than {@code
   * code} or equal to {@code also}.
   *
   * @param levels the levels, a byte each, up to 127
   * @param code the level of a null, 1 to 126
   * @param also another level that is not a null, or 0 if there is none
   * @param target the target, which is written in whole bytes from its start
   * @return whether any bit is clear
   */
  public static boolean valid(
      MemorySegment levels, long count, int code, int also, MemorySegment target) {
    long anyNull = 0;
    long done = 0;
    for (; done + Byte.SIZE <= count; done += Byte.SIZE) {
      long nulls = nulls(levels.get(LittleEndian.LONG, done), code, also);
      anyNull |= nulls;
      long bits = ~(((nulls >>> 7) * GATHER) >>> 56);
      target.set(ValueLayout.JAVA_BYTE, done >>> 3, (byte) bits);
    }
    if (done < count) {
      int bits = 0;
      for (int i = 0; done + i < count; i++) {
        int level = levels.get(ValueLayout.JAVA_BYTE, done + i);
        boolean isValid = level < code || (also != 0 && level == also);
        anyNull |= isValid ? 0 : 1;
        bits |= isValid ? 1 << i : 0;
      }
      target.set(ValueLayout.JAVA_BYTE, done >>> 3, (byte) bits);
    }
    return anyNull != 0;
  }

  /** Returns a word with the high bit of each byte set that is a null. */
  private static long nulls(long eight, int code, int also) {
    long atLeast = ((eight | HIGH_BITS) - code * ONES) & HIGH_BITS;
    if (also == 0) {
      return atLeast;
    }
    long other = eight ^ also * ONES;
    return atLeast & (other + ~HIGH_BITS);
  }

  /**
   * Returns the number of levels from {@code from} to {@code to} that are greater than {@code
   * most}.
   */
  public static long countAbove(MemorySegment levels, long from, long to, int most) {
    long above = 0;
    long at = from;
    for (; at + Byte.SIZE <= to; at += Byte.SIZE) {
      above += Long.bitCount(nulls(levels.get(LittleEndian.LONG, at), most + 1, 0));
    }
    for (; at < to; at++) {
      above += levels.get(ValueLayout.JAVA_BYTE, at) > most ? 1 : 0;
    }
    return above;
  }

  /**
   * Copies those of the first {@code count} levels that are at most {@code most}.
   *
   * @param target the target, with room for {@code count} bytes
   * @return the number of levels copied
   */
  public static long copyUpTo(MemorySegment levels, long count, int most, MemorySegment target) {
    long copied = 0;
    for (long i = 0; i < count; i++) {
      byte level = levels.get(ValueLayout.JAVA_BYTE, i);
      target.set(ValueLayout.JAVA_BYTE, copied, level);
      copied += level <= most ? 1 : 0;
    }
    return copied;
  }

  /**
   * Returns the entry of the {@code wanted}th level, counted from 0, that equals {@code level}, or
   * {@code count} if there are fewer.
   */
  public static long indexOf(MemorySegment levels, long count, int level, long wanted) {
    long left = wanted;
    long at = 0;
    for (; at + Byte.SIZE <= count; at += Byte.SIZE) {
      long others = levels.get(LittleEndian.LONG, at) ^ level * ONES;
      int equal = Byte.SIZE - Long.bitCount((others + ~HIGH_BITS) & HIGH_BITS);
      if (left < equal) {
        break;
      }
      left -= equal;
    }
    for (; at < count; at++) {
      if (levels.get(ValueLayout.JAVA_BYTE, at) == level && left-- == 0) {
        break;
      }
    }
    return at;
  }
}
