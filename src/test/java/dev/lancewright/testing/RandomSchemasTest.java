package dev.lancewright.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomSchemasTest {
  private static final int SEEDS = 1000;

  @Test
  void theSameSeedMakesTheSameSchema() {
    RandomSchemas schemas = new RandomSchemas(FormatVersion.V2_2);
    assertEquals(schemas.schema(7), schemas.schema(7));
    assertNotEquals(schemas.schema(7), schemas.schema(8));
  }

  @Test
  void format21HasNoMaps() {
    Set<String> kinds = kinds(FormatVersion.V2_1);
    assertTrue(kinds.containsAll(List.of("ListOf", "Struct", "Dictionary")), kinds.toString());
    assertFalse(kinds.contains("MapOf"));
    assertTrue(kinds(FormatVersion.V2_2).contains("MapOf"));
  }

  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void listsOfFixedSizeAreWhereReadersTakeThem(FormatVersion version) {
    int ofStructs = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      for (Field field : new RandomSchemas(version).schema(seed).fields()) {
        ofStructs += checked(field.type(), true);
      }
    }
    assertEquals(version == FormatVersion.V2_2, ofStructs > 0);
  }

  /** The number of fixed-size lists of structs. */
  private static int checked(DataType type, boolean allowed) {
    int found = 0;
    if (type instanceof DataType.FixedSizeList list
        && list.item().type() instanceof DataType.Struct struct) {
      assertTrue(allowed, type::toString);
      assertFalse(kindsOf(struct).contains("ListOf"), type::toString);
      assertFalse(kindsOf(struct).contains("MapOf"), type::toString);
      found = 1;
    }
    for (Field child : children(type)) {
      found += checked(child.type(), allowed && type instanceof DataType.Struct);
    }
    return found;
  }

  private static Set<String> kinds(FormatVersion version) {
    RandomSchemas schemas = new RandomSchemas(version);
    Set<String> kinds = new HashSet<>();
    LongStream.range(0, SEEDS)
        .mapToObj(schemas::schema)
        .map(Schema::fields)
        .flatMap(List::stream)
        .forEach(field -> kinds.addAll(kindsOf(field.type())));
    return kinds;
  }

  private static Set<String> kindsOf(DataType type) {
    Set<String> kinds = new HashSet<>(Set.of(type.getClass().getSimpleName()));
    children(type).forEach(child -> kinds.addAll(kindsOf(child.type())));
    return kinds;
  }

  private static List<Field> children(DataType type) {
    return switch (type) {
      case DataType.FixedSizeList list -> List.of(list.item());
      case DataType.ListOf list -> List.of(list.item());
      case DataType.MapOf map -> List.of(map.entries());
      case DataType.Struct struct -> struct.children();
      default -> List.of();
    };
  }
}
