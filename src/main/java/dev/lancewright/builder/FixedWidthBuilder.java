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
import java.util.Objects;

/** Buffers values of whole bytes for subclasses, which know what the bytes mean. */
abstract sealed class FixedWidthBuilder extends ColumnBuilder
    permits ByteBuilder,
        ShortBuilder,
        IntBuilder,
        LongBuilder,
        Float16Builder,
        FloatBuilder,
        DoubleBuilder,
        DecimalBuilder,
        FixedSizeBinaryBuilder {
  private final DataType.FixedWidth type;
  private final AppendBuffer values;

  FixedWidthBuilder(String name, Field field, DataType.FixedWidth type, PagePool pool) {
    super(name, field, pool);
    this.type = type;
    values = new AppendBuffer(pool);
  }

  static FixedWidthBuilder of(String name, Field field, DataType.FixedWidth type, PagePool pool) {
    return switch (type) {
      case DataType.Decimal decimal -> new DecimalBuilder(name, field, decimal, pool);
      case DataType.FixedSizeBinary _ -> new FixedSizeBinaryBuilder(name, field, type, pool);
      case DataType.FloatingPoint real ->
          switch (real.bitWidth()) {
            case 16 -> new Float16Builder(name, field, type, pool);
            case 32 -> new FloatBuilder(name, field, type, pool);
            default -> new DoubleBuilder(name, field, type, pool);
          };
      default ->
          switch (type.bitWidth()) {
            case 8 -> new ByteBuilder(name, field, type, pool);
            case 16 -> new ShortBuilder(name, field, type, pool);
            case 32 -> new IntBuilder(name, field, type, pool);
            case 64 -> new LongBuilder(name, field, type, pool);
            default -> throw new AssertionError(type);
          };
    };
  }

  final void putByte(byte value) {
    long at = values.reserve(Byte.BYTES);
    values.block().set(ValueLayout.JAVA_BYTE, at, value);
    appended(Byte.BYTES);
  }

  final void putShort(short value) {
    long at = values.reserve(Short.BYTES);
    values.block().set(LittleEndian.SHORT, at, value);
    appended(Short.BYTES);
  }

  final void putInt(int value) {
    long at = values.reserve(Integer.BYTES);
    values.block().set(LittleEndian.INT, at, value);
    appended(Integer.BYTES);
  }

  final void putLong(long value) {
    long at = values.reserve(Long.BYTES);
    values.block().set(LittleEndian.LONG, at, value);
    appended(Long.BYTES);
  }

  /**
   * Appends the bytes of a value.
   *
   * @throws IllegalArgumentException if their number is not that of a value
   */
  final void putBytes(byte[] value) {
    requireValue(value);
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
   * Appends the bytes of a value from a segment.
   *
   * @throws IndexOutOfBoundsException if they do not lie within it
   */
  final void putBytes(MemorySegment source, long offset) {
    requireValue(source);
    int width = type.byteWidth();
    Objects.checkFromIndexSize(offset, width, source.byteSize());
    values.append(source, offset, width);
    added(1);
  }

  /** Appends the low 8 bytes of a number in two's complement, sign-extended to the width. */
  final void putSigned(long low) {
    int width = type.byteWidth();
    long at = values.reserve(width);
    values.block().set(LittleEndian.LONG, at, low);
    for (int i = Long.BYTES; i < width; i += Long.BYTES) {
      values.block().set(LittleEndian.LONG, at + i, low >> 63);
    }
    appended(width);
  }

  /** Appends a big-endian number in two's complement, sign-extended to the width. */
  final void putSigned(byte[] bigEndian) {
    byte sign = (byte) (bigEndian[0] >> 7);
    int width = type.byteWidth();
    long at = values.reserve(width);
    for (int i = 0; i < width; i++) {
      int from = bigEndian.length - 1 - i;
      values.block().set(ValueLayout.JAVA_BYTE, at + i, from < 0 ? sign : bigEndian[from]);
    }
    appended(width);
  }

  @Override
  final void appendEmpty(long count) {
    values.appendZeros(Math.multiplyExact(count, (long) type.byteWidth()));
  }

  @Override
  final FixedWidthColumn view(Bitmap rowValidity) {
    return new FixedWidthColumn(type, length(), rowValidity, values.bytes());
  }

  @Override
  final void clear() {
    values.clear();
  }

  private void appended(int width) {
    values.advance(width);
    added(1);
  }
}
