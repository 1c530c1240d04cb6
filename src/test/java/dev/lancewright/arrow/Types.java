package dev.lancewright.arrow;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.TimeUnit;
import java.util.ArrayList;
import java.util.List;

/** The types that Arrow describes, by what import does with them. */
final class Types {
  static final DataType INT32 = new DataType.Int(32, true);
  static final DataType FLOAT32 = new DataType.FloatingPoint(32);
  static final DataType UTF8 = new DataType.Utf8(false);

  static final List<DataType> FIXED_WIDTH = fixedWidth();

  /** Columns of these are imported. */
  static final List<DataType> IMPORTED = imported();

  /** These are described, but columns of them are refused. */
  static final List<DataType> DESCRIBED =
      List.of(
          new DataType.Struct(List.of(Field.nullable("x", INT32), Field.required("y", UTF8))),
          new DataType.Struct(List.of()),
          new DataType.ListOf(Field.nullable("item", INT32), false),
          new DataType.ListOf(
              Field.required("l", new DataType.ListOf(Field.nullable("", UTF8), false)), true),
          new DataType.MapOf(entries(), false),
          new DataType.MapOf(entries(), true),
          new DataType.FixedSizeList(Field.nullable("item", UTF8), 2),
          new DataType.FixedSizeList(
              Field.nullable("item", new DataType.FixedSizeList(Field.nullable("f", FLOAT32), 3)),
              2),
          new DataType.Dictionary(new DataType.Int(8, true), UTF8, false),
          new DataType.Dictionary(new DataType.Int(64, false), UTF8, true),
          new DataType.Dictionary(
              INT32, new DataType.ListOf(Field.nullable("item", INT32), false), false));

  private Types() {}

  private static Field entries() {
    return Field.required(
        "entries",
        new DataType.Struct(List.of(Field.required("key", UTF8), Field.nullable("value", INT32))));
  }

  private static List<DataType> fixedWidth() {
    List<DataType> types = new ArrayList<>();
    types.add(new DataType.Bool());
    for (int bits = 8; bits <= 64; bits *= 2) {
      types.add(new DataType.Int(bits, true));
      types.add(new DataType.Int(bits, false));
    }
    for (int bits = 16; bits <= 64; bits *= 2) {
      types.add(new DataType.FloatingPoint(bits));
    }
    types.add(new DataType.Decimal(128, 38, 10));
    types.add(new DataType.Decimal(256, 76, -5));
    types.add(new DataType.Date(32));
    types.add(new DataType.Date(64));
    for (TimeUnit unit : TimeUnit.values()) {
      types.add(new DataType.Time(unit));
      types.add(new DataType.Timestamp(unit, null));
      types.add(new DataType.Timestamp(unit, "+02:00"));
      types.add(new DataType.Duration(unit));
    }
    types.add(new DataType.FixedSizeBinary(0));
    types.add(new DataType.FixedSizeBinary(3));
    types.add(new DataType.FixedSizeBinary(16));
    return List.copyOf(types);
  }

  private static List<DataType> imported() {
    List<DataType> types = new ArrayList<>(FIXED_WIDTH);
    types.add(new DataType.Null());
    for (boolean large : new boolean[] {false, true}) {
      types.add(new DataType.Utf8(large));
      types.add(new DataType.Binary(large));
    }
    for (DataType item : FIXED_WIDTH) {
      types.add(new DataType.FixedSizeList(Field.nullable("item", item), 3));
    }
    types.add(new DataType.FixedSizeList(Field.required("item", FLOAT32), 128));
    types.add(new DataType.FixedSizeList(Field.required("item", FLOAT32), 0));
    return List.copyOf(types);
  }
}
