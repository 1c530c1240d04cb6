package dev.lancewright.schema;

import dev.lancewright.internal.Require;
import java.util.Map;

/**
 * A named column, or a child of one.
 *
 * @param metadata the Arrow field metadata, sorted by key; never null
 */
public record Field(String name, DataType type, boolean nullable, Map<String, String> metadata) {
  public Field {
    Require.nonNull(name, "name");
    Require.nonNull(type, "type");
    metadata = Require.map(metadata, "metadata");
  }

  /** Creates a nullable field without metadata. */
  public static Field nullable(String name, DataType type) {
    return new Field(name, type, true, Map.of());
  }

  /** Creates a non-nullable field without metadata. */
  public static Field required(String name, DataType type) {
    return new Field(name, type, false, Map.of());
  }

  /**
   * Returns whether the metadata requests that the field and its descendants share one column of
   * the file, which is meant for structs: {@code lance-encoding:packed} or {@code packed} is {@code
   * true}.
   */
  public boolean isPacked() {
    return "true".equalsIgnoreCase(metadata.get("lance-encoding:packed"))
        || "true".equalsIgnoreCase(metadata.get("packed"));
  }

  @Override
  public String toString() {
    return name + ": " + type + (nullable ? "" : " not null");
  }
}
