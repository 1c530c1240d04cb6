package dev.lancewright.internal.levels;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.levels.LeafPath.Kind;
import dev.lancewright.internal.levels.LeafPath.Node;
import dev.lancewright.internal.levels.LeafPath.Segment;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.memory.PagePool;
import java.util.Arrays;

/**
 * A view of a batch's column along the path to one leaf, without hidden values: lists that are null
 * or below a null have no items here, and leaf values below a null struct are null.
 */
public final class LeafView {
  private final LeafPath path;
  private final Bitmap[] validity;
  private final ListColumn[] lists;
  private final AppendBuffer leafValidity;
  private final Compaction compaction;
  private Column leaf;
  private long firstLeaf;
  private long rows;

  public LeafView(LeafPath path, PagePool pool) {
    this.path = path;
    this.validity = new Bitmap[path.nodes().size()];
    this.lists = new ListColumn[path.nodes().size()];
    this.leafValidity = new AppendBuffer(pool);
    this.compaction = new Compaction(path, pool);
  }

  /** Sets the column to view, whose offsets and lengths must have been checked. */
  public void set(Column column) {
    rows = column.length();
    if (!path.isNested() && !(column instanceof DictionaryColumn)) {
      leaf = column;
      return;
    }
    Column below = column;
    long from = 0;
    long to = rows;
    for (Node node : path.nodes()) {
      if (node.kind() != Kind.LEAF) {
        Bitmap bits = below.validity();
        validity[node.index()] = Bitmap.isAllSet(bits, from, to - from) ? null : bits;
      }
      if (below instanceof ListColumn list) {
        lists[node.index()] = list;
        from = itemStart(list, from);
        to = itemStart(list, to);
      } else if (node.kind() == Kind.FIXED_SIZE_LIST) {
        int size = ((FixedSizeListColumn) below).type().size();
        from *= size;
        to *= size;
      }
      below = child(below, node);
    }
    firstLeaf = from;
    leaf = maskedLeaf(below.slice(from, to - from));
    if (hidesItems()) {
      leaf = compaction.compact(rows, validity, lists, leaf, firstLeaf);
      firstLeaf = 0;
    }
    validity[path.nodes().getLast().index()] = leaf.validity();
  }

  private static Column child(Column column, Node node) {
    return switch (node.kind()) {
      case STRUCT -> ((StructColumn) column).children().get(node.child());
      case LIST -> ((ListColumn) column).items();
      case FIXED_SIZE_LIST -> ((FixedSizeListColumn) column).items();
      case LEAF -> column;
    };
  }

  /** Returns whether there are items below a null of a list or of a struct above. */
  private boolean hidesItems() {
    long from = 0;
    long to = rows;
    for (Segment segment : path.segments()) {
      if (segment.list() == null) {
        return false;
      }
      ListColumn list = list(segment.list());
      for (Node node : segment.items()) {
        if (hidesItems(validity(node), list, from, to)) {
          return true;
        }
      }
      if (hidesItems(validity(segment.list()), list, from, to)) {
        return true;
      }
      from = itemStart(list, from);
      to = itemStart(list, to);
    }
    throw new AssertionError("the last segment has no list");
  }

