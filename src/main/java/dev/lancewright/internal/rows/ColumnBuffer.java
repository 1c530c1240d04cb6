package dev.lancewright.internal.rows;

import dev.lancewright.column.Column;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.LeafView;
import dev.lancewright.internal.levels.LevelBuilder;
import dev.lancewright.internal.memory.PagePool;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongPredicate;

/**
 * Rows of one column of the file on their way to a page: values, and for nested columns levels.
 *
 * <p>A page ends with the row that brings its values to the page size. In nested columns it also
 * ends when levels take as much, so that lists without items do not pile up.
 */
public final class ColumnBuffer {
  private static final int WIDE_VALUE_BYTES = 256;
  private static final int WIDE_STRING_BYTES = 64 << 10;

  private final LeafPath path;
  private final PagePool pool;
  private final LeafView view;

  /** Null for a column that is not nested, whose levels are its validity. */
  private final LevelBuilder builder;

  private WaitingRows waiting;

  /** For the rows that come after pages are given out; they hold no memory. */
  private final Deque<WaitingRows> spares = new ArrayDeque<>(1);

  /** Rows in the pages given out. */
  private long rowsInPages;

  /** Slots of lists and leaf in the rows that wait. */
  private long slots;

  public ColumnBuffer(LeafPath path, PagePool pool) {
    this.path = path;
    this.pool = pool;
    this.view = new LeafView(path, pool);
    this.builder = path.isNested() ? new LevelBuilder(path, pool) : null;
    this.waiting = new WaitingRows(path, pool);
  }

  /** Turns to a batch's column of the path's field; its values must have been checked. */
  public void open(Column column) {
    view.set(column);
  }

  /** Drops all references to the column that was opened. */
  public void close() {
    view.clear();
  }

  /** Rows that wait. */
  public long rows() {
    return waiting.rows();
  }

  /** Bytes of the values that wait, and of their levels. */
  public long bytes() {
    return waiting.bytes();
  }

  /**
   * How many rows of the open column from {@code from} on complete a page; 0 only if the next row
   * could not be held.
   *
   * @return more than {@code count} if {@code count} rows do not complete it
   */
  public long rowsToComplete(long from, long count, long pageBytes) {
    long firstValue = view.leafSlot(from);
    long values = view.leafSlot(from + count) - firstValue;
    long valuesToComplete =
        values == 0 ? 1 : waiting.leaf().rowsToComplete(view.leaf(), firstValue, values, pageBytes);
    if (builder == null) {
      return valuesToComplete;
    }
    long byValues = count + 1;
    if (valuesToComplete <= values) {
      byValues =
          reach(pageBytes, firstValue, valuesToComplete)
              ? rowOfValue(from, count, valuesToComplete)
              : rowOfValue(from, count, valuesToComplete + 1) - 1;
    }
    long byLevels = rowOfSlot(from, count, pageBytes - slots);
    long wanted = Math.min(byValues, byLevels);
    if (wanted <= count && !waiting.leaf().holds(view.leaf(), firstValue, valuesIn(from, wanted))) {
      return wanted - 1;
    }
    return wanted;
  }

  /** Whether {@code values} values bring the page to its size; if not, the next would not fit. */
  private boolean reach(long pageBytes, long firstValue, long values) {
    return values > 0
        && waiting.leaf().rowsToComplete(view.leaf(), firstValue, values, pageBytes) <= values;
  }

  private long valuesIn(long from, long count) {
    return view.leafSlot(from + count) - view.leafSlot(from);
  }

  /** The fewest rows that have {@code wanted} values. */
  private long rowOfValue(long from, long count, long wanted) {
    return fewest(0, count, rows -> valuesIn(from, rows) >= wanted);
  }

  /** The fewest rows that have {@code wanted} slots; {@code count + 1} if none have. */
  private long rowOfSlot(long from, long count, long wanted) {
    long enough = view.slots(from) + wanted;
    return fewest(1, count + 1, rows -> view.slots(from + rows) >= enough);
  }

  /** The least number from {@code least} on that is enough; {@code most} if none before it is. */
  private static long fewest(long least, long most, LongPredicate isEnough) {
    long low = least;
    long high = most;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (isEnough.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * Makes room for a whole page, once it is clear that it will be filled.
   *
   * @param from the first row of the open column that will be copied next
   * @param count the number of rows that will be copied
   * @param pageBytes the size at which the page will be complete
   */
  public void reserve(long from, long count, long pageBytes) {
    long values = valuesIn(from, count);
    if (values > 0) {
      waiting.reserve(view.leaf(), view.leafSlot(from), values, pageBytes);
    }
  }

  /** Copies rows of the open column. */
  public void append(long from, long count) {
    waiting.leaf().append(view.leaf(), view.leafSlot(from), valuesIn(from, count));
    appendLevels(from, count);
  }

  /**
   * Whether rows of the open column have such large values that copying is most of the work of
   * encoding them. Strings are compressed unless they are as large as images.
   */
  public boolean isWide(long from, long count) {
    long values = valuesIn(from, count);
    if (values == 0) {
      return false;
    }
    Column column = view.leaf().slice(view.leafSlot(from), values);
    int wide = column instanceof VariableWidthColumn ? WIDE_STRING_BYTES : WIDE_VALUE_BYTES;
    return column.valueBytes() / values >= wide;
  }

  private void appendLevels(long from, long count) {
    waiting.appendLevels(builder, view, from, count);
    if (builder != null) {
      slots += view.slots(from + count) - view.slots(from);
    }
  }

  /**
   * Gives out the rows that wait and {@code count} more of the open column, and goes on without
   * them. Values that can be encoded from the batch's memory are borrowed rather than copied.
   */
  public Page complete(long from, long count) {
    long firstValue = view.leafSlot(from);
    long values = valuesIn(from, count);
    if (waiting.rows() > 0 || !waiting.leaf().isClean(view.leaf(), firstValue, values)) {
      append(from, count);
      return flush();
    }
    appendLevels(from, count);
    return giveOut(view.leaf().slice(firstValue, values), true);
  }

  /** Gives out the rows that wait, of which there is at least one, and goes on without them. */
  public Page flush() {
    return giveOut(waiting.values(), false);
  }

  private Page giveOut(Column values, boolean borrowed) {
    Page page = new Page(this, waiting, rowsInPages, values, borrowed);
    rowsInPages += waiting.rows();
    slots = 0;
    waiting = spares.isEmpty() ? new WaitingRows(path, pool) : spares.pop();
    return page;
  }

  /** Takes back the memory of a closed page: for the rows that come next, if none wait yet. */
  void takeBack(WaitingRows memory) {
    if (waiting.rows() == 0) {
      memory.clear();
      spares.push(waiting);
      waiting = memory;
    } else {
      memory.release();
      spares.push(memory);
    }
  }
}
