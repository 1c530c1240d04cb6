package dev.lancewright.column;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.Require;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Text or byte strings: value {@code i} spans {@code data} from offset {@code i} to offset {@code i
 * + 1}.
 *
 * @param offsets the {@code length + 1} offsets of {@code type.offsetWidth()} bytes each; the first
 *     need not be 0, and a column without rows may have none
 */
public record VariableWidthColumn(
    DataType.VariableWidth type,
    long length,
    Bitmap validity,
    MemorySegment offsets,
    MemorySegment data)
    implements Column {
  public VariableWidthColumn {
    Require.nonNull(type, "type");
    Require.nonNull(offsets, "offsets");
    Require.nonNull(data, "data");
    Columns.checkLength(type, length);
    Columns.checkValidity(type, length, validity);
    if (length > 0 && offsets.byteSize() / type.offsetWidth() <= length) {
      throw new IllegalArgumentException(
          "a column of %s with %d rows needs %d offsets of %d bytes, but has %d bytes in all"
              .formatted(type, length, length + 1, type.offsetWidth(), offsets.byteSize()));
    }
  }

  /**
   * Returns the position in {@link #data} where value {@code index} starts; {@code index} may be
   * {@link #length}.
   */
  public long offset(long index) {
    return type.large()
        ? offsets.get(LittleEndian.LONG, index * 8)
        : offsets.get(LittleEndian.INT, index * 4);
  }

  /**
   * Returns the bytes of a row, without copying. Those of a null row have no meaning.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public MemorySegment value(long row) {
    Objects.checkIndex(row, length);
    long from = offset(row);
    return data.asSlice(from, offset(row + 1) - from);
  }

  /**
   * Returns the bytes of a row as text. That of a null row has no meaning.
   *
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public String string(long row) {
    return new String(value(row).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  @Override
  public long valueBytes() {
    return length == 0 ? 0 : offset(length) - offset(0) + length * type.offsetWidth();
  }

  @Override
  public VariableWidthColumn slice(long from, long count) {
    Objects.checkFromIndexSize(from, count, length);
    int width = type.offsetWidth();
    MemorySegment part = length == 0 ? offsets : offsets.asSlice(from * width, (count + 1) * width);
    return new VariableWidthColumn(type, count, Columns.slice(validity, from, count), part, data);
  }
}
