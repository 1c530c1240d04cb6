package dev.lancewright.internal.rows;

import dev.lancewright.column.Column;
import dev.lancewright.internal.levels.Levels;

/**
 * Rows of one leaf, ready to be encoded.
 *
 * @param values those of all entries that have a slot; zeros or nothing beneath nulls
 * @param nulls of the values
 */
public record Page(Column values, Levels levels, long nulls) {
  public Page(Column values, Levels levels) {
    this(values, levels, values.nullCount());
  }

  /** Rows {@code from} to {@code from + count}. */
  public Page slice(long from, long count) {
    Levels part = levels.slice(from, count);
    return new Page(values.slice(levels.valuesBefore(from), part.values()), part);
  }
}
