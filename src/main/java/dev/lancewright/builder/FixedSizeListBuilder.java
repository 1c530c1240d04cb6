package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/**
 * Builds a column of lists that all have the same number of items: append them, then call {@link
 * #appendList}. A null list has no items.
 *
 * <pre>{@code
 * FixedSizeListBuilder embedding = batch.fixedSizeLists("embedding");
 * for (float value : vector) {
 *   embedding.floats().append(value);
 * }
 * embedding.appendList();
 * }</pre>
 */
public final class FixedSizeListBuilder extends ElementsBuilder {
  private final DataType.FixedSizeList type;

  FixedSizeListBuilder(String name, Field field, DataType.FixedSizeList type, PagePool pool) {
    super(name, field, type.item(), pool);
    this.type = type;
  }

  /**
   * Appends a row: the items appended since the last one.
   *
   * @throws IllegalStateException if their number is not the size of a list
   */
  public void appendList() {
    requireWaiting(type.size(), "a list has " + type.size());
    added(1);
  }

  @Override
  void requireNothingWaits(String demand) {
    requireWaiting(0, demand);
    elements().requireNothingWaits(demand);
  }

  @Override
  String accessor() {
    return "fixedSizeLists";
  }

  @Override
  void appendEmpty(long count) {
    elements().appendHidden(Math.multiplyExact(count, (long) type.size()));
  }

  @Override
  FixedSizeListColumn view(Bitmap rowValidity) {
    return new FixedSizeListColumn(type, length(), rowValidity, elements().view());
  }

  @Override
  void clear() {
    elements().reset();
  }

  private void requireWaiting(long expected, String demand) {
    long waiting = elements().length() - length() * type.size();
    if (waiting != expected) {
      throw new IllegalStateException(
          "%s: %d items were appended since the last list; %s".formatted(where(), waiting, demand));
    }
  }
}
