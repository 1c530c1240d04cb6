package dev.lancewright.internal.rows;

import dev.lancewright.column.Column;
import dev.lancewright.internal.layout.EncodedPage;
import dev.lancewright.internal.layout.PageEncoder;
import dev.lancewright.internal.layout.PageOutput;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.LeafView;
import dev.lancewright.internal.levels.LevelBuffer;
import dev.lancewright.internal.levels.LevelBuilder;
import dev.lancewright.internal.levels.Levels;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.values.LeafBuffer;
import java.io.IOException;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Rows of one column of the file on their way to a page: values, and for nested columns levels.
 *
 * <p>A page ends with the row that brings its values to the page size. In nested columns it also
 * ends when levels take as much, so that lists without items do not pile up.
 */
public final class ColumnBuffer {
  private final LeafPath path;
  private final LeafView view;
  private final LeafBuffer leaf;

  /** Null for a column that is not nested, whose levels are its validity. */
  private final LevelBuilder builder;

  private final LevelBuffer levels;
  private long rows;

  /** Slots of lists and leaf in the rows held. */
  private long slots;

  public ColumnBuffer(LeafPath path, PagePool pool) {
    this.path = path;
    this.view = new LeafView(path, pool);
    this.leaf = LeafBuffer.create(path.leaf().type(), pool);
    this.builder = path.isNested() ? new LevelBuilder(path, pool) : null;
    this.levels = path.isNested() ? new LevelBuffer(path, pool) : null;
  }

  /** Turns to a batch's column of the path's field; its values must have been checked. */
  public void open(Column column) {
    view.set(column);
  }

  /** Drops all references to the column that was opened. */
  public void close() {
    view.clear();
  }

  /** Rows held. */
  public long rows() {
    return rows;
  }

  /** Bytes of the values held, and of their levels. */
  public long bytes() {
    return leaf.bytes() + (levels == null ? 0 : levels.bytes());
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
        values == 0 ? 1 : leaf.rowsToComplete(view.leaf(), firstValue, values, pageBytes);
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
    if (wanted <= count && !leaf.holds(view.leaf(), firstValue, valuesIn(from, wanted))) {
      return wanted - 1;
    }
    return wanted;
  }

  /** Whether so many values bring the page to its size; if not, the next could not be held. */
  private boolean reach(long pageBytes, long firstValue, long values) {
    return values > 0 && leaf.rowsToComplete(view.leaf(), firstValue, values, pageBytes) <= values;
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

  /** Copies rows of the open column. */
  public void append(long from, long count) {
    leaf.append(view.leaf(), view.leafSlot(from), valuesIn(from, count));
    appendLevels(from, count);
  }

  private void appendLevels(long from, long count) {
    if (builder != null) {
      builder.append(view, from, count, levels);
      slots += view.slots(from + count) - view.slots(from);
    }
    rows += count;
  }

  /**
   * Encodes the rows held and {@code count} more of the open column, and forgets them. What can be
   * encoded from the caller's memory is not copied.
   */
  public List<EncodedPage> complete(long from, long count, PageEncoder encoder, PageOutput output)
      throws IOException {
    long firstValue = view.leafSlot(from);
    long values = valuesIn(from, count);
    if (rows > 0 || !leaf.isClean(view.leaf(), firstValue, values)) {
      append(from, count);
      return flush(encoder, output);
    }
    appendLevels(from, count);
    return encode(view.leaf().slice(firstValue, values), encoder, output);
  }

  /** Encodes the rows held, of which there is at least one, and forgets them. */
  public List<EncodedPage> flush(PageEncoder encoder, PageOutput output) throws IOException {
    return encode(leaf.view(), encoder, output);
  }

  private List<EncodedPage> encode(Column values, PageEncoder encoder, PageOutput output)
      throws IOException {
    List<EncodedPage> pages =
        builder == null
            ? encoder.encode(path, values, output)
            : encoder.encode(
                path, new Page(values, Levels.of(path, levels, rows, values.length())), output);
    clear();
    return pages;
  }

  private void clear() {
    leaf.clear();
    rows = 0;
    slots = 0;
    if (builder != null) {
      levels.clear();
    }
  }
}
