package dev.lancewright.builder;

import static dev.lancewright.builder.BatchBuilderTest.assertMessage;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedWidthBuilderTest {
  /** Every method, by name, with a value whose bytes all differ. */
  private static final Map<String, Consumer<FixedWidthBuilder>> METHODS = new LinkedHashMap<>();

  static {
    METHODS.put("appendByte", b -> b.appendByte((byte) 0x81));
    METHODS.put("appendShort", b -> b.appendShort((short) 0x8182));
    METHODS.put("appendInt", b -> b.appendInt(0x81828384));
    METHODS.put("appendLong", b -> b.appendLong(0x8182838485868788L));
    METHODS.put("appendFloat", b -> b.appendFloat(Float.intBitsToFloat(0x7FC12345)));
    METHODS.put("appendDouble", b -> b.appendDouble(-1.5));
    METHODS.put("appendDecimal", b -> b.appendDecimal(new BigDecimal("-2.58")));
  }

  private static Map<DataType.FixedWidth, String> methodsByType() {
    Map<DataType.FixedWidth, String> methods = new LinkedHashMap<>();
    for (boolean signed : new boolean[] {true, false}) {
      methods.put(new DataType.Int(8, signed), "appendByte");
      methods.put(new DataType.Int(16, signed), "appendShort");
      methods.put(new DataType.Int(32, signed), "appendInt");
      methods.put(new DataType.Int(64, signed), "appendLong");
    }
    methods.put(new DataType.FloatingPoint(16), "appendShort");
    methods.put(new DataType.FloatingPoint(32), "appendFloat");
    methods.put(new DataType.FloatingPoint(64), "appendDouble");
    methods.put(new DataType.Date(32), "appendInt");
    methods.put(new DataType.Date(64), "appendLong");
    methods.put(new DataType.Time(TimeUnit.MILLISECOND), "appendInt");
    methods.put(new DataType.Time(TimeUnit.NANOSECOND), "appendLong");
    methods.put(new DataType.Timestamp(TimeUnit.MICROSECOND, "UTC"), "appendLong");
    methods.put(new DataType.Duration(TimeUnit.SECOND), "appendLong");
    methods.put(new DataType.Decimal(128, 38, 2), "appendDecimal");
    methods.put(new DataType.Decimal(256, 76, 2), "appendDecimal");
    methods.put(new DataType.FixedSizeBinary(4), "appendBytes");
    return methods;
  }

  private static final Map<String, String> BYTES =
      Map.of(
          "appendByte", "81",
          "appendShort", "8281",
          "appendInt", "84838281",
          "appendLong", "8887868584838281",
          "appendFloat", "4523c17f",
          "appendDouble", "000000000000f8bf");

  @Test
  void takesEachTypeByOneMethodAndRefusesTheOthers() {
    methodsByType()
        .forEach(
            (type, method) -> {
              try (BatchBuilder batch = of(type)) {
                FixedWidthBuilder builder = batch.column(0).as(FixedWidthBuilder.class);
                METHODS.forEach(
                    (called, append) -> {
                      if (called.equals(method)) {
                        append.accept(builder);
                      } else {
                        assertMessage(
                            IllegalStateException.class,
                            "column 'x' (%s), row %d: values are appended by %s, not %s"
                                .formatted(type, builder.length(), method, called),
                            () -> append.accept(builder));
                      }
                    });
                if (BYTES.containsKey(method)) {
                  assertEquals(BYTES.get(method), hex(batch), type.toString());
                }
              }
            });
  }

  @Test
  void takesTheBytesOfAnyType() {
    Random random = new Random(1);
    for (DataType.FixedWidth type : methodsByType().keySet()) {
      try (BatchBuilder batch = of(type)) {
        FixedWidthBuilder builder = batch.column(0).as(FixedWidthBuilder.class);
        byte[] source = new byte[200];
        random.nextBytes(source);
        int width = type.byteWidth();
        builder.appendBytes(Arrays.copyOf(source, width));
        builder.appendNull();
        builder.appendBytes(MemorySegment.ofArray(source), 50);
        assertEquals(
            hex(Arrays.copyOf(source, width))
                + "00".repeat(width)
                + hex(Arrays.copyOfRange(source, 50, 50 + width)),
            hex(batch));
        assertMessage(
            IllegalArgumentException.class,
            "column 'x' (%s), row 3: a value has %d bytes, not 200".formatted(type, width),
            () -> builder.appendBytes(source));
        MemorySegment segment = MemorySegment.ofArray(source);
        assertThrows(
            IndexOutOfBoundsException.class,
            () -> builder.appendBytes(segment, 201 - (long) width));
        assertThrows(IndexOutOfBoundsException.class, () -> builder.appendBytes(segment, -1));
        assertEquals(3, builder.length());
      }
    }
  }

  @Test
  void takesValuesWithoutBytes() {
    try (BatchBuilder batch = of(new DataType.FixedSizeBinary(0))) {
      batch.column(0).as(FixedWidthBuilder.class).appendBytes();
      batch.column(0).appendNull();
      assertEquals(2, batch.build().rows());
      assertEquals("", hex(batch));
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
      batch.column(0).as(FixedWidthBuilder.class).appendDecimal(value);
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
    DataType type = new DataType.Decimal(128, precision, scale);
    try (BatchBuilder batch = of(type)) {
      FixedWidthBuilder builder = batch.column(0).as(FixedWidthBuilder.class);
      assertMessage(
          IllegalArgumentException.class,
          "column 'x' (" + type + "), row 0: " + message,
          () -> builder.appendDecimal(value));
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
