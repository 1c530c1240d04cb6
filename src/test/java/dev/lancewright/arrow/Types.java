package dev.lancewright.arrow;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.TimeUnit;
import java.util.ArrayList;
import java.util.List;

/** The types that Arrow describes, by what import does with them. */
final class Types {
  static final DataType INT32 = DataType.int32();
  static final DataType FLOAT32 = DataType.float32();
  static final DataType UTF8 = DataType.utf8();

  static final List<DataType> FIXED_WIDTH = fixedWidth();

  /** Types without children, and fixed-size lists of them. */
  static final List<DataType> FLAT = flat();

  /** Types with children. */
  static final List<DataType> NESTED =
      List.of(
          DataType.struct(Field.nullable("x", INT32), Field.required("y", UTF8)),
          new DataType.Struct(List.of()),
          DataType.list(Field.nullable("item", INT32)),
          DataType.largeList(Field.required("l", DataType.list(Field.nullable("", UTF8)))),
          new DataType.MapOf(entries(), false),
          new DataType.MapOf(entries(), true),
          DataType.fixedSizeList(Field.nullable("item", UTF8), 2),
          DataType.fixedSizeList(
              Field.nullable("item", DataType.fixedSizeList(Field.nullable("f", FLOAT32), 3)), 2),
          DataType.dictionary(DataType.int8(), UTF8),
          DataType.dictionary(DataType.uint8(), DataType.nullType()),
          DataType.dictionary(DataType.int16(), FLOAT32),
          DataType.dictionary(DataType.uint16(), DataType.bool()),
          DataType.dictionary(DataType.uint32(), UTF8),
          DataType.dictionary(DataType.int64(), UTF8),
          DataType.orderedDictionary(DataType.uint64(), UTF8),
          DataType.dictionary(INT32, DataType.list(Field.nullable("item", INT32))));

  static final ArrayLayout UTF8_VIEW = ArrayLayout.of(UTF8, ArrayLayout.Form.VIEWS, List.of());
  static final ArrayLayout BINARY_VIEW =
      ArrayLayout.of(DataType.binary(), ArrayLayout.Form.VIEWS, List.of());

  /** Layouts that are converted, with each type that can be converted above and below another. */
  static final List<ArrayLayout> CONVERTED = converted();

  /** All layouts that are imported. */
  static final List<ArrayLayout> LAYOUTS = layouts();

  private Types() {}

  private static Field entries() {
    return Field.required(
        "entries", DataType.struct(Field.required("key", UTF8), Field.nullable("value", INT32)));
  }

  private static List<DataType> fixedWidth() {
    List<DataType> types = new ArrayList<>();
    types.add(DataType.bool());
    for (int bits = 8; bits <= 64; bits *= 2) {
      types.add(new DataType.Int(bits, true));
      types.add(new DataType.Int(bits, false));
    }
    for (int bits = 16; bits <= 64; bits *= 2) {
      types.add(new DataType.FloatingPoint(bits));
    }
    types.add(DataType.decimal128(38, 10));
    types.add(DataType.decimal256(76, -5));
    types.add(DataType.date32());
    types.add(DataType.date64());
    for (TimeUnit unit : TimeUnit.values()) {
      types.add(new DataType.Time(unit));
      types.add(DataType.timestamp(unit));
      types.add(DataType.timestamp(unit, "+02:00"));
      types.add(DataType.duration(unit));
    }
    types.add(DataType.fixedSizeBinary(0));
    types.add(DataType.fixedSizeBinary(3));
    types.add(DataType.fixedSizeBinary(16));
    return List.copyOf(types);
  }

  private static List<DataType> flat() {
    List<DataType> types = new ArrayList<>(FIXED_WIDTH);
    types.add(DataType.nullType());
    for (boolean large : new boolean[] {false, true}) {
      types.add(new DataType.Utf8(large));
      types.add(new DataType.Binary(large));
    }
    for (DataType item : FIXED_WIDTH) {
      types.add(DataType.fixedSizeList(Field.nullable("item", item), 3));
    }
    types.add(DataType.fixedSizeList(Field.required("item", FLOAT32), 128));
    types.add(DataType.fixedSizeList(Field.required("item", FLOAT32), 0));
    return List.copyOf(types);
  }

  static ArrayLayout decimals(int bits, int precision, int scale) {
    ArrayLayout.Form form = bits == 32 ? ArrayLayout.Form.DECIMAL32 : ArrayLayout.Form.DECIMAL64;
    return ArrayLayout.of(DataType.decimal128(precision, scale), form, List.of());
  }

