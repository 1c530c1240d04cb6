package dev.lancewright.schema;

import dev.lancewright.internal.Require;
import java.util.List;

/**
 * The logical type of a column: those of Arrow's types that the Lance format can name.
 *
 * <p>Static methods named as in Arrow create the types; pattern matching on the records tells them
 * apart:
 *
 * <pre>{@code
 * DataType embedding = DataType.fixedSizeList(DataType.float32(), 768);
 * if (embedding instanceof DataType.FixedSizeList(Field item, int size)) { ... }
 * }</pre>
 *
 * <p>All types are immutable values. {@code toString} returns the name that Arrow users know, for
 * messages and tables; {@link LogicalTypes} has the spelling stored in files.
 */
public sealed interface DataType {
  /** Returns the type of columns that hold nothing but nulls. */
  static Null nullType() {
    return new Null();
  }

  /** Returns the type of booleans, one bit each. */
  static Bool bool() {
    return new Bool();
  }

  /** Returns the type of signed 8-bit integers. */
  static Int int8() {
    return new Int(8, true);
  }

  /** Returns the type of signed 16-bit integers. */
  static Int int16() {
    return new Int(16, true);
  }

  /** Returns the type of signed 32-bit integers. */
  static Int int32() {
    return new Int(32, true);
  }

  /** Returns the type of signed 64-bit integers. */
  static Int int64() {
    return new Int(64, true);
  }

  /** Returns the type of unsigned 8-bit integers. */
  static Int uint8() {
    return new Int(8, false);
  }

  /** Returns the type of unsigned 16-bit integers. */
  static Int uint16() {
    return new Int(16, false);
  }

  /** Returns the type of unsigned 32-bit integers. */
  static Int uint32() {
    return new Int(32, false);
  }

  /** Returns the type of unsigned 64-bit integers. */
  static Int uint64() {
    return new Int(64, false);
  }

  /** Returns the type of 16-bit IEEE floating-point numbers. */
  static FloatingPoint float16() {
    return new FloatingPoint(16);
  }

  /** Returns the type of 32-bit IEEE floating-point numbers. */
  static FloatingPoint float32() {
    return new FloatingPoint(32);
  }

  /** Returns the type of 64-bit IEEE floating-point numbers. */
  static FloatingPoint float64() {
    return new FloatingPoint(64);
  }

  /**
   * Returns the type of 128-bit decimals.
   *
   * @param precision the number of digits, from 1 to 38
   * @param scale how many of the digits are after the decimal point, from -128 to 127
   * @throws IllegalArgumentException if precision or scale is out of range
   */
  static Decimal decimal128(int precision, int scale) {
    return new Decimal(128, precision, scale);
  }

  /**
   * Returns the type of 256-bit decimals.
   *
   * @param precision the number of digits, from 1 to 76
   * @param scale how many of the digits are after the decimal point, from -128 to 127
   * @throws IllegalArgumentException if precision or scale is out of range
   */
  static Decimal decimal256(int precision, int scale) {
    return new Decimal(256, precision, scale);
  }

  /** Returns the type of dates stored as days since 1970-01-01 in 32 bits. */
  static Date date32() {
    return new Date(32);
  }

  /** Returns the type of dates stored as milliseconds since 1970-01-01 in 64 bits. */
  static Date date64() {
    return new Date(64);
  }

  /**
   * Returns the type of times of day in 32 bits.
   *
   * @throws IllegalArgumentException if the unit is finer than milliseconds
   */
  static Time time32(TimeUnit unit) {
    return time(unit, 32);
  }

  /**
   * Returns the type of times of day in 64 bits.
   *
   * @throws IllegalArgumentException if the unit is coarser than microseconds
   */
  static Time time64(TimeUnit unit) {
    return time(unit, 64);
  }

