package dev.lancewright.internal.levels;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.ListColumn;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.simd.LevelBytes;
import dev.lancewright.internal.simd.ValueBlock;
import java.lang.foreign.MemorySegment;

/**
 * Computes levels from validity bitmaps and offsets, in bulk.
 *
 * <p>The builder proceeds from the outermost list inwards. Each list expands the entries above it:
 * an entry with items becomes one entry for each item, and one without items stays and gets the
 * level of its null or empty list. Between lists, nulls are overlaid on the entries ({@link
 * NullOverlay}), eight at a time. As no list that is null or below a null has items ({@link
 * LeafView} ensures that), the items of consecutive lists are contiguous, so all work but the fills
 * is per list ({@link ListExpander}), not per item.
 */
public final class LevelBuilder {
  /**
   * The number of rows expanded at a time, small enough for the entries of outer lists to stay in
   * the cache.
   */
  private static final int BLOCK_ROWS = 2048;

  private final LeafPath path;
  private final LevelBuffer[] scratch;
  private final NullOverlay rowNulls;
  private final ListExpander[] lists;

  public LevelBuilder(LeafPath path, PagePool pool) {
    this.path = path;
    this.scratch = new LevelBuffer[] {new LevelBuffer(path, pool), new LevelBuffer(path, pool)};
    ValueBlock block = new ValueBlock();
    this.rowNulls = new NullOverlay(path.segments().getFirst(), block);
    this.lists = new ListExpander[path.lists()];
    for (int i = 0; i < lists.length; i++) {
      lists[i] = new ListExpander(path, i, block);
    }
  }

  /** Appends the levels of rows {@code from} to {@code from + count}. */
  public void append(LeafView view, long from, long count, LevelBuffer out) {
    if (lists.length == 0) {
      int slotsPerRow = path.slotsPerRow();
      appendRows(view, from * slotsPerRow, count * slotsPerRow, out, out.used());
      return;
    }
    for (long done = 0; done < count; done += BLOCK_ROWS) {
      appendBlock(view, from + done, Math.min(BLOCK_ROWS, count - done), out);
    }
  }

  private void appendBlock(LeafView view, long from, long count, LevelBuffer out) {
    // Each list reads the entries of the one above from one scratch buffer and writes to the other;
    // the innermost writes to the page's, which is never read. Levels that occur are recorded for
    // the page whichever buffer they are first written to: an entry that has ended is copied all
    // the way in.
    LevelBuffer entries = scratch[0];
    entries.clear();
    appendRows(view, from, count, entries, out.used());
    long slot = from;
    long slots = count;
    for (int i = 0; i < lists.length; i++) {
      ListColumn list = view.list(path.segments().get(i).list());
      long firstItem = LeafView.itemStart(list, slot);
      long items = LeafView.itemStart(list, slot + slots) - firstItem;
      LevelBuffer target = i == lists.length - 1 ? out : scratch[i + 1 & 1];
      if (target != out) {
        target.clear();
      }
      lists[i].expand(view, entries, slot, items, target, out.used());
      entries = target;
      slot = firstItem;
      slots = items;
    }
  }

  /**
   * Appends an entry for each slot of the first segment, with the level of its null if it is null.
   */
  private void appendRows(LeafView view, long slot, long slots, LevelBuffer out, boolean[] used) {
    long at = out.reserve(slots, path.lists());
    rowNulls.begin(view, out.def().block(), used);
    rowNulls.lay(slot, slots, at);
    out.advance(slots);
  }

  /** Writes a level for each row of {@code validity}: 0 for a value, 1 for a null. */
  static void levels(Bitmap validity, long rows, MemorySegment def, ValueBlock block) {
    LevelBytes.ofNulls(validity.bytes(), validity.offset(), rows, 1, def, 0, block);
  }
}
