package dev.lancewright.internal.dictionary;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.simd.Hashes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The strings of the rows of a {@link RowBlock}, copied to the heap, and their digests. */
final class StringBlock {
  private static final int BYTES = 32 << 10;

  /** The digest of each row's string, as computed by {@link Hashes#digestStrings}. */
  final long[] digests = new long[RowBlock.ROWS * Hashes.DIGEST_WORDS];

  /** The start of each row's string in the block, and the end of the last one. */
  private final int[] starts = new int[RowBlock.ROWS + 1];

  private final long[] words = new long[BYTES / Long.BYTES + Hashes.SLACK_WORDS];
  private final long[] wide = new long[RowBlock.ROWS + 1];
  private final int[] narrow = new int[RowBlock.ROWS];

  /** The rows whose strings are to be appended. */
  private final int[] added = new int[RowBlock.ROWS];

  private int addedCount;
  private final byte[] tail = new byte[Long.BYTES];
  private VariableWidthColumn column;

  /** The start of the first string in the column's data. */
  private long first;

  /** Starts another column, which is borrowed until the next one starts. */
  void start(VariableWidthColumn strings) {
    column = strings;
    addedCount = 0;
  }

  /**
   * Reads the strings of the rows starting at {@code row}, as many as fit.
   *
   * @return the number of strings; 0 if the first one is too long
   */
  int read(long row) {
    int count = (int) Math.min(RowBlock.ROWS, column.length() - row);
    readStarts(row, count);
    while (starts[count] > BYTES) {
      count--;
    }
    readBytes(column.data(), first, starts[count]);
    return count;
  }

  private void readStarts(long row, int count) {
    MemorySegment offsets = column.offsets();
    if (column.type().large()) {
      MemorySegment.copy(offsets, LittleEndian.LONG, row * Long.BYTES, wide, 0, count + 1);
      first = wide[0];
      for (int i = 0; i <= count; i++) {
        starts[i] = (int) Math.min(wide[i] - first, Integer.MAX_VALUE);
      }
    } else {
      MemorySegment.copy(offsets, LittleEndian.INT, row * Integer.BYTES, starts, 0, count + 1);
      int start = starts[0];
      first = start;
      for (int i = 0; i <= count; i++) {
        starts[i] -= start;
      }
    }
  }

  private void readBytes(MemorySegment data, long at, int bytes) {
    int whole = bytes / Long.BYTES;
    int rest = bytes % Long.BYTES;
    MemorySegment.copy(data, LittleEndian.LONG, at, words, 0, whole);
    if (rest > 0) {
      long end = at + (long) whole * Long.BYTES;
      MemorySegment.copy(data, ValueLayout.JAVA_BYTE, end, tail, 0, rest);
      long word = 0;
      for (int i = rest - 1; i >= 0; i--) {
        word = word << Byte.SIZE | (tail[i] & 0xFF);
      }
      words[whole] = word;
    }
  }

  /** Returns whether the {@code count} strings read are short enough to be numbers. */
  boolean areShort(int count) {
    int max = count == 0 ? Integer.MAX_VALUE : 0;
    for (int i = 0; i < count; i++) {
      max = Math.max(max, length(i));
    }
    return max <= Hashes.MAX_SHORT;
  }

  /** Returns the length of a row's string. */
  int length(int row) {
    return starts[row + 1] - starts[row];
  }

  /** Returns the start of a row's string in the column's data. */
  long at(int row) {
    return first + starts[row];
  }

  /** Computes the numbers of the strings read. */
  void number(int count, long[] numbers) {
    Hashes.numberStrings(words, starts, count, numbers);
  }

  /** Computes {@link #digests} and hashes of the strings read. */
  void digest(int count, long[] hashes) {
    Hashes.digestStrings(words, starts, count, digests, hashes);
  }

  /** Marks a row's string for appending; rows must be added in order. */
  void add(int row) {
    added[addedCount] = row;
    addedCount++;
  }

  /**
   * Appends the strings of the marked rows, contiguous ones at once.
   *
   * @param offsets the target for the ends of the strings
   * @param data the target for their bytes
   */
  void appendAdded(AppendBuffer offsets, AppendBuffer data) {
    if (addedCount == 0) {
      return;
    }
    long end = data.size();
    for (int i = 0; i < addedCount; ) {
      int from = starts[added[i]];
      int to = from;
      while (i < addedCount && starts[added[i]] == to) {
        to = starts[added[i] + 1];
        i++;
      }
      data.append(column.data(), first + from, to - from);
    }
    for (int i = 0; i < addedCount; i++) {
      end += length(added[i]);
      narrow[i] = (int) end;
      wide[i] = end;
    }
    long bytes = (long) addedCount * column.type().offsetWidth();
    long at = offsets.reserve(bytes);
    if (column.type().large()) {
      MemorySegment.copy(wide, 0, offsets.block(), LittleEndian.LONG, at, addedCount);
    } else {
      MemorySegment.copy(narrow, 0, offsets.block(), LittleEndian.INT, at, addedCount);
    }
    offsets.advance(bytes);
    addedCount = 0;
  }
}
