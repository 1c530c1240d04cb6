package dev.lancewright.internal.rows;

import dev.lancewright.column.Bitmap;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.LeafPath.Kind;
import dev.lancewright.internal.levels.LeafPath.Node;
import dev.lancewright.internal.levels.LeafPath.Segment;
import dev.lancewright.internal.levels.LevelBuilder;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.simd.LevelBits;
import dev.lancewright.internal.simd.LevelBytes;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Turns the levels of a leaf back into offsets and validity: the inverse of {@link LevelBuilder}.
 *
 * <p>Entries that go on with the innermost list only add an item to it, so the work is for those
 * that start a list. Levels that no rows can have are refused.
 */
final class LevelAssembler {
  private final LeafPath path;
  private final int lists;

  /** By definition level: the segment that an entry's way ends in. */
  private final byte[] endSegment = new byte[LeafPath.MAX_CODE + 1];

  /** By segment: a definition level for each slot; the last one only if it is not the entries'. */
  private final AppendBuffer[] slotLevels;

  /** By list, the outermost first. */
  private final AppendBuffer[] offsets;

  private final boolean[] large;

  /** By node. */
  private final AppendBuffer[] bits;

  /** By segment: slots, and their definition levels or null. */
  private final long[] slots;

  private final MemorySegment[] defs;

  LevelAssembler(LeafPath path, PagePool pool) {
    this.path = path;
    this.lists = path.lists();
    this.slotLevels = buffers(lists + 1, pool);
    this.offsets = buffers(lists, pool);
    this.bits = buffers(path.nodes().size(), pool);
    this.large = new boolean[lists];
    this.slots = new long[lists + 1];
    this.defs = new MemorySegment[lists + 1];
    Arrays.fill(endSegment, (byte) lists);
    for (int k = 0; k <= lists; k++) {
      Segment segment = path.segments().get(k);
      for (Node node : segment.items()) {
        endSegment[node.code()] = (byte) k;
      }
      if (segment.list() != null) {
        Node list = segment.list();
        endSegment[list.code()] = (byte) k;
        endSegment[list.emptyCode()] = (byte) k;
        large[k] =
            path.fields().get(list.index()).type() instanceof DataType.ListOf type && type.large();
      }
    }
  }

  private static AppendBuffer[] buffers(int count, PagePool pool) {
    AppendBuffer[] buffers = new AppendBuffer[count];
    Arrays.setAll(buffers, _ -> new AppendBuffer(pool));
    return buffers;
  }

  /**
   * Works out the structure of rows from their levels, a byte each.
   *
   * @param rep the repetition levels, or null without lists; 7 bytes after the last can be read
   * @param def the definition levels with the numbers of the path, or null if all are 0; read until
   *     other rows are assembled
   * @param entries how many levels there are
   * @throws LanceFormatException if the levels contradict one another
   * @throws BatchTooLargeException if there are more items than offsets can count
   */
  void assemble(MemorySegment rep, MemorySegment def, long entries)
      throws LanceFormatException, BatchTooLargeException {
    if (lists == 0) {
      slots[0] = entries;
      defs[0] = def;
      return;
    }
    Arrays.fill(slots, 0);
    // No list has more slots than there are entries that start one: all others add an item to the
    // innermost list alone. So memory is reserved once, and the loops below need not check for it.
    long starts = entries - LevelBytes.countEqual(rep, 0, entries, 0);
    for (int k = 0; k < lists; k++) {
      offsets[k].clear();
      offsets[k].reserve((starts + 1) * (large[k] ? 8 : 4));
      slotLevels[k].clear();
      slotLevels[k].reserve(starts);
    }
    if (entries > 0 && rep.get(ValueLayout.JAVA_BYTE, 0) != lists) {
      throw new LanceFormatException("the first level is not the start of a row");
    }
    long ended = lists == 1 ? expandOne(rep, def, entries) : expand(rep, def, entries);
    slots[lists] = entries - ended;
    for (int k = 0; k < lists; k++) {
      putOffset(k, slots[k], slots[k + 1]);
      boolean fits = large[k] || slots[k + 1] <= Integer.MAX_VALUE;
      if (!fits) {
        throw new BatchTooLargeException();
      }
    }
    collectLeafLevels(def, entries, ended);
  }

  /** As {@link #expand}, for one list: each entry that starts one is a row. */
  private long expandOne(MemorySegment rep, MemorySegment def, long entries)
      throws LanceFormatException {
    MemorySegment offset = offsets[0].block();
    MemorySegment rowLevels = slotLevels[0].block();
    boolean wide = large[0];
    int maxVisible = path.maxVisibleCode();
    long ended = 0;
    long row = 0;
    // Most entries go on with their row and have a repetition level of 0: eight are skipped at a
    // time. Levels are not above 1, so the lowest bit that is left belongs to the next row's first
    // entry. Its items start where those of the rows before end: entries but for the ended rows'.
    for (long word = 0; word < entries; word += 8) {
      long eight = rep.get(LittleEndian.LONG, word);
      if (entries - word < 8) {
        eight &= (1L << (8 * (entries - word))) - 1;
      }
      for (; eight != 0; eight &= eight - 1, row++) {
        long entry = word + (Long.numberOfTrailingZeros(eight) >>> 3);
        if (wide) {
          offset.set(LittleEndian.LONG, row * 8, entry - ended);
        } else {
          offset.set(LittleEndian.INT, row * 4, (int) (entry - ended));
        }
        if (def != null) {
          byte level = def.get(ValueLayout.JAVA_BYTE, entry);
          rowLevels.set(ValueLayout.JAVA_BYTE, row, level);
          if (level > maxVisible) {
            ended++;
            if (entry + 1 < entries && rep.get(ValueLayout.JAVA_BYTE, entry + 1) == 0) {
              throw contradiction(entry + 1);
            }
          }
        }
      }
    }
    slots[0] = row;
    return ended;
  }

