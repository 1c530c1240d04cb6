package dev.lancewright.internal.codec;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import java.lang.foreign.MemorySegment;

/**
 * Out-of-line bit-packing of levels, 16 bits to a few: blocks of 1024 in FastLanes order, then what
 * is left, as a block filled up with zeros or, if that is no longer, as it is.
 *
 * <p>Of a block, level {@code i} is in lane {@code i % 64}; the 16 levels of a lane lie one after
 * the other in the bits of the lane's words, levels {@code 128 * r + lane} first, then {@code 128 *
 * r + 64 + lane}. Words of neighbouring lanes are neighbours, so four lanes are packed at a time.
 */
public final class LevelPacking {
  private static final int BLOCK = 1024;
  private static final int LANES = 64;
  private static final int WORD_BITS = 16;
  private static final int WORD_BYTES = 2;

  /** The lowest bit of each of four words. */
  private static final long FOUR = 0x0001000100010001L;

  private LevelPacking() {}

  /** Whether packing {@code count} levels of {@code bits} bits saves anything. */
  public static boolean pays(long count, int bits) {
    return bits < WORD_BITS && count > wordsOfBlock(bits);
  }

  public static CompressiveEncoding encoding(int bits) {
    return Encodings.outOfLineBitpacking(WORD_BITS, bits);
  }

  /** Bytes of {@code count} levels. */
  public static long bytes(long count, int bits) {
    long blocks = count / BLOCK;
    long tail = count % BLOCK;
    return WORD_BYTES * (blocks * wordsOfBlock(bits) + Math.min(tail, wordsOfBlock(bits)));
  }

  private static int wordsOfBlock(int bits) {
    return LANES * bits;
  }

  /**
   * Packs up to {@value #BLOCK} levels, a byte each; fewer only at the end of all.
   *
   * @param levels which must go on behind the last level, to be overwritten up to {@value #BLOCK}
   * @return bytes written; up to 6 bytes behind them are lost
   */
  public static long pack(
      MemorySegment levels, int count, int bits, MemorySegment target, long at) {
    if (count <= wordsOfBlock(bits)) {
      widen(levels, 0, count, target, at);
      return (long) count * WORD_BYTES;
    }
    levels.asSlice(count, BLOCK - count).fill((byte) 0);
    for (int lane = 0; lane < LANES; lane += 4) {
      packLanes(levels, lane, bits, target, at + (long) lane * WORD_BYTES);
    }
    return (long) wordsOfBlock(bits) * WORD_BYTES;
  }

  private static void packLanes(
      MemorySegment levels, int lane, int bits, MemorySegment target, long at) {
    long words = 0;
    int used = 0;
    long to = at;
    for (int row = 0; row < WORD_BITS; row++) {
      long four = widened(levels, (row & 7) * 128 + (row >>> 3) * LANES + lane);
      words |= (four & (FOUR * ((1 << (WORD_BITS - used)) - 1))) << used;
      used += bits;
      if (used >= WORD_BITS) {
        target.set(LittleEndian.LONG, to, words);
        to += LANES * WORD_BYTES;
        used -= WORD_BITS;
        words = used == 0 ? 0 : (four >>> (bits - used)) & (FOUR * ((1 << used) - 1));
      }
    }
  }

  /** Writes levels as they are, two bytes each, and up to 6 bytes more. */
  public static void widen(
      MemorySegment levels, long from, long count, MemorySegment target, long at) {
    for (long i = 0; i < count; i += 4) {
      target.set(LittleEndian.LONG, at + i * WORD_BYTES, widened(levels, from + i));
    }
  }

  /** Four bytes as four words. */
  private static long widened(MemorySegment levels, long at) {
    long four = levels.get(LittleEndian.INT, at) & 0xFFFFFFFFL;
    four = (four | four << 16) & 0x0000FFFF0000FFFFL;
    return (four | four << 8) & 0x00FF00FF00FF00FFL;
  }
}
