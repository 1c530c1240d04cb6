package dev.lancewright.internal.levels;

import dev.lancewright.internal.codec.EncodingMessage;
import dev.lancewright.internal.codec.Encodings;
import dev.lancewright.internal.simd.LevelBytes;
import dev.lancewright.internal.simd.ValueBlock;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Out-of-line bit-packing of levels from 16 bits to a few: blocks of 1024 in FastLanes order, then
 * the rest, padded with zeros to a block or, if that is no longer, unpacked.
 */
public final class LevelPacking {
  private static final int BLOCK = 1024;
  private static final int LANES = 64;
  private static final int WORD_BITS = 16;
  private static final int WORD_BYTES = 2;

  private LevelPacking() {}

  /** Returns whether packing {@code count} levels of {@code bits} bits saves anything. */
  public static boolean pays(long count, int bits) {
    return bits < WORD_BITS && count > wordsOfBlock(bits);
  }

  public static EncodingMessage encoding(int bits) {
    return Encodings.outOfLineBitpacking(WORD_BITS, bits);
  }

  /** Returns the size of {@code count} levels in bytes. */
  public static long bytes(long count, int bits) {
    long blocks = count / BLOCK;
    long tail = count % BLOCK;
    return WORD_BYTES * (blocks * wordsOfBlock(bits) + Math.min(tail, wordsOfBlock(bits)));
  }

  private static int wordsOfBlock(int bits) {
    return LANES * bits;
  }

  /**
   * Packs up to {@value #BLOCK} levels, a byte each; only the last block may have fewer.
   *
   * @param levels the levels; overwritten after the last one, up to {@value #BLOCK}
   * @param block scratch memory, which is overwritten; may hold {@code levels}
   * @return bytes written
   */
  public static long pack(
      byte[] levels, int count, int bits, MemorySegment target, long at, ValueBlock block) {
    if (count <= wordsOfBlock(bits)) {
      LevelBytes.widen(levels, count, target, at, block);
      return (long) count * WORD_BYTES;
    }
    Arrays.fill(levels, count, BLOCK, (byte) 0);
    LevelBytes.pack(levels, bits, target, at, block);
    return (long) wordsOfBlock(bits) * WORD_BYTES;
  }

  /** Writes levels unpacked, two bytes each. */
  public static void widen(
      MemorySegment levels, long from, long count, MemorySegment target, long at) {
    LevelBytes.widen(levels, from, count, target, at);
  }
}
