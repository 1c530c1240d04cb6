package dev.lancewright.arrow;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import java.lang.foreign.MemorySegment;

/**
 * The rows of an array that make up a column: contiguous ones, or any in any order, mixed with rows
 * that are null regardless of the array. Rows are counted from the array's own offset.
 */
final class RowSelection {
  /** The index of a row that is null regardless of the array. */
  static final long MISSING = -1;

  private final long start;
  private final long end;
  private final long count;
  private final boolean missing;

  /** The indices of the rows; null for contiguous rows. */
  private final MemorySegment indices;

  private RowSelection(long start, long end, long count, boolean missing, MemorySegment indices) {
    this.start = start;
    this.end = end;
    this.count = count;
    this.missing = missing;
    this.indices = indices;
  }

  static RowSelection run(long start, long count) {
    return count == 0
        ? new RowSelection(0, 0, 0, false, null)
        : new RowSelection(start, start + count, count, false, null);
  }

  boolean isRun() {
    return indices == null;
  }

  long count() {
    return count;
  }

  /** Returns the first row of the array that is used, or 0 if there is none. */
  long start() {
    return start;
  }

  /** Returns the row after the last row of the array that is used, or 0 if there is none. */
  long end() {
    return end;
  }

  boolean hasMissing() {
    return missing;
  }

  /** Returns the row of the array for row {@code row} of the column, or {@link #MISSING}. */
  long index(long row) {
    return indices == null ? start + row : indices.get(LittleEndian.LONG, row * Long.BYTES);
  }

  /** Collects rows, which remain contiguous as long as each follows the one before. */
  static final class Builder {
    private final BatchMemory memory;
    private long start;
    private long end;
    private long count;
    private boolean missing;
    private AppendBuffer indices;

    Builder(BatchMemory memory) {
      this.memory = memory;
    }

    /** Adds rows {@code index} to {@code index + length} of the array. */
    void add(long index, long length) {
      if (length == 0) {
        return;
      }
      if (indices != null || (count > 0 && index != end)) {
        append(index, 1, length);
      }
      cover(index, index + length);
      count += length;
    }

    /** Adds one row of the array {@code times} times. */
    void repeat(long index, long times) {
      if (times == 1) {
        add(index, 1);
      } else if (times > 0) {
        append(index, 0, times);
        cover(index, index + 1);
        count += times;
      }
    }

    void addMissing(long times) {
      if (times > 0) {
        append(MISSING, 0, times);
        missing = true;
        count += times;
      }
    }

    RowSelection build() {
      return new RowSelection(start, end, count, missing, indices == null ? null : indices.bytes());
    }

    private void cover(long from, long to) {
      start = end == 0 ? from : Math.min(start, from);
      end = Math.max(end, to);
    }

    private void append(long index, long step, long times) {
      if (indices == null) {
        indices = memory.buffer();
        write(start, 1, count);
      }
      write(index, step, times);
    }

    private void write(long index, long step, long times) {
      long at = indices.reserve(times * Long.BYTES);
      MemorySegment block = indices.block();
      for (long i = 0; i < times; i++) {
        block.set(LittleEndian.LONG, at + i * Long.BYTES, index + i * step);
      }
      indices.advance(times * Long.BYTES);
    }
  }
}
