package dev.lancewright.column;

import dev.lancewright.schema.DataType;

/** Checks shared by the column records. */
final class Columns {
  private Columns() {}

  static void checkLength(DataType type, long length) {
    if (length < 0) {
      throw new IllegalArgumentException(
          "a column of " + type + " cannot have " + length + " rows");
    }
  }

  static void checkValidity(DataType type, long length, Bitmap validity) {
    if (validity != null && validity.length() != length) {
      throw new IllegalArgumentException(
          "a column of %s with %d rows has a validity bitmap of %d bits"
              .formatted(type, length, validity.length()));
    }
  }

  static Bitmap slice(Bitmap validity, long from, long count) {
    return validity == null ? null : validity.slice(from, count);
  }
}
