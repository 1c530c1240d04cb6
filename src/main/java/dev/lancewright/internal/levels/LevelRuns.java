package dev.lancewright.internal.levels;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.EncodingMessage;
import dev.lancewright.internal.codec.Encodings;
import dev.lancewright.internal.simd.Runs;
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

  private LevelRuns() {}

  public static EncodingMessage encoding() {
    return Encodings.rle(LEVEL_BYTES * Byte.SIZE);
  }

  /**
   * Estimates whether the levels of a page, divided into blocks, take at most half of {@code
   * otherBytes}.
   */
  public static boolean pays(MemorySegment levels, long first, long count, long otherBytes) {
    long runs = Runs.count(levels, first, count, 1) + count / Runs.MAX_LENGTH;
    long blocks = Math.ceilDiv(count, TYPICAL_BLOCK);
    return 2 * (blocks * HEADER_BYTES + runs * (LEVEL_BYTES + 1)) <= otherBytes;
  }

  /** Returns the size in bytes of a block of {@code count} levels, given as a byte each. */
  public static long bytes(MemorySegment levels, long from, int count) {
    return HEADER_BYTES + (long) Runs.pairs(levels, from, count, 1) * (LEVEL_BYTES + 1);
  }

  /**
   * Writes a block of {@code count} levels, a byte each.
   *
   * @param bytes the size of the block as returned by {@link #bytes}
   * @param numbers the number in the file for each level
   */
  public static void write(
      MemorySegment levels,
      long from,
      int count,
      long bytes,
      byte[] numbers,
      MemorySegment target,
      long at) {
    int runs = Math.toIntExact((bytes - HEADER_BYTES) / (LEVEL_BYTES + 1));
    long valuesTo = at + HEADER_BYTES;
    long lengthsTo = valuesTo + (long) runs * LEVEL_BYTES;
    target.set(LittleEndian.LONG, at, (long) runs * LEVEL_BYTES);
    // Levels of a byte are written to the end of their space, and widened from there.
    long narrow = lengthsTo - runs;
    Runs.split(levels, from, count, 1, target, narrow, target, lengthsTo);
    for (int i = 0; i < runs; i++) {
      int level = target.get(ValueLayout.JAVA_BYTE, narrow + i);
      target.set(LittleEndian.SHORT, valuesTo + (long) i * LEVEL_BYTES, numbers[level]);
    }
  }
}
