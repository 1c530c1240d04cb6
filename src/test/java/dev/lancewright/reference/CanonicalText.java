package dev.lancewright.reference;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.StringJoiner;

/** Values in canonical encoding, spelled for messages. */
final class CanonicalText {
  private CanonicalText() {}

  /** The first value of {@code type} in {@code in}. */
  static String first(DataType type, InputStream in) throws IOException {
    return value(type, new DataInputStream(in));
  }

  private static String value(DataType type, DataInputStream in) throws IOException {
    return in.readBoolean() ? body(type, in) : "null";
  }

  private static String body(DataType type, DataInputStream in) throws IOException {
    return switch (type) {
      case DataType.Bool bool -> Boolean.toString(in.readBoolean());
      case DataType.FixedSizeBinary fixed -> hex(in.readNBytes(fixed.byteWidth()));
      case DataType.FloatingPoint point -> floatingPoint(in.readNBytes(point.byteWidth()));
      case DataType.Int integer when !integer.signed() ->
          new BigInteger(1, bigEndian(in.readNBytes(integer.byteWidth()))).toString();
      case DataType.FixedWidth number ->
          new BigInteger(bigEndian(in.readNBytes(number.byteWidth()))).toString();
      case DataType.Utf8 text -> {
        byte[] bytes = in.readNBytes(count(in));
        yield '"' + new String(bytes, StandardCharsets.UTF_8) + "\" " + hex(bytes);
      }
      case DataType.Binary binary -> hex(in.readNBytes(count(in)));
      case DataType.FixedSizeList list -> list(list.item().type(), in);
      case DataType.ListOf list -> list(list.item().type(), in);
      case DataType.MapOf map -> list(map.entries().type(), in);
      case DataType.Struct struct -> struct(struct, in);
      case DataType.Dictionary dictionary -> body(dictionary.value(), in);
      case DataType.Null nothing -> "a value of " + type;
      case DataType.Unsupported unsupported -> "a value of " + type;
    };
  }

  private static String struct(DataType.Struct type, DataInputStream in) throws IOException {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    for (Field child : type.children()) {
      text.add(child.name() + ": " + value(child.type(), in));
    }
    return text.toString();
  }

  private static String list(DataType item, DataInputStream in) throws IOException {
    StringJoiner text = new StringJoiner(", ", "[", "]");
    for (int left = count(in); left > 0; left--) {
      text.add(value(item, in));
    }
    return text.toString();
  }

  private static int count(DataInputStream in) throws IOException {
    return Math.toIntExact(Long.reverseBytes(in.readLong()));
  }

  private static String floatingPoint(byte[] bytes) {
    byte[] ordered = bigEndian(bytes);
    BigInteger bits = new BigInteger(1, ordered);
    String value =
        switch (bytes.length) {
          case 2 -> Float.toString(Float.float16ToFloat(bits.shortValue()));
          case 4 -> Float.toString(Float.intBitsToFloat(bits.intValue()));
          default -> Double.toString(Double.longBitsToDouble(bits.longValue()));
        };
    return value + " (bits " + hex(ordered) + ")";
  }

  private static byte[] bigEndian(byte[] littleEndian) {
    byte[] reversed = new byte[littleEndian.length];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = littleEndian[reversed.length - 1 - i];
    }
    return reversed;
  }

  private static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
