package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Levels from a file, turned into bytes, and bytes into validity bits. */
public final class LevelBits {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Gathers the lowest bit of each byte in the highest byte, the first in its lowest bit. */
  private static final long GATHER = 0x0102040810204080L;

  private static final int WORD_BYTES = 2;

  private LevelBits() {}

  /**
   * Writes a byte for each of {@code count} levels of two bytes: the number that the level has.
   *
   * @param numbers by level
   * @return the greatest level; if it has no number, what was written means nothing
   */
  public static int narrow(
      MemorySegment levels, long count, byte[] numbers, MemorySegment target, long at) {
    int last = numbers.length - 1;
    int greatest = 0;
    for (long i = 0; i < count; i++) {
      int level = levels.get(LittleEndian.SHORT, i * WORD_BYTES) & 0xFFFF;
      greatest = Math.max(greatest, level);
      target.set(ValueLayout.JAVA_BYTE, at + i, numbers[Math.min(level, last)]);
    }
    return greatest;
  }

  /**
   * Writes a bit for each of {@code count} levels: set if it is less than {@code code}, or {@code
   * also}.
   *
   * @param levels a byte each, up to 127
   * @param code of a null, 1 to 126
   * @param also another level that is no null; 0 if there is none
   * @param target takes whole bytes from its start
   * @return whether a bit is not set
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

  /** The high bit of each byte that stands for a null. */
  private static long nulls(long eight, int code, int also) {
    long atLeast = ((eight | HIGH_BITS) - code * ONES) & HIGH_BITS;
    if (also == 0) {
      return atLeast;
    }
    long other = eight ^ also * ONES;
    return atLeast & (other + ~HIGH_BITS);
  }

  /** How many levels from {@code from} to {@code to} are greater than {@code most}. */
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
   * Copies those of the first {@code count} levels that are not greater than {@code most}.
   *
   * @param target takes {@code count} bytes
   * @return how many they are
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
}