  /** Visits the entries that start a list; returns how many have no value. */
  private long expand(MemorySegment rep, MemorySegment def, long entries)
      throws LanceFormatException {
    // An entry whose repetition level is r starts a list at each depth but the outer (lists - r):
    // those go on. It must not go on with one that the entry before it has ended, nor end further
    // out than it starts. Entries in between have a level of 0, and reach the leaf.
    long ended = 0;
    long lastEntry = -1;
    int lastEnd = lists;
    for (long word = 0; word < entries; word += 8) {
      long left = entries - word;
      long eight = rep.get(LittleEndian.LONG, word);
      if (left < 8) {
        eight &= (1L << (8 * left)) - 1;
      }
      while (eight != 0) {
        int place = Long.numberOfTrailingZeros(eight) >>> 3;
        long entry = word + place;
        int first = lists - (int) (eight >>> (8 * place) & 0xFF);
        eight &= place == 7 ? 0 : -1L << (8 * place + 8);
        int level = def == null ? 0 : def.get(ValueLayout.JAVA_BYTE, entry);
        int end = endSegment[level];
        int reached = lastEntry == entry - 1 ? lastEnd : lists;
        if (first > reached || end < first) {
          throw contradiction(entry);
        }
        addSlots(first, end, level, entry - ended);
        if (end < lists) {
          ended++;
          if (entry + 1 < entries && rep.get(ValueLayout.JAVA_BYTE, entry + 1) == 0) {
            throw contradiction(entry + 1);
          }
        }
        lastEntry = entry;
        lastEnd = end;
      }
    }
    return ended;
  }

  private static LanceFormatException contradiction(long entry) {
    return new LanceFormatException(
        "entry %d goes on with a list that has ended, or ends one that it does not start"
            .formatted(entry));
  }

  /** An entry has a slot in each segment from {@code first} to {@code end}. */
  private void addSlots(int first, int end, int level, long leafSlots) {
    slots[lists] = leafSlots;
    for (int k = first; k <= Math.min(end, lists - 1); k++) {
      putOffset(k, slots[k], slots[k + 1]);
      slotLevels[k].block().set(ValueLayout.JAVA_BYTE, slots[k], (byte) level);
      slots[k]++;
    }
  }

  private void putOffset(int list, long slot, long offset) {
    MemorySegment target = offsets[list].block();
    if (large[list]) {
      target.set(LittleEndian.LONG, slot * 8, offset);
    } else {
      target.set(LittleEndian.INT, slot * 4, (int) offset);
    }
  }

  /** The definition levels of entries that have a value. */
  private void collectLeafLevels(MemorySegment def, long entries, long ended)
      throws LanceFormatException {
    Arrays.fill(defs, null);
    if (def == null) {
      return;
    }
    for (int k = 0; k < lists; k++) {
      defs[k] = slotLevels[k].block();
    }
    int maxVisible = path.maxVisibleCode();
    if (ended == 0 && LevelBits.countAbove(def, 0, entries, maxVisible) == 0) {
      defs[lists] = def;
      return;
    }
    AppendBuffer leaf = slotLevels[lists];
    leaf.clear();
    leaf.reserve(entries + 8);
    // Only entries that start a list were looked at. If another one has no value, there are fewer
    // here than the offsets count.
    if (LevelBits.copyUpTo(def, entries, maxVisible, leaf.block()) != slots[lists]) {
      throw new LanceFormatException(
          "there are entries without a value inside lists that have values");
    }
    defs[lists] = leaf.block();
  }

  /** Slots of a node: one for each of its values, nulls included. */
  long slots(Node node) {
    int spread = spread(node);
    return slots[segment(node)] / spread;
  }

  /** Items that the slots of a list have together. */
  long items(Node list) {
    return slots[segment(list) + 1];
  }

  private int segment(Node node) {
    int k = 0;
    while (k < lists && node.index() > path.segments().get(k).list().index()) {
      k++;
    }
    return k;
  }

  /** Slots of the leaf for one of a node outside of fixed-size lists of structs. */
  private int spread(Node node) {
    return path.slotsPerRow() / node.slotsPerRow();
  }

  /** Offsets of a list: one more than it has slots. */
  MemorySegment offsets(Node list) {
    int k = segment(list);
    return offsets[k].block().asSlice(0, (slots[k] + 1) * (large[k] ? 8 : 4));
  }

  /** Validity of a node; null if it has no nulls. */
  Bitmap validity(Node node) {
    MemorySegment levels = defs[segment(node)];
    if (levels == null) {
      return null;
    }
    long count = slots(node);
    int spread = spread(node);
    if (spread > 1) {
      levels = everyOther(levels, count, spread);
    }
    AppendBuffer target = bits[node.index()];
    target.clear();
    target.reserve(Bitmap.bytesFor(count));
    int also = node.kind() == Kind.LIST ? node.emptyCode() : 0;
    boolean nulls = LevelBits.valid(levels, count, node.code(), also, target.block());
    return nulls ? new Bitmap(target.block(), 0, count) : null;
  }

  /** The first of each {@code spread} levels. */
  private MemorySegment everyOther(MemorySegment levels, long count, int spread) {
    AppendBuffer firsts = slotLevels[0];
    firsts.clear();
    firsts.reserve(count);
    for (long i = 0; i < count; i++) {
      byte level = levels.get(ValueLayout.JAVA_BYTE, i * spread);
      firsts.block().set(ValueLayout.JAVA_BYTE, i, level);
    }
    return firsts.block();
  }

  /** Validity of the leaf; null if it has no nulls. */
  Bitmap leafValidity() {
    return validity(path.nodes().getLast());
  }
}
