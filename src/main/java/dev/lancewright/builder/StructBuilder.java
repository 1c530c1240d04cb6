package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.StructColumn;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/**
 * Builds a column of structs: append one value to each child, then call {@link #appendStruct}. A
 * null struct needs no values in its children.
 *
 * <pre>{@code
 * StructBuilder address = batch.structs("address");
 * address.strings("city").append("Bern");
 * address.ints("code").append(3011);
 * address.appendStruct();
 * }</pre>
 */
public final class StructBuilder extends ColumnBuilder implements NamedBuilders {
  private final DataType.Struct type;
  private final ColumnSet children = new ColumnSet();

  StructBuilder(String name, Field field, DataType.Struct type, PagePool pool) {
    super(name, field, pool);
    this.type = type;
    for (Field child : type.children()) {
      children.add(below(name, child, pool));
    }
  }

  @Override
  public ColumnBuilder column(String name) {
    return children.get(name, this);
  }

  @Override
  public ColumnBuilder column(int index) {
    return children.get(index);
  }

  /**
   * Appends a row: the value appended to each child since the last one.
   *
   * @throws IllegalStateException if some child was not given exactly one value
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
  String accessor() {
    return "structs";
  }

  @Override
  void appendEmpty(long count) {
    for (int i = 0; i < children.size(); i++) {
      children.get(i).appendHidden(count);
    }
  }

  @Override
  StructColumn view(Bitmap rowValidity) {
    return new StructColumn(type, length(), rowValidity, children.view());
  }

  @Override
  void clear() {
    children.reset();
  }

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