  private static boolean hidesItems(Bitmap validity, ListColumn list, long from, long to) {
    if (validity == null) {
      return false;
    }
    for (long i = validity.nextClear(from, to); i < to; i = validity.nextClear(i + 1, to)) {
      if (list.offset(i + 1) != list.offset(i)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the leaf with nulls for values that are below a null struct or point to a null. */
  private Column maskedLeaf(Column own) {
    Segment last = path.segments().getLast();
    boolean masked =
        own instanceof DictionaryColumn dictionary && dictionary.values().nullCount() > 0;
    for (Node node : last.items()) {
      masked |= node.kind() != Kind.LEAF && validity(node) != null;
    }
    if (!masked) {
      Bitmap bits = own.validity();
      return bits == null || bits.count() < bits.length() ? own : own.withValidity(null);
    }
    leafValidity.clear();
    Bits.reserve(leafValidity, own.length());
    Bits.fill(leafValidity.block(), 0, own.length(), true);
    Bitmap bits = new Bitmap(leafValidity.block(), 0, own.length());
    for (Node node : last.items()) {
      if (node.kind() != Kind.LEAF && validity(node) != null) {
        clearBelow(node, bits);
      }
    }
    clearNulls(own, bits);
    return own.withValidity(bits);
  }

  private void clearBelow(Node node, Bitmap target) {
    Bitmap nodeValidity = validity(node);
    int spread = slotsBelow(node);
    for (long i = 0; i < target.length(); i += 64) {
      long count = Math.min(64, target.length() - i);
      long word = target.word(i);
      if (spread == 1) {
        word &= nodeValidity.word(firstLeaf + i);
      } else {
        for (long j = 0; j < count; j++) {
          if (!nodeValidity.get((firstLeaf + i + j) / spread)) {
            word &= ~(1L << j);
          }
        }
      }
      target.bytes().set(LittleEndian.LONG, i >>> 3, word);
    }
  }

  private static void clearNulls(Column leaf, Bitmap target) {
    for (long i = 0; i < target.length(); i += 64) {
      long count = Math.min(64, target.length() - i);
      long word = target.word(i);
      if (leaf.validity() != null) {
        word &= leaf.validity().word(i);
      }
      if (leaf instanceof DictionaryColumn dictionary && dictionary.values().nullCount() > 0) {
        for (long j = 0; j < count; j++) {
          if ((word >>> j & 1) != 0 && !hasValue(dictionary, i + j)) {
            word &= ~(1L << j);
          }
        }
      }
      target.bytes().set(LittleEndian.LONG, i >>> 3, word);
    }
  }

  /**
   * Returns whether a slot has a non-null value; the index of a hidden slot may be out of range.
   */
  private static boolean hasValue(DictionaryColumn dictionary, long slot) {
    long index = dictionary.index(slot);
    Column values = dictionary.values();
    return index >= 0 && index < values.length() && !values.isNull(index);
  }

  /**
   * Returns the leaf's values for all rows, valid until the next {@link #set} or {@link #clear}.
   */
  public Column leaf() {
    return leaf;
  }

  /** Returns the position in {@link #leaf} where the values of row {@code row} start. */
  public long leafSlot(long row) {
    long slot = row;
    for (int k = 0; k < path.lists(); k++) {
      slot = itemStart(list(path.segments().get(k).list()), slot);
    }
    return slot * path.slotsPerRow() - firstLeaf;
  }

  /**
   * Returns the number of slots of all lists and of the leaf in the rows before {@code row}, an
   * upper bound for the number of levels.
   */
  public long slots(long row) {
    long slot = row;
    long slots = 0;
    for (int k = 0; k < path.lists(); k++) {
      slots += slot;
      slot = itemStart(list(path.segments().get(k).list()), slot);
    }
    return slots + slot * path.slotsPerRow();
  }

  /** Returns the start of the items of list {@code index}, or 0 if there are no lists at all. */
  static long itemStart(ListColumn list, long index) {
    return list.length() == 0 ? 0 : list.offset(index);
  }

  /** Returns the validity bitmap of a node, or null if it has no nulls. */
  Bitmap validity(Node node) {
    return validity[node.index()];
  }

  /** Returns whether the node is a leaf of the null type. */
  boolean isAllNull(Node node) {
    return node.kind() == Kind.LEAF && leaf instanceof NullColumn;
  }

  /** Returns the slot of bit 0 of {@link #validity}. */
  long firstSlot(Node node) {
    return node.kind() == Kind.LEAF ? firstLeaf : 0;
  }

  /** Returns the number of leaf slots for each slot of a node of the last segment. */
  int slotsBelow(Node node) {
    return path.slotsPerRow() / node.slotsPerRow();
  }

  ListColumn list(Node node) {
    return lists[node.index()];
  }

  /** Drops all references to the batch. */
  public void clear() {
    leaf = null;
    Arrays.fill(validity, null);
    Arrays.fill(lists, null);
    compaction.clear();
  }
}
