package dev.lancewright.arrow;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.TimeUnit;
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
   * The type of a format string; {@link DataType.Unsupported} where {@link DataType} has no other.
   *
   * @throws IllegalArgumentException if the parameters of the format are malformed
   */
  static DataType parse(String format) {
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
      case "tiM" -> new DataType.Unsupported("interval[month]");
      case "tiD" -> new DataType.Unsupported("interval[day_time]");
      case "tin" -> new DataType.Unsupported("interval[month_day_nano]");
      case "vu" -> new DataType.Unsupported("utf8_view");
      case "vz" -> new DataType.Unsupported("binary_view");
      case "+vl" -> new DataType.Unsupported("list_view");
      case "+vL" -> new DataType.Unsupported("large_list_view");
      case "+r" -> new DataType.Unsupported("run_end_encoded");
      default -> parameterized(format);
    };
  }

  private static DataType parameterized(String format) {
    if (format.startsWith("w")) {
      return new DataType.FixedSizeBinary(parameter(format, "w:"));
    }
    if (format.startsWith("d")) {
      return decimal(format);
    }
    if (format.startsWith("ts")) {
      return timestamp(format);
    }
    if (format.startsWith("+ud:")) {
      return new DataType.Unsupported("dense_union");
    }
    if (format.startsWith("+us:")) {
      return new DataType.Unsupported("sparse_union");
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

  private static DataType decimal(String format) {
    Matcher matcher = DECIMAL.matcher(format);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it must be d:PRECISION,SCALE or d:PRECISION,SCALE,BITS");
    }
    int precision = Integer.parseInt(matcher.group(1));
    int scale = Integer.parseInt(matcher.group(2));
    int bits = matcher.group(3) == null ? 128 : Integer.parseInt(matcher.group(3));
    return bits == 32 || bits == 64
        ? new DataType.Unsupported("decimal%d(%d, %d)".formatted(bits, precision, scale))
        : new DataType.Decimal(bits, precision, scale);
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
