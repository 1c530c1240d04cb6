package dev.lancewright.testing;

import dev.lancewright.column.Column;
import dev.lancewright.schema.DataType;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * How the values of a column are made, and what is to become of them.
 *
 * @param values makes so many values, none of them null
 * @param nulls patterns of nulls that may be laid over them
 * @param settings by their names in metadata, without a prefix
 * @param expected what the description of one of its pages must contain
 * @param refused what that of no page may contain
 */
record LeafCase(
    DataType type,
    IntFunction<Column> values,
    List<Nulls> nulls,
    Map<String, String> settings,
    String expected,
    List<String> refused) {
  LeafCase(
      DataType type,
      IntFunction<Column> values,
      List<Nulls> nulls,
      Map<String, String> settings,
      String expected) {
    this(type, values, nulls, settings, expected, List.of());
  }
}
