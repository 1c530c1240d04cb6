package dev.lancewright.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.column.Column;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.TimeUnit;
import dev.lancewright.testing.Rows;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueTextTest {
  private static final TimeUnit S = TimeUnit.SECOND;
  private static final TimeUnit MS = TimeUnit.MILLISECOND;
  private static final TimeUnit US = TimeUnit.MICROSECOND;
  private static final TimeUnit NS = TimeUnit.NANOSECOND;

  static Stream<Arguments> values() {
    return Stream.of(
        of(DataType.int8(), -7, "-7", "-7"),
        of(DataType.uint8(), 200, "200", "200"),
        of(DataType.uint32(), -1, "4294967295", "4294967295"),
        of(DataType.uint64(), -1, "18446744073709551615", "\"18446744073709551615\""),
        of(DataType.int64(), 1L << 53, "9007199254740992", "9007199254740992"),
        of(DataType.int64(), -(1L << 53) - 1, "-9007199254740993", "\"-9007199254740993\""),
        half(1.5f, "1.5", "1.5"),
        single(0.1f, "0.1", "0.1"),
        single(Float.NaN, "NaN", "\"NaN\""),
        number(-0.0, "-0.0", "-0.0"),
        number(12345678.9, "12345678.9", "12345678.9"),
        number(1e20, "100000000000000000000.0", "100000000000000000000.0"),
        number(1e21, "1.0E21", "1.0E21"),
        number(0.00001, "0.000010", "0.000010"),
        number(1e-7, "1.0E-7", "1.0E-7"),
        number(Double.NEGATIVE_INFINITY, "-Infinity", "\"-Infinity\""),
        of(DataType.decimal128(10, 2), -5, "-0.05", "-0.05"),
        of(DataType.decimal128(38, 3), 123456789012345L, "123456789012.345", "123456789012.345"),
        of(
            DataType.decimal256(38, 3),
            1234567890123456L,
            "1234567890123.456",
            "\"1234567890123.456\""),
        of(DataType.decimal128(10, -2), 12, "1200", "\"1200\""),
        text(DataType.date32(), -1, "1969-12-31"),
        text(DataType.date64(), 86_400_000L, "1970-01-02"),
        text(DataType.date64(), 86_400_001L, "1970-01-02T00:00:00.001"),
        text(new DataType.Time(S), 3600, "01:00:00"),
        text(new DataType.Time(NS), 86_399_999_999_999L, "23:59:59.999999999"),
        text(new DataType.Time(US), 86_400_000_000L, "86400000000 us"),
        text(DataType.timestamp(S), 0, "1970-01-01T00:00:00"),
        text(DataType.timestamp(MS), -1, "1969-12-31T23:59:59.999"),
        text(DataType.timestamp(US, "UTC"), 1, "1970-01-01T00:00:00.000001Z"),
        text(DataType.timestamp(NS, "America/New_York"), 0, "1969-12-31T19:00:00-05:00"),
        text(DataType.timestamp(S, "nowhere"), 0, "1970-01-01T00:00:00Z"),
        text(DataType.timestamp(S, "UTC"), Long.MAX_VALUE, "9223372036854775807 s"),
        text(DataType.duration(MS), 5_400_500, "PT1H30M0.5S"),
        text(DataType.duration(S), -61, "-PT1M1S"),
        text(DataType.fixedSizeBinary(2), 0xABC, "bc0a"),
        text(DataType.binary(), "az", "617a"),
        of(DataType.largeUtf8(), "é\"\n", "é\"\n", "\"é\\\"\\n\""),
        of(DataType.bool(), true, "true", "true"));
  }

  private static Arguments of(DataType type, Object value, String text, String json) {
    return Arguments.of(type, value, text, json);
  }

  private static Arguments text(DataType type, Object value, String text) {
    return of(type, value, text, '"' + text + '"');
  }

  private static Arguments half(float value, String text, String json) {
    return of(DataType.float16(), Float.floatToFloat16(value), text, json);
  }

  private static Arguments single(float value, String text, String json) {
    return of(DataType.float32(), Float.floatToRawIntBits(value), text, json);
  }

  private static Arguments number(double value, String text, String json) {
    return of(DataType.float64(), Double.doubleToRawLongBits(value), text, json);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("values")
  void looksLikeItsType(DataType type, Object value, String text, String json) {
    try (Rows rows = Rows.of(Field.nullable("x", type), null, value)) {
      Column column = rows.column();
      assertEquals("null", ValueText.of(column, 0));
      assertEquals("null", JsonRows.value(column, 0));
      assertEquals(text, ValueText.of(column, 1));
      assertEquals(json, JsonRows.value(column, 1));
    }
  }

  @Test
  void nestedValuesAreJson() {
    DataType number = DataType.int16();
    DataType pair =
        DataType.struct(Field.required("key", DataType.date32()), Field.nullable("value", number));
    DataType map = new DataType.MapOf(Field.required("entries", pair), false);
    DataType list = DataType.fixedSizeList(Field.nullable("item", number), 2);
    DataType word = DataType.dictionary(number, DataType.utf8());
    DataType all =
        DataType.struct(
            Field.nullable("map", map),
            Field.nullable("two", list),
            Field.nullable("word", word),
            Field.nullable("nothing", DataType.nullType()));
    Object value =
        Rows.list(Rows.list(Rows.list(0, 5), Rows.list(1, null)), Rows.list(1, null), "w", null);
    try (Rows rows = Rows.of(Field.nullable("x", all), value, Rows.list(null, null, null, null))) {
      assertEquals(
          "{\"map\":{\"1970-01-01\":5,\"1970-01-02\":null},\"two\":[1,null],\"word\":\"w\","
              + "\"nothing\":null}",
          ValueText.of(rows.column(), 0));
      assertEquals(
          "{\"map\":null,\"two\":null,\"word\":null,\"nothing\":null}",
          ValueText.of(rows.column(), 1));
    }
  }
}