  static ArrayLayout runs(int bits, ArrayLayout values) {
    return ArrayLayout.of(
        values.type(), ArrayLayout.Form.valueOf("RUN_ENDS" + bits), List.of(values));
  }

  static ArrayLayout list(ArrayLayout items) {
    return list(items, false, ArrayLayout.Form.AS_TYPE);
  }

  static ArrayLayout listViews(ArrayLayout items, boolean large) {
    return list(items, large, ArrayLayout.Form.VIEWS);
  }

  private static ArrayLayout list(ArrayLayout items, boolean large, ArrayLayout.Form form) {
    DataType type = new DataType.ListOf(Field.nullable("item", items.type()), large);
    return ArrayLayout.of(type, form, List.of(items));
  }

  static ArrayLayout struct(ArrayLayout... members) {
    List<Field> fields = new ArrayList<>();
    for (ArrayLayout member : members) {
      fields.add(Field.nullable("m" + fields.size(), member.type()));
    }
    return ArrayLayout.of(new DataType.Struct(fields), ArrayLayout.Form.AS_TYPE, List.of(members));
  }

  static ArrayLayout dictionary(ArrayLayout values) {
    DataType type = DataType.dictionary(DataType.int16(), values.type());
    return ArrayLayout.of(type, ArrayLayout.Form.AS_TYPE, List.of(values));
  }

  static ArrayLayout pairs(ArrayLayout items) {
    DataType type = DataType.fixedSizeList(Field.nullable("item", items.type()), 2);
    return ArrayLayout.of(type, ArrayLayout.Form.AS_TYPE, List.of(items));
  }

  static ArrayLayout map(ArrayLayout keys, ArrayLayout values) {
    DataType pair =
        DataType.struct(Field.required("key", keys.type()), Field.nullable("value", values.type()));
    ArrayLayout entries = ArrayLayout.of(pair, ArrayLayout.Form.AS_TYPE, List.of(keys, values));
    DataType type = new DataType.MapOf(Field.required("entries", pair), false);
    return ArrayLayout.of(type, ArrayLayout.Form.AS_TYPE, List.of(entries));
  }

  private static List<ArrayLayout> converted() {
    List<ArrayLayout> simple = new ArrayList<>(List.of(UTF8_VIEW, BINARY_VIEW));
    simple.add(decimals(32, 9, 2));
    simple.add(decimals(64, 18, -3));
    for (boolean large : new boolean[] {false, true}) {
      simple.add(listViews(ArrayLayout.of(INT32), large));
      simple.add(listViews(ArrayLayout.of(UTF8), large));
    }
    List<DataType> types = new ArrayList<>(FIXED_WIDTH);
    types.addAll(NESTED);
    types.addAll(List.of(UTF8, DataType.largeBinary(), DataType.nullType()));
    for (DataType type : types) {
      simple.add(runs(32, ArrayLayout.of(type)));
    }
    simple.add(runs(16, ArrayLayout.of(INT32)));
    simple.add(runs(64, ArrayLayout.of(INT32)));
    List<ArrayLayout> inside =
        List.of(UTF8_VIEW, decimals(64, 5, 1), listViews(UTF8_VIEW, false), runs(16, UTF8_VIEW));
    List<ArrayLayout> all = new ArrayList<>(simple);
    for (ArrayLayout layout : inside) {
      all.add(list(layout));
      all.add(list(list(layout)));
      all.add(listViews(layout, true));
      all.add(pairs(layout));
      all.add(struct(layout, ArrayLayout.of(INT32), layout));
      all.add(struct(struct(layout), ArrayLayout.of(UTF8)));
      all.add(map(UTF8_VIEW, layout));
      all.add(dictionary(layout));
      all.add(runs(32, layout));
      all.add(runs(64, struct(layout, ArrayLayout.of(UTF8))));
      all.add(list(struct(pairs(layout), dictionary(UTF8_VIEW), runs(16, list(layout)))));
    }
    return List.copyOf(all);
  }

  private static List<ArrayLayout> layouts() {
    List<ArrayLayout> layouts = new ArrayList<>();
    FLAT.forEach(type -> layouts.add(ArrayLayout.of(type)));
    NESTED.forEach(type -> layouts.add(ArrayLayout.of(type)));
    layouts.addAll(CONVERTED);
    return List.copyOf(layouts);
  }
}
