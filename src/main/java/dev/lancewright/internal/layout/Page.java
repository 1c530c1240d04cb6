package dev.lancewright.internal.layout;

import dev.lancewright.column.Column;

/**
 * Rows of one leaf, ready to be encoded.
 *
 * @param values those of all entries that have a slot; zeros or nothing beneath nulls
 * @param nulls of the values
 */
record Page(Column values, Levels levels, long nulls) {
  Page(Column values, Levels levels) {
    this(values, levels, values.nullCount());
  }

  /** Rows {@code from} to {@code from + count}. */
  Page slice(long from, long count) {
    Levels part = levels.slice(from, count);
    return new Page(values.slice(levels.valuesBefore(from), part.values()), part);
  }
}
