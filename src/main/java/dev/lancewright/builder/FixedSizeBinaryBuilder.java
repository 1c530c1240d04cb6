package dev.lancewright.builder;

import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.lang.foreign.MemorySegment;

/** Builds a column of byte strings that all have the same length. */
public final class FixedSizeBinaryBuilder extends FixedWidthBuilder {
  FixedSizeBinaryBuilder(String name, Field field, DataType.FixedWidth type, PagePool pool) {
    super(name, field, type, pool);
  }

  /**
   * Appends a row.
   *
   * @throws IllegalArgumentException if the number of bytes is not that of a value
   */
  public void append(byte... value) {
    putBytes(value);
  }

  /**
   * Appends the value whose bytes start at {@code offset} of {@code source}.
   *
   * @throws IndexOutOfBoundsException if the value does not lie within the source
   */
  public void append(MemorySegment source, long offset) {
    putBytes(source, offset);
  }

  @Override
  String accessor() {
    return "fixedSizeBinaries";
  }
}
