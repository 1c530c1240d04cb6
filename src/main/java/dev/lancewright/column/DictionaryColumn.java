package dev.lancewright.column;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.Require;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * A dictionary-encoded column, whose rows are indices into a column of values. A row is null if its
 * index is null or points to a null value; a null index has no meaning.
 *
 * @param indices the indices, at least {@code length} integers of the type's index type
 * @param values the values, of the type's value type; some may be unused, and some may repeat
 */
public record DictionaryColumn(
    DataType.Dictionary type, long length, Bitmap validity, MemorySegment indices, Column values)
    implements Column {
  public DictionaryColumn {
    Require.nonNull(type, "type");
    Require.nonNull(indices, "indices");
    Require.nonNull(values, "values");
    Columns.checkLength(type, length);
    Columns.checkValidity(type, length, validity);
    if (!values.type().equals(type.value())) {
      throw new IllegalArgumentException(
          "a column of %s cannot have values of %s".formatted(type, values.type()));
    }
    if (length > 0 && indices.byteSize() / length < indexWidth(type)) {
      throw new IllegalArgumentException(
          "a column of %s with %d rows needs %d bytes for each, but has %d in all"
              .formatted(type, length, indexWidth(type), indices.byteSize()));
    }
  }

  /** Returns the size of one index in bytes. */
  public int indexWidth() {
    return indexWidth(type);
  }

  /**
   * Returns the index of row {@code row}. Unsigned 64-bit indices above {@link Long#MAX_VALUE}
   * appear as negative numbers.
   */
  public long index(long row) {
    boolean signed = ((DataType.Int) type.index()).signed();
    return switch (indexWidth()) {
      case 1 -> {
        byte index = indices.get(ValueLayout.JAVA_BYTE, row);
        yield signed ? index : index & 0xFF;
      }
      case 2 -> {
        short index = indices.get(LittleEndian.SHORT, row * 2);
        yield signed ? index : index & 0xFFFF;
      }
      case 4 -> {
        int index = indices.get(LittleEndian.INT, row * 4);
        yield signed ? index : index & 0xFFFFFFFFL;
      }
      default -> indices.get(LittleEndian.LONG, row * 8);
    };
  }

  /**
   * Returns the number of rows whose index is null or points to a null value, counted on each call.
   */
  @Override
  public long nullCount() {
    if (values.nullCount() == 0) {
      return Column.super.nullCount();
    }
    long nulls = 0;
    for (long row = 0; row < length; row++) {
      nulls += isNull(row) ? 1 : 0;
    }
    return nulls;
  }

  @Override
  public boolean isNull(long row) {
    return Column.super.isNull(row) || values.isNull(index(row));
  }

  /** Returns the size of the indices in bytes. */
  @Override
  public long valueBytes() {
    return length * indexWidth();
  }

  @Override
  public DictionaryColumn slice(long from, long count) {
    Objects.checkFromIndexSize(from, count, length);
    int width = indexWidth();
    return new DictionaryColumn(
        type,
        count,
        Columns.slice(validity, from, count),
        indices.asSlice(from * width, count * width),
        values);
  }

  private static int indexWidth(DataType.Dictionary type) {
    if (!(type.index() instanceof DataType.Int index)) {
      throw new IllegalArgumentException("the indices of %s are not integers".formatted(type));
    }
    return index.byteWidth();
  }
}
