package dev.lancewright.testing;

import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes schemas of all types that a version of the format has, the same ones for the same seed.
 *
 * @param version 2.1 or later
 */
public record RandomSchemas(FormatVersion version) {
  private static final int MOST_COLUMNS = 6;
  private static final int MOST_CHILDREN = 4;

  /** A type at the top level has depth 0. */
  private static final int MOST_DEPTH = 4;

  /** Wide values: they should not be in every file. */
  private static final int WIDE = 64;

  private static final List<DataType> FLAT =
      AllTypes.fields().stream()
          .map(Field::type)
          .filter(type -> !(type instanceof DataType.FixedSizeList))
          .toList();
  private static final List<DataType> ITEMS =
      FLAT.stream().filter(type -> type instanceof DataType.FixedWidth).toList();
  private static final List<DataType> WHOLE_BYTES =
      ITEMS.stream().filter(type -> !(type instanceof DataType.Bool)).toList();
  private static final List<DataType> STRINGS =
      FLAT.stream().filter(type -> type instanceof DataType.VariableWidth).toList();
  private static final List<DataType> INDICES =
      FLAT.stream().filter(type -> type instanceof DataType.Int).toList();

  /** A file names the value by a word without parameters. */
  private static final List<DataType> DICTIONARY_VALUES =
      FLAT.stream()
          .filter(
              type ->
                  type instanceof DataType.Int
                      || type instanceof DataType.FloatingPoint
                      || type instanceof DataType.VariableWidth)
          .toList();

  private static final List<String> NAMES =
      List.of("v", "id", "Name", "größe", "two words", "名", "a:b", "item");
  private static final List<Map<String, String>> METADATA =
      List.of(Map.of("unit", "m/s"), Map.of("note", "", "källa", "sensor 7"));

  /** The schema of a seed: one column at least. */
  public Schema schema(long seed) {
    Maker maker = new Maker(new SplittableRandom(seed));
    List<Field> columns = maker.fields(MOST_COLUMNS, 0, Place.TOP);
    // The reference's Java reader counts children of packed structs when it looks for later
    // columns.
    if (maker.random.nextInt(4) == 0) {
      columns.add(maker.packedColumn());
    }
    return new Schema(columns, maker.metadata());
  }

  /** What surrounds a field, as far as it restricts the types that it can have. */
  private enum Place {
    /** The top level, or below structs only. */
    TOP,
    IN_LIST,
    IN_FIXED_SIZE_LIST;

    boolean listsAllowed() {
      return this != IN_FIXED_SIZE_LIST;
    }
  }

  private final class Maker {
    private final RandomGenerator random;

    Maker(RandomGenerator random) {
      this.random = random;
    }

    List<Field> fields(int most, int depth, Place place) {
      List<Field> fields = new ArrayList<>();
      int count = 1 + random.nextInt(most);
      for (int i = 0; i < count; i++) {
        String name = (random.nextInt(4) == 0 ? oneOf(NAMES) : "f") + i;
        fields.add(field(name, type(depth, place)));
      }
      return fields;
    }

    Map<String, String> metadata() {
      return random.nextInt(10) == 0 ? oneOf(METADATA) : Map.of();
    }

    private Field field(String name, DataType type) {
      boolean nullable = type instanceof DataType.Null || random.nextInt(3) != 0;
      return new Field(name, type, nullable, metadata());
    }

    private DataType type(int depth, Place place) {
      if (random.nextBoolean()) {
        return flat();
      }
      List<Supplier<DataType>> kinds = new ArrayList<>();
      kinds.add(this::fixedSizeList);
      kinds.add(this::dictionary);
      if (depth < MOST_DEPTH) {
        addNested(kinds, depth, place);
      }
      return oneOf(kinds).get();
    }

    private void addNested(List<Supplier<DataType>> kinds, int depth, Place place) {
      kinds.add(() -> struct(depth, place));
      boolean extended = version.compareTo(FormatVersion.V2_2) >= 0;
      if (place.listsAllowed()) {
        kinds.add(() -> list(depth, false));
        kinds.add(() -> list(depth, true));
        if (extended) {
          kinds.add(() -> map(depth));
        }
      }
      if (extended && place == Place.TOP) {
        kinds.add(() -> fixedSizeListOfStruct(depth));
      }
    }

    private DataType flat() {
      DataType type = oneOf(FLAT);
      return Weight.of(type) > WIDE / 8 && random.nextInt(2) == 0 ? oneOf(FLAT) : type;
    }

    private DataType struct(int depth, Place place) {
      return new DataType.Struct(fields(MOST_CHILDREN, depth + 1, place));
    }

    private DataType list(int depth, boolean large) {
      return new DataType.ListOf(item(type(depth + 1, Place.IN_LIST)), large);
    }

    private Field item(DataType type) {
      return field(random.nextInt(4) == 0 ? oneOf(NAMES) : "item", type);
    }

    private DataType fixedSizeList() {
      DataType item = random.nextInt(5) == 0 ? fixedSizeList() : oneOf(ITEMS);
      int size = random.nextInt(8) == 0 ? 1 + random.nextInt(WIDE) : 1 + random.nextInt(4);
      return DataType.fixedSizeList(item(item), size);
    }

    private DataType fixedSizeListOfStruct(int depth) {
      DataType item = struct(depth, Place.IN_FIXED_SIZE_LIST);
      return DataType.fixedSizeList(item(item), 1 + random.nextInt(4));
    }

    Field packedColumn() {
      boolean strings = version.compareTo(FormatVersion.V2_2) >= 0 && random.nextBoolean();
      List<Field> children = new ArrayList<>();
      int count = 1 + random.nextInt(MOST_CHILDREN);
      for (int i = 0; i < count; i++) {
        children.add(field("f" + i, packedChild(strings)));
      }
      DataType struct = new DataType.Struct(children);
      Field packed =
          new Field(
              "packed", struct, random.nextBoolean(), Map.of("lance-encoding:packed", "true"));
      if (strings || random.nextBoolean()) {
        return packed;
      }
      return field("around", new DataType.ListOf(packed, random.nextBoolean()));
    }

    private DataType packedChild(boolean strings) {
      if (!strings || random.nextInt(3) == 0) {
        return oneOf(WHOLE_BYTES);
      }
      return random.nextBoolean()
          ? oneOf(STRINGS)
          : DataType.fixedSizeList(item(oneOf(WHOLE_BYTES)), 1 + random.nextInt(4));
    }

    private DataType map(int depth) {
      Field key = new Field("key", oneOf(DICTIONARY_VALUES), false, metadata());
      Field value = field("value", type(depth + 1, Place.IN_LIST));
      return new DataType.MapOf(Field.required("entries", DataType.struct(key, value)), false);
    }

    private DataType dictionary() {
      return DataType.dictionary(oneOf(INDICES), oneOf(DICTIONARY_VALUES));
    }

    private <T> T oneOf(List<T> all) {
      return all.get(random.nextInt(all.size()));
    }
  }
}
