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
    types.add(new DataType.Null());
    types.add(new DataType.Bool());
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
    DataType.Bool bool = new DataType.Bool();
    List<DataType> types =
        List.of(
            listOf(bool, 2100),
            listOfNullable(bool, 2101),
            listOfNullable(new DataType.Int(8, false), 300),
            listOfNullable(new DataType.FloatingPoint(32), 100),
            listOfNullable(new DataType.Decimal(256, 76, 0), 9));
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
    types.add(new DataType.Decimal(128, 38, 10));
    types.add(new DataType.Decimal(256, 76, 20));
  }

  private static void addTemporals(List<DataType> types) {
    types.add(new DataType.Date(32));
    types.add(new DataType.Date(64));
    for (TimeUnit unit : TimeUnit.values()) {
      types.add(new DataType.Time(unit));
      types.add(new DataType.Timestamp(unit, null));
      types.add(new DataType.Timestamp(unit, "UTC"));
      types.add(new DataType.Timestamp(unit, "America/New_York"));
      types.add(new DataType.Duration(unit));
    }
  }

  private static void addBinaries(List<DataType> types) {
    types.add(new DataType.Utf8(false));
    types.add(new DataType.Utf8(true));
    types.add(new DataType.Binary(false));
    types.add(new DataType.Binary(true));
    for (int width : new int[] {1, 3, 16, 300}) {
      types.add(new DataType.FixedSizeBinary(width));
    }
  }

  private static void addLists(List<DataType> types) {
    types.add(listOf(new DataType.FloatingPoint(32), 3));
    types.add(listOf(new DataType.FloatingPoint(32), 768));
    types.add(listOf(new DataType.FloatingPoint(16), 8));
    types.add(listOf(new DataType.Int(8, false), 5));
    types.add(listOf(new DataType.Bool(), 3));
    types.add(listOfNullable(new DataType.Int(64, true), 2));
    types.add(listOf(new DataType.Decimal(128, 38, 10), 2));
    types.add(listOf(new DataType.Timestamp(TimeUnit.MICROSECOND, null), 2));
  }

  private static DataType listOf(DataType item, int size) {
    return new DataType.FixedSizeList(Field.required("item", item), size);
  }

  private static DataType listOfNullable(DataType item, int size) {
    return new DataType.FixedSizeList(Field.nullable("item", item), size);
  }
}
