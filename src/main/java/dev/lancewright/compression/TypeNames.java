package dev.lancewright.compression;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.TimeUnit;
import java.util.Set;

/** The names that arrow-rs displays for types, such as {@code Int32} or {@code Utf8}. */
final class TypeNames {
  /** The names of the types that leaves may have, without parameters. */
  private static final Set<String> KINDS =
      Set.of(
          "Null",
          "Boolean",
          "Int8",
          "Int16",
          "Int32",
          "Int64",
          "UInt8",
          "UInt16",
          "UInt32",
          "UInt64",
          "Float16",
          "Float32",
          "Float64",
          "Decimal128",
          "Decimal256",
          "Date32",
          "Date64",
          "Time32",
          "Time64",
          "Timestamp",
          "Duration",
          "FixedSizeBinary",
          "Utf8",
          "LargeUtf8",
          "Binary",
          "LargeBinary",
          "FixedSizeList",
          "Dictionary");

  private TypeNames() {}

  /**
   * Checks a name.
   *
   * @throws IllegalArgumentException if {@code name} cannot be the name of a leaf's type
   */
  static void check(String name) {
    int parameters = name.indexOf('(');
    if (!KINDS.contains(parameters < 0 ? name : name.substring(0, parameters))) {
      throw new IllegalArgumentException(
          ("type '%s' is unknown; name it as Arrow does: Boolean, Int32, UInt8, Float64, Utf8,"
                  + " Binary, Timestamp(ns), FixedSizeList(768 x Float32)")
              .formatted(name));
    }
  }

  static String of(DataType type) {
    return switch (type) {
      case DataType.Null _ -> "Null";
      case DataType.Bool _ -> "Boolean";
      case DataType.Int t -> (t.signed() ? "Int" : "UInt") + t.bitWidth();
      case DataType.FloatingPoint t -> "Float" + t.bitWidth();
      case DataType.Decimal t ->
          "Decimal%d(%d, %d)".formatted(t.bitWidth(), t.precision(), t.scale());
      case DataType.Date t -> "Date" + t.bitWidth();
      case DataType.Time t -> "Time%d(%s)".formatted(t.bitWidth(), unit(t.unit()));
      case DataType.Timestamp t ->
          "Timestamp(%s%s)"
              .formatted(unit(t.unit()), t.zone() == null ? "" : ", \"" + t.zone() + "\"");
      case DataType.Duration t -> "Duration(" + unit(t.unit()) + ")";
      case DataType.FixedSizeBinary t -> "FixedSizeBinary(" + t.byteWidth() + ")";
      case DataType.Utf8 t -> t.large() ? "LargeUtf8" : "Utf8";
      case DataType.Binary t -> t.large() ? "LargeBinary" : "Binary";
      case DataType.FixedSizeList t ->
          "FixedSizeList(%d x %s)".formatted(t.size(), of(t.item().type()));
      case DataType.Dictionary t -> "Dictionary(%s, %s)".formatted(of(t.index()), of(t.value()));
      case DataType.ListOf _, DataType.Struct _, DataType.MapOf _, DataType.Unsupported _ ->
          type.toString();
    };
  }

  private static String unit(TimeUnit unit) {
    return unit == TimeUnit.MICROSECOND ? "µs" : unit.symbol();
  }
}
