package dev.lancewright.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DataTypeTest {
  private static final Field TEXT = Field.nullable("item", new DataType.Utf8(false));
  private static final Field KEY = Field.required("key", new DataType.Int(32, true));
  private static final Field VALUE = Field.nullable("value", TEXT.type());
  private static final Field ENTRIES =
      Field.required("entries", new DataType.Struct(List.of(KEY, VALUE)));

  static Stream<Arguments> types() {
    return Stream.of(
        Arguments.of("null", DataType.nullType(), new DataType.Null()),
        Arguments.of("bool", DataType.bool(), new DataType.Bool()),
        Arguments.of("int8", DataType.int8(), new DataType.Int(8, true)),
        Arguments.of("int16", DataType.int16(), new DataType.Int(16, true)),
        Arguments.of("int32", DataType.int32(), new DataType.Int(32, true)),
        Arguments.of("int64", DataType.int64(), new DataType.Int(64, true)),
        Arguments.of("uint8", DataType.uint8(), new DataType.Int(8, false)),
        Arguments.of("uint16", DataType.uint16(), new DataType.Int(16, false)),
        Arguments.of("uint32", DataType.uint32(), new DataType.Int(32, false)),
        Arguments.of("uint64", DataType.uint64(), new DataType.Int(64, false)),
        Arguments.of("float16", DataType.float16(), new DataType.FloatingPoint(16)),
        Arguments.of("float32", DataType.float32(), new DataType.FloatingPoint(32)),
        Arguments.of("float64", DataType.float64(), new DataType.FloatingPoint(64)),
        Arguments.of(
            "decimal128(10, -2)", DataType.decimal128(10, -2), new DataType.Decimal(128, 10, -2)),
        Arguments.of(
            "decimal256(76, 3)", DataType.decimal256(76, 3), new DataType.Decimal(256, 76, 3)),
        Arguments.of("date32", DataType.date32(), new DataType.Date(32)),
        Arguments.of("date64", DataType.date64(), new DataType.Date(64)),
        Arguments.of(
            "time32[s]", DataType.time32(TimeUnit.SECOND), new DataType.Time(TimeUnit.SECOND)),
        Arguments.of(
            "time64[us]",
            DataType.time64(TimeUnit.MICROSECOND),
            new DataType.Time(TimeUnit.MICROSECOND)),
        Arguments.of(
            "timestamp[ns]",
            DataType.timestamp(TimeUnit.NANOSECOND),
            new DataType.Timestamp(TimeUnit.NANOSECOND, null)),
        Arguments.of(
            "timestamp[ms, UTC]",
            DataType.timestamp(TimeUnit.MILLISECOND, "UTC"),
            new DataType.Timestamp(TimeUnit.MILLISECOND, "UTC")),
        Arguments.of(
            "duration[s]",
            DataType.duration(TimeUnit.SECOND),
            new DataType.Duration(TimeUnit.SECOND)),
        Arguments.of("utf8", DataType.utf8(), new DataType.Utf8(false)),
        Arguments.of("large_utf8", DataType.largeUtf8(), new DataType.Utf8(true)),
        Arguments.of("binary", DataType.binary(), new DataType.Binary(false)),
        Arguments.of("large_binary", DataType.largeBinary(), new DataType.Binary(true)),
        Arguments.of(
            "fixed_size_binary[3]", DataType.fixedSizeBinary(3), new DataType.FixedSizeBinary(3)),
        Arguments.of("list<utf8>", DataType.list(TEXT), new DataType.ListOf(TEXT, false)),
        Arguments.of("list<utf8>", DataType.list(TEXT.type()), new DataType.ListOf(TEXT, false)),
        Arguments.of("large_list<utf8>", DataType.largeList(TEXT), new DataType.ListOf(TEXT, true)),
        Arguments.of(
            "fixed_size_list<utf8>[2]",
            DataType.fixedSizeList(TEXT, 2),
            new DataType.FixedSizeList(TEXT, 2)),
        Arguments.of(
            "fixed_size_list<utf8>[2]",
            DataType.fixedSizeList(TEXT.type(), 2),
            new DataType.FixedSizeList(TEXT, 2)),
        Arguments.of(
            "struct<key: int32, value: utf8>", DataType.struct(KEY, VALUE), ENTRIES.type()),
        Arguments.of(
            "map<struct<key: int32, value: utf8>>",
            DataType.map(KEY.type(), VALUE.type()),
            new DataType.MapOf(ENTRIES, false)),
        Arguments.of(
            "map<struct<key: int32, value: utf8>>",
            DataType.map(KEY, VALUE),
            new DataType.MapOf(ENTRIES, false)),
        Arguments.of(
            "map<struct<key: int32, value: utf8>>",
            DataType.sortedMap(KEY, VALUE),
            new DataType.MapOf(ENTRIES, true)),
        Arguments.of(
            "dictionary<utf8, int32>",
            DataType.dictionary(KEY.type(), TEXT.type()),
            new DataType.Dictionary(KEY.type(), TEXT.type(), false)),
        Arguments.of(
            "dictionary<utf8, int32>",
            DataType.orderedDictionary(KEY.type(), TEXT.type()),
            new DataType.Dictionary(KEY.type(), TEXT.type(), true)));
  }

  @ParameterizedTest
  @MethodSource("types")
  void typesAreMadeByTheirNames(String name, DataType made, DataType type) {
    assertEquals(type, made);
    assertEquals(name, made.toString());
  }

  @Test
  void timesOfDayHaveTheUnitsOfTheirWidth() {
    for (TimeUnit unit : List.of(TimeUnit.MICROSECOND, TimeUnit.NANOSECOND)) {
      assertEquals(
          "times of day in %s have 64 bits; call time64".formatted(unit.symbol()),
          assertThrows(IllegalArgumentException.class, () -> DataType.time32(unit)).getMessage());
    }
    for (TimeUnit unit : List.of(TimeUnit.SECOND, TimeUnit.MILLISECOND)) {
      assertEquals(
          "times of day in %s have 32 bits; call time32".formatted(unit.symbol()),
          assertThrows(IllegalArgumentException.class, () -> DataType.time64(unit)).getMessage());
    }
  }

  @Test
  void timestampsOfAZoneHaveOne() {
    assertEquals(
        "zone must not be null",
        assertThrows(
                IllegalArgumentException.class, () -> DataType.timestamp(TimeUnit.SECOND, null))
            .getMessage());
  }
}