  private static Time time(TimeUnit unit, int bits) {
    Time type = new Time(unit);
    if (type.bitWidth() != bits) {
      throw new IllegalArgumentException(
          "times of day in %s have %d bits; call time%d"
              .formatted(unit.symbol(), type.bitWidth(), type.bitWidth()));
    }
    return type;
  }

  /** Returns the type of local dates and times, without a zone, counted from 1970-01-01. */
  static Timestamp timestamp(TimeUnit unit) {
    return new Timestamp(unit, null);
  }

  /**
   * Returns the type of instants, counted from 1970-01-01 UTC.
   *
   * @param zone the time zone to show them in, such as {@code UTC} or {@code Europe/Berlin}
   */
  static Timestamp timestamp(TimeUnit unit, String zone) {
    return new Timestamp(unit, Require.nonNull(zone, "zone"));
  }

  /** Returns the type of durations in 64 bits. */
  static Duration duration(TimeUnit unit) {
    return new Duration(unit);
  }

  /** Returns the type of UTF-8 text with 32-bit offsets: up to 2 GiB in a batch. */
  static Utf8 utf8() {
    return new Utf8(false);
  }

  /** Returns the type of UTF-8 text with 64-bit offsets. */
  static Utf8 largeUtf8() {
    return new Utf8(true);
  }

  /** Returns the type of byte strings of any length with 32-bit offsets: up to 2 GiB in a batch. */
  static Binary binary() {
    return new Binary(false);
  }

  /** Returns the type of byte strings of any length with 64-bit offsets. */
  static Binary largeBinary() {
    return new Binary(true);
  }

  /**
   * Returns the type of byte strings that all have the same length.
   *
   * @throws IllegalArgumentException if the width is negative, or too large
   */
  static FixedSizeBinary fixedSizeBinary(int byteWidth) {
    return new FixedSizeBinary(byteWidth);
  }

  /**
   * Returns the type of lists of any length with nullable items, named {@code item} as in Arrow.
   */
  static ListOf list(DataType item) {
    return list(Field.nullable("item", item));
  }

  /** Returns the type of lists of any length. */
  static ListOf list(Field item) {
    return new ListOf(item, false);
  }

  /** Returns the type of lists of any length with 64-bit offsets. */
  static ListOf largeList(Field item) {
    return new ListOf(item, true);
  }

  /**
   * Returns the type of lists of exactly {@code size} nullable items, named {@code item} as in
   * Arrow: vectors such as embeddings.
   *
   * @throws IllegalArgumentException if the size is negative
   */
  static FixedSizeList fixedSizeList(DataType item, int size) {
    return fixedSizeList(Field.nullable("item", item), size);
  }

  /**
   * Returns the type of lists of exactly {@code size} items.
   *
   * @throws IllegalArgumentException if the size is negative
   */
  static FixedSizeList fixedSizeList(Field item, int size) {
    return new FixedSizeList(item, size);
  }

  /** Returns the type of structs with the given children. */
  static Struct struct(Field... children) {
    return new Struct(Require.list(children, "children"));
  }

  /** Returns the type of maps from keys to nullable values, named {@code key} and {@code value}. */
  static MapOf map(DataType key, DataType value) {
    return map(Field.required("key", key), Field.nullable("value", value));
  }

  /** Returns the type of maps from keys to values. */
  static MapOf map(Field key, Field value) {
    return new MapOf(Field.required("entries", struct(key, value)), false);
  }

  /** Returns the type of maps whose entries are sorted by key within each row. */
  static MapOf sortedMap(Field key, Field value) {
    return new MapOf(Field.required("entries", struct(key, value)), true);
  }

  /**
   * Returns the type of dictionary-encoded columns, whose rows are indices into the values of a
   * batch.
   *
   * @param index the type of the indices, an integer
   */
  static Dictionary dictionary(DataType index, DataType value) {
    return new Dictionary(index, value, false);
  }

  /**
   * Returns the type of dictionary-encoded columns whose values are in a meaningful order.
   *
   * @param index the type of the indices, an integer
   */
  static Dictionary orderedDictionary(DataType index, DataType value) {
    return new Dictionary(index, value, true);
  }

