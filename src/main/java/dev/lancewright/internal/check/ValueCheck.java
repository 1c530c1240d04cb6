package dev.lancewright.internal.check;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.simd.Utf8;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;

/**
 * Checks the contents of a field's columns before any value is appended. Slots hidden by a null are
 * not values; only their offsets must be in order, too.
 *
 * <p>There is one node for each field of a nested type, created once for a schema. Not thread-safe.
 */
public final class ValueCheck {
  private static final int MAX_SHOWN_BYTES = 64;

  private final String path;
  private final Field field;
  private final ValueCheck parent;
  private final List<ValueCheck> children;

  /** The limit on dictionary values; null if there is none. */
  private final DictionaryLimit limit;

  /** Scratch memory for checks of text; null for other types. */
  private final byte[] scratch;

  /** The column being checked; null between checks. */
  private Column column;

  /** Creates a check of top-level columns of {@code field} to be written. */
  public ValueCheck(Field field) {
    this(field.name(), field, null, true);
  }

  /** Creates a check of columns that were read, which ignores the dictionaries of other rows. */
  public static ValueCheck ofRead(Field field) {
    return new ValueCheck(field.name(), field, null, false);
  }

  private ValueCheck(String path, Field field, ValueCheck parent, boolean limited) {
    this.path = path;
    this.field = field;
    this.parent = parent;
    List<Field> below =
        switch (field.type()) {
          case DataType.Struct struct -> struct.children();
          case DataType.ListOf list -> List.of(list.item());
          case DataType.MapOf map -> List.of(map.entries());
          case DataType.FixedSizeList list -> List.of(list.item());
          case DataType.Dictionary dictionary ->
              List.of(Field.nullable("dictionary", dictionary.value()));
          default -> List.of();
        };
    this.limit =
        limited && field.type() instanceof DataType.Dictionary dictionary
            ? DictionaryLimit.of(dictionary)
            : null;
    this.scratch = field.type() instanceof DataType.Utf8 ? new byte[Utf8.SCRATCH_BYTES] : null;
    this.children =
        below.stream()
            .map(child -> new ValueCheck(path + "." + child.name(), child, this, limited))
            .toList();
  }

  /**
   * Checks all rows of a column. Limits of the file as a whole count this column only after {@link
   * #accept}.
   *
   * @throws InvalidValueException if there are nulls where none are allowed, offsets that decrease
   *     or exceed their data, indices out of range, more values than the index type can address, or
   *     text that is not UTF-8; the message names column and row
   */
  public void check(Column rows) {
    try {
      check(rows, 0, rows.length());
    } finally {
      forget();
    }
  }

  /** Counts the column of the last check as part of the file. */
  public void accept() {
    if (limit != null) {
      limit.accept();
    }
    for (int i = 0; i < children.size(); i++) {
      children.get(i).accept();
    }
  }

  private void forget() {
    column = null;
    for (int i = 0; i < children.size(); i++) {
      children.get(i).forget();
    }
  }

  private void check(Column slots, long from, long to) {
    column = slots;
    if (limit != null) {
      limit.reset();
    }
    if (from == to) {
      return;
    }
    switch (slots) {
      case VariableWidthColumn variable -> {
        checkOffsets(
            variable.offsets(), variable.type().large(), from, to, variable.data().byteSize());
        if (variable.type() instanceof DataType.Utf8) {
          checkText(variable, from, to);
        }
      }
      case ListColumn list -> {
        checkOffsets(list.offsets(), list.offsetWidth() == 8, from, to, list.items().length());
        children.getFirst().check(list.items(), list.offset(from), list.offset(to));
      }
      case FixedSizeListColumn list -> {
        int size = list.type().size();
        children.getFirst().check(list.items(), from * size, to * size);
      }
      case StructColumn struct -> {
        for (int i = 0; i < children.size(); i++) {
          children.get(i).check(struct.children().get(i), from, to);
        }
      }
      case DictionaryColumn dictionary -> checkDictionary(dictionary, from, to);
      default -> {}
    }
    if (!field.nullable()) {
      checkNoNulls(
          from, to, "the value is null, but the field is declared non-null", "declare it nullable");
    } else if (parent != null && parent.field.isPacked()) {
      checkNoNulls(
          from,
          to,
          "the value is null, and a packed struct has no place for nulls of its children",
          "remove the metadata 'lance-encoding:packed' or 'packed' of the struct");
    }
  }

