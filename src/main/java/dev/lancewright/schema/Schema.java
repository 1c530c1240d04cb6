package dev.lancewright.schema;

import dev.lancewright.internal.Require;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a file and its metadata. Immutable.
 *
 * @param fields top-level fields; names are unique
 * @param metadata in the order of its keys; never null
 */
public record Schema(List<Field> fields, Map<String, String> metadata) {
  /**
   * @throws IllegalArgumentException if two fields have the same name, or something is null
   */
  public Schema {
    fields = Require.list(fields, "fields");
    metadata = Require.map(metadata, "metadata");
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      Integer first = seen.putIfAbsent(fields.get(i).name(), i);
      if (first != null) {
        throw new IllegalArgumentException(
            "columns %d and %d are both named '%s'; names must be unique"
                .formatted(first, i, fields.get(i).name()));
      }
    }
  }

  /** A schema without metadata. */
  public static Schema of(Field... fields) {
    return new Schema(Require.list(fields, "fields"), Map.of());
  }
}
