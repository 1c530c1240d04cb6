package dev.lancewright.internal.levels;

import dev.lancewright.column.Bitmap;
import dev.lancewright.internal.levels.LeafPath.Node;
import dev.lancewright.internal.levels.LeafPath.Segment;
import dev.lancewright.internal.simd.LevelBytes;
import dev.lancewright.internal.simd.ValueBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Overlays the nulls of a segment on entries: each entry whose slot is null gets the level of the
 * outermost null.
 */
final class NullOverlay {
  /**
   * The maximum length of a run for which marking its nulls is cheaper than writing all of its
   * levels, as kernels have a startup cost.
   */
  private static final int SHORT_RUN = Long.SIZE;

  private final Segment segment;
  private final ValueBlock block;

  /** The nodes of the segment that have nulls, outermost first: {@link #count} of them. */
  private final Node[] nodes;

  private int count;
  private LeafView view;
  private MemorySegment def;
  private boolean[] used;

  /**
   * @param block scratch memory, which is overwritten
   */
  NullOverlay(Segment segment, ValueBlock block) {
    this.segment = segment;
    this.block = block;
    this.nodes = new Node[segment.items().size()];
  }

  /**
   * Starts a batch.
   *
   * @param nulls the view with the nulls
   * @param target the definition levels to overlay
   * @param levelsUsed the levels that occur, by their number; those of nulls are added
   */
  void begin(LeafView nulls, MemorySegment target, boolean[] levelsUsed) {
    view = nulls;
    def = target;
    used = levelsUsed;
    count = 0;
    for (int i = 0; i < nodes.length; i++) {
      Node node = segment.items().get(i);
      if (view.validity(node) != null || view.isAllNull(node)) {
        nodes[count++] = node;
      }
    }
  }

  /**
   * Overlays the nulls of {@code slots} slots on their entries, whose levels must be 0.
   *
   * @param slot the first slot
   * @param at the entry of the first slot
   */
  void lay(long slot, long slots, long at) {
    if (slots == 0) {
      return;
    }
    // The outermost null determines the level, so inner nodes skip entries already marked. The
    // outermost node finds only zeros, and may write all levels without reading them.
    for (int i = 0; i < count; i++) {
      used[nodes[i].code()] |= lay(i, slot, slots, at);
    }
  }

  private boolean lay(int index, long slot, long slots, long at) {
    Node node = nodes[index];
    Bitmap validity = view.validity(node);
    if (validity == null) {
      return fill(slots, node.code(), at);
    }
    int spread = view.slotsBelow(node);
    if (spread != 1) {
      return laySpread(node, slot, slots, at);
    }
    long from = slot - view.firstSlot(node);
    if (index == 0 && slots > SHORT_RUN) {
      long bit = validity.offset() + from;
      return LevelBytes.ofNulls(validity.bytes(), bit, slots, node.code(), def, at, block);
    }
    boolean any = false;
    for (long done = 0; done < slots; done += Long.SIZE) {
      long left = slots - done;
      long nulls = ~validity.word(from + done);
      if (left < Long.SIZE) {
        nulls &= (1L << left) - 1;
      }
      any |= LevelBytes.mark(nulls, node.code(), def, at + done);
    }
    return any;
  }

  /** Does the same for a node each of whose slots covers several entries. */
  private boolean laySpread(Node node, long slot, long slots, long at) {
    Bitmap validity = view.validity(node);
    int spread = view.slotsBelow(node);
    boolean any = false;
    for (long i = slot; i < slot + slots; ) {
      long row = i / spread;
      long end = Math.min((row + 1) * spread, slot + slots);
      if (!validity.get(row)) {
        any |= fill(end - i, node.code(), at + i - slot);
      }
      i = end;
    }
    return any;
  }

  /** Sets all entries without a level to {@code code}. */
  private boolean fill(long entries, int code, long at) {
    boolean any = false;
    for (long i = at; i < at + entries; i++) {
      if (def.get(ValueLayout.JAVA_BYTE, i) == 0) {
        def.set(ValueLayout.JAVA_BYTE, i, (byte) code);
        any = true;
      }
    }
    return any;
  }
}