  private void checkNoNulls(long from, long to, String problem, String advice) {
    Bitmap validity = column.validity();
    boolean nullValues =
        column instanceof DictionaryColumn dictionary && dictionary.values().nullCount() > 0;
    boolean nullsElsewhere = column instanceof NullColumn || nullValues;
    if (!nullsElsewhere && Bitmap.isAllSet(validity, from, to - from)) {
      return;
    }
    for (long slot = from; slot < to; slot++) {
      if (isVisible(slot) && column.isNull(slot)) {
        throw refuse(slot, problem, advice);
      }
    }
  }

  private void checkDictionary(DictionaryColumn dictionary, long from, long to) {
    Column values = dictionary.values();
    long count = values.length();
    children.getFirst().check(values, 0, count);
    BitSet seen = limit == null ? null : new BitSet();
    for (long slot = from; slot < to; slot++) {
      long index = dictionary.index(slot);
      boolean inside = index >= 0 && index < count;
      if ((inside && (limit == null || seen.get((int) index)))
          || !hasIndex(dictionary, slot)
          || !isVisible(slot)) {
        continue;
      }
      if (!inside) {
        throw refuse(
            slot,
            "index %s lies outside the dictionary, which has %d values"
                .formatted(
                    isSigned(dictionary) ? Long.toString(index) : Long.toUnsignedString(index),
                    count));
      }
      seen.set((int) index);
      if (!values.isNull(index) && !limit.add(values, index)) {
        throw refuse(
            slot,
            "the value is one more than the %d which indices of %s tell apart in a file"
                .formatted(limit.most(), dictionary.type().index()),
            "use wider indices, or write values instead of a dictionary");
      }
    }
  }

  private static boolean isSigned(DictionaryColumn dictionary) {
    return ((DataType.Int) dictionary.type().index()).signed();
  }

  private static boolean hasIndex(DictionaryColumn dictionary, long slot) {
    return dictionary.validity() == null || dictionary.validity().get(slot);
  }

  /**
   * Checks that offsets are not negative, do not decrease and stay within their data.
   *
   * @param room the number of bytes or items that the offsets point into
   */
  private void checkOffsets(MemorySegment offsets, boolean large, long from, long to, long room) {
    long first = offset(offsets, large, from);
    if (first < 0) {
      throw refuse(from, "offset %d is negative".formatted(first));
    }
    if (decreases(offsets, large, from, to)) {
      refuseDecrease(offsets, large, from);
    }
    if (offset(offsets, large, to) > room) {
      long slot = from;
      while (offset(offsets, large, slot + 1) <= room) {
        slot++;
      }
      long end = offset(offsets, large, slot + 1);
      throw refuse(
          slot,
          column instanceof ListColumn
              ? "offset %d lies past the end of the items, of which there are %d"
                  .formatted(end, room)
              : "offset %d lies past the end of the data, which has %d bytes".formatted(end, room));
    }
  }

  private static long offset(MemorySegment offsets, boolean large, long index) {
    return large
        ? offsets.get(LittleEndian.LONG, index * 8)
        : offsets.get(LittleEndian.INT, index * 4);
  }

  private static boolean decreases(MemorySegment offsets, boolean large, long from, long to) {
    long signs = 0;
    long end = offset(offsets, large, from);
    for (long slot = from + 1; slot <= to; slot++) {
      long start = end;
      end = offset(offsets, large, slot);
      signs |= end - start | end;
    }
    return signs < 0;
  }

  private void refuseDecrease(MemorySegment offsets, boolean large, long from) {
    long slot = from;
    while (offset(offsets, large, slot + 1) >= offset(offsets, large, slot)) {
      slot++;
    }
    long end = offset(offsets, large, slot + 1);
    boolean overflow = end < 0 && !large;
    throw refuse(
        slot,
        "offset %d is smaller than the one before (%d); offsets must not decrease%s"
            .formatted(
                end,
                offset(offsets, large, slot),
                overflow
                    ? " (32-bit offsets overflow at 2 GiB: use smaller batches or large_%s)"
                        .formatted(column instanceof ListColumn ? "list" : field.type())
                    : ""));
  }

