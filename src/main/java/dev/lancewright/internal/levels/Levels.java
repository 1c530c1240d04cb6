package dev.lancewright.internal.levels;

import dev.lancewright.column.Bitmap;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.simd.LevelBytes;
import dev.lancewright.internal.simd.ValueBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * The repetition and definition levels of a page, with an entry for each value, and one for each
 * list that is null, empty or below a null. Layers are limited to those that the page's rows need,
 * so the definition levels of a file have no gaps.
 */
public final class Levels {
  /** The identity numbering. */
  private static final byte[] SAME = new byte[LeafPath.MAX_CODE + 1];

  static {
    for (int level = 0; level < SAME.length; level++) {
      SAME[level] = (byte) level;
    }
  }

  private final LeafPath path;
  private final MemorySegment rep;
  private final MemorySegment def;
  private final long first;
  private final long count;
  private final long rows;
  private final long values;
  private final boolean[] used;
  private final LayerNumbering numbering;

  /**
   * Creates a view of levels.
   *
   * @param rep the repetition levels, or null without lists
   * @param def the definition levels by the path's numbers, or null if all entries are valid values
   * @param first the position in both where the page's levels start
   * @param values the number of entries with a value slot
   * @param used whether each definition level of the path occurs
   * @param bySchema whether item layers are nullable according to the schema, even without nulls
   */
  private Levels(
      LeafPath path,
      MemorySegment rep,
      MemorySegment def,
      long first,
      long count,
      long rows,
      long values,
      boolean[] used,
      boolean bySchema) {
    this.path = path;
    this.rep = rep;
    this.def = def;
    this.first = first;
    this.count = count;
    this.rows = rows;
    this.values = values;
    this.used = used;
    this.numbering = new LayerNumbering(path, used, bySchema);
  }

  /** Returns a view of all levels of a buffer. */
  public static Levels of(LeafPath path, LevelBuffer buffer, long rows, long values) {
    return new Levels(
        path,
        path.lists() == 0 ? null : buffer.rep().block(),
        buffer.def().block(),
        0,
        buffer.size(),
        rows,
        values,
        buffer.used().clone(),
        false);
  }

  /**
   * Returns the levels of a flat column.
   *
   * @param validity null if there are no nulls
   * @param scratch scratch memory, which is overwritten, and read until the page is put out
   * @param block scratch memory, which is overwritten
   */
  public static Levels flat(
      LeafPath path, long rows, Bitmap validity, AppendBuffer scratch, ValueBlock block) {
    boolean[] used = new boolean[LeafPath.MAX_CODE + 1];
    if (validity == null) {
      return new Levels(path, null, null, 0, rows, rows, rows, used, false);
    }
    used[1] = true;
    scratch.clear();
    scratch.reserve(rows + LevelBuffer.SLACK_BYTES);
    LevelBuilder.levels(validity, rows, scratch.block(), block);
    return new Levels(path, null, scratch.block(), 0, rows, rows, rows, used, false);
  }

  /**
   * Returns these levels for a full-zip page. Its readers count rows instead of values where a
   * layer is all valid, if it is not on another page; so with lists the schema decides, for all
   * pages alike.
   */
  public Levels zipped() {
    return hasRep() ? new Levels(path, rep, def, first, count, rows, values, used, true) : this;
  }

  /**
   * Returns the levels of rows {@code from} to {@code from + rowCount}, renumbered for a page of
   * their own.
   */
  public Levels slice(long from, long rowCount) {
    long start = rowStart(0, from);
    long end = rowStart(start, rowCount);
    boolean[] usedHere = new boolean[LeafPath.MAX_CODE + 1];
    long valuesHere = 0;
    for (long i = start; i < end; i++) {
      int code = code(i);
      usedHere[code] = true;
      valuesHere += code <= path.maxVisibleCode() ? 1 : 0;
    }
    return new Levels(
        path, rep, def, first + start, end - start, rowCount, valuesHere, usedHere, false);
  }

