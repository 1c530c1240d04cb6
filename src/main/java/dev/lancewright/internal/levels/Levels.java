package dev.lancewright.internal.levels;

import dev.lancewright.column.Bitmap;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.RepDefLayer;
import dev.lancewright.internal.simd.LevelBytes;
import dev.lancewright.internal.simd.ValueBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Repetition and definition levels of a page: an entry for each value, and one for each list that
 * is null or empty or lies below a null. Layers are those that the page's rows need, so the
 * definition levels of a file have no gaps.
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
   * @param rep the repetition levels, or null without lists
   * @param def the definition levels by the path's numbers, or null if all entries are valid values
   * @param first the position in both where the page's levels start
   * @param values how many entries have a value slot
   * @param used whether each definition level of the path occurs
   * @param bySchema whether item layers are nullable where the schema says so, nulls or not
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

  /** The levels of a whole buffer, which they are a view of. */
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
   * The levels of a column that is not nested.
   *
   * @param validity null if there are no nulls
   * @param scratch overwritten, and read until the page is put out
   * @param block overwritten
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
   * These levels for a full-zip page. Its readers count rows instead of values where a layer is all
   * valid, when another page's is not; so with lists the schema decides, for all pages alike.
   */
  public Levels zipped() {
    return hasRep() ? new Levels(path, rep, def, first, count, rows, values, used, true) : this;
  }

  /** The levels of rows {@code from} to {@code from + rowCount}, renumbered for a page of them. */
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

  /** The entry where the row starts that comes {@code rowCount} rows after entry {@code from}. */
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

  /** Values in the first {@code rowCount} rows. */
  public long valuesBefore(long rowCount) {
    return slice(0, rowCount).values;
  }

  private int code(long entry) {
    return def == null ? 0 : def.get(ValueLayout.JAVA_BYTE, first + entry);
  }

  /** Entries. */
  public long count() {
    return count;
  }

  /** Top-level rows. */
  public long rows() {
    return rows;
  }

  /** Entries that have a value slot, be it a null's. */
  public long values() {
    return values;
  }

  /** Innermost first. */
  public List<RepDefLayer> layers() {
    return numbering.layers();
  }

  public boolean hasRep() {
    return rep != null;
  }

  public boolean hasDef() {
    return numbering.maxNumber() > 0;
  }

  /** Bits of the greatest repetition level. */
  public int bitsRep() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(path.lists());
  }

  /** Bits of the greatest definition level. */
  public int bitsDef() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(numbering.maxNumber());
  }

  /** Whether an entry has a value slot. */
  public boolean isValue(long entry) {
    return code(entry) <= path.maxVisibleCode();
  }

  /** Whether an entry is a valid value. */
  public boolean isValid(long entry) {
    return code(entry) == 0;
  }

  public boolean startsRow(long entry) {
    return rep == null || rep.get(ValueLayout.JAVA_BYTE, first + entry) == path.lists();
  }

  /** The control word of an entry in a full-zip page. */
  public int word(long entry) {
    int level = hasDef() ? numbering.numbers()[code(entry)] : 0;
    return rep == null ? level : rep.get(ValueLayout.JAVA_BYTE, first + entry) << bitsDef() | level;
  }

  /** Whether a layer outside the innermost list is nullable and no list. */
  public boolean hasNullableOutside() {
    return numbering.hasOuterNullableItems();
  }

  /**
   * Whether readers of full-zip and of constant pages take an entry without a value for one with a
   * value: they take every nullable item layer for one inside the innermost list.
   */
  public boolean hasLevelsTakenForValues() {
    return numbering.hasLevelsTakenForValues(used);
  }

  /** How many entries from {@code from} on hold {@code wanted} values, the last one a value. */
  public long entriesOf(long wanted, long from) {
    if (values == count) {
      return wanted;
    }
    return LevelBytes.lengthWith(def, first + from, path.maxVisibleCode(), wanted);
  }

  /** Rows that start in entries {@code from} to {@code to}. */
  public long rowStarts(long from, long to) {
    if (rep == null) {
      return (to - from) / path.slotsPerRow();
    }
    return LevelBytes.countEqual(rep, first + from, first + to, path.lists());
  }

  /** Entries at the end of {@code from} to {@code to} from the last one on that starts a row. */
  public long lastRowEntries(long from, long to) {
    for (long entry = to - 1; entry >= from; entry--) {
      if (startsRow(entry)) {
        return to - entry;
      }
    }
    return to - from;
  }

  /** The repetition levels; null if there are none. */
  public LevelArray rep() {
    return hasRep() ? new LevelArray(rep, first, count, bitsRep(), SAME, false) : null;
  }

  /** The definition levels; null if there are none. */
  public LevelArray def() {
    if (!hasDef()) {
      return null;
    }
    boolean renumbered = numbering.renumbers(used);
    return new LevelArray(def, first, count, bitsDef(), numbering.numbers(), renumbered);
  }
}
