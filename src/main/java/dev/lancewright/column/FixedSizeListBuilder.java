package dev.lancewright.column;

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
    items = ColumnBuilder.of(name + "." + type.item().name(), type.item(), pool);
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
    requireItems(type.size(), "a list has");
    added(1);
  }

  @Override
  void appendEmpty(long count) {
    requireItems(0, "a null list takes");
    long itemCount = Math.multiplyExact(count, (long) type.size());
    items.appendEmpty(itemCount);
    items.added(itemCount);
  }

  @Override
  FixedSizeListColumn view(Bitmap rowValidity) {
    requireItems(0, "before build it must be");
    return new FixedSizeListColumn(type, length(), rowValidity, items.build());
  }

  @Override
  void clear() {
    items.reset();
  }

  private void requireItems(long expected, String who) {
    long appended = items.length() - length() * type.size();
    if (appended != expected) {
      throw new IllegalStateException(
          "%s: %d items were appended since the last list; %s %d"
              .formatted(where(), appended, who, expected));
    }
  }
}
