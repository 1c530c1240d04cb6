package dev.lancewright.internal.file;

import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/** Which columns can be read; a file may have others, which do not get in the way. */
final class ReadableTypes {
  private static final String BLOB = "lance-encoding:blob";

  private ReadableTypes() {}

  /** Checks a field that owns a column. */
  static void check(Field field) throws LanceFormatException {
    boolean blob = ColumnFields.isBlob(field) || field.metadata().containsKey(BLOB);
    boolean readable =
        field.type() instanceof DataType.Struct struct
            ? !struct.children().isEmpty()
                && struct.children().stream().allMatch(child -> isValue(child.type()))
            : isLeaf(field.type());
    if (blob || !readable) {
      throw new LanceFormatException(
          "column %s: values of %s%s cannot be read; read other columns"
              .formatted(
                  FileText.quote(field.name()),
                  FileText.quote(field.type().toString()),
                  blob ? " as blobs" : ""));
    }
  }

  /** Checks how a leaf is nested. */
  static void check(LeafPath path) throws LanceFormatException {
    boolean lists = path.fields().stream().anyMatch(field -> isList(field.type()));
    if (lists && path.slotsPerRow() != 1) {
      throw new LanceFormatException(
          "column %s: lists above or below fixed-size lists of structs cannot be read"
              .formatted(FileText.quote(path.name())));
    }
    for (Field field : path.fields()) {
      if (!isReadable(field.type())) {
        throw new LanceFormatException(
            "column %s: %s %s cannot be read"
                .formatted(
                    FileText.quote(path.name()),
                    FileText.quote(field.name()),
                    FileText.quote(field.type().toString())));
      }
    }
  }

  /** Says that a field has no column with values, which would tell how long its lists are. */
  static LanceFormatException noValues(Field field) {
    return new LanceFormatException(
        "column %s: what holds nothing but structs without children cannot be read"
            .formatted(FileText.quote(field.name())));
  }

  /** Whether what lies on the way to a value is well-formed. */
  private static boolean isReadable(DataType type) {
    return switch (type) {
      case DataType.MapOf map ->
          map.entries().type() instanceof DataType.Struct entries && entries.children().size() == 2;
      case DataType.FixedSizeList list -> list.size() > 0;
      default -> true;
    };
  }

  private static boolean isList(DataType type) {
    return type instanceof DataType.ListOf || type instanceof DataType.MapOf;
  }

  private static boolean isLeaf(DataType type) {
    return switch (type) {
      case DataType.Null _ -> true;
      case DataType.Dictionary dictionary ->
          dictionary.index() instanceof DataType.Int
              && !(dictionary.value() instanceof DataType.FixedSizeList)
              && !(dictionary.value() instanceof DataType.Bool)
              && isValue(dictionary.value());
      default -> isValue(type);
    };
  }

  private static boolean isValue(DataType type) {
    return switch (type) {
      case DataType.FixedWidth fixed -> fixed.bitWidth() > 0;
      case DataType.VariableWidth _ -> true;
      case DataType.FixedSizeList list -> isFixed(list);
      default -> false;
    };
  }

  private static boolean isFixed(DataType type) {
    return type instanceof DataType.FixedSizeList list
        ? list.size() > 0 && isFixed(list.item().type())
        : type instanceof DataType.FixedWidth fixed && fixed.bitWidth() > 0;
  }
}
