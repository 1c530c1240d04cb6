package dev.lancewright.internal.file;

import dev.lancewright.column.Bitmap;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;

/** Refuses, before the first row, what could not be written or not be read back. */
public final class WritableSchema {
  private static final String BLOB = "lance-encoding:blob";

  /** Two lists of so many bits, with the validity of their items, fill a mini-block chunk. */
  private static final int MAX_BOOLS = 65_504;

  /** Full-zip pages give the size of a value in bits, as a positive int. */
  private static final int MAX_VALUE_BYTES = Integer.MAX_VALUE / 8;

  private WritableSchema() {}

  /**
   * Checks names, types and field ids.
   *
   * @throws IllegalArgumentException if the schema cannot be written; the message names the first
   *     column in the way, its type, and what to do
   */
  public static void check(Schema schema) {
    if (schema.fields().isEmpty()) {
      throw new IllegalArgumentException("the schema has no columns; a file needs at least one");
    }
    schema.fields().forEach(WritableSchema::check);
    SchemaDescriptor.fieldIds(schema);
  }

  private static void check(Field column) {
    if (column.name().indexOf('.') >= 0) {
      throw refused(
          column,
          "the name of a column must not contain '.', which separates the names of a path",
          "rename the column");
    }
    if (column.metadata().containsKey(BLOB)) {
      throw refused(
          column,
          "readers expect out-of-line values in a column with metadata '"
              + BLOB
              + "', and those are not supported",
          "remove this metadata to write the values in the column");
    }
    if (column.type() instanceof DataType.FixedSizeList list) {
      checkList(column, list);
    } else {
      checkFlat(column, column.type());
    }
  }

  private static void checkList(Field column, DataType.FixedSizeList list) {
    if (list.size() == 0) {
      throw refused(column, "a list of size 0 has no place in a file", "leave the column out");
    }
    if (list.item().type() instanceof DataType.FixedSizeList
        || list.item().type() instanceof DataType.Struct) {
      return;
    }
    if (!(list.item().type() instanceof DataType.FixedWidth items)) {
      throw refused(
          column,
          "the items of a fixed_size_list must have a fixed width, such as numbers or bool",
          "flatten the column or leave it out");
    }
    checkFlat(column, items);
    if (items instanceof DataType.Bool && list.size() > MAX_BOOLS) {
      throw refused(
          column,
          "a list of bool has at most %d items".formatted(MAX_BOOLS),
          "pack the bits into fixed_size_binary, or write shorter lists");
    }
    long valueBytes = (long) list.size() * items.byteWidth() + Bitmap.bytesFor(list.size());
    if (valueBytes > MAX_VALUE_BYTES) {
      throw refused(
          column,
          "a list takes up to %d bytes, more than the %d that a value may have"
              .formatted(valueBytes, MAX_VALUE_BYTES),
          "write shorter lists");
    }
  }

  private static void checkFlat(Field column, DataType type) {
    switch (type) {
      case DataType.Timestamp t when t.zone() != null -> checkZone(column, t.zone());
      case DataType.FixedSizeBinary t when t.byteWidth() == 0 ->
          throw refused(column, "values of 0 bytes cannot be stored", "leave the column out");
      case DataType.Unsupported _ ->
          throw refused(column, "a Lance file has no such type", "cast the column or leave it out");
      default -> {}
    }
  }

  private static void checkZone(Field column, String zone) {
    // The stored spelling is split at each ':', and '-' stands for no zone.
    if (zone.indexOf(':') >= 0 || zone.equals("-")) {
      throw refused(
          column,
          "no reader understands the time zone '" + zone + "' in a file",
          "use a named zone such as UTC or Europe/Paris");
    }
  }

  private static IllegalArgumentException refused(Field column, String reason, String remedy) {
    return new IllegalArgumentException(
        "column '%s' (%s): %s; %s".formatted(column.name(), column.type(), reason, remedy));
  }
}
