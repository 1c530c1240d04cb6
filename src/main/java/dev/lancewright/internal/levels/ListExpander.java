package dev.lancewright.internal.levels;

import dev.lancewright.column.ListColumn;
import dev.lancewright.internal.levels.LeafPath.Node;
import dev.lancewright.internal.simd.ValueBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Expands entries by one list of a path. A list with items becomes an entry for each item. One
 * without items remains a single entry and gets the level for null or empty. An entry that ended
 * further out is kept.
 */
final class ListExpander {
  private final Node node;
  private final NullOverlay itemNulls;

  /** The repetition level of all items but the first of a list, which inherits the list's. */
  private final int itemRep;

  /**
   * The minimum level of an entry that ended at a list above, and so has no slot here. An entry
   * that ended at a struct in between has one.
   */
  private final int endedAbove;

  private ListColumn list;
  private MemorySegment repIn;
  private MemorySegment defIn;
  private long entries;
  private MemorySegment rep;
  private MemorySegment def;

  // The cursor: the next entry, its slot if it has one, the next item, and the position of the next
  // new entry.
  private long entry;
  private long slot;
  private long item;
  private long at;

  private boolean nulls;
  private boolean empties;

  /**
   * @param block scratch memory, which is overwritten
   */
  ListExpander(LeafPath path, int index, ValueBlock block) {
    this.node = path.segments().get(index).list();
    this.itemNulls = new NullOverlay(path.segments().get(index + 1), block);
    this.itemRep = path.lists() - 1 - index;
    this.endedAbove =
        index == 0 ? LeafPath.MAX_CODE + 1 : path.segments().get(index - 1).list().code();
  }

  /**
   * Expands the entries {@code in} and appends the result to {@code out}.
   *
   * @param firstSlot the slot of the first entry that has one
   * @param items the number of items in the lists of all entries
   * @param used the levels that occur, by their number; those of this list and its items are added
   */
  void expand(
      LeafView view, LevelBuffer in, long firstSlot, long items, LevelBuffer out, boolean[] used) {
    at = out.reserve(in.size() + items, itemRep);
    rep = out.rep().block();
    def = out.def().block();
    repIn = in.rep().block();
    defIn = in.def().block();
    entries = in.size();
    list = view.list(node);
    itemNulls.begin(view, def, used);
    entry = 0;
    slot = firstSlot;
    item = LeafView.itemStart(list, firstSlot);
    nulls = false;
    empties = false;
    // The items of consecutive lists are contiguous, and so are their new entries up to a list
    // without items. So nulls are overlaid on runs of whole lists rather than list by list.
    while (entry < entries) {
      long firstItem = item;
      long firstAt = at;
      passLists();
      itemNulls.lay(firstItem, item - firstItem, firstAt);
      passEnds();
    }
    list = null; // or the batch would stay reachable
    used[node.code()] |= nulls;
    used[node.emptyCode()] |= empties;
    out.advance(at - out.size());
  }

  /** Advances to the next entry without items, passing on repetition levels. */
  private void passLists() {
    // Reserving has set an item's levels, except for the first item's repetition level. The cursor
    // is kept in locals, and so in registers, where fields might be stored every time.
    ListColumn lists = list;
    long next = entry;
    long index = slot;
    long start = item;
    long to = at;
    for (; next < entries && defIn.get(ValueLayout.JAVA_BYTE, next) == 0; next++) {
      long end = lists.offset(index + 1);
      if (end == start) {
        break;
      }
      rep.set(ValueLayout.JAVA_BYTE, to, repIn.get(ValueLayout.JAVA_BYTE, next));
      to += end - start;
      start = end;
      index++;
    }
    entry = next;
    slot = index;
    item = start;
    at = to;
  }

  /** Advances to the next entry with items, and appends those without. */
  private void passEnds() {
    ListColumn lists = list;
    long next = entry;
    long index = slot;
    long to = at;
    for (; next < entries; next++) {
      int code = defIn.get(ValueLayout.JAVA_BYTE, next);
      if (code == 0) {
        if (lists.offset(index + 1) != item) {
          break;
        }
        boolean isNull = lists.isNull(index);
        nulls |= isNull;
        empties |= !isNull;
        code = isNull ? node.code() : node.emptyCode();
      }
      if (code < endedAbove) {
        index++;
      }
      rep.set(ValueLayout.JAVA_BYTE, to, repIn.get(ValueLayout.JAVA_BYTE, next));
      def.set(ValueLayout.JAVA_BYTE, to, (byte) code);
      to++;
    }
    entry = next;
    slot = index;
    at = to;
  }
}
