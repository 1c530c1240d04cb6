package dev.lancewright.schema;

import dev.lancewright.internal.Require;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a file and its metadata. Immutable.
 *
 * @param fields the top-level fields, whose names are unique
 * @param metadata the metadata, sorted by key; never null
 */
public record Schema(List<Field> fields, Map<String, String> metadata) {
  /**
   * @throws IllegalArgumentException if two fields have the same name, or anything is null
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

  /** Creates a schema without metadata. */
  public static Schema of(Field... fields) {
    return new Schema(Require.list(fields, "fields"), Map.of());
  }
}
