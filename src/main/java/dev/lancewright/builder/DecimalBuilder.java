package dev.lancewright.builder;

import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Builds a column of decimals of 128 or 256 bits. */
public final class DecimalBuilder extends FixedWidthBuilder {
  private final DataType.Decimal type;

  /** The maximum unscaled value, or {@link Long#MAX_VALUE} if that is smaller. */
  private final long maxUnscaled;

  DecimalBuilder(String name, Field field, DataType.Decimal type, PagePool pool) {
    super(name, field, type, pool);
    this.type = type;
    this.maxUnscaled =
        type.precision() > 18
            ? Long.MAX_VALUE
            : BigInteger.TEN.pow(type.precision()).longValueExact() - 1;
  }

  /**
   * Appends a decimal, which must fit exactly: it is never rounded.
   *
   * @throws IllegalArgumentException if the value has more digits after the point than the type's
   *     scale, or more digits in all than its precision
   */
  public void append(BigDecimal value) {
    requireValue(value);
    putSigned(unscaled(value).toByteArray());
  }

  /**
   * Appends a decimal given as its unscaled value, without allocating an object.
   *
   * @param unscaled the value times ten to the power of the type's scale
   * @throws IllegalArgumentException if the value has more digits than the type's precision
   */
  public void appendUnscaled(long unscaled) {
    if (unscaled > maxUnscaled || unscaled < -maxUnscaled) {
      // Throws the same exception as for a value with a scale of its own.
      unscaled(BigDecimal.valueOf(unscaled, 0).scaleByPowerOfTen(-type.scale()));
    }
    putSigned(unscaled);
  }

  /**
   * Appends a decimal given as the bytes of its unscaled value, whose precision is not checked.
   *
   * @param littleEndian the value in two's complement: 16 bytes, or 32 for decimal256
   * @throws IllegalArgumentException if the number of bytes is not that of a value
   */
  public void appendBytes(byte... littleEndian) {
    putBytes(littleEndian);
  }

  /**
   * Appends a decimal given as the bytes of its unscaled value, whose precision is not checked.
   *
   * @param source the segment that holds the value at {@code offset}, in two's complement,
   *     little-endian
   * @throws IndexOutOfBoundsException if the value does not lie within the source
   */
  public void appendBytes(MemorySegment source, long offset) {
    putBytes(source, offset);
  }

  @Override
  String accessor() {
    return "decimals";
  }

  private BigInteger unscaled(BigDecimal value) {
    if (value.signum() == 0) {
      return BigInteger.ZERO;
    }
    // Both checks precede the change of scale, which a large exponent would make huge.
    BigDecimal shortest = value.stripTrailingZeros();
    if (shortest.scale() > type.scale()) {
      throw new IllegalArgumentException(
          "%s: %s needs a scale of %d; the column's is %d"
              .formatted(where(), value, shortest.scale(), type.scale()));
    }
    long digits = shortest.precision() + (long) type.scale() - shortest.scale();
    if (digits > type.precision()) {
      throw new IllegalArgumentException(
          "%s: %s needs a precision of %d; the column's is %d"
              .formatted(where(), value, digits, type.precision()));
    }
    return shortest.setScale(type.scale()).unscaledValue();
  }
}
