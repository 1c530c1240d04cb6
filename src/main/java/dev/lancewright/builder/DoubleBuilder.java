package dev.lancewright.builder;

import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/** Builds a column of float64. */
public final class DoubleBuilder extends FixedWidthBuilder {
  DoubleBuilder(String name, Field field, DataType.FixedWidth type, PagePool pool) {
    super(name, field, type, pool);
  }

  /** Appends a row. */
  public void append(double value) {
    putLong(Double.doubleToRawLongBits(value));
  }

  @Override
  String accessor() {
    return "doubles";
  }
}
