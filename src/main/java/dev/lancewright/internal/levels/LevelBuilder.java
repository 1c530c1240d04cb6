package dev.lancewright.internal.levels;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.ListColumn;
import dev.lancewright.internal.levels.LeafPath.Node;
import dev.lancewright.internal.levels.LeafPath.Segment;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.simd.LevelBytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Turns validity bitmaps and offsets into levels, in bulk.
 *
 * <p>It goes from the outermost list inwards. Each list turns the entries above it into more: an
 * entry with items becomes as many as there are, one without stays and takes the level that says
 * why. Between lists, nulls are laid over the entries eight at a time. As no list that is null or
 * lies below a null has items ({@link LeafView} sees to that), the items of neighbouring lists are
 * neighbours too, so all work but the fills is per list, not per item.
 */
public final class LevelBuilder {
  /** Rows at a time when entries of outer lists must be kept: they shall stay in the cache. */
  private static final int BLOCK_ROWS = 2048;

  private final LeafPath path;
  private final LevelBuffer[] scratch;

  public LevelBuilder(LeafPath path, PagePool pool) {
    this.path = path;
    this.scratch = new LevelBuffer[] {new LevelBuffer(path, pool), new LevelBuffer(path, pool)};
  }

  /** Appends the levels of rows {@code from} to {@code from + count}. */
  public void append(LeafView view, long from, long count, LevelBuffer out) {
    if (path.lists() == 0) {
      long slots = count * path.slotsPerRow();
      long at = out.reserve(slots, 0);
      Segment only = path.segments().getFirst();
      long slot = from * path.slotsPerRow();
      overlayNulls(view, only, slot, slots, out, at, out.used());
      out.advance(slots);
      return;
    }
    for (long done = 0; done < count; done += BLOCK_ROWS) {
      appendBlock(view, from + done, Math.min(BLOCK_ROWS, count - done), out);
    }
  }

  private void appendBlock(LeafView view, long from, long count, LevelBuffer out) {
    long slot = from;
    long slots = count;
    LevelBuffer entries = rows(view, from, count, out);
    for (int k = 0; k < path.lists(); k++) {
      ListColumn list = view.list(path.segments().get(k).list());
      long firstItem = LeafView.itemStart(list, slot);
      long items = LeafView.itemStart(list, slot + slots) - firstItem;
      LevelBuffer target = k == path.lists() - 1 ? out : scratch[k + 1 & 1];
      if (target != out) {
        target.clear();
      }
      expand(k, view, entries, slot, slots, items, target, out.used());
      entries = target;
      slot = firstItem;
      slots = items;
    }
  }

  /** The entries of rows; null if none of them is null above the first list. */
  private LevelBuffer rows(LeafView view, long from, long count, LevelBuffer out) {
    Segment first = path.segments().getFirst();
    if (!hasNulls(view, first)) {
      return null;
    }
    LevelBuffer rows = scratch[0];
    rows.clear();
    long at = rows.reserve(count, path.lists());
    overlayNulls(view, first, from, count, rows, at, out.used());
    rows.advance(count);
    return rows;
  }

  /** Writes a level for each row of {@code validity}: 0 for a value, 1 for a null. */
  static void levels(Bitmap validity, long rows, MemorySegment def) {
    LevelBytes.ofNulls(validity.bytes(), validity.offset(), rows, 1, def, 0);
  }

