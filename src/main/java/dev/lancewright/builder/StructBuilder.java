package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.StructColumn;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a column of structs: append one value to each {@link #child}, then call {@link
 * #appendStruct}.
 */
public final class StructBuilder extends ColumnBuilder {
  private final DataType.Struct type;
  private final List<ColumnBuilder> children = new ArrayList<>();

  StructBuilder(String name, Field field, DataType.Struct type, PagePool pool) {
    super(name, field, pool);
    this.type = type;
    for (Field child : type.children()) {
      children.add(below(name, child, pool));
    }
  }

  /** Takes the values of child {@code index} of all structs; a null struct has none. */
  public ColumnBuilder child(int index) {
    return children.get(index);
  }

  /**
   * Takes the values of a child, the first of that name, of all structs; a null struct has none.
   *
   * @throws IllegalArgumentException if there is no child of that name
   */
  public ColumnBuilder child(String name) {
    for (ColumnBuilder child : children) {
      if (child.field().name().equals(name)) {
        return child;
      }
    }
    throw new IllegalArgumentException(
        "%s: there is no child '%s'; there are %s"
            .formatted(where(), name, type.children().stream().map(Field::name).toList()));
  }

  /**
   * Appends a row: the value appended to each child since the last one.
   *
   * @throws IllegalStateException if to a child none was appended, or more than one
   */
  public void appendStruct() {
    requireWaiting(1, "a struct takes 1");
    added(1);
  }

  @Override
  void requireNothingWaits(String demand) {
    requireWaiting(0, demand);
    for (int i = 0; i < children.size(); i++) {
      children.get(i).requireNothingWaits(demand);
    }
  }

  @Override
  void appendEmpty(long count) {
    for (int i = 0; i < children.size(); i++) {
      children.get(i).appendHidden(count);
    }
  }

  @Override
  StructColumn view(Bitmap rowValidity) {
    List<Column> views = children.stream().map(ColumnBuilder::build).toList();
    return new StructColumn(type, length(), rowValidity, views);
  }

  @Override
  void clear() {
    children.forEach(ColumnBuilder::reset);
  }

  /** By index, since an iterator would be garbage of every row. */
  private void requireWaiting(long expected, String demand) {
    for (int i = 0; i < children.size(); i++) {
      ColumnBuilder child = children.get(i);
      long waiting = child.length() - length();
      if (waiting != expected) {
        throw new IllegalStateException(
            "%s: %d values were appended to child '%s' since the last struct; %s"
                .formatted(where(), waiting, child.field().name(), demand));
      }
    }
  }
}
