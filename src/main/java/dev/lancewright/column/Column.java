package dev.lancewright.column;

import dev.lancewright.schema.DataType;

/**
 * A borrowed, immutable view of the values of one column, one record for each Arrow shape.
 *
 * <p>A column owns no memory: its segments stay the caller's and must live as long as the view is
 * used. Constructors check that every length fits its segment; what the values say (offsets, text)
 * is checked by whoever takes them. Views are as thread-safe as the segments beneath.
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
  /** Type of the values. */
  DataType type();

  /** Rows, nulls included. */
  long length();

  /** One bit a row, set where there is a value; null when there are no nulls. */
  Bitmap validity();

  /** Rows {@code from} to {@code from + count}, without a copy. */
  Column slice(long from, long count);

  /**
   * The same values with other nulls.
   *
   * @param validity of the column's length; null for no nulls
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

  /** Bytes of all values: offsets counted (one for each row), validity not. */
  long valueBytes();

  /** Rows without a value; counted at each call. */
  default long nullCount() {
    return validity() == null ? 0 : length() - validity().count();
  }

  /** Whether row {@code row} has no value. */
  default boolean isNull(long row) {
    return validity() != null && !validity().get(row);
  }
}
