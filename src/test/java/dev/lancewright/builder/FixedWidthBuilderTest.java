package dev.lancewright.builder;

import static dev.lancewright.builder.BatchBuilderTest.assertMessage;
import static dev.lancewright.schema.DataType.date32;
import static dev.lancewright.schema.DataType.date64;
import static dev.lancewright.schema.DataType.decimal128;
import static dev.lancewright.schema.DataType.duration;
import static dev.lancewright.schema.DataType.fixedSizeBinary;
import static dev.lancewright.schema.DataType.float16;
import static dev.lancewright.schema.DataType.float32;
import static dev.lancewright.schema.DataType.float64;
import static dev.lancewright.schema.DataType.int16;
import static dev.lancewright.schema.DataType.int32;
import static dev.lancewright.schema.DataType.int64;
import static dev.lancewright.schema.DataType.int8;
import static dev.lancewright.schema.DataType.time32;
import static dev.lancewright.schema.DataType.time64;
import static dev.lancewright.schema.DataType.timestamp;
import static dev.lancewright.schema.DataType.uint16;
import static dev.lancewright.schema.DataType.uint32;
import static dev.lancewright.schema.DataType.uint64;
import static dev.lancewright.schema.DataType.uint8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.schema.TimeUnit;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedWidthBuilderTest {
  /** Every builder of numbers with a value whose bytes all differ, and those bytes. */
  static Stream<Arguments> values() {
    Map<String, Map<DataType.FixedWidth, Consumer<BatchBuilder>>> byBytes = new LinkedHashMap<>();
    byBytes.put("81", ofTypes(b -> b.bytes("x").append((byte) 0x81), int8(), uint8()));
    byBytes.put("8281", ofTypes(b -> b.shorts("x").append((short) 0x8182), int16(), uint16()));
    byBytes.put(
        "84838281",
        ofTypes(
            b -> b.ints("x").append(0x81828384),
            int32(),
            uint32(),
            date32(),
            time32(TimeUnit.SECOND),
            time32(TimeUnit.MILLISECOND)));
    byBytes.put(
        "8887868584838281",
        ofTypes(
            b -> b.longs("x").append(0x8182838485868788L),
            int64(),
            uint64(),
            date64(),
            time64(TimeUnit.MICROSECOND),
            time64(TimeUnit.NANOSECOND),
            timestamp(TimeUnit.MICROSECOND),
            timestamp(TimeUnit.SECOND, "UTC"),
            duration(TimeUnit.SECOND)));
    byBytes.put("0038", ofTypes(b -> b.float16s("x").append(0.5f), float16()));
    byBytes.put("017c", ofTypes(b -> b.float16s("x").appendBits((short) 0x7C01), float16()));
    byBytes.put(
        "4523c17f",
        ofTypes(b -> b.floats("x").append(Float.intBitsToFloat(0x7FC12345)), float32()));
    byBytes.put("000000000000f8bf", ofTypes(b -> b.doubles("x").append(-1.5), float64()));
    return byBytes.entrySet().stream()
        .flatMap(
            each ->
                each.getValue().entrySet().stream()
                    .map(of -> Arguments.of(of.getKey(), of.getValue(), each.getKey())));
  }

  private static Map<DataType.FixedWidth, Consumer<BatchBuilder>> ofTypes(
      Consumer<BatchBuilder> append, DataType.FixedWidth... types) {
    Map<DataType.FixedWidth, Consumer<BatchBuilder>> appends = new LinkedHashMap<>();
    for (DataType.FixedWidth type : types) {
      appends.put(type, append);
    }
    return appends;
  }

  @ParameterizedTest
  @MethodSource("values")
  void appendsValuesAndNulls(
      DataType.FixedWidth type, Consumer<BatchBuilder> append, String bytes) {
    try (BatchBuilder batch = of(type)) {
      append.accept(batch);
      batch.column(0).appendNull();
      append.accept(batch);
      assertEquals(bytes + "00".repeat(type.byteWidth()) + bytes, hex(batch));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 16})
  void appendsByteStringsOfOneLength(int width) {
    byte[] source = new byte[200];
    new Random(1).nextBytes(source);
    MemorySegment segment = MemorySegment.ofArray(source);
    try (BatchBuilder batch = of(fixedSizeBinary(width))) {
      FixedSizeBinaryBuilder builder = batch.fixedSizeBinaries("x");
      builder.append(Arrays.copyOf(source, width));
      builder.appendNull();
      builder.append(segment, 50);
      assertMessage(
          IllegalArgumentException.class,
          "column 'x' (fixed_size_binary[%d]), row 3: a value has %d bytes, not 200"
              .formatted(width, width),
          () -> builder.append(source));
      assertThrows(
          IndexOutOfBoundsException.class, () -> builder.append(segment, 201 - (long) width));
      assertThrows(IndexOutOfBoundsException.class, () -> builder.append(segment, -1));
      assertEquals(3, builder.length());
      assertEquals(
          hex(Arrays.copyOf(source, width))
              + "00".repeat(width)
              + hex(Arrays.copyOfRange(source, 50, 50 + width)),
          hex(batch));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256})
  void appendsTheBytesOfDecimals(int bits) {
    byte[] source = new byte[200];
    new Random(2).nextBytes(source);
    int width = bits / 8;
    try (BatchBuilder batch = of(new DataType.Decimal(bits, 30, 2))) {
      DecimalBuilder builder = batch.decimals("x");
      builder.appendBytes(Arrays.copyOf(source, width));
      builder.appendBytes(MemorySegment.ofArray(source), 100);
      assertMessage(
          IllegalArgumentException.class,
          "column 'x' (decimal%d(30, 2)), row 2: a value has %d bytes, not 200"
              .formatted(bits, width),
          () -> builder.appendBytes(source));
      assertEquals(
          hex(Arrays.copyOf(source, width)) + hex(Arrays.copyOfRange(source, 100, 100 + width)),
          hex(batch));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "128, 10, 0",
    "128, 10, 9999999999",
    "128, 10, -9999999999",
    "128, 18, -999999999999999999",
    "128, 19, 9223372036854775807",
    "128, 38, -9223372036854775808",
    "256, 76, -9223372036854775808",
    "256, 1, 9",
  })
  void appendsUnscaledDecimals(int bits, int precision, long unscaled) {
    try (BatchBuilder batch = of(new DataType.Decimal(bits, precision, 2))) {
      batch.decimals("x").appendUnscaled(unscaled);
      byte[] littleEndian = bytes(batch);
      assertEquals(bits / 8, littleEndian.length);
      assertEquals(BigInteger.valueOf(unscaled), new BigInteger(reversed(littleEndian)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10, 2, 10000000000, 100000000.00 needs a precision of 11; the column's is 10",
    "3, 0, -1000, -1000 needs a precision of 4; the column's is 3",
    "3, -2, 1001, 1.001E+5 needs a precision of 4; the column's is 3",
    "18, 18, -9223372036854775808,"
        + " -9.223372036854775808 needs a precision of 19; the column's is 18",
  })
  void refusesUnscaledDecimalsThatDoNotFit(
      int precision, int scale, long unscaled, String message) {
    DataType type = decimal128(precision, scale);
    try (BatchBuilder batch = of(type)) {
      DecimalBuilder builder = batch.decimals("x");
      assertMessage(
          IllegalArgumentException.class,
          "column 'x' (" + type + "), row 0: " + message,
          () -> builder.appendUnscaled(unscaled));
      assertEquals(0, builder.length());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "128, 10, 2, 0, 0",
    "128, 10, 2, 1.5, 150",
    "128, 10, 2, 1.500000, 150",
    "128, 10, 2, -99999999.99, -9999999999",
    "128, 10, 2, 0E+2000000000, 0",
    "128, 10, 2, 0E-2000000000, 0",
    "128, 10, 2, 1E+7, 1000000000",
    "128, 5, -2, 1200, 12",
    "128, 3, 5, 0.00999, 999",
    "128, 38, 0, 99999999999999999999999999999999999999, 99999999999999999999999999999999999999",
    "128, 38, 0, -99999999999999999999999999999999999999, -99999999999999999999999999999999999999",
    "256, 76, 1, -1.1, -11",
    "256, 76, 0, 1E+75,"
        + " 1000000000000000000000000000000000000000000000000000000000000000000000000000",
  })
  void takesDecimalsThatFitExactly(
      int bits, int precision, int scale, BigDecimal value, BigInteger unscaled) {
    try (BatchBuilder batch = of(new DataType.Decimal(bits, precision, scale))) {
      batch.decimals("x").append(value);
      byte[] littleEndian = bytes(batch);
      assertEquals(bits / 8, littleEndian.length);
      assertEquals(unscaled, new BigInteger(reversed(littleEndian)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10, 2, 1.005, 1.005 needs a scale of 3; the column's is 2",
    "10, 2, 1E-2000000000, 1E-2000000000 needs a scale of 2000000000; the column's is 2",
    "10, 2, 100000000, 100000000 needs a precision of 11; the column's is 10",
    "10, 2, -1E+8, -1E+8 needs a precision of 11; the column's is 10",
    "10, 2, 1E+2000000000, 1E+2000000000 needs a precision of 2000000003; the column's is 10",
    "5, -2, 150, 150 needs a scale of -1; the column's is -2",
    "3, 5, 0.01, 0.01 needs a precision of 4; the column's is 3",
  })
  void refusesDecimalsThatDoNotFit(int precision, int scale, BigDecimal value, String message) {
    DataType type = DataType.decimal128(precision, scale);
    try (BatchBuilder batch = of(type)) {
      DecimalBuilder builder = batch.decimals("x");
      assertMessage(
          IllegalArgumentException.class,
          "column 'x' (" + type + "), row 0: " + message,
          () -> builder.append(value));
      assertArrayEquals(new byte[0], bytes(batch));
    }
  }

  private static BatchBuilder of(DataType type) {
    return new BatchBuilder(Schema.of(Field.nullable("x", type)));
  }

  private static byte[] bytes(BatchBuilder batch) {
    FixedWidthColumn column = (FixedWidthColumn) batch.build().columns().getFirst();
    return column.values().toArray(ValueLayout.JAVA_BYTE);
  }

  private static String hex(BatchBuilder batch) {
    return hex(bytes(batch));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
