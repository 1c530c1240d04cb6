package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.Field;

/** Builds a column of booleans. */
public final class BoolBuilder extends ColumnBuilder {
  private final BitBuffer values;

  BoolBuilder(String name, Field field, PagePool pool) {
    super(name, field, pool);
    values = new BitBuffer(pool);
  }

  /** Appends a row. */
  public void append(boolean value) {
    values.append(value, 1);
    added(1);
  }

  @Override
  String accessor() {
    return "booleans";
  }

  @Override
  void appendEmpty(long count) {
    values.append(false, count);
  }

  @Override
  BoolColumn view(Bitmap rowValidity) {
    return new BoolColumn(rowValidity, values.view());
  }

  @Override
  void clear() {
    values.clear();
  }
}
