package dev.lancewright.column;

import dev.lancewright.internal.Require;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Values of a fixed number of bytes each, contiguous and little-endian, at any alignment.
 *
 * @param type the type of the values, any {@link DataType.FixedWidth} except bool
 * @param values the values, at least {@code length * type.byteWidth()} bytes, row 0 first
 */
public record FixedWidthColumn(
    DataType.FixedWidth type, long length, Bitmap validity, MemorySegment values)
    implements Column {
  public FixedWidthColumn {
    Require.nonNull(type, "type");
    Require.nonNull(values, "values");
    if (type instanceof DataType.Bool) {
      throw new IllegalArgumentException("values of bool are bits: use BoolColumn");
    }
    Columns.checkLength(type, length);
    Columns.checkValidity(type, length, validity);
    if (length > 0 && values.byteSize() / length < type.byteWidth()) {
      throw new IllegalArgumentException(
          "a column of %s with %d rows needs %d bytes for each, but has %d in all"
              .formatted(type, length, type.byteWidth(), values.byteSize()));
    }
  }

  @Override
  public long valueBytes() {
    return length * type.byteWidth();
  }

  @Override
  public FixedWidthColumn slice(long from, long count) {
    Objects.checkFromIndexSize(from, count, length);
    int width = type.byteWidth();
    return new FixedWidthColumn(
        type,
        count,
        Columns.slice(validity, from, count),
        values.asSlice(from * width, count * width));
  }
}
