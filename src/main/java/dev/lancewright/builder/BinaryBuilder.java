package dev.lancewright.builder;

import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/** Builds a column of byte strings of any length: binary or large_binary. */
public final class BinaryBuilder extends VariableWidthBuilder {
  BinaryBuilder(String name, Field field, DataType.VariableWidth type, PagePool pool) {
    super(name, field, type, pool);
  }

  @Override
  String accessor() {
    return "binaries";
  }
}
