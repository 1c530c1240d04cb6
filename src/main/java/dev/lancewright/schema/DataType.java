package dev.lancewright.schema;

import java.util.List;
import java.util.Objects;

/**
 * The logical type of a column: Arrow's types, as far as the Lance format can name them.
 *
 * <p>All types are immutable values. {@code toString} gives the name that Arrow users know, for
 * messages and tables; the spelling stored in files is {@link LogicalTypes}'s.
 */
public sealed interface DataType {

  /** Types whose values all take the same number of bits, stored one after the other. */
  sealed interface FixedWidth extends DataType {
    /** Bits of one value: 1 for {@link Bool}, a multiple of 8 for all others. */
    int bitWidth();

    /** Whether values have 8, 16, 32 or 64 bits, as integers do. */
    default boolean hasIntegerWidth() {
      return switch (bitWidth()) {
        case 8, 16, 32, 64 -> true;
        default -> false;
      };
    }

    /** Bytes of one value; 0 for {@link Bool}, whose values are bits. */
    default int byteWidth() {
      return bitWidth() / 8;
    }
  }

  /** Types whose values are strings of bytes of any length, found by offsets. */
  sealed interface VariableWidth extends DataType {
    /** Whether offsets have 64 bits. */
    boolean large();

    /** Bytes of one offset: 4 or 8. */
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

  /** True or false, one bit each. */
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

  /** IEEE floating point of 16, 32 or 64 bits. */
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
      Objects.requireNonNull(unit);
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

  /** A point in time since the epoch; {@code zone} is null when there is none. */
  record Timestamp(TimeUnit unit, String zone) implements FixedWidth {
    public Timestamp {
      Objects.requireNonNull(unit);
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
      Objects.requireNonNull(unit);
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

  /** Byte strings of one length. */
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

  /** Lists that all have {@code size} items. */
  record FixedSizeList(Field item, int size) implements DataType {
    public FixedSizeList {
      Objects.requireNonNull(item);
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
      Objects.requireNonNull(item);
    }

    @Override
    public String toString() {
      return (large ? "large_list<" : "list<") + item.type() + ">";
    }
  }

  /** Named children. */
  record Struct(List<Field> children) implements DataType {
    public Struct {
      children = List.copyOf(children);
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

  /** Lists of key and value; {@code entries} is a struct of the two. */
  record MapOf(Field entries, boolean keysSorted) implements DataType {
    public MapOf {
      Objects.requireNonNull(entries);
    }

    @Override
    public String toString() {
      return "map<" + entries.type() + ">";
    }
  }

  /** Values kept once, rows as indices into them. */
  record Dictionary(DataType index, DataType value, boolean ordered) implements DataType {
    public Dictionary {
      Objects.requireNonNull(index);
      Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
      return "dictionary<" + value + ", " + index + ">";
    }
  }

  /** A type that Arrow can describe and a Lance file cannot hold; kept by name for messages. */
  record Unsupported(String name) implements DataType {
    @Override
    public String toString() {
      return name;
    }
  }
}
