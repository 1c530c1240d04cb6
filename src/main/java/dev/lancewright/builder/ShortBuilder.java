package dev.lancewright.builder;

import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/** Builds a column of 16-bit integers: int16 or uint16. */
public final class ShortBuilder extends FixedWidthBuilder {
  ShortBuilder(String name, Field field, DataType.FixedWidth type, PagePool pool) {
    super(name, field, type, pool);
  }

  /**
   * Appends a row. For an unsigned column, pass the bits of the value, such as {@code (short)
   * 40_000}.
   */
  public void append(short value) {
    putShort(value);
  }

  @Override
  String accessor() {
    return "shorts";
  }
}
