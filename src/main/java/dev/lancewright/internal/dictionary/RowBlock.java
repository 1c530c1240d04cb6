package dev.lancewright.internal.dictionary;

import dev.lancewright.column.Bitmap;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A block of consecutive rows, copied to the heap, and the dictionary indices found for them. Loops
 * over heap arrays are fast from the first call, those over segments only once they are compiled.
 */
final class RowBlock {
  static final int ROWS = 1024;

  /** The values, of one or two words each. */
  final long[] words = new long[2 * ROWS];

  /** A bitmap with a set bit for each null; bits after the rows of the block are undefined. */
  final long[] nulls = new long[ROWS / Long.SIZE];

  /** The hash of each value. */
  final long[] hashes = new long[ROWS];

  /** The dictionary index of each row. */
  final int[] indices = new int[ROWS];

  /** The index of the last non-null row, which may be in an earlier block. */
  int last;

  /** Starts another column. */
  void clear() {
    last = 0;
    Arrays.fill(nulls, 0);
  }

  /** Copies values of {@code longs} words each. */
  void readLongs(MemorySegment values, long row, int count, int longs) {
    MemorySegment.copy(
        values, LittleEndian.LONG, row * longs * Long.BYTES, words, 0, count * longs);
  }

  /**
   * Reads the nulls of rows.
   *
   * @param validity the validity bitmap, or null if the column has no nulls
   */
  void readNulls(Bitmap validity, long row, int count) {
    if (validity != null) {
      for (int i = 0; i < count; i += Long.SIZE) {
        nulls[i / Long.SIZE] = ~validity.word(row + i);
      }
    }
  }

  /** Returns whether a row is null. */
  boolean isNull(int row) {
    return isSet(nulls, row);
  }

  /** Returns whether a bit is set, for loops with the bits in a local variable. */
  static boolean isSet(long[] bits, int index) {
    return (bits[index >> 6] >>> index & 1) != 0;
  }

  /** Appends the 32-bit indices of the first {@code count} rows. */
  void appendIndices(int count, AppendBuffer target) {
    long bytes = (long) count * Integer.BYTES;
    long at = target.reserve(bytes);
    MemorySegment.copy(indices, 0, target.block(), LittleEndian.INT, at, count);
    target.advance(bytes);
  }

  /** Appends the first {@code count} words. */
  void appendWords(int count, AppendBuffer target) {
    long bytes = (long) count * Long.BYTES;
    long at = target.reserve(bytes);
    MemorySegment.copy(words, 0, target.block(), LittleEndian.LONG, at, count);
    target.advance(bytes);
  }
}
