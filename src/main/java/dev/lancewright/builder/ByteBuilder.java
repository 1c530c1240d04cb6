package dev.lancewright.builder;

import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/** Builds a column of 8-bit integers: int8 or uint8. */
public final class ByteBuilder extends FixedWidthBuilder {
  ByteBuilder(String name, Field field, DataType.FixedWidth type, PagePool pool) {
    super(name, field, type, pool);
  }

  /**
   * Appends a row. For an unsigned column, pass the bits of the value, such as {@code (byte) 200}.
   */
  public void append(byte value) {
    putByte(value);
  }

  @Override
  String accessor() {
    return "bytes";
  }
}
