package dev.lancewright.arrow;

import dev.lancewright.column.Bitmap;
import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Finds the value of each row of a run-end encoded array. */
final class RunEnds {
  private static final int VALUES = 1;

  private final ArrayNode node;
  private final ArrayNode values;
  private final MemorySegment ends;
  private final int width;
  private final long runs;

  /**
   * Creates a view of a run-end encoded array.
   *
   * @throws IllegalArgumentException if there are fewer values than runs, or nulls outside the
   *     values
   */
  RunEnds(ArrayNode node) {
    this.node = node;
    values = node.runValues();
    ArrayNode runEnds = node.runEnds();
    runs = runEnds.length();
    width = node.layout().form().bytes();
    if (node.nullCount() > 0) {
      throw node.fail(
          "null_count is %d, but only the values of runs can be null".formatted(node.nullCount()));
    }
    Bitmap validity = runEnds.validity(runs);
    if (validity != null && validity.count() < runs) {
      throw runEnds.fail("a run end is null; none may be");
    }
    if (runs > values.length()) {
      throw node.fail("there are %d runs, but %d values".formatted(runs, values.length()));
    }
    ends = runEnds.values(VALUES, "values", runs, width);
  }

  ArrayNode values() {
    return values;
  }

  /** Returns the rows of the run values that {@code rows} correspond to. */
  RowSelection rows(RowSelection rows, BatchMemory memory) {
    if (rows.end() > 0) {
      checkRuns(rows);
    }
    RowSelection.Builder found = new RowSelection.Builder(memory);
    long run = 0;
    long start = 0;
    long end = 0;
    long i = 0;
    while (i < rows.count()) {
      long row = rows.index(i);
      long times = 1;
      if (row == RowSelection.MISSING) {
        found.addMissing(1);
      } else {
        long position = node.position(row);
        if (position < start || position >= end) {
          run = find(position);
          start = run == 0 ? 0 : end(run - 1);
          end = end(run);
        }
        times = rows.isRun() ? Math.min(end - position, rows.count() - i) : 1;
        found.repeat(run, times);
      }
      i += times;
    }
    return found.build();
  }

  /** Checks the runs that can contain the rows; others do not matter. */
  private void checkRuns(RowSelection rows) {
    long last = runs == 0 ? 0 : end(runs - 1);
    if (last < node.position(rows.end())) {
      throw node.fail(
          "the runs end at %d, before offset and length, which are %d in sum"
              .formatted(last, node.position(rows.end())));
    }
    checkEnd(0);
    long to = find(node.position(rows.end() - 1));
    for (long run = find(node.position(rows.start())); run <= to; run++) {
      checkEnd(run);
    }
  }

  private void checkEnd(long run) {
    long start = run == 0 ? 0 : end(run - 1);
    if (end(run) <= start) {
      throw node.fail(
          "run %d ends at %d, but starts at %d; ends must increase"
              .formatted(run, end(run), start));
    }
  }

  /** Returns the first run that ends after {@code position}, provided that ends increase. */
  private long find(long position) {
    long low = 0;
    long high = runs - 1;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (end(middle) > position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private long end(long run) {
    return switch (width) {
      case Short.BYTES -> ends.get(LittleEndian.SHORT, run * Short.BYTES);
      case Integer.BYTES -> ends.get(LittleEndian.INT, run * Integer.BYTES);
      default -> ends.get(LittleEndian.LONG, run * Long.BYTES);
    };
  }
}
