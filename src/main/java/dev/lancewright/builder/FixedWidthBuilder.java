package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

/**
 * Builds a column of values of whole bytes.
 *
 * <p>Integers, signed or not, dates, times, timestamps and durations are appended by the method of
 * their width, as the bits that they are; float16 by {@link #appendShort}, as its bits. {@link
 * #appendBytes} takes any type. Every method appends one row, and throws {@link
 * IllegalStateException} if the column's values are not what it takes.
 */
public final class FixedWidthBuilder extends ColumnBuilder {
  private enum Method {
    APPEND_BYTE("appendByte"),
    APPEND_SHORT("appendShort"),
    APPEND_INT("appendInt"),
    APPEND_LONG("appendLong"),
    APPEND_FLOAT("appendFloat"),
    APPEND_DOUBLE("appendDouble"),
    APPEND_DECIMAL("appendDecimal"),
    APPEND_BYTES("appendBytes");

    private final String text;

    Method(String text) {
      this.text = text;
    }

    static Method of(DataType.FixedWidth type) {
      return switch (type) {
        case DataType.Decimal _ -> APPEND_DECIMAL;
        case DataType.FixedSizeBinary _ -> APPEND_BYTES;
        case DataType.FloatingPoint real when real.bitWidth() == 32 -> APPEND_FLOAT;
        case DataType.FloatingPoint real when real.bitWidth() == 64 -> APPEND_DOUBLE;
        default ->
            switch (type.bitWidth()) {
              case 8 -> APPEND_BYTE;
              case 16 -> APPEND_SHORT;
              case 32 -> APPEND_INT;
              case 64 -> APPEND_LONG;
              default -> throw new AssertionError(type);
            };
      };
    }
  }

  private final DataType.FixedWidth type;
  private final Method method;
  private final AppendBuffer values;

  FixedWidthBuilder(String name, Field field, DataType.FixedWidth type, PagePool pool) {
    super(name, field, pool);
    this.type = type;
    method = Method.of(type);
    values = new AppendBuffer(pool);
  }

  public void appendByte(byte value) {
    require(Method.APPEND_BYTE);
    long at = values.reserve(Byte.BYTES);
    values.block().set(ValueLayout.JAVA_BYTE, at, value);
    appended(Byte.BYTES);
  }

  public void appendShort(short value) {
    require(Method.APPEND_SHORT);
    long at = values.reserve(Short.BYTES);
    values.block().set(LittleEndian.SHORT, at, value);
    appended(Short.BYTES);
  }

  public void appendInt(int value) {
    require(Method.APPEND_INT);
    putInt(value);
  }

  public void appendLong(long value) {
    require(Method.APPEND_LONG);
    putLong(value);
  }

  public void appendFloat(float value) {
    require(Method.APPEND_FLOAT);
    putInt(Float.floatToRawIntBits(value));
  }

  public void appendDouble(double value) {
    require(Method.APPEND_DOUBLE);
    putLong(Double.doubleToRawLongBits(value));
  }

  /**
   * Appends a decimal, which must fit exactly: it is never rounded.
   *
   * @throws IllegalArgumentException if the value has more digits after the point than the type's
   *     scale, or more digits in all than its precision
   */
  public void appendDecimal(BigDecimal value) {
    require(Method.APPEND_DECIMAL);
    byte[] bigEndian = unscaled(value).toByteArray();
    byte sign = (byte) (bigEndian[0] >> 7);
    int width = type.byteWidth();
    long at = values.reserve(width);
    for (int i = 0; i < width; i++) {
      int from = bigEndian.length - 1 - i;
      values.block().set(ValueLayout.JAVA_BYTE, at + i, from < 0 ? sign : bigEndian[from]);
    }
    appended(width);
  }

  /**
   * Appends the bytes of a value, little endian for numbers.
   *
   * @throws IllegalArgumentException if they are not as many as a value has
   */
  public void appendBytes(byte... value) {
    int width = type.byteWidth();
    if (value.length != width) {
      throw new IllegalArgumentException(
          "%s: a value has %d bytes, not %d".formatted(where(), width, value.length));
    }
    long at = values.reserve(width);
    MemorySegment.copy(value, 0, values.block(), ValueLayout.JAVA_BYTE, at, width);
    appended(width);
  }

  /**
   * Appends the value whose bytes start at {@code offset} of {@code source}, little endian for
   * numbers.
   *
   * @throws IndexOutOfBoundsException if it does not lie within the source
   */
  public void appendBytes(MemorySegment source, long offset) {
    int width = type.byteWidth();
    Objects.checkFromIndexSize(offset, width, source.byteSize());
    values.append(source, offset, width);
    added(1);
  }

  @Override
  void appendEmpty(long count) {
    values.appendZeros(Math.multiplyExact(count, (long) type.byteWidth()));
  }

  @Override
  FixedWidthColumn view(Bitmap rowValidity) {
    return new FixedWidthColumn(type, length(), rowValidity, values.bytes());
  }

  @Override
  void clear() {
    values.clear();
  }

  private void require(Method called) {
    if (method != called) {
      throw new IllegalStateException(
          "%s: values are appended by %s, not %s".formatted(where(), method.text, called.text));
    }
  }

  private void putInt(int value) {
    long at = values.reserve(Integer.BYTES);
    values.block().set(LittleEndian.INT, at, value);
    appended(Integer.BYTES);
  }

  private void putLong(long value) {
    long at = values.reserve(Long.BYTES);
    values.block().set(LittleEndian.LONG, at, value);
    appended(Long.BYTES);
  }

  private void appended(int width) {
    values.advance(width);
    added(1);
  }

  private BigInteger unscaled(BigDecimal value) {
    DataType.Decimal decimal = (DataType.Decimal) type;
    if (value.signum() == 0) {
      return BigInteger.ZERO;
    }
    // Both checks come before a change of scale, which a large exponent would make huge.
    BigDecimal shortest = value.stripTrailingZeros();
    if (shortest.scale() > decimal.scale()) {
      throw new IllegalArgumentException(
          "%s: %s needs a scale of %d; the column's is %d"
              .formatted(where(), value, shortest.scale(), decimal.scale()));
    }
    long digits = shortest.precision() + (long) decimal.scale() - shortest.scale();
    if (digits > decimal.precision()) {
      throw new IllegalArgumentException(
          "%s: %s needs a precision of %d; the column's is %d"
              .formatted(where(), value, digits, decimal.precision()));
    }
    return shortest.setScale(decimal.scale()).unscaledValue();
  }
}