  /** Types whose values all have the same number of bits and are stored contiguously. */
  sealed interface FixedWidth extends DataType {
    /**
     * Returns the number of bits of a value: 1 for {@link Bool}, a multiple of 8 for all others.
     */
    int bitWidth();

    /** Returns whether values have 8, 16, 32 or 64 bits, as integers do. */
    default boolean hasIntegerWidth() {
      return switch (bitWidth()) {
        case 8, 16, 32, 64 -> true;
        default -> false;
      };
    }

    /** Returns the number of bytes of a value, or 0 for {@link Bool}, whose values are bits. */
    default int byteWidth() {
      return bitWidth() / 8;
    }
  }

  /** Types whose values are byte strings of any length, delimited by offsets. */
  sealed interface VariableWidth extends DataType {
    /** Returns whether offsets have 64 bits rather than 32. */
    boolean large();

    /** Returns the size of an offset in bytes: 4 or 8. */
    default int offsetWidth() {
      return large() ? 8 : 4;
    }
  }

  /** Nothing but nulls. */
  record Null() implements DataType {
    @Override
    public String toString() {
      return "null";
    }
  }

  /** Booleans, one bit each. */
  record Bool() implements FixedWidth {
    @Override
    public int bitWidth() {
      return 1;
    }

    @Override
    public String toString() {
      return "bool";
    }
  }

  /** Integers of 8, 16, 32 or 64 bits. */
  record Int(int bitWidth, boolean signed) implements FixedWidth {
    public Int {
      if (bitWidth != 8 && bitWidth != 16 && bitWidth != 32 && bitWidth != 64) {
        throw new IllegalArgumentException("an integer has 8, 16, 32 or 64 bits, not " + bitWidth);
      }
    }

    @Override
    public String toString() {
      return (signed ? "int" : "uint") + bitWidth;
    }
  }

  /** IEEE floating-point numbers of 16, 32 or 64 bits. */
  record FloatingPoint(int bitWidth) implements FixedWidth {
    public FloatingPoint {
      if (bitWidth != 16 && bitWidth != 32 && bitWidth != 64) {
        throw new IllegalArgumentException("a float has 16, 32 or 64 bits, not " + bitWidth);
      }
    }

    @Override
    public String toString() {
      return "float" + bitWidth;
    }
  }

  /** Two's complement decimals of 128 or 256 bits. */
  record Decimal(int bitWidth, int precision, int scale) implements FixedWidth {
    public Decimal {
      if (bitWidth != 128 && bitWidth != 256) {
        throw new IllegalArgumentException("a decimal has 128 or 256 bits, not " + bitWidth);
      }
      int most = bitWidth == 128 ? 38 : 76;
      if (precision < 1 || precision > most) {
        throw new IllegalArgumentException(
            "the precision of decimal%d is from 1 to %d, not %d"
                .formatted(bitWidth, most, precision));
      }
      if (scale < -128 || scale > 127) {
        throw new IllegalArgumentException(
            "the scale of a decimal is from -128 to 127, not " + scale);
      }
    }

    @Override
    public String toString() {
      return "decimal" + bitWidth + "(" + precision + ", " + scale + ")";
    }
  }

  /** Days since the epoch in 32 bits, or milliseconds in 64. */
  record Date(int bitWidth) implements FixedWidth {
    public Date {
      if (bitWidth != 32 && bitWidth != 64) {
        throw new IllegalArgumentException("a date has 32 or 64 bits, not " + bitWidth);
      }
    }

    @Override
    public String toString() {
      return "date" + bitWidth;
    }
  }

  /** Time of day: 32 bits for seconds and milliseconds, 64 for the finer units. */
  record Time(TimeUnit unit) implements FixedWidth {
    public Time {
      Require.nonNull(unit, "unit");
    }

