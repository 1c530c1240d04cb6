package dev.lancewright.testing;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.schema.TimeUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every type that a column can have, once. */
public final class AllTypes {
  private AllTypes() {}

  /** Nullable fields, named by their types. */
  public static List<Field> fields() {
    List<DataType> types = new ArrayList<>();
    types.add(DataType.nullType());
    types.add(DataType.bool());
    addNumbers(types);
    addTemporals(types);
    addBinaries(types);
    addLists(types);
    return types.stream().map(type -> Field.nullable(type.toString(), type)).toList();
  }

  /** {@link #fields} that hold no nulls; the null type is not among them. */
  public static List<Field> requiredFields() {
    return fields().stream()
        .filter(field -> !(field.type() instanceof DataType.Null))
        .map(field -> Field.required(field.name(), field.type()))
        .toList();
  }

  public static Schema schema(List<Field> fields) {
    return new Schema(fields, Map.of());
  }

  /** Lists of two values of every type that items can have: nullable fields. */
  public static List<Field> listsOfAllItems() {
    return fields().stream()
        .filter(field -> field.type() instanceof DataType.FixedWidth)
        .map(field -> listOfNullable(field.type(), 2))
        .map(type -> Field.nullable(type.toString(), type))
        .toList();
  }

  /** Lists of hundreds of bytes, whose items may be null or not: nullable fields. */
  public static List<Field> wideLists() {
    DataType.Bool bool = DataType.bool();
    List<DataType> types =
        List.of(
            listOf(bool, 2100),
            listOfNullable(bool, 2101),
            listOfNullable(DataType.uint8(), 300),
            listOfNullable(DataType.float32(), 100),
            listOfNullable(DataType.decimal256(76, 0), 9));
    return types.stream().map(type -> Field.nullable(type.toString(), type)).toList();
  }

  private static void addNumbers(List<DataType> types) {
    for (int bits = 8; bits <= 64; bits *= 2) {
      types.add(new DataType.Int(bits, true));
      types.add(new DataType.Int(bits, false));
    }
    for (int bits = 16; bits <= 64; bits *= 2) {
      types.add(new DataType.FloatingPoint(bits));
    }
    types.add(DataType.decimal128(38, 10));
    types.add(DataType.decimal256(76, 20));
  }

  private static void addTemporals(List<DataType> types) {
    types.add(DataType.date32());
    types.add(DataType.date64());
    for (TimeUnit unit : TimeUnit.values()) {
      types.add(new DataType.Time(unit));
      types.add(DataType.timestamp(unit));
      types.add(DataType.timestamp(unit, "UTC"));
      types.add(DataType.timestamp(unit, "America/New_York"));
      types.add(DataType.duration(unit));
    }
  }

  private static void addBinaries(List<DataType> types) {
    types.add(DataType.utf8());
    types.add(DataType.largeUtf8());
    types.add(DataType.binary());
    types.add(DataType.largeBinary());
    for (int width : new int[] {1, 3, 16, 300}) {
      types.add(DataType.fixedSizeBinary(width));
    }
  }

  private static void addLists(List<DataType> types) {
    types.add(listOf(DataType.float32(), 3));
    types.add(listOf(DataType.float32(), 768));
    types.add(listOf(DataType.float16(), 8));
    types.add(listOf(DataType.uint8(), 5));
    types.add(listOf(DataType.bool(), 3));
    types.add(listOfNullable(DataType.int64(), 2));
    types.add(listOf(DataType.decimal128(38, 10), 2));
    types.add(listOf(DataType.timestamp(TimeUnit.MICROSECOND), 2));
  }

  private static DataType listOf(DataType item, int size) {
    return DataType.fixedSizeList(Field.required("item", item), size);
  }

  private static DataType listOfNullable(DataType item, int size) {
    return DataType.fixedSizeList(Field.nullable("item", item), size);
  }
}
