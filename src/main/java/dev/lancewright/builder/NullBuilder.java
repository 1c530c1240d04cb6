package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.NullColumn;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.Field;

/** Builds a column of the null type; the only method to append rows is {@link #appendNull}. */
public final class NullBuilder extends ColumnBuilder {
  NullBuilder(String name, Field field, PagePool pool) {
    super(name, field, pool);
  }

  @Override
  String accessor() {
    return "nulls";
  }

  @Override
  void appendEmpty(long count) {}

  @Override
  NullColumn view(Bitmap rowValidity) {
    return new NullColumn(length());
  }

  @Override
  void clear() {}
}
