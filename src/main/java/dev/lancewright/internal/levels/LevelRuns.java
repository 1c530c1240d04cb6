package dev.lancewright.internal.levels;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.EncodingMessage;
import dev.lancewright.internal.codec.Encodings;
import dev.lancewright.internal.simd.LevelBytes;
import dev.lancewright.internal.simd.Runs;
import dev.lancewright.internal.simd.ValueBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Run-length encoding of 16-bit levels in one block: the size in bytes of the runs' levels as a
 * u64, these levels, and a byte for the length of each run.
 */
public final class LevelRuns {
  private static final int LEVEL_BYTES = 2;
  private static final int HEADER_BYTES = 8;

  /**
   * The typical number of levels in a block: chunks have at least that many values, unless values
   * are wide.
   */
  private static final int TYPICAL_BLOCK = 1024;

  /** Levels of runs that are widened at a time. */
  private static final int BLOCK = 1024;

  private LevelRuns() {}

  public static EncodingMessage encoding() {
    return Encodings.rle(LEVEL_BYTES * Byte.SIZE);
  }

  /**
   * Whether the levels of a page, cut into blocks, take no more than half of {@code otherBytes}, by
   * an estimate.
   *
   * @param block scratch memory, which is overwritten
   */
  public static boolean pays(
      MemorySegment levels, long first, long count, long otherBytes, ValueBlock block) {
    long runs = Runs.count(levels, first, count, 1, block) + count / Runs.MAX_LENGTH;
    long blocks = Math.ceilDiv(count, TYPICAL_BLOCK);
    return 2 * (blocks * HEADER_BYTES + runs * (LEVEL_BYTES + 1)) <= otherBytes;
  }

  /**
   * Bytes of a block of {@code count} levels, which are a byte each.
   *
   * @param block scratch memory, which is overwritten
   */
  public static long bytes(MemorySegment levels, long from, int count, ValueBlock block) {
    return HEADER_BYTES + (long) Runs.pairs(levels, from, count, 1, block) * (LEVEL_BYTES + 1);
  }

  /**
   * Writes a block of {@code count} levels, a byte each.
   *
   * @param bytes the size of the block, as {@link #bytes} says
   * @param numbers the numbers of the levels in the file
   * @param block scratch memory, which is overwritten
   */
  public static void write(
      MemorySegment levels,
      long from,
      int count,
      long bytes,
      byte[] numbers,
      MemorySegment target,
      long at,
      ValueBlock block) {
    int runs = Math.toIntExact((bytes - HEADER_BYTES) / (LEVEL_BYTES + 1));
    long valuesTo = at + HEADER_BYTES;
    long lengthsTo = valuesTo + (long) runs * LEVEL_BYTES;
    target.set(LittleEndian.LONG, at, (long) runs * LEVEL_BYTES);
    // Levels of a byte are written to the end of their space, and widened from there.
    long narrow = lengthsTo - runs;
    Runs.split(levels, from, count, 1, target, narrow, target, lengthsTo, block);
    byte[] part = block.bytes();
    for (int done = 0; done < runs; done += BLOCK) {
      int size = Math.min(BLOCK, runs - done);
      MemorySegment.copy(target, ValueLayout.JAVA_BYTE, narrow + done, part, 0, size);
      for (int i = 0; i < size; i++) {
        part[i] = numbers[part[i]];
      }
      LevelBytes.widen(part, size, target, valuesTo + (long) done * LEVEL_BYTES, block);
    }
  }
}
