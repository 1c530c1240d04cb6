package dev.lancewright.cli.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Finds types, at any depth, whose values DuckDB changes when it converts them to Arrow arrays.
 * Types are identified by the numbers of the enum {@code duckdb_type}.
 */
final class LosslessTypes {
  private static final int LIST = 24;
  private static final int STRUCT = 25;
  private static final int MAP = 26;
  private static final int BIT = 29;
  private static final int TIME_TZ = 30;
  private static final int UHUGEINT = 32;
  private static final int ARRAY = 33;
  private static final int BIGNUM = 35;
  private static final int UUID = 27;
  private static final int GEOMETRY = 40;
  private static final int VARIANT = 41;

  private LosslessTypes() {}

  /**
   * Checks a type.
   *
   * @param path the path of the column, with {@code []} for the items of lists and arrays
   * @param type the handle of its logical type
   * @param conversions receives what becomes of types that are kept as another one
   * @throws IOException if there is such a type; the message names the path of the first one
   */
  static void check(String path, MemorySegment type, List<String> conversions) throws IOException {
    switch (DuckDbApi.typeId(type)) {
      case UUID -> conversions.add("column '" + path + "' is UUID, written as text");
      case GEOMETRY -> conversions.add("column '" + path + "' is GEOMETRY, written as WKB");
      case VARIANT ->
          conversions.add("column '" + path + "' is VARIANT, written as its binary parts");
      case BIT -> throw refused(path, "BIT");
      case TIME_TZ -> throw refused(path, "TIME WITH TIME ZONE");
      case UHUGEINT -> throw refused(path, "UHUGEINT");
      case BIGNUM -> throw refused(path, "BIGNUM");
      case LIST -> checkChild(path + "[]", DuckDbApi.listChildType(type), conversions);
      case ARRAY -> checkChild(path + "[]", DuckDbApi.arrayChildType(type), conversions);
      case MAP -> {
        checkChild(path + ".key", DuckDbApi.mapKeyType(type), conversions);
        checkChild(path + ".value", DuckDbApi.mapValueType(type), conversions);
      }
      case STRUCT -> {
        for (long i = 0; i < DuckDbApi.structChildCount(type); i++) {
          checkChild(
              path + "." + DuckDbApi.structChildName(type, i),
              DuckDbApi.structChildType(type, i),
              conversions);
        }
      }
      default -> {}
    }
  }

  private static void checkChild(String path, MemorySegment type, List<String> conversions)
      throws IOException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment cell = call.allocateFrom(ADDRESS, type);
      try {
        check(path, type, conversions);
      } finally {
        DuckDbApi.destroyLogicalType(cell);
      }
    }
  }

  private static IOException refused(String path, String type) {
    return new IOException(
        "column '%s' is of type %s, whose values Arrow cannot hold; cast it, for example to VARCHAR"
            .formatted(path, type));
  }
}
