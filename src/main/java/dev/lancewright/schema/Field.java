package dev.lancewright.schema;

import dev.lancewright.internal.Require;
import java.util.Map;

/**
 * A named column or child of one.
 *
 * @param metadata Arrow field metadata, in the order of its keys; never null
 */
public record Field(String name, DataType type, boolean nullable, Map<String, String> metadata) {
  public Field {
    Require.nonNull(name, "name");
    Require.nonNull(type, "type");
    metadata = Require.map(metadata, "metadata");
  }

  /** A field that may hold nulls, without metadata. */
  public static Field nullable(String name, DataType type) {
    return new Field(name, type, true, Map.of());
  }

  /** A field without nulls and metadata. */
  public static Field required(String name, DataType type) {
    return new Field(name, type, false, Map.of());
  }

  /**
   * Whether metadata asks that the field and all that is below it share one column of the file,
   * which is meant for structs: {@code lance-encoding:packed} or {@code packed} is {@code true}.
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
