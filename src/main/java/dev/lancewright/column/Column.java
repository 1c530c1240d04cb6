package dev.lancewright.column;

import dev.lancewright.schema.DataType;

/**
 * A borrowed, immutable view of the values of one column, with one record for each Arrow layout.
 *
 * <p>A column owns no memory: its segments remain the caller's and must stay alive for as long as
 * the view is used. Constructors check that every length fits its segment; the contents (offsets,
 * text) are checked by the consumer. Views are as thread-safe as the underlying segments.
 */
public sealed interface Column
    permits FixedWidthColumn,
        BoolColumn,
        VariableWidthColumn,
        FixedSizeListColumn,
        ListColumn,
        StructColumn,
        DictionaryColumn,
        NullColumn {
  /** Returns the type of the values. */
  DataType type();

  /** Returns the number of rows, including nulls. */
  long length();

  /**
   * Returns the validity bitmap, whose bits are set for rows with a value, or null if there are no
   * nulls.
   */
  Bitmap validity();

  /** Returns {@code count} rows starting at row {@code from}, without copying. */
  Column slice(long from, long count);

  /**
   * Returns a view of the same values with a different validity bitmap.
   *
   * @param validity the validity bitmap, as long as the column, or null for no nulls
   */
  default Column withValidity(Bitmap validity) {
    return switch (this) {
      case FixedWidthColumn c -> new FixedWidthColumn(c.type(), c.length(), validity, c.values());
      case BoolColumn c -> new BoolColumn(validity, c.values());
      case VariableWidthColumn c ->
          new VariableWidthColumn(c.type(), c.length(), validity, c.offsets(), c.data());
      case FixedSizeListColumn c ->
          new FixedSizeListColumn(c.type(), c.length(), validity, c.items());
      case ListColumn c -> new ListColumn(c.type(), c.length(), validity, c.offsets(), c.items());
      case DictionaryColumn c ->
          new DictionaryColumn(c.type(), c.length(), validity, c.indices(), c.values());
      case StructColumn c -> new StructColumn(c.type(), c.length(), validity, c.children());
      case NullColumn c -> c;
    };
  }

  /**
   * Returns the size of all values in bytes, including one offset for each row but not the validity
   * bitmap.
   */
  long valueBytes();

  /** Returns the number of rows without a value, counted on each call. */
  default long nullCount() {
    return validity() == null ? 0 : length() - validity().count();
  }

  /** Returns whether row {@code row} is null. */
  default boolean isNull(long row) {
    return validity() != null && !validity().get(row);
  }
}
