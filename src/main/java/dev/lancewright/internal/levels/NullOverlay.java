package dev.lancewright.internal.levels;

import dev.lancewright.column.Bitmap;
import dev.lancewright.internal.levels.LeafPath.Node;
import dev.lancewright.internal.levels.LeafPath.Segment;
import dev.lancewright.internal.simd.LevelBytes;
import dev.lancewright.internal.simd.ValueBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Lays the nulls of a segment over entries: each entry whose slot is null takes the level of the
 * outermost null.
 */
final class NullOverlay {
  /**
   * How many entries a run has at most for it to be cheaper to mark its nulls than to write all of
   * its levels: kernels take a while to begin.
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
   * @param block overwritten
   */
  NullOverlay(Segment segment, ValueBlock block) {
    this.segment = segment;
    this.block = block;
    this.nodes = new Node[segment.items().size()];
  }

  /**
   * Begins to lay the nulls of a batch.
   *
   * @param target the definition levels to lay them over
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
   * Lays the nulls of {@code slots} slots over as many entries, whose levels are 0.
   *
   * @param slot the first slot
   * @param at the entry of the first slot
   */
  void lay(long slot, long slots, long at) {
    if (slots == 0) {
      return;
    }
    // The outermost null gives the level, so inner nodes leave alone what is marked already. The
    // outermost node finds nothing but zeros, and may write all levels without reading them.
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

  /** Gives {@code code} to all entries that have no level yet. */
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
