package dev.lancewright.reference;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.schema.TimeUnit;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Schemas of the reference implementation as schemas of ours. */
final class ReferenceSchemas {
  private ReferenceSchemas() {}

  static Schema convert(org.apache.arrow.vector.types.pojo.Schema schema) {
    return new Schema(
        schema.getFields().stream().map(ReferenceSchemas::convert).toList(),
        schema.getCustomMetadata());
  }

  private static Field convert(org.apache.arrow.vector.types.pojo.Field field) {
    DataType type = type(field);
    return new Field(field.getName(), type, field.isNullable(), field.getMetadata());
  }

  private static DataType type(org.apache.arrow.vector.types.pojo.Field field) {
    List<Field> children = field.getChildren().stream().map(ReferenceSchemas::convert).toList();
    return switch (field.getType()) {
      case ArrowType.Null type -> new DataType.Null();
      case ArrowType.Bool type -> new DataType.Bool();
      case ArrowType.Int type -> new DataType.Int(type.getBitWidth(), type.getIsSigned());
      case ArrowType.FloatingPoint type ->
          new DataType.FloatingPoint(
              switch (type.getPrecision()) {
                case HALF -> 16;
                case SINGLE -> 32;
                case DOUBLE -> 64;
              });
      case ArrowType.Decimal type ->
          new DataType.Decimal(type.getBitWidth(), type.getPrecision(), type.getScale());
      case ArrowType.Date type ->
          new DataType.Date(
              switch (type.getUnit()) {
                case DAY -> 32;
                case MILLISECOND -> 64;
              });
      case ArrowType.Time type -> new DataType.Time(unit(type.getUnit()));
      case ArrowType.Timestamp type ->
          new DataType.Timestamp(unit(type.getUnit()), type.getTimezone());
      case ArrowType.Duration type -> new DataType.Duration(unit(type.getUnit()));
      case ArrowType.FixedSizeBinary type -> new DataType.FixedSizeBinary(type.getByteWidth());
      case ArrowType.Utf8 type -> new DataType.Utf8(false);
      case ArrowType.LargeUtf8 type -> new DataType.Utf8(true);
      case ArrowType.Binary type -> new DataType.Binary(false);
      case ArrowType.LargeBinary type -> new DataType.Binary(true);
      case ArrowType.FixedSizeList type ->
          new DataType.FixedSizeList(children.get(0), type.getListSize());
      case ArrowType.List type -> new DataType.ListOf(children.get(0), false);
      case ArrowType.LargeList type -> new DataType.ListOf(children.get(0), true);
      case ArrowType.Struct type -> new DataType.Struct(children);
      case ArrowType.Map type -> new DataType.MapOf(children.get(0), type.getKeysSorted());
      default -> new DataType.Unsupported(field.getType().toString());
    };
  }

  private static TimeUnit unit(org.apache.arrow.vector.types.TimeUnit unit) {
    return TimeUnit.valueOf(unit.name());
  }

  /**
   * The schema that the reference implementation shows for a file that was written with {@code
   * schema}. It differs in one point: a file says nothing about the item field of a fixed_size_list
   * but its type, and the reference calls the field "item" and nullable.
   */
  static Schema asRead(Schema schema) {
    return new Schema(
        schema.fields().stream().map(ReferenceSchemas::asRead).toList(), schema.metadata());
  }

  private static Field asRead(Field field) {
    return field.type() instanceof DataType.FixedSizeList list
        ? new Field(
            field.name(),
            new DataType.FixedSizeList(itemAsRead(list.item().type()), list.size()),
            field.nullable(),
            field.metadata())
        : field;
  }

  private static Field itemAsRead(DataType type) {
    return asRead(new Field("item", type, true, Map.of()));
  }
}
