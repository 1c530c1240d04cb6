package dev.lancewright.cli.engine;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;

/**
 * Renames the items of lists to {@code item}, as is usual for Arrow and Lance. DuckDB names them
 * {@code l}, and gives those of arrays no name.
 */
final class ItemNames {
  private static final String ITEM = "item";

  private ItemNames() {}

  static Schema rename(Schema schema) {
    return new Schema(
        schema.fields().stream().map(field -> rename(field, field.name())).toList(),
        schema.metadata());
  }

  private static Field rename(Field field, String name) {
    return new Field(name, rename(field.type()), field.nullable(), field.metadata());
  }

  private static DataType rename(DataType type) {
    return switch (type) {
      case DataType.ListOf list -> new DataType.ListOf(rename(list.item(), ITEM), list.large());
      case DataType.FixedSizeList list ->
          DataType.fixedSizeList(rename(list.item(), ITEM), list.size());
      case DataType.MapOf map ->
          new DataType.MapOf(rename(map.entries(), map.entries().name()), map.keysSorted());
      case DataType.Struct struct ->
          new DataType.Struct(
              struct.children().stream().map(child -> rename(child, child.name())).toList());
      default -> type;
    };
  }
}
