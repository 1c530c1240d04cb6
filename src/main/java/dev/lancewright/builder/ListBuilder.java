package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.ListColumn;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/**
 * Builds a column of lists of any length, or of maps: append the items of a list to {@link #items},
 * none for an empty one, then call {@link #appendList}.
 *
 * <p>The items of a map are its entries, in a {@link StructBuilder} of key and value:
 *
 * <pre>{@code
 * ListBuilder maps = batch.column("tags").as(ListBuilder.class);
 * StructBuilder entries = maps.items().as(StructBuilder.class);
 * entries.child(0).as(VariableWidthBuilder.class).append("colour");
 * entries.child(1).as(VariableWidthBuilder.class).append("red");
 * entries.appendStruct();
 * maps.appendList();
 * }</pre>
 */
public final class ListBuilder extends ColumnBuilder {
  private final OffsetBuffer offsets;
  private final ColumnBuilder items;

  /** Items that are in lists. */
  private long end;

  ListBuilder(String name, Field field, Field item, boolean large, PagePool pool) {
    super(name, field, pool);
    offsets = new OffsetBuffer(large, pool);
    items = below(name, item, pool);
  }

  /** Takes the items of all lists, one after the other; a null list has none. */
  public ColumnBuilder items() {
    return items;
  }

  /**
   * Appends a row: the items appended since the last one, which may be none.
   *
   * @throws IllegalStateException if all lists have more items than the type's offsets can say:
   *     2^31 - 1, where they have 32 bits
   */
  public void appendList() {
    if (items.length() > offsets.greatest()) {
      throw new IllegalStateException(
          "%s: the lists would have %d items, but offsets of 32 bits reach %d; build smaller batches"
                  .formatted(where(), items.length(), offsets.greatest())
              + (field().type() instanceof DataType.ListOf ? " or use large_list" : ""));
    }
    end = items.length();
    offsets.append(end);
    added(1);
  }

  @Override
  void requireNothingWaits(String demand) {
    if (items.length() != end) {
      throw new IllegalStateException(
          "%s: %d items were appended since the last list; %s"
              .formatted(where(), items.length() - end, demand));
    }
    items.requireNothingWaits(demand);
  }

  @Override
  void appendEmpty(long count) {
    for (long i = 0; i < count; i++) {
      offsets.append(end);
    }
  }

  @Override
  ListColumn view(Bitmap rowValidity) {
    return new ListColumn(field().type(), length(), rowValidity, offsets.view(), items.build());
  }

  @Override
  void clear() {
    offsets.clear();
    items.reset();
    end = 0;
  }
}
