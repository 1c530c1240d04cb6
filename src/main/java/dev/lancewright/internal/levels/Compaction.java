package dev.lancewright.internal.levels;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.ListColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.levels.LeafPath.Kind;
import dev.lancewright.internal.levels.LeafPath.Node;
import dev.lancewright.internal.levels.LeafPath.Segment;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.values.LeafBuffer;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Copies the nodes of a path without the slots below nulls. Few producers leave any, but removing
 * them lets all other code rely on lists with contiguous items.
 */
final class Compaction {
  private final LeafPath path;
  private final PagePool pool;
  private final AppendBuffer[] bits;
  private final AppendBuffer[] offsets;
  private LeafBuffer values;

  /** The runs of slots that are kept, as pairs of start and length. */
  private AppendBuffer kept;

  private AppendBuffer keptBelow;

  Compaction(LeafPath path, PagePool pool) {
    this.path = path;
    this.pool = pool;
    this.bits = new AppendBuffer[path.nodes().size()];
    this.offsets = new AppendBuffer[path.nodes().size()];
  }

  /**
   * Replaces the validity and lists of all nodes.
   *
   * @param firstLeaf the slot of the leaf's first value
   * @return the leaf's remaining values, starting with those of the first row
   */
  Column compact(long rows, Bitmap[] validity, ListColumn[] lists, Column leaf, long firstLeaf) {
    prepare();
    add(kept, 0, rows);
    for (Segment segment : path.segments()) {
      if (segment.list() != null) {
        compactList(segment, validity, lists);
      }
      for (Node node : segment.items()) {
        if (node.kind() != Kind.LEAF) {
          validity[node.index()] = gather(validity[node.index()], node.index());
        }
      }
      if (segment.list() != null) {
        AppendBuffer below = keptBelow;
        keptBelow = kept;
        kept = below;
      }
    }
    for (long i = 0; i < kept.size(); i += 16) {
      values.append(leaf, start(i) - firstLeaf, length(i));
    }
    return values.view();
  }

  private void prepare() {
    if (kept == null) {
      kept = new AppendBuffer(pool);
      keptBelow = new AppendBuffer(pool);
      values = LeafBuffer.create(path.leaf().type(), pool);
      Arrays.setAll(bits, i -> new AppendBuffer(pool));
      Arrays.setAll(offsets, i -> new AppendBuffer(pool));
    }
    clear();
  }

  /**
   * Copies offsets and validity of the lists that are kept, and collects the runs of their items.
   */
  private void compactList(Segment segment, Bitmap[] validity, ListColumn[] lists) {
    int index = segment.list().index();
    ListColumn list = lists[index];
    int width = list.offsetWidth();
    AppendBuffer ends = offsets[index];
    ends.appendZeros(width);
    keptBelow.clear();
    long items = 0;
    long rows = 0;
    for (long i = 0; i < kept.size(); i += 16) {
      long first = start(i);
      long end = first + length(i);
      ends.reserve((end - first) * width);
      for (long slot = first; slot < end; slot++) {
        if (!list.isNull(slot) && !isNullAbove(segment, validity, slot)) {
          long from = list.offset(slot);
          long count = list.offset(slot + 1) - from;
          add(keptBelow, from, count);
          items += count;
        }
        if (width == 8) {
          ends.block().set(LittleEndian.LONG, ends.size(), items);
        } else {
          ends.block().set(LittleEndian.INT, ends.size(), (int) items);
        }
        ends.advance(width);
      }
      rows += end - first;
    }
    validity[index] = gather(validity[index], index);
    lists[index] = new ListColumn(list.type(), rows, validity[index], ends.bytes(), list.items());
  }

  private static boolean isNullAbove(Segment segment, Bitmap[] validity, long slot) {
    for (Node node : segment.items()) {
      Bitmap nodeValidity = validity[node.index()];
      if (nodeValidity != null && !nodeValidity.get(slot)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the bits of the slots that are kept. */
  private Bitmap gather(Bitmap source, int index) {
    if (source == null) {
      return null;
    }
    AppendBuffer target = bits[index];
    long rows = 0;
    for (long i = 0; i < kept.size(); i += 16) {
      Bits.reserve(target, rows + length(i));
      Bits.copy(source, start(i), length(i), target.block(), rows);
      rows += length(i);
    }
    return new Bitmap(target.block(), 0, rows);
  }

  private long start(long at) {
    return kept.block().get(LittleEndian.LONG, at);
  }

  private long length(long at) {
    return kept.block().get(LittleEndian.LONG, at + 8);
  }

  private static void add(AppendBuffer runs, long start, long count) {
    if (count == 0) {
      return;
    }
    MemorySegment block = runs.block();
    long last = runs.size() - 16;
    if (last >= 0
        && block.get(LittleEndian.LONG, last) + block.get(LittleEndian.LONG, last + 8) == start) {
      block.set(LittleEndian.LONG, last + 8, block.get(LittleEndian.LONG, last + 8) + count);
      return;
    }
    long at = runs.reserve(16);
    runs.block().set(LittleEndian.LONG, at, start);
    runs.block().set(LittleEndian.LONG, at + 8, count);
    runs.advance(16);
  }

  /** Drops all copies and returns their memory to the pool. */
  void clear() {
    if (kept == null) {
      return;
    }
    kept.release();
    keptBelow.release();
    values.clear();
    for (int i = 0; i < bits.length; i++) {
      bits[i].release();
      offsets[i].release();
    }
  }
}
