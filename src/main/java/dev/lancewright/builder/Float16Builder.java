package dev.lancewright.builder;

import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/** Builds a column of float16. */
public final class Float16Builder extends FixedWidthBuilder {
  Float16Builder(String name, Field field, DataType.FixedWidth type, PagePool pool) {
    super(name, field, type, pool);
  }

  /** Appends the nearest float16 value, rounded as by {@link Float#floatToFloat16}. */
  public void append(float value) {
    putShort(Float.floatToFloat16(value));
  }

  /** Appends the bits of a float16 value, as for {@link Float#float16ToFloat}. */
  public void appendBits(short bits) {
    putShort(bits);
  }

  @Override
  String accessor() {
    return "float16s";
  }
}