  private void checkText(VariableWidthColumn text, long from, long to) {
    if (isText(text, from, to)) {
      return;
    }
    for (long slot = from; slot < to; slot++) {
      if (!text.isNull(slot)
          && !Utf8.isValid(text.data(), text.offset(slot), text.offset(slot + 1), scratch)
          && isVisible(slot)) {
        throw refuse(slot, "the value is not valid UTF-8", "write it as binary, or mend the text");
      }
    }
  }

  /** Returns whether all values are valid UTF-8, including null and hidden ones. */
  private boolean isText(VariableWidthColumn text, long from, long to) {
    MemorySegment data = text.data();
    long end = text.offset(to);
    long asciiEnd = Utf8.asciiEnd(data, text.offset(from), end);
    return asciiEnd == end
        || (Utf8.isValid(data, asciiEnd, end, scratch)
            && !Utf8.cutsCharacters(
                data, text.offsets(), text.type().offsetWidth(), from, to - from));
  }

  /** Returns whether the slot is not hidden by a null in a parent. */
  private boolean isVisible(long slot) {
    if (!isBelowRows()) {
      return true;
    }
    long above = parent.slotAbove(slot);
    return !parent.column.isNull(above) && parent.isVisible(above);
  }

  /**
   * Returns the row of the batch that a slot belongs to; for a dictionary's value, the first row
   * with its index.
   */
  private long row(long slot) {
    if (parent == null) {
      return slot;
    }
    return parent.row(isBelowRows() ? parent.slotAbove(slot) : parent.slotWithIndex(slot));
  }

  private long slotWithIndex(long index) {
    DictionaryColumn dictionary = (DictionaryColumn) column;
    long slot = 0;
    while (slot < dictionary.length() - 1 && dictionary.index(slot) != index) {
      slot++;
    }
    return slot;
  }

  /** Returns whether slots belong to rows, which the values of a dictionary do not. */
  private boolean isBelowRows() {
    return parent != null && !(parent.column instanceof DictionaryColumn);
  }

  /** Returns the slot of this node that contains slot {@code below} of a child. */
  private long slotAbove(long below) {
    return switch (column) {
      case ListColumn list -> listOf(list, below);
      case FixedSizeListColumn list -> below / list.type().size();
      default -> below;
    };
  }

  /**
   * Returns the list that contains the item: the last one that starts at or before it, as others
   * with the same start are empty.
   */
  private static long listOf(ListColumn list, long item) {
    long low = 0;
    long high = list.length() - 1;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (list.offset(middle) <= item) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private InvalidValueException refuse(long slot, String problem) {
    return refuse(slot, problem, null);
  }

  /**
   * Creates an exception.
   *
   * @param advice what the caller can do about it; null if there is no advice
   */
  private InvalidValueException refuse(long slot, String problem, String advice) {
    long row = row(slot);
    String where =
        isBelowRows() || parent == null
            ? "row %d of the batch".formatted(row)
            : "value %d of the dictionary".formatted(slot);
    String message =
        "column '%s' (%s), %s: %s%s"
            .formatted(path, field.type(), where, problem, advice == null ? "" : "; " + advice);
    String rowsPath = isBelowRows() || parent == null ? path : parent.path;
    return new InvalidValueException(message, rowsPath, row, problem + bytesOf(slot));
  }

  /** Returns the first bytes of a text or byte string for a message, or an empty string. */
  private String bytesOf(long slot) {
    if (!(column instanceof VariableWidthColumn text) || text.isNull(slot)) {
      return "";
    }
    long start = text.offset(slot);
    long bytes = text.offset(slot + 1) - start;
    if (start < 0 || bytes < 0 || bytes > text.data().byteSize() - start) {
      return "";
    }
    byte[] shown = new byte[(int) Math.min(bytes, MAX_SHOWN_BYTES)];
    MemorySegment.copy(text.data(), ValueLayout.JAVA_BYTE, start, shown, 0, shown.length);
    return ": 0x" + HexFormat.of().formatHex(shown) + (bytes > shown.length ? "..." : "");
  }
}
