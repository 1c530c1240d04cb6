package dev.lancewright.arrow;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.TimeUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The format strings of types. */
final class Formats {
  static final String STRUCT = "+s";
  static final String LIST = "+l";
  static final String LARGE_LIST = "+L";
  static final String MAP = "+m";
  static final String RUN_ENDS = "+r";

  /** The prefix of a fixed-size list's format, followed by the size. */
  static final String FIXED_SIZE_LIST = "+w:";

  /** The prefix of a fixed-size binary's format, followed by the width. */
  private static final String FIXED_SIZE_BINARY = "w:";

  private static final Map<String, DataType> TYPES = typesWithoutParameters();

  /** Apart, since only export needs them, and hashing records makes every start slower. */
  private static final class OfTypes {
    private static final Map<DataType, String> FORMATS =
        TYPES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
  }

  private static final Pattern DECIMAL =
      Pattern.compile("d:(-?[0-9]{1,9}),(-?[0-9]{1,9})(?:,([0-9]{1,9}))?");
  private static final Pattern TIMESTAMP = Pattern.compile("ts([smun]):(.*)", Pattern.DOTALL);
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,10}");

  private Formats() {}

  /**
   * Returns the layout for the format string of a type without children; its type is {@link
   * DataType.Unsupported} if {@link DataType} has no other.
   *
   * @throws IllegalArgumentException if the parameters of the format are malformed
   */
  static ArrayLayout parse(String format) {
    return switch (format) {
      case "vu" -> ArrayLayout.of(DataType.utf8(), ArrayLayout.Form.VIEWS, List.of());
      case "vz" -> ArrayLayout.of(DataType.binary(), ArrayLayout.Form.VIEWS, List.of());
      default -> format.startsWith("d") ? decimal(format) : ArrayLayout.of(type(format));
    };
  }

  /** Returns the format string of a type, which for a dictionary is that of its indices. */
  static String of(DataType type) {
    return switch (type) {
      case DataType.Decimal t -> "d:" + t.precision() + "," + t.scale() + "," + t.bitWidth();
      case DataType.Timestamp t ->
          "ts" + letter(t.unit()) + ":" + (t.zone() == null ? "" : t.zone());
      case DataType.FixedSizeBinary t -> FIXED_SIZE_BINARY + t.byteWidth();
      case DataType.FixedSizeList t -> FIXED_SIZE_LIST + t.size();
      case DataType.ListOf t -> t.large() ? LARGE_LIST : LIST;
      case DataType.Struct _ -> STRUCT;
      case DataType.MapOf _ -> MAP;
      case DataType.Dictionary t -> of(t.index());
      case DataType.Unsupported _ -> throw new IllegalArgumentException(type + " has no format");
      case DataType.Null _,
          DataType.Bool _,
          DataType.Int _,
          DataType.FloatingPoint _,
          DataType.Date _,
          DataType.Time _,
          DataType.Duration _,
          DataType.Utf8 _,
          DataType.Binary _ ->
          OfTypes.FORMATS.get(type);
    };
  }

  private static DataType type(String format) {
    DataType type = TYPES.get(format);
    if (type != null) {
      return type;
    }
    return switch (format) {
      case "tiM" -> new DataType.Unsupported("month_interval");
      case "tiD" -> new DataType.Unsupported("day_time_interval");
      case "tin" -> new DataType.Unsupported("month_day_nano_interval");
      default -> parameterized(format);
    };
  }

  private static DataType parameterized(String format) {
    if (format.startsWith("w")) {
      return DataType.fixedSizeBinary(parameter(format, FIXED_SIZE_BINARY));
    }
    if (format.startsWith("ts")) {
      return timestamp(format);
    }
    return new DataType.Unsupported("unknown format '" + format + "'");
  }

  /** Returns the number that follows {@code prefix}. */
  static int parameter(String format, String prefix) {
    String number = format.startsWith(prefix) ? format.substring(prefix.length()) : "";
    if (NUMBER.matcher(number).matches()
        && Long.parseLong(number) == (int) Long.parseLong(number)) {
      return Integer.parseInt(number);
    }
    throw new IllegalArgumentException("it must be " + prefix + "NUMBER");
  }

  private static ArrayLayout decimal(String format) {
    Matcher matcher = DECIMAL.matcher(format);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it must be d:PRECISION,SCALE or d:PRECISION,SCALE,BITS");
    }
    int precision = Integer.parseInt(matcher.group(1));
    int scale = Integer.parseInt(matcher.group(2));
    int bits = matcher.group(3) == null ? 128 : Integer.parseInt(matcher.group(3));
    return switch (bits) {
      case 32 -> narrow(ArrayLayout.Form.DECIMAL32, precision, 9, scale);
      case 64 -> narrow(ArrayLayout.Form.DECIMAL64, precision, 18, scale);
      case 128, 256 -> ArrayLayout.of(new DataType.Decimal(bits, precision, scale));
      default ->
          throw new IllegalArgumentException("a decimal has 32, 64, 128 or 256 bits, not " + bits);
    };
  }

  private static ArrayLayout narrow(ArrayLayout.Form form, int precision, int most, int scale) {
    if (precision > most) {
      throw new IllegalArgumentException(
          "the precision of decimal%d is from 1 to %d, not %d"
              .formatted(form.bytes() * 8, most, precision));
    }
    return ArrayLayout.of(DataType.decimal128(precision, scale), form, List.of());
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

  private static char letter(TimeUnit unit) {
    return unit.symbol().charAt(0);
  }

  private static Map<String, DataType> typesWithoutParameters() {
    Map<String, DataType> types = new HashMap<>();
    types.put("n", DataType.nullType());
    types.put("b", DataType.bool());
    types.put("c", DataType.int8());
    types.put("C", DataType.uint8());
    types.put("s", DataType.int16());
    types.put("S", DataType.uint16());
    types.put("i", DataType.int32());
    types.put("I", DataType.uint32());
    types.put("l", DataType.int64());
    types.put("L", DataType.uint64());
    types.put("e", DataType.float16());
    types.put("f", DataType.float32());
    types.put("g", DataType.float64());
    types.put("z", DataType.binary());
    types.put("Z", DataType.largeBinary());
    types.put("u", DataType.utf8());
    types.put("U", DataType.largeUtf8());
    types.put("tdD", DataType.date32());
    types.put("tdm", DataType.date64());
    for (TimeUnit unit : TimeUnit.values()) {
      types.put("tt" + letter(unit), new DataType.Time(unit));
      types.put("tD" + letter(unit), DataType.duration(unit));
    }
    return Map.copyOf(types);
  }
}
