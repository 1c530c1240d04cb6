package dev.lancewright.cli.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.TimeUnit;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types of fields of delimited text. A column has the type that all its fields have, so that
 * each value is what the text says: nothing is rounded, no zero in front and no finer part of a
 * second gets lost. What has another form is text.
 */
enum CsvType {
  /** No field has a value. */
  EMPTY("VARCHAR"),
  BOOLEAN("BOOLEAN"),
  /** Integers of up to 15 digits, which are exact in a double, too. */
  SHORT_INTEGER("BIGINT"),
  INTEGER("BIGINT"),
  /** Integers of up to 38 digits that do not fit into 64 bits. */
  LARGE_INTEGER("DECIMAL(38, 0)"),
  /** Not-a-number and infinities, which are text unless there are numbers beside them. */
  NOT_FINITE("VARCHAR"),
  DOUBLE("DOUBLE"),
  DATE("DATE"),
  TIME("TIME"),
  TIMESTAMP("TIMESTAMP"),
  TIMESTAMP_NS("TIMESTAMP_NS"),
  TIMESTAMPTZ("TIMESTAMPTZ"),
  TEXT("VARCHAR");

  /** The largest number of digits that is the same again after it was a double. */
  private static final int DOUBLE_DIGITS = 17;

  private static final int EXACT_DIGITS = 15;
  private static final int MAX_DIGITS = 38;

