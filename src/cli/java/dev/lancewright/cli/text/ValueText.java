package dev.lancewright.cli.text;

import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Formats values of columns as users expect to read them; nested ones become {@link JsonRows JSON}.
 */
public final class ValueText {
  /** The limit from which floats are written with an exponent. */
  private static final double MOST_PLAIN = 1e21;

  private static final double LEAST_PLAIN = 1e-6;

  private ValueText() {}

  /** Returns the text of a value, which is {@code "null"} if there is none. */
  public static String of(Column column, long row) {
    if (column.isNull(row)) {
      return "null";
    }
    return switch (column) {
      case BoolColumn bool -> Boolean.toString(bool.values().get(row));
      case FixedWidthColumn fixed -> fixedWidth(fixed, row);
      case VariableWidthColumn variable -> variableWidth(variable, row);
      case DictionaryColumn dictionary -> of(dictionary.values(), dictionary.index(row));
      default -> JsonRows.value(column, row);
    };
  }

  private static String fixedWidth(FixedWidthColumn column, long row) {
    return switch (column.type()) {
      case DataType.Int type -> integer(column, type, row).toString();
      case DataType.FloatingPoint _ -> floatingPoint(column, row);
      case DataType.Decimal _ -> decimal(column, row).toPlainString();
      case DataType.Date type -> TemporalText.date(type, number(column, row));
      case DataType.Time type -> TemporalText.time(type.unit(), number(column, row));
      case DataType.Timestamp type -> TemporalText.timestamp(type, number(column, row));
      case DataType.Duration type -> TemporalText.duration(type.unit(), number(column, row));
      case DataType.FixedSizeBinary _ -> HexFormat.of().formatHex(bytes(column, row));
      case DataType.Bool _ -> throw new AssertionError("bits");
    };
  }

  private static String variableWidth(VariableWidthColumn column, long row) {
    long start = column.offset(row);
    byte[] bytes =
        column.data().asSlice(start, column.offset(row + 1) - start).toArray(ValueLayout.JAVA_BYTE);
    return column.type() instanceof DataType.Utf8
        ? new String(bytes, StandardCharsets.UTF_8)
        : HexFormat.of().formatHex(bytes);
  }

  static BigInteger integer(FixedWidthColumn column, DataType.Int type, long row) {
    long value = number(column, row);
    if (type.signed() || value >= 0) {
      return BigInteger.valueOf(value);
    }
    return BigInteger.valueOf(value)
        .and(BigInteger.ONE.shiftLeft(type.bitWidth()).subtract(BigInteger.ONE));
  }

  static BigDecimal decimal(FixedWidthColumn column, long row) {
    byte[] littleEndian = bytes(column, row);
    byte[] bigEndian = new byte[littleEndian.length];
    for (int i = 0; i < bigEndian.length; i++) {
      bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
    }
    return new BigDecimal(new BigInteger(bigEndian), ((DataType.Decimal) column.type()).scale());
  }

  /** Returns the shortest text that identifies the value within its type. */
  private static String floatingPoint(FixedWidthColumn column, long row) {
    double value = toDouble(column, row);
    String text =
        column.type().byteWidth() == Double.BYTES
            ? Double.toString(value)
            : Float.toString((float) value);
    double magnitude = Math.abs(value);
    if (text.indexOf('E') < 0 || magnitude >= MOST_PLAIN || magnitude < LEAST_PLAIN) {
      return text;
    }
    String plain = new BigDecimal(text).toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }

  /** Returns the value of a float, whatever its width. */
  static double toDouble(FixedWidthColumn column, long row) {
    MemorySegment values = column.values();
    return switch (column.type().byteWidth()) {
      case 2 -> Float.float16ToFloat(values.get(LittleEndian.SHORT, row * 2));
      case 4 -> Float.intBitsToFloat(values.get(LittleEndian.INT, row * 4));
      default -> Double.longBitsToDouble(values.get(LittleEndian.LONG, row * 8));
    };
  }

  /** Returns a value of up to 64 bits as a signed number. */
  private static long number(FixedWidthColumn column, long row) {
    MemorySegment values = column.values();
    return switch (column.type().byteWidth()) {
      case 1 -> values.get(ValueLayout.JAVA_BYTE, row);
      case 2 -> values.get(LittleEndian.SHORT, row * 2);
      case 4 -> values.get(LittleEndian.INT, row * 4);
      default -> values.get(LittleEndian.LONG, row * 8);
    };
  }

  private static byte[] bytes(FixedWidthColumn column, long row) {
    int width = column.type().byteWidth();
    return column.values().asSlice(row * width, width).toArray(ValueLayout.JAVA_BYTE);
  }
}
