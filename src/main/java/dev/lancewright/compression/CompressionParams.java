package dev.lancewright.compression;

import dev.lancewright.schema.Field;
import java.util.List;

/** Settings of compression for columns and types. Immutable. */
public final class CompressionParams {
  /** Nothing said. */
  public static final CompressionParams NONE = new CompressionParams();

  private CompressionParams() {}

  /** What counts for a leaf, given the fields from a column of the schema down to it. */
  public FieldCompression resolve(List<Field> path) {
    return FieldCompression.UNSET;
  }
}
