package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.ListColumn;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/**
 * Builds a column of lists of any length: append the items of a list, none for an empty one, then
 * call {@link #appendList}. A null list has no items.
 *
 * <pre>{@code
 * ListBuilder tags = batch.lists("tags");
 * tags.strings().append("new");
 * tags.strings().append("red");
 * tags.appendList();
 * }</pre>
 */
public final class ListBuilder extends ElementsBuilder {
  private final OffsetBuffer offsets;

  /** The number of items that belong to lists. */
  private long end;

  ListBuilder(String name, Field field, DataType.ListOf type, PagePool pool) {
    super(name, field, type.item(), pool);
    offsets = new OffsetBuffer(type.large(), pool);
  }

  /**
   * Appends a row: the items appended since the last one, which may be none.
   *
   * @throws IllegalStateException if the lists would have more items in all than the type's offsets
   *     can address: 2^31 - 1 for offsets of 32 bits
   */
  public void appendList() {
    long items = elements().length();
    if (items > offsets.greatest()) {
      throw new IllegalStateException(
          ("%s: the lists would have %d items, but offsets of 32 bits reach %d; build smaller"
                  + " batches or use large_list")
              .formatted(where(), items, offsets.greatest()));
    }
    end = items;
    offsets.append(end);
    added(1);
  }

  @Override
  void requireNothingWaits(String demand) {
    if (elements().length() != end) {
      throw new IllegalStateException(
          "%s: %d items were appended since the last list; %s"
              .formatted(where(), elements().length() - end, demand));
    }
    elements().requireNothingWaits(demand);
  }

  @Override
  String accessor() {
    return "lists";
  }

  @Override
  void appendEmpty(long count) {
    offsets.appendEmpty(end, count);
  }

  @Override
  ListColumn view(Bitmap rowValidity) {
    return new ListColumn(field().type(), length(), rowValidity, offsets.view(), elements().view());
  }

  @Override
  void clear() {
    offsets.clear();
    elements().reset();
    end = 0;
  }
}