  /** Returns the first entry of the row that is {@code rowCount} rows after entry {@code from}. */
  private long rowStart(long from, long rowCount) {
    if (rep == null) {
      return from + rowCount * path.slotsPerRow();
    }
    long entry = from;
    for (long left = rowCount; entry < count; entry++) {
      if (startsRow(entry) && left-- == 0) {
        break;
      }
    }
    return entry;
  }

  /** Returns the number of values in the first {@code rowCount} rows. */
  public long valuesBefore(long rowCount) {
    return slice(0, rowCount).values;
  }

  private int code(long entry) {
    return def == null ? 0 : def.get(ValueLayout.JAVA_BYTE, first + entry);
  }

  /** Returns the number of entries. */
  public long count() {
    return count;
  }

  /** Returns the number of top-level rows. */
  public long rows() {
    return rows;
  }

  /** Returns the number of entries with a value slot, including those of nulls. */
  public long values() {
    return values;
  }

  /** Returns the layers, innermost first. */
  public List<Layer> layers() {
    return numbering.layers();
  }

  /** Returns the numbers that the layers have in the file. */
  public long[] layerNumbers() {
    long[] numbers = new long[layers().size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = layers().get(i).number();
    }
    return numbers;
  }

  public boolean hasRep() {
    return rep != null;
  }

  public boolean hasDef() {
    return numbering.maxNumber() > 0;
  }

  /** Returns the number of bits of the greatest repetition level. */
  public int bitsRep() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(path.lists());
  }

  /** Returns the number of bits of the greatest definition level. */
  public int bitsDef() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(numbering.maxNumber());
  }

  /** Returns whether an entry has a value slot. */
  public boolean isValue(long entry) {
    return code(entry) <= path.maxVisibleCode();
  }

  /** Returns whether an entry is a valid value. */
  public boolean isValid(long entry) {
    return code(entry) == 0;
  }

  public boolean startsRow(long entry) {
    return rep == null || rep.get(ValueLayout.JAVA_BYTE, first + entry) == path.lists();
  }

  /** Returns the control word of an entry in a full-zip page. */
  public int word(long entry) {
    int level = hasDef() ? numbering.numbers()[code(entry)] : 0;
    return rep == null ? level : rep.get(ValueLayout.JAVA_BYTE, first + entry) << bitsDef() | level;
  }

  /** Returns whether an item layer outside the innermost list is nullable. */
  public boolean hasNullableOutside() {
    return numbering.hasOuterNullableItems();
  }

  /**
   * Returns whether readers of full-zip and constant pages mistake an entry without a value slot
   * for one that has one, as they assume every nullable item layer to be inside the innermost list.
   */
  public boolean hasLevelsTakenForValues() {
    return numbering.hasLevelsTakenForValues(used);
  }

  /**
   * Returns the number of entries, starting at {@code from}, that hold {@code wanted} values and
   * end with a value.
   */
  public long entriesOf(long wanted, long from) {
    if (values == count) {
      return wanted;
    }
    return LevelBytes.lengthWith(def, first + from, path.maxVisibleCode(), wanted);
  }

  /** Returns the number of rows that start in entries {@code from} to {@code to}. */
  public long rowStarts(long from, long to) {
    if (rep == null) {
      return (to - from) / path.slotsPerRow();
    }
    return LevelBytes.countEqual(rep, first + from, first + to, path.lists());
  }

  /**
   * Returns the number of entries of the last row that starts between {@code from} and {@code to},
   * up to {@code to}.
   */
  public long lastRowEntries(long from, long to) {
    for (long entry = to - 1; entry >= from; entry--) {
      if (startsRow(entry)) {
        return to - entry;
      }
    }
    return to - from;
  }

  /** Returns the repetition levels, or null if there are none. */
  public LevelArray rep() {
    return hasRep() ? new LevelArray(rep, first, count, bitsRep(), SAME, false) : null;
  }

  /** Returns the definition levels, or null if there are none. */
  public LevelArray def() {
    if (!hasDef()) {
      return null;
    }
    boolean renumbered = numbering.renumbers(used);
    return new LevelArray(def, first, count, bitsDef(), numbering.numbers(), renumbered);
  }
}