    @Override
    public int bitWidth() {
      return unit.compareTo(TimeUnit.MILLISECOND) <= 0 ? 32 : 64;
    }

    @Override
    public String toString() {
      return "time" + bitWidth() + "[" + unit.symbol() + "]";
    }
  }

  /** A point in time since the epoch; {@code zone} is null if there is none. */
  record Timestamp(TimeUnit unit, String zone) implements FixedWidth {
    public Timestamp {
      Require.nonNull(unit, "unit");
    }

    @Override
    public int bitWidth() {
      return 64;
    }

    @Override
    public String toString() {
      return "timestamp[" + unit.symbol() + (zone == null ? "" : ", " + zone) + "]";
    }
  }

  /** A length of time. */
  record Duration(TimeUnit unit) implements FixedWidth {
    public Duration {
      Require.nonNull(unit, "unit");
    }

    @Override
    public int bitWidth() {
      return 64;
    }

    @Override
    public String toString() {
      return "duration[" + unit.symbol() + "]";
    }
  }

  /** Byte strings that all have the same length. */
  record FixedSizeBinary(int byteWidth) implements FixedWidth {
    public FixedSizeBinary {
      if (byteWidth < 0 || byteWidth > Integer.MAX_VALUE / 8) {
        throw new IllegalArgumentException(
            "the width of a fixed_size_binary is from 0 to %d bytes, not %d"
                .formatted(Integer.MAX_VALUE / 8, byteWidth));
      }
    }

    @Override
    public int bitWidth() {
      return byteWidth * 8;
    }

    @Override
    public String toString() {
      return "fixed_size_binary[" + byteWidth + "]";
    }
  }

  /** Text in UTF-8. */
  record Utf8(boolean large) implements VariableWidth {
    @Override
    public String toString() {
      return large ? "large_utf8" : "utf8";
    }
  }

  /** Byte strings. */
  record Binary(boolean large) implements VariableWidth {
    @Override
    public String toString() {
      return large ? "large_binary" : "binary";
    }
  }

  /** Lists of exactly {@code size} items. */
  record FixedSizeList(Field item, int size) implements DataType {
    public FixedSizeList {
      Require.nonNull(item, "item");
      if (size < 0) {
        throw new IllegalArgumentException(
            "the size of a fixed_size_list is not negative, but was " + size);
      }
    }

    @Override
    public String toString() {
      return "fixed_size_list<" + item.type() + ">[" + size + "]";
    }
  }

  /** Lists of any length. */
  record ListOf(Field item, boolean large) implements DataType {
    public ListOf {
      Require.nonNull(item, "item");
    }

    @Override
    public String toString() {
      return (large ? "large_list<" : "list<") + item.type() + ">";
    }
  }

  /** Structs of named children. */
  record Struct(List<Field> children) implements DataType {
    public Struct {
      children = Require.list(children, "children");
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("struct<");
      for (Field child : children) {
        text.append(text.length() == 7 ? "" : ", ");
        text.append(child.name()).append(": ").append(child.type());
      }
      return text.append('>').toString();
    }
  }

  /** Lists of key-value pairs; {@code entries} is a struct of key and value. */
  record MapOf(Field entries, boolean keysSorted) implements DataType {
    public MapOf {
      Require.nonNull(entries, "entries");
    }

    @Override
    public String toString() {
      return "map<" + entries.type() + ">";
    }
  }

  /** Dictionary-encoded values: rows are indices into them. */
  record Dictionary(DataType index, DataType value, boolean ordered) implements DataType {
    public Dictionary {
      Require.nonNull(index, "index");
      Require.nonNull(value, "value");
    }

    @Override
    public String toString() {
      return "dictionary<" + value + ", " + index + ">";
    }
  }

  /** A type that Arrow can describe but a Lance file cannot hold; its name is kept for messages. */
  record Unsupported(String name) implements DataType {
    public Unsupported {
      Require.nonNull(name, "name");
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
