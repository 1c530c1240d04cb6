package dev.lancewright.reference;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.schema.TimeUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

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
    DictionaryEncoding dictionary = field.getDictionary();
    return new Field(
        field.getName(),
        dictionary == null
            ? type
            : new DataType.Dictionary(
                integer(dictionary.getIndexType()), type, dictionary.isOrdered()),
        field.isNullable(),
        field.getMetadata());
  }

  private static DataType integer(ArrowType.Int type) {
    return new DataType.Int(type.getBitWidth(), type.getIsSigned());
  }

  private static DataType type(org.apache.arrow.vector.types.pojo.Field field) {
    List<Field> children = field.getChildren().stream().map(ReferenceSchemas::convert).toList();
    return switch (field.getType()) {
      case ArrowType.Null type -> DataType.nullType();
      case ArrowType.Bool type -> DataType.bool();
      case ArrowType.Int type -> integer(type);
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
      case ArrowType.Duration type -> DataType.duration(unit(type.getUnit()));
      case ArrowType.FixedSizeBinary type -> DataType.fixedSizeBinary(type.getByteWidth());
      case ArrowType.Utf8 type -> DataType.utf8();
      case ArrowType.LargeUtf8 type -> DataType.largeUtf8();
      case ArrowType.Binary type -> DataType.binary();
      case ArrowType.LargeBinary type -> DataType.largeBinary();
      case ArrowType.FixedSizeList type ->
          DataType.fixedSizeList(children.get(0), type.getListSize());
      case ArrowType.List type -> DataType.list(children.get(0));
      case ArrowType.LargeList type -> DataType.largeList(children.get(0));
      case ArrowType.Struct type -> new DataType.Struct(children);
      case ArrowType.Map type -> new DataType.MapOf(children.get(0), type.getKeysSorted());
      default -> new DataType.Unsupported(field.getType().toString());
    };
  }

  private static TimeUnit unit(org.apache.arrow.vector.types.TimeUnit unit) {
    return TimeUnit.valueOf(unit.name());
  }

  /**
   * The schema of the batches that the reference implementation reads from a file that was written
   * with {@code schema}. It differs in two points: a file says nothing about the item field of a
   * fixed_size_list of anything but structs, and the reference calls that field "item" and
   * nullable; and it knows no order of dictionaries.
   */
  static Schema asRead(Schema schema) {
    return map(schema, ReferenceSchemas::asRead);
  }

  private static DataType asRead(DataType type) {
    return switch (type) {
      case DataType.FixedSizeList list when !(list.item().type() instanceof DataType.Struct) ->
          DataType.fixedSizeList(Field.nullable("item", list.item().type()), list.size());
      case DataType.Dictionary dictionary ->
          DataType.dictionary(dictionary.index(), dictionary.value());
      default -> type;
    };
  }

  /** What the reference implementation makes of a schema without batches: indices are numbers. */
  static Schema withoutDictionaries(Schema schema) {
    return map(
        schema, type -> type instanceof DataType.Dictionary dictionary ? dictionary.index() : type);
  }

  /** The schema with all its types, also those of items and children, changed. */
  private static Schema map(Schema schema, UnaryOperator<DataType> change) {
    return new Schema(map(schema.fields(), change), schema.metadata());
  }

  private static List<Field> map(List<Field> fields, UnaryOperator<DataType> change) {
    return fields.stream().map(field -> map(field, change)).toList();
  }

  private static Field map(Field field, UnaryOperator<DataType> change) {
    DataType type =
        switch (change.apply(field.type())) {
          case DataType.FixedSizeList list ->
              DataType.fixedSizeList(map(list.item(), change), list.size());
          case DataType.ListOf list -> new DataType.ListOf(map(list.item(), change), list.large());
          case DataType.MapOf map ->
              new DataType.MapOf(map(map.entries(), change), map.keysSorted());
          case DataType.Struct struct -> new DataType.Struct(map(struct.children(), change));
          case DataType other -> other;
        };
    return new Field(field.name(), type, field.nullable(), field.metadata());
  }
}
