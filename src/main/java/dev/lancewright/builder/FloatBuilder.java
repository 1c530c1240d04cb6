package dev.lancewright.builder;

import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/** Builds a column of float32. */
public final class FloatBuilder extends FixedWidthBuilder {
  FloatBuilder(String name, Field field, DataType.FixedWidth type, PagePool pool) {
    super(name, field, type, pool);
  }

  /** Appends a row. */
  public void append(float value) {
    putInt(Float.floatToRawIntBits(value));
  }

  @Override
  String accessor() {
    return "floats";
  }
}
