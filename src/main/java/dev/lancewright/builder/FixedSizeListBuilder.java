package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/**
 * Builds a column of lists that all have the same number of items: append them to {@link #items},
 * then call {@link #appendList}.
 */
public final class FixedSizeListBuilder extends ColumnBuilder {
  private final DataType.FixedSizeList type;
  private final ColumnBuilder items;

  FixedSizeListBuilder(String name, Field field, DataType.FixedSizeList type, PagePool pool) {
    super(name, field, pool);
    this.type = type;
    items = below(name, type.item(), pool);
  }

  /** Takes the items of all lists, one after the other; a null list has none. */
  public ColumnBuilder items() {
    return items;
  }

  /**
   * Appends a row: the items appended since the last one.
   *
   * @throws IllegalStateException if they are not as many as a list has
   */
  public void appendList() {
    requireWaiting(type.size(), "a list has " + type.size());
    added(1);
  }

  @Override
  void requireNothingWaits(String demand) {
    requireWaiting(0, demand);
    items.requireNothingWaits(demand);
  }

  @Override
  void appendEmpty(long count) {
    items.appendHidden(Math.multiplyExact(count, (long) type.size()));
  }

  @Override
  FixedSizeListColumn view(Bitmap rowValidity) {
    return new FixedSizeListColumn(type, length(), rowValidity, items.build());
  }

  @Override
  void clear() {
    items.reset();
  }

  private void requireWaiting(long expected, String demand) {
    long waiting = items.length() - length() * type.size();
    if (waiting != expected) {
      throw new IllegalStateException(
          "%s: %d items were appended since the last list; %s".formatted(where(), waiting, demand));
    }
  }
}
