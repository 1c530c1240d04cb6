package dev.lancewright.builder;

import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/** Builds a column of float16. */
public final class Float16Builder extends FixedWidthBuilder {
  Float16Builder(String name, Field field, DataType.FixedWidth type, PagePool pool) {
    super(name, field, type, pool);
  }

  /** Appends the value of float16 that is nearest, as {@link Float#floatToFloat16} rounds. */
  public void append(float value) {
    putShort(Float.floatToFloat16(value));
  }

  /** Appends a row as the bits of its value, which {@link Float#float16ToFloat} takes. */
  public void appendBits(short bits) {
    putShort(bits);
  }

  @Override
  String accessor() {
    return "float16s";
  }
}
