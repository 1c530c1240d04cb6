package dev.lancewright.internal.dictionary;

import dev.lancewright.column.Bitmap;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Neighbouring rows of a column, copied to the heap, and the indices that were found for them.
 * Loops over heap arrays are fast from the first call on, those over segments only once they are
 * compiled.
 */
final class RowBlock {
  static final int ROWS = 1024;

  /** The values: one word for each row, or two. */
  final long[] words = new long[2 * ROWS];

  /** A set bit for each null; what follows the rows of the block means nothing. */
  final long[] nulls = new long[ROWS / Long.SIZE];

  /** A hash for each value. */
  final long[] hashes = new long[ROWS];

  /** What is found for each row. */
  final int[] indices = new int[ROWS];

  /** The index of the last row that was not null, also of the blocks before. */
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
   * Reads which rows are null.
   *
   * @param validity null if the column has none
   */
  void readNulls(Bitmap validity, long row, int count) {
    if (validity != null) {
      for (int i = 0; i < count; i += Long.SIZE) {
        nulls[i / Long.SIZE] = ~validity.word(row + i);
      }
    }
  }

  /** Whether a row is null. */
  boolean isNull(int row) {
    return isSet(nulls, row);
  }

  /** Whether a bit is set, for loops that have the bits at hand. */
  static boolean isSet(long[] bits, int index) {
    return (bits[index >> 6] >>> index & 1) != 0;
  }

  /** Appends the indices of the first {@code count} rows, 32 bits each. */
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
