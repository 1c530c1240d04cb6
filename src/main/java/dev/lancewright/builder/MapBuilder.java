package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/**
 * Builds a column of maps: append the keys and values of a map, the same number of each and none
 * for an empty one, then call {@link #appendMap}. A null map has no entries.
 *
 * <p>Keys and values are columns named as in the type: {@code key} and {@code value} if {@link
 * DataType#map(DataType, DataType)} created it:
 *
 * <pre>{@code
 * MapBuilder labels = batch.maps("labels");
 * labels.strings("key").append("colour");
 * labels.strings("value").append("red");
 * labels.appendMap();
 * }</pre>
 */
public final class MapBuilder extends ColumnBuilder implements NamedBuilders {
  private final DataType.Struct entryType;
  private final OffsetBuffer offsets;
  private final ColumnSet entries = new ColumnSet();

  /** The number of entries that belong to maps. */
  private long end;

  /**
   * @throws IllegalArgumentException if the entries are not structs with two children
   */
  MapBuilder(String name, Field field, DataType.MapOf type, PagePool pool) {
    super(name, field, pool);
    if (!(type.entries().type() instanceof DataType.Struct struct)
        || struct.children().size() != 2) {
      throw new IllegalArgumentException(
          "column '%s' (%s): the entries of a map are structs of a key and a value"
              .formatted(name, type));
    }
    entryType = struct;
    offsets = new OffsetBuffer(false, pool);
    for (Field child : struct.children()) {
      entries.add(below(name, child, pool));
    }
  }

  @Override
  public ColumnBuilder column(String name) {
    return entries.get(name, this);
  }

  /** Returns the builder of the keys, for 0, or of the values, for 1. */
  @Override
  public ColumnBuilder column(int index) {
    return entries.get(index);
  }

  /**
   * Appends a row: the entries appended since the last one, which may be none.
   *
   * @throws IllegalStateException if there are not as many keys as values, or if the maps would
   *     have more than 2^31 - 1 entries in all
   */
  public void appendMap() {
    long keys = entries.get(0).length();
    if (entries.get(1).length() != keys) {
      throw new IllegalStateException(
          "%s: %d keys and %d values were appended since the last map; a map has as many of each"
              .formatted(where(), keys - end, entries.get(1).length() - end));
    }
    if (keys > offsets.greatest()) {
      throw new IllegalStateException(
          "%s: the maps would have %d entries, but offsets of 32 bits reach %d; build smaller batches"
              .formatted(where(), keys, offsets.greatest()));
    }
    end = keys;
    offsets.append(end);
    added(1);
  }

  @Override
  void requireNothingWaits(String demand) {
    for (int i = 0; i < entries.size(); i++) {
      ColumnBuilder column = entries.get(i);
      if (column.length() != end) {
        throw new IllegalStateException(
            "%s: %d %s were appended since the last map; %s"
                .formatted(where(), column.length() - end, i == 0 ? "keys" : "values", demand));
      }
      column.requireNothingWaits(demand);
    }
  }

  @Override
  String accessor() {
    return "maps";
  }

  @Override
  void appendEmpty(long count) {
    offsets.appendEmpty(end, count);
  }

  @Override
  ListColumn view(Bitmap rowValidity) {
    Column items = new StructColumn(entryType, end, null, entries.view());
    return new ListColumn(field().type(), length(), rowValidity, offsets.view(), items);
  }

  @Override
  void clear() {
    offsets.clear();
    entries.reset();
    end = 0;
  }
}
