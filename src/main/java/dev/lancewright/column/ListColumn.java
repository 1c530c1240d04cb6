package dev.lancewright.column;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.Require;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Lists of any length, and maps, which are lists of their entries: list {@code i} spans {@code
 * items} from offset {@code i} to offset {@code i + 1}, unless it is null.
 *
 * @param type the type, a {@link DataType.ListOf} or {@link DataType.MapOf}
 * @param offsets the {@code length + 1} offsets, 8 bytes each for large lists and 4 bytes
 *     otherwise; the first need not be 0, and a column without rows may have none
 * @param items the items, which may include some that belong to no list: before the first list,
 *     after the last and under null lists
 */
public record ListColumn(
    DataType type, long length, Bitmap validity, MemorySegment offsets, Column items)
    implements Column {
  public ListColumn {
    Require.nonNull(type, "type");
    Require.nonNull(offsets, "offsets");
    Require.nonNull(items, "items");
    Columns.checkLength(type, length);
    Columns.checkValidity(type, length, validity);
    DataType itemType = itemType(type);
    if (!items.type().equals(itemType)) {
      throw new IllegalArgumentException(
          "a column of %s cannot have items of %s".formatted(type, items.type()));
    }
    int width = offsetWidth(type);
    if (length > 0 && offsets.byteSize() / width <= length) {
      throw new IllegalArgumentException(
          "a column of %s with %d rows needs %d offsets of %d bytes, but has %d bytes in all"
              .formatted(type, length, length + 1, width, offsets.byteSize()));
    }
  }

  /** Returns the size of one offset in bytes: 4 or 8. */
  public int offsetWidth() {
    return offsetWidth(type);
  }

  /**
   * Returns the position in {@link #items} where list {@code index} starts; {@code index} may be
   * {@link #length}.
   */
  public long offset(long index) {
    return offsetWidth() == 8
        ? offsets.get(LittleEndian.LONG, index * 8)
        : offsets.get(LittleEndian.INT, index * 4);
  }

  @Override
  public long valueBytes() {
    if (length == 0) {
      return 0;
    }
    long first = offset(0);
    return items.slice(first, offset(length) - first).valueBytes() + length * offsetWidth();
  }

  @Override
  public ListColumn slice(long from, long count) {
    Objects.checkFromIndexSize(from, count, length);
    int width = offsetWidth();
    MemorySegment part = length == 0 ? offsets : offsets.asSlice(from * width, (count + 1) * width);
    return new ListColumn(type, count, Columns.slice(validity, from, count), part, items);
  }

  private static int offsetWidth(DataType type) {
    return type instanceof DataType.ListOf list && list.large() ? 8 : 4;
  }

  private static DataType itemType(DataType type) {
    return switch (type) {
      case DataType.ListOf list -> list.item().type();
      case DataType.MapOf map -> map.entries().type();
      default -> throw new IllegalArgumentException(type + " is not a list");
    };
  }
}
