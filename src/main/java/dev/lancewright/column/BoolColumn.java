package dev.lancewright.column;

import dev.lancewright.internal.Require;
import dev.lancewright.schema.DataType;

/** Boolean values, one bit each. */
public record BoolColumn(Bitmap validity, Bitmap values) implements Column {
  private static final DataType.Bool TYPE = DataType.bool();

  public BoolColumn {
    Require.nonNull(values, "values");
    Columns.checkValidity(TYPE, values.length(), validity);
  }

  @Override
  public DataType.Bool type() {
    return TYPE;
  }

  @Override
  public long length() {
    return values.length();
  }

  @Override
  public long valueBytes() {
    return Bitmap.bytesFor(length());
  }

  @Override
  public BoolColumn slice(long from, long count) {
    return new BoolColumn(Columns.slice(validity, from, count), values.slice(from, count));
  }
}
