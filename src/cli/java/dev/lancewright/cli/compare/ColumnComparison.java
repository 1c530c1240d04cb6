package dev.lancewright.cli.compare;

import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import java.lang.foreign.MemorySegment;

/**
 * Compares values of two columns of the same type, bit by bit: -0.0 is not 0.0, and a NaN equals
 * only the same NaN. Values under nulls and the memory layout of values do not matter.
 */
public final class ColumnComparison {
  private ColumnComparison() {}

  /** Returns the number of equal rows before the first of {@code count} rows that differs. */
  public static long same(Column a, long aFrom, Column b, long bFrom, long count) {
    return new ColumnComparison.Rows(a, aFrom, b, bFrom).same(count);
  }

  /** A range of rows of both columns. */
  private record Rows(Column a, long aFrom, Column b, long bFrom) {
    /** Compares each run of rows without nulls at once. */
    long same(long count) {
      if (a instanceof NullColumn) {
        return count;
      }
      long row = 0;
      while (row < count) {
        boolean isNull = a.isNull(aFrom + row);
        if (isNull != b.isNull(bFrom + row)) {
          return row;
        }
        if (isNull) {
          row++;
          continue;
        }
        long end = endOfRun(row + 1, count);
        long same = from(row).sameValues(end - row);
        row += same;
        if (row < end) {
          return row;
        }
      }
      return count;
    }

    private long endOfRun(long from, long count) {
      if (hasNoNulls(a) && hasNoNulls(b)) {
        return count;
      }
      long row = from;
      while (row < count && !a.isNull(aFrom + row) && !b.isNull(bFrom + row)) {
        row++;
      }
      return row;
    }

    private static boolean hasNoNulls(Column column) {
      return column.validity() == null && !(column instanceof DictionaryColumn);
    }

    private Rows from(long row) {
      return new Rows(a, aFrom + row, b, bFrom + row);
    }

    /** Compares rows without nulls like {@link #same}. */
    private long sameValues(long count) {
      return switch (a) {
        case FixedWidthColumn fixed -> sameFixed(fixed, (FixedWidthColumn) b, count);
        case BoolColumn bool -> sameBools(bool, (BoolColumn) b, count);
        case VariableWidthColumn text -> sameBytes(text, (VariableWidthColumn) b, count);
        case FixedSizeListColumn list -> sameLists(list, (FixedSizeListColumn) b, count);
        case ListColumn list -> sameLists(list, (ListColumn) b, count);
        case StructColumn struct -> sameChildren(struct, (StructColumn) b, count);
        case DictionaryColumn dictionary -> sameKeys(dictionary, (DictionaryColumn) b, count);
        case NullColumn _ -> count;
      };
    }

    private long sameFixed(FixedWidthColumn a, FixedWidthColumn b, long count) {
      int width = a.type().byteWidth();
      long mismatch = mismatch(a.values(), aFrom * width, b.values(), bFrom * width, count * width);
      return mismatch < 0 ? count : mismatch / width;
    }

    private long sameBools(BoolColumn a, BoolColumn b, long count) {
      long row = 0;
      while (row < count && a.values().get(aFrom + row) == b.values().get(bFrom + row)) {
        row++;
      }
      return row;
    }

    private long sameBytes(VariableWidthColumn a, VariableWidthColumn b, long count) {
      long aStart = a.offset(aFrom);
      long bStart = b.offset(bFrom);
      long sameLengths = 0;
      while (sameLengths < count
          && a.offset(aFrom + sameLengths + 1) - aStart
              == b.offset(bFrom + sameLengths + 1) - bStart) {
        sameLengths++;
      }
      long bytes = a.offset(aFrom + sameLengths) - aStart;
      long mismatch = mismatch(a.data(), aStart, b.data(), bStart, bytes);
      if (mismatch < 0) {
        return sameLengths;
      }
      long row = 0;
      while (a.offset(aFrom + row + 1) - aStart <= mismatch) {
        row++;
      }
      return row;
    }

    private long sameLists(FixedSizeListColumn a, FixedSizeListColumn b, long count) {
      long size = a.type().size();
      Rows items = new Rows(a.items(), aFrom * size, b.items(), bFrom * size);
      return size == 0 ? count : items.same(count * size) / size;
    }

    private long sameLists(ListColumn a, ListColumn b, long count) {
      long aStart = a.offset(aFrom);
      long bStart = b.offset(bFrom);
      long sameLengths = 0;
      while (sameLengths < count
          && a.offset(aFrom + sameLengths + 1) - aStart
              == b.offset(bFrom + sameLengths + 1) - bStart) {
        sameLengths++;
      }
      long items = a.offset(aFrom + sameLengths) - aStart;
      long same = new Rows(a.items(), aStart, b.items(), bStart).same(items);
      if (same == items) {
        return sameLengths;
      }
      long row = 0;
      while (a.offset(aFrom + row + 1) - aStart <= same) {
        row++;
      }
      return row;
    }

    private long sameChildren(StructColumn a, StructColumn b, long count) {
      long same = count;
      for (int i = 0; i < a.children().size(); i++) {
        same = new Rows(a.children().get(i), aFrom, b.children().get(i), bFrom).same(same);
      }
      return same;
    }

    private long sameKeys(DictionaryColumn a, DictionaryColumn b, long count) {
      long aLast = -1;
      long bLast = -1;
      for (long row = 0; row < count; row++) {
        long aIndex = a.index(aFrom + row);
        long bIndex = b.index(bFrom + row);
        if (aIndex != aLast || bIndex != bLast) {
          if (new Rows(a.values(), aIndex, b.values(), bIndex).same(1) == 0) {
            return row;
          }
          aLast = aIndex;
          bLast = bIndex;
        }
      }
      return count;
    }

    private static long mismatch(
        MemorySegment a, long aFrom, MemorySegment b, long bFrom, long bytes) {
      return MemorySegment.mismatch(a, aFrom, aFrom + bytes, b, bFrom, bFrom + bytes);
    }
  }
}
