package dev.lancewright.column;

import dev.lancewright.schema.DataType;
import java.util.Objects;

/** Rows of the null type, which has no values to view. */
public record NullColumn(long length) implements Column {
  private static final DataType.Null TYPE = DataType.nullType();

  public NullColumn {
    Columns.checkLength(TYPE, length);
  }

  @Override
  public DataType.Null type() {
    return TYPE;
  }

  /** Returns null: the type alone implies that every row is null. */
  @Override
  public Bitmap validity() {
    return null;
  }

  @Override
  public long nullCount() {
    return length;
  }

  @Override
  public boolean isNull(long row) {
    Objects.checkIndex(row, length);
    return true;
  }

  @Override
  public long valueBytes() {
    return 0;
  }

  @Override
  public NullColumn slice(long from, long count) {
    Objects.checkFromIndexSize(from, count, length);
    return new NullColumn(count);
  }
}
