package dev.lancewright.compression;

import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.Require;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.LogicalTypes;
import dev.lancewright.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compression settings for columns, by name, and for types. Immutable.
 *
 * <pre>{@code
 * CompressionParams.builder()
 *     .type("Utf8", FieldCompression.builder().compression(ZSTD).build())
 *     .column("*_id", FieldCompression.builder().rleThreshold(0.5).bss(OFF).build())
 *     .build();
 * }</pre>
 *
 * <p>A leaf of a schema gets the settings for its type; those of the entry that matches its name
 * override them, and those in its field's metadata override both. Members that are not set override
 * nothing.
 */
public final class CompressionParams {
  /** No settings. */
  public static final CompressionParams NONE = builder().build();

  private final Map<ColumnName, FieldCompression> columns;
  private final Map<String, FieldCompression> types;

  private CompressionParams(Builder builder) {
    columns = new LinkedHashMap<>(builder.columns);
    types = Map.copyOf(builder.types);
  }

  /** Returns a builder without settings. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the effective settings of a leaf.
   *
   * @param path the fields from a column of the schema down to the leaf
   * @throws IllegalArgumentException if the metadata has a value that is not allowed
   */
  public FieldCompression resolve(List<Field> path) {
    Field leaf = Require.nonNull(path, "path").getLast();
    return types
        .getOrDefault(TypeNames.of(leaf.type()), FieldCompression.UNSET)
        .merge(ofName(path))
        .merge(FieldCompression.ofMetadata(leaf.metadata(), Setting.OF_LEAVES))
        .merge(FieldCompression.ofMetadata(path.getFirst().metadata(), Setting.OF_COLUMNS));
  }

  /** Returns the settings of the entry that matches best, the first among equals. */
  private FieldCompression ofName(List<Field> path) {
    FieldCompression settings = FieldCompression.UNSET;
    ColumnName.Fit best = ColumnName.Fit.NONE;
    for (Map.Entry<ColumnName, FieldCompression> entry : columns.entrySet()) {
      ColumnName.Fit fit = entry.getKey().fit(path);
      if (fit.compareTo(best) < 0) {
        best = fit;
        settings = entry.getValue();
      }
    }
    return settings;
  }

  /**
   * Checks the settings that depend on the version of the format.
   *
   * @throws IllegalArgumentException if {@code version} does not allow an entry, which the message
   *     names
   */
  public void check(FormatVersion version) {
    Require.nonNull(version, "version");
    columns.forEach((name, settings) -> check("column", name.text(), settings, version));
    types.forEach((name, settings) -> check("type", name, settings, version));
  }

  private static void check(
      String kind, String name, FieldCompression settings, FormatVersion version) {
    try {
      settings.check(version);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s '%s': %s".formatted(kind, name, e.getMessage()), e);
    }
  }

  /** Returns the entries for columns that match no leaf of a schema, and may be misspelt. */
  public List<String> unmatched(Schema schema) {
    List<ColumnName> names = new ArrayList<>(columns.keySet());
    Require.nonNull(schema, "schema")
        .fields()
        .forEach(field -> removeMatching(List.of(field), names));
    return names.stream().map(ColumnName::text).toList();
  }

  private static void removeMatching(List<Field> path, List<ColumnName> names) {
    List<Field> children = LogicalTypes.children(path.getLast().type());
    if (children.isEmpty()) {
      names.removeIf(name -> name.fit(path) != ColumnName.Fit.NONE);
    }
    for (Field child : children) {
      List<Field> below = new ArrayList<>(path);
      below.add(child);
      removeMatching(below, names);
    }
  }

  /** Collects settings; an entry for the same name or type is replaced. */
  public static final class Builder {
    private final Map<ColumnName, FieldCompression> columns = new LinkedHashMap<>();
    private final Map<String, FieldCompression> types = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Sets the settings for the leaves with a name.
     *
     * <p>The name is that of the leaf itself, which is {@code item} below a list, or its path from
     * the column down, such as {@code address.city}. A {@code *} in it stands for any characters; a
     * pattern with a dot, such as {@code address.*}, is matched against paths. If several entries
     * match a leaf, only one applies: an exact path before an exact name, an exact name before a
     * pattern, and the first of several patterns.
     *
     * @throws IllegalArgumentException if there is more than one {@code *}, or if {@code settings}
     *     are packed
     */
    public Builder column(String name, FieldCompression settings) {
      Require.nonNull(name, "name");
      Require.nonNull(settings, "settings");
      columns.put(new ColumnName(name), notPacked("column", name, settings));
      return this;
    }

    /**
     * Sets the settings for the leaves of a type, named as arrow-rs displays it: {@code Boolean},
     * {@code Int32}, {@code UInt8}, {@code Float64}, {@code Utf8}, {@code LargeBinary}, {@code
     * Timestamp(µs)}, {@code Decimal128(10, 2)}, {@code FixedSizeList(768 x Float32)}.
     *
     * @throws IllegalArgumentException if there is no such type, or if {@code settings} are packed
     */
    public Builder type(String name, FieldCompression settings) {
      Require.nonNull(settings, "settings");
      TypeNames.check(Require.nonNull(name, "name"));
      types.put(name, notPacked("type", name, settings));
      return this;
    }

    private static FieldCompression notPacked(String kind, String name, FieldCompression settings) {
      if (settings.packed()) {
        throw new IllegalArgumentException(
            "%s '%s': packed is read from the metadata of a struct alone; set it there"
                .formatted(kind, name));
      }
      return settings;
    }

    /** Returns the settings so far; the builder remains usable. */
    public CompressionParams build() {
      return new CompressionParams(this);
    }
  }
}
