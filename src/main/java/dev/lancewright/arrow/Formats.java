package dev.lancewright.arrow;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.TimeUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The format strings of types without children. */
final class Formats {
  private static final Pattern DECIMAL =
      Pattern.compile("d:(-?[0-9]{1,9}),(-?[0-9]{1,9})(?:,([0-9]{1,9}))?");
  private static final Pattern TIMESTAMP = Pattern.compile("ts([smun]):(.*)", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,10}");

  private Formats() {}

  /**
   * The layout of a format string; its type is {@link DataType.Unsupported} where {@link DataType}
   * has no other.
   *
   * @throws IllegalArgumentException if the parameters of the format are malformed
   */
  static Layout parse(String format) {
    return switch (format) {
      case "vu" -> Layout.of(new DataType.Utf8(false), Layout.Form.VIEWS, List.of());
      case "vz" -> Layout.of(new DataType.Binary(false), Layout.Form.VIEWS, List.of());
      default -> format.startsWith("d") ? decimal(format) : Layout.of(type(format));
    };
  }

  private static DataType type(String format) {
    return switch (format) {
      case "n" -> new DataType.Null();
      case "b" -> new DataType.Bool();
      case "c" -> new DataType.Int(8, true);
      case "C" -> new DataType.Int(8, false);
      case "s" -> new DataType.Int(16, true);
      case "S" -> new DataType.Int(16, false);
      case "i" -> new DataType.Int(32, true);
      case "I" -> new DataType.Int(32, false);
      case "l" -> new DataType.Int(64, true);
      case "L" -> new DataType.Int(64, false);
      case "e" -> new DataType.FloatingPoint(16);
      case "f" -> new DataType.FloatingPoint(32);
      case "g" -> new DataType.FloatingPoint(64);
      case "z" -> new DataType.Binary(false);
      case "Z" -> new DataType.Binary(true);
      case "u" -> new DataType.Utf8(false);
      case "U" -> new DataType.Utf8(true);
      case "tdD" -> new DataType.Date(32);
      case "tdm" -> new DataType.Date(64);
      case "tts", "ttm", "ttu", "ttn" -> new DataType.Time(unit(format.charAt(2)));
      case "tDs", "tDm", "tDu", "tDn" -> new DataType.Duration(unit(format.charAt(2)));
      case "tiM" -> new DataType.Unsupported("month_interval");
      case "tiD" -> new DataType.Unsupported("day_time_interval");
      case "tin" -> new DataType.Unsupported("month_day_nano_interval");
      default -> parameterized(format);
    };
  }

  private static DataType parameterized(String format) {
    if (format.startsWith("w")) {
      return new DataType.FixedSizeBinary(parameter(format, "w:"));
    }
    if (format.startsWith("ts")) {
      return timestamp(format);
    }
    return new DataType.Unsupported("unknown format '" + format + "'");
  }

  /** The number that follows {@code prefix}. */
  static int parameter(String format, String prefix) {
    String number = format.startsWith(prefix) ? format.substring(prefix.length()) : "";
    if (NUMBER.matcher(number).matches()
        && Long.parseLong(number) == (int) Long.parseLong(number)) {
      return Integer.parseInt(number);
    }
    throw new IllegalArgumentException("it must be " + prefix + "NUMBER");
  }

  private static Layout decimal(String format) {
    Matcher matcher = DECIMAL.matcher(format);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it must be d:PRECISION,SCALE or d:PRECISION,SCALE,BITS");
    }
    int precision = Integer.parseInt(matcher.group(1));
    int scale = Integer.parseInt(matcher.group(2));
    int bits = matcher.group(3) == null ? 128 : Integer.parseInt(matcher.group(3));
    return switch (bits) {
      case 32 -> narrow(Layout.Form.DECIMAL32, precision, 9, scale);
      case 64 -> narrow(Layout.Form.DECIMAL64, precision, 18, scale);
      case 128, 256 -> Layout.of(new DataType.Decimal(bits, precision, scale));
      default ->
          throw new IllegalArgumentException("a decimal has 32, 64, 128 or 256 bits, not " + bits);
    };
  }

  private static Layout narrow(Layout.Form form, int precision, int most, int scale) {
    if (precision > most) {
      throw new IllegalArgumentException(
          "the precision of decimal%d is from 1 to %d, not %d"
              .formatted(form.bytes() * 8, most, precision));
    }
    return Layout.of(new DataType.Decimal(128, precision, scale), form, List.of());
  }

  private static DataType timestamp(String format) {
    Matcher matcher = TIMESTAMP.matcher(format);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it must be tsUNIT:ZONE, with a unit of s, m, u or n");
    }
    String zone = matcher.group(2);
    return new DataType.Timestamp(unit(matcher.group(1).charAt(0)), zone.isEmpty() ? null : zone);
  }

  private static TimeUnit unit(char letter) {
    return switch (letter) {
      case 's' -> TimeUnit.SECOND;
      case 'm' -> TimeUnit.MILLISECOND;
      case 'u' -> TimeUnit.MICROSECOND;
      default -> TimeUnit.NANOSECOND;
    };
  }
}