  /**
   * Replaces entries by those that list {@code k} of the path makes of them.
   *
   * @param in entries of which some have ended before; null if each is a row with a slot
   */
  private void expand(
      int k,
      LeafView view,
      LevelBuffer in,
      long firstSlot,
      long slots,
      long items,
      LevelBuffer out,
      boolean[] used) {
    Segment below = path.segments().get(k + 1);
    Node node = path.segments().get(k).list();
    // An entry that ended at a list above has no slot here, one that a struct between ended has.
    int endedAbove = k == 0 ? LeafPath.MAX_CODE + 1 : path.segments().get(k - 1).list().code();
    ListColumn list = view.list(node);
    boolean itemNulls = hasNulls(view, below);
    long entries = in == null ? slots : in.size();
    MemorySegment repIn = in == null ? null : in.rep().block();
    MemorySegment defIn = in == null ? null : in.def().block();
    byte rowStart = (byte) path.lists();
    long at = out.reserve(entries + items, path.lists() - 1 - k);
    MemorySegment rep = out.rep().block();
    MemorySegment def = out.def().block();
    boolean nulls = false;
    boolean empties = false;
    long slot = firstSlot;
    long runItem = LeafView.itemStart(list, firstSlot);
    long runAt = at;
    long start = runItem;
    for (long i = 0; i < entries; i++) {
      int code = defIn == null ? 0 : defIn.get(ValueLayout.JAVA_BYTE, i);
      rep.set(
          ValueLayout.JAVA_BYTE,
          at,
          repIn == null ? rowStart : repIn.get(ValueLayout.JAVA_BYTE, i));
      if (code == 0) {
        long end = list.offset(slot + 1);
        if (end != start) {
          at += end - start;
          start = end;
          slot++;
          continue;
        }
        boolean isNull = list.isNull(slot);
        nulls |= isNull;
        empties |= !isNull;
        code = isNull ? node.code() : node.emptyCode();
        slot++;
      } else if (code < endedAbove) {
        slot++;
      }
      if (itemNulls) {
        overlayNulls(view, below, runItem, start - runItem, out, runAt, used);
      }
      def.set(ValueLayout.JAVA_BYTE, at, (byte) code);
      at++;
      runItem = start;
      runAt = at;
    }
    if (itemNulls) {
      overlayNulls(view, below, runItem, start - runItem, out, runAt, used);
    }
    used[node.code()] |= nulls;
    used[node.emptyCode()] |= empties;
    out.advance(at - out.size());
  }

  private static boolean hasNulls(LeafView view, Segment segment) {
    for (Node node : segment.items()) {
      if (view.validity(node) != null || view.isAllNull(node)) {
        return true;
      }
    }
    return false;
  }

  /** Writes the level of the outermost null, where there is one, over levels of 0. */
  private static void overlayNulls(
      LeafView view,
      Segment segment,
      long slot,
      long slots,
      LevelBuffer out,
      long at,
      boolean[] used) {
    if (slots == 0) {
      return;
    }
    MemorySegment def = out.def().block();
    boolean first = true;
    for (Node node : segment.items()) {
      Bitmap validity = view.validity(node);
      if (view.isAllNull(node)) {
        used[node.code()] |= overlayAll(slots, node.code(), def, at);
      } else if (validity != null) {
        long base = view.firstSlot(node);
        int spread = view.slotsBelow(node);
        used[node.code()] |=
            spread == 1
                ? overlay(validity, slot - base, slots, node.code(), def, at, first)
                : overlaySpread(validity, slot, slots, spread, node.code(), def, at);
        first = false;
      }
    }
  }

  /** Where a row of {@code validity} is null, gives its level to entries that have none yet. */
  private static boolean overlay(
      Bitmap validity,
      long from,
      long count,
      int code,
      MemorySegment def,
      long at,
      boolean allZero) {
    if (allZero) {
      long bit = validity.offset() + from;
      return LevelBytes.ofNulls(validity.bytes(), bit, count, code, def, at);
    }
    boolean any = false;
    for (long done = 0; done < count; done += 64) {
      long left = count - done;
      long nulls = ~validity.word(from + done);
      if (left < 64) {
        nulls &= (1L << left) - 1;
      }
      any |= LevelBytes.mark(nulls, code, def, at + done);
    }
    return any;
  }

  /** As {@link #overlay}, for a node of which each slot covers {@code spread} entries. */
  private static boolean overlaySpread(
      Bitmap validity, long slot, long slots, int spread, int code, MemorySegment def, long at) {
    boolean any = false;
    for (long i = slot; i < slot + slots; ) {
      long row = i / spread;
      long end = Math.min((row + 1) * spread, slot + slots);
      if (!validity.get(row)) {
        any |= overlayAll(end - i, code, def, at + i - slot);
      }
      i = end;
    }
    return any;
  }

  private static boolean overlayAll(long count, int code, MemorySegment def, long at) {
    boolean any = false;
    for (long i = at; i < at + count; i++) {
      if (def.get(ValueLayout.JAVA_BYTE, i) == 0) {
        def.set(ValueLayout.JAVA_BYTE, i, (byte) code);
        any = true;
      }
    }
    return any;
  }
}
