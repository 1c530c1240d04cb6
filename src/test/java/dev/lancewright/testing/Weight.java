package dev.lancewright.testing;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;

/** About how much one value of a type takes, in units of 8 bytes. */
public final class Weight {
  private Weight() {}

  /** Of a row. */
  public static int of(Schema schema) {
    return schema.fields().stream().map(Field::type).mapToInt(Weight::of).sum();
  }

  /** Of a value that is not null; of a list without its items. */
  static int of(DataType type) {
    return switch (type) {
      case DataType.FixedWidth fixed -> Math.ceilDiv(fixed.bitWidth(), 64);
      case DataType.FixedSizeList list -> Math.max(1, list.size() * of(list.item().type()));
      case DataType.Struct struct ->
          struct.children().stream().map(Field::type).mapToInt(Weight::of).sum();
      case DataType.VariableWidth variable -> 3;
      case DataType.Null nothing -> 1;
      case DataType.ListOf list -> 1;
      case DataType.MapOf map -> 1;
      case DataType.Dictionary dictionary -> 1;
      case DataType.Unsupported unsupported -> 1;
    };
  }
}