  /** No typed value is longer. */
  private static final int MAX_LENGTH = 400;

  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})(?:[ T]([01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.(\\d{1,9}))?)?"
              + "(Z|[+-]\\d{2}(?::?[0-5]\\d)?)?)?");
  private static final Pattern CLOCK =
      Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,6})?");

  /** The name of the type in DuckDB. */
  final String sql;

  CsvType(String sql) {
    this.sql = sql;
  }

  /**
   * Returns the type in DuckDB for fields of this type that are compared with a column: the
   * column's if no field would change by it.
   *
   * @param column the type of the column, or null
   */
  String as(DataType column) {
    boolean isInteger =
        this == EMPTY || this == SHORT_INTEGER || this == INTEGER || this == LARGE_INTEGER;
    boolean isNumber = isInteger || this == NOT_FINITE || this == DOUBLE;
    return switch (column) {
      case DataType.Utf8 _ -> "VARCHAR";
      case DataType.Int type when isInteger ->
          (type.signed() ? "" : "U")
              + switch (type.bitWidth()) {
                case 8 -> "TINYINT";
                case 16 -> "SMALLINT";
                case 32 -> "INTEGER";
                default -> "BIGINT";
              };
      case DataType.FloatingPoint type when isNumber && type.bitWidth() == 32 -> "FLOAT";
      case DataType.FloatingPoint type when isNumber && type.bitWidth() == 64 -> "DOUBLE";
      case DataType.Decimal type
          when (isNumber || this == TEXT) && this != NOT_FINITE && type.bitWidth() == 128 ->
          "DECIMAL(%d, %d)".formatted(type.precision(), type.scale());
      case DataType.Timestamp type
          when this == TIMESTAMP && type.unit() == TimeUnit.NANOSECOND && type.zone() == null ->
          TIMESTAMP_NS.sql;
      case DataType.Bool _ when this == EMPTY -> BOOLEAN.sql;
      case DataType.Date type when this == EMPTY && type.bitWidth() == 32 -> DATE.sql;
      case null, default -> sql;
    };
  }

  /** Returns the type of both, which is text if they have nothing in common. */
  static CsvType of(CsvType a, CsvType b) {
    if (a == b || b == EMPTY) {
      return a;
    }
    if (a == EMPTY) {
      return b;
    }
    CsvType lower = a.compareTo(b) < 0 ? a : b;
    CsvType higher = lower == a ? b : a;
    return switch (lower) {
      case SHORT_INTEGER ->
          switch (higher) {
            case INTEGER, LARGE_INTEGER, DOUBLE -> higher;
            case NOT_FINITE -> DOUBLE;
            default -> TEXT;
          };
      case INTEGER -> higher == LARGE_INTEGER ? higher : TEXT;
      case NOT_FINITE -> higher == DOUBLE ? higher : TEXT;
      case TIMESTAMP -> higher == TIMESTAMP_NS ? higher : TEXT;
      default -> TEXT;
    };
  }

  /** Returns the type of one field that has a value. */
  static CsvType of(byte[] bytes, int from, int to) {
    if (to - from > MAX_LENGTH || from == to) {
      return TEXT;
    }
    int first = from;
    int last = to;
    while (first < last && bytes[first] == ' ') {
      first++;
    }
    while (first < last && bytes[last - 1] == ' ') {
      last--;
    }
    if (first == last) {
      return TEXT;
    }
    CsvType number = number(bytes, first, last);
    return number != TEXT ? number : first > from || last < to ? TEXT : word(bytes, from, to);
  }

  private static CsvType number(byte[] bytes, int from, int to) {
    boolean signed = bytes[from] == '-' || bytes[from] == '+';
    int at = signed ? from + 1 : from;
    int integerDigits = 0;
    while (at < to && isDigit(bytes[at])) {
      at++;
      integerDigits++;
    }
    int firstDigit = signed ? from + 1 : from;
    boolean zeroInFront = integerDigits > 1 && bytes[firstDigit] == '0';
    if (integerDigits == 0 && (at >= to || bytes[at] != '.')) {
      return TEXT;
    }
    if (zeroInFront) {
      return TEXT;
    }
    return at == to
        ? integer(bytes, from, to, integerDigits)
        : decimal(bytes, from, at, to, integerDigits);
  }

  private static CsvType integer(byte[] bytes, int from, int to, int digits) {
    if (digits == 1 && bytes[from] == '-' && bytes[to - 1] == '0') {
      return DOUBLE; // Integers have no -0.
    }
    if (digits <= EXACT_DIGITS) {
      return SHORT_INTEGER;
    }
    if (digits > MAX_DIGITS) {
      return TEXT;
    }
    try {
      Long.parseLong(new String(bytes, from, to - from, US_ASCII));
      return INTEGER;
    } catch (NumberFormatException e) {
      return LARGE_INTEGER;
    }
  }

  private static CsvType decimal(byte[] bytes, int from, int point, int to, int integerDigits) {
    int at = point;
    int digits = integerDigits;
    if (bytes[at] == '.') {
      at++;
      while (at < to && isDigit(bytes[at])) {
        at++;
        digits++;
      }
    }
    if (digits == 0 || (at < to && !isExponent(bytes, at, to))) {
      return TEXT;
    }
    if (digits > DOUBLE_DIGITS && significant(bytes, from, at) > DOUBLE_DIGITS) {
      return TEXT;
    }
    if (at == to && digits < 300) {
      return DOUBLE;
    }
    double value = Double.parseDouble(new String(bytes, from, to - from, US_ASCII));
    boolean isZero = significant(bytes, from, at) == 0;
    return Double.isInfinite(value) || (value == 0 && !isZero) ? TEXT : DOUBLE;
  }

  private static boolean isExponent(byte[] bytes, int from, int to) {
    if (bytes[from] != 'e' && bytes[from] != 'E') {
      return false;
    }
    int at = from + 1;
    if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    int digits = at;
    while (at < to && isDigit(bytes[at])) {
      at++;
    }
    return at == to && at > digits;
  }

  /** Counts digits between the first and the last that is not 0. */
  private static int significant(byte[] bytes, int from, int to) {
    int count = 0;
    int zeros = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '0') {
        zeros += count > 0 ? 1 : 0;
      } else if (isDigit(bytes[i])) {
        count += zeros + 1;
        zeros = 0;
      }
    }
    return count;
  }

  private static CsvType word(byte[] bytes, int from, int to) {
    int length = to - from;
    if (isDigit(bytes[from])) {
      return length >= 8 && length <= 40 ? time(new String(bytes, from, length, US_ASCII)) : TEXT;
    }
    if (length > 9) {
      return TEXT;
    }
    return switch (new String(bytes, from, length, US_ASCII).toLowerCase(Locale.ROOT)) {
      case "true", "false" -> BOOLEAN;
      case "nan", "inf", "-inf", "infinity", "-infinity" -> NOT_FINITE;
      default -> TEXT;
    };
  }

  private static CsvType time(String text) {
    if (CLOCK.matcher(text).matches()) {
      return TIME;
    }
    Matcher form = DATE_TIME.matcher(text);
    if (!form.matches() || !isDate(form.group(1))) {
      return TEXT;
    }
    if (form.group(2) == null) {
      return DATE;
    }
    boolean nanos = form.group(3) != null && form.group(3).length() > 6;
    if (form.group(4) != null) {
      return nanos ? TEXT : TIMESTAMPTZ;
    }
    if (!nanos) {
      return TIMESTAMP;
    }
    int year = Integer.parseInt(text.substring(0, 4));
    return year > 1677 && year < 2262 ? TIMESTAMP_NS : TEXT;
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
