package dev.lancewright.internal.layout;

import dev.lancewright.column.Column;
import dev.lancewright.internal.levels.Levels;

/**
 * Rows of one leaf, ready to be encoded.
 *
 * @param values those of all entries that have a slot; zeros or nothing beneath nulls
 * @param nulls the number of nulls among the values
 */
public record PageContent(Column values, Levels levels, long nulls) {
  public PageContent(Column values, Levels levels) {
    this(values, levels, values.nullCount());
  }

  /** Rows {@code from} to {@code from + count}. */
  public PageContent slice(long from, long count) {
    Levels part = levels.slice(from, count);
    return new PageContent(values.slice(levels.valuesBefore(from), part.values()), part);
  }
}
