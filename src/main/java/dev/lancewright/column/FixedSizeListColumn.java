package dev.lancewright.column;

import dev.lancewright.internal.Require;
import dev.lancewright.schema.DataType;
import java.util.Objects;

/**
 * Lists of {@code type.size()} items each: list {@code i} spans items {@code i * size} to {@code (i
 * + 1) * size}, even if the list is null.
 */
public record FixedSizeListColumn(
    DataType.FixedSizeList type, long length, Bitmap validity, Column items) implements Column {
  public FixedSizeListColumn {
    Require.nonNull(type, "type");
    Require.nonNull(items, "items");
    Columns.checkLength(type, length);
    Columns.checkValidity(type, length, validity);
    if (!items.type().equals(type.item().type())) {
      throw new IllegalArgumentException(
          "a column of %s cannot have items of %s".formatted(type, items.type()));
    }
    if (items.length() != Math.multiplyExact(length, (long) type.size())) {
      throw new IllegalArgumentException(
          "a column of %s with %d rows needs %d items, but has %d"
              .formatted(type, length, length * type.size(), items.length()));
    }
  }

  @Override
  public long valueBytes() {
    return items.valueBytes();
  }

  @Override
  public FixedSizeListColumn slice(long from, long count) {
    Objects.checkFromIndexSize(from, count, length);
    return new FixedSizeListColumn(
        type,
        count,
        Columns.slice(validity, from, count),
        items.slice(from * type.size(), count * type.size()));
  }
}
