package dev.lancewright.internal.levels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.levels.LeafPath.Kind;
import dev.lancewright.internal.levels.LeafPath.Node;
import dev.lancewright.internal.proto.Encodings21Proto.RepDefLayer;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.testing.RandomSchemas;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LayerNumberingTest {
  private static final Field LEAF = Field.nullable("item", new DataType.Int(32, true));
  private static final Field REQUIRED_LEAF = Field.required("item", new DataType.Int(32, true));

  /** Path levels of the leaf, the list and the struct: 1, then 2 and 3, then 4. */
  private static final LeafPath STRUCT_OF_LIST = path(struct(list(LEAF)));

  /** Path levels of the leaf, the inner and the outer list: 1, then 2 and 3, then 4 and 5. */
  private static final LeafPath LIST_OF_LISTS = path(list(list(LEAF)));

  @Test
  void levelsThatOccurAreNumberedFromTheInsideOut() {
    LayerNumbering all = numbering(STRUCT_OF_LIST, 1, 2, 3, 4);
    assertEquals("NULLABLE_ITEM NULL_AND_EMPTY_LIST NULLABLE_ITEM", layers(all));
    assertEquals("1 2 3 4", numbers(all, 4));
    assertEquals(4, all.maxNumber());

    LayerNumbering some = numbering(path(list(LEAF)), 3);
    assertEquals("ALL_VALID_ITEM EMPTYABLE_LIST", layers(some));
    assertEquals("0 0 1", numbers(some, 3));
    assertEquals(1, some.maxNumber());

    LayerNumbering none = numbering(path(list(LEAF)));
    assertEquals("ALL_VALID_ITEM ALL_VALID_LIST", layers(none));
    assertEquals(0, none.maxNumber());
  }

  @Test
  void whatLiesBelowANullStructIsNullableUpToTheNextList() {
    LayerNumbering struct = numbering(path(struct(REQUIRED_LEAF)), 2);
    assertEquals("NULLABLE_ITEM NULLABLE_ITEM", layers(struct));
    assertEquals("1 2", numbers(struct, 2));

    LayerNumbering list = numbering(STRUCT_OF_LIST, 4);
    assertEquals("ALL_VALID_ITEM NULLABLE_LIST NULLABLE_ITEM", layers(list));
    assertEquals("0 1 0 2", numbers(list, 4));

    LayerNumbering structInList = numbering(path(list(struct(REQUIRED_LEAF))), 3);
    assertEquals("ALL_VALID_ITEM ALL_VALID_ITEM NULLABLE_LIST", layers(structInList));
  }

  @Test
  void listsInListsAreEmptyableThoughNoneIsEmpty() {
    LayerNumbering lists = numbering(LIST_OF_LISTS);
    assertEquals("ALL_VALID_ITEM EMPTYABLE_LIST ALL_VALID_LIST", layers(lists));
    assertEquals("0 0 1 0 0", numbers(lists, 5));
  }

  @Test
  void theSchemaDecidesWhereSlotsAreNotTheLeafs() {
    assertEquals("ALL_VALID_ITEM ALL_VALID_LIST NULLABLE_ITEM", layers(numbering(STRUCT_OF_LIST)));
    LeafPath required = path(Field.required("v", struct(list(LEAF)).type()));
    assertEquals("ALL_VALID_ITEM ALL_VALID_LIST ALL_VALID_ITEM", layers(numbering(required)));
    LeafPath fixedSize = path(Field.nullable("v", new DataType.FixedSizeList(struct(LEAF), 2)));
    assertEquals("ALL_VALID_ITEM ALL_VALID_ITEM NULLABLE_ITEM", layers(numbering(fixedSize)));
  }

  @Test
  void theSchemaCanDecideForAllItems() {
    boolean[] none = used();
    assertEquals(
        "NULLABLE_ITEM ALL_VALID_LIST", layers(new LayerNumbering(path(list(LEAF)), none, true)));
    assertEquals(
        "ALL_VALID_ITEM ALL_VALID_LIST",
        layers(new LayerNumbering(path(list(REQUIRED_LEAF)), none, true)));
  }

  @Test
  void onlyLevelsThatOccurAreRenumbered() {
    assertFalse(numbering(LIST_OF_LISTS, 1, 2, 3).renumbers(used(1, 2, 3)));
    assertTrue(numbering(LIST_OF_LISTS, 1, 3).renumbers(used(1, 3)));
    // The empty list inside takes a number that no level has.
    assertFalse(numbering(LIST_OF_LISTS, 1).renumbers(used(1)));
    assertTrue(numbering(LIST_OF_LISTS, 1, 4).renumbers(used(1, 4)));
  }

  @Test
  void readersTakeAsManyLevelsForValuesAsThereAreNullableItems() {
    // One item inside the list and one outside: 1 is a null item, 2 is taken for another.
    assertTakenForValues(false, STRUCT_OF_LIST, 1);
    assertTakenForValues(true, STRUCT_OF_LIST, 1, 2);
    assertTakenForValues(true, STRUCT_OF_LIST, 1, 3);
    assertTakenForValues(false, STRUCT_OF_LIST, 1, 4);
    assertTakenForValues(true, STRUCT_OF_LIST, 2);
    assertTakenForValues(false, STRUCT_OF_LIST, 4);

    LeafPath inside = path(list(struct(LEAF)));
    assertFalse(numbering(inside, 1, 2, 3, 4).hasOuterNullableItems());
    assertTakenForValues(false, inside, 1, 2, 3, 4);
    assertTrue(numbering(STRUCT_OF_LIST).hasOuterNullableItems());
  }

  private static void assertTakenForValues(boolean expected, LeafPath path, int... levels) {
    boolean[] used = used(levels);
    LayerNumbering numbering = new LayerNumbering(path, used, false);
    assertEquals(expected, numbering.hasLevelsTakenForValues(used));
  }

  /** Reading layers gives back the levels of the path, whatever occurs. */
  @Test
  void layerCodesUndoTheNumbering() throws LanceFormatException {
    RandomGenerator random = new SplittableRandom(1);
    for (long seed = 0; seed < 300; seed++) {
      for (Field field : new RandomSchemas(FormatVersion.V2_2).schema(seed).fields()) {
        for (LeafPath path : LeafPath.of(field)) {
          boolean[] used = new boolean[LeafPath.MAX_CODE + 1];
          forEachLevel(path, level -> used[level] = random.nextInt(3) == 0);
          LayerNumbering numbering = new LayerNumbering(path, used, random.nextBoolean());
          String message = "seed %d, %s, %s".formatted(seed, path.name(), layers(numbering));
          byte[] levels = LayerCodes.of(path, read(numbering.layers())).definitions();
          assertEquals(levels.length - 1, numbering.maxNumber(), message);
          boolean[] seen = new boolean[levels.length];
          forEachLevel(
              path,
              level -> {
                int number = numbering.numbers()[level];
                assertTrue(number > 0 || !used[level], () -> message + ": no number for " + level);
                assertTrue(number == 0 || levels[number] == level, () -> message + ": " + level);
                assertTrue(number == 0 || !seen[number], () -> message + ": twice " + number);
                seen[number] = true;
              });
          for (int number = 1; number < seen.length; number++) {
            assertTrue(seen[number], message + ": nothing has number " + number);
          }
        }
      }
    }
  }

  private static void forEachLevel(LeafPath path, IntConsumer action) {
    for (Node node : path.nodes()) {
      action.accept(node.code());
      if (node.kind() == Kind.LIST) {
        action.accept(node.emptyCode());
      }
    }
  }

  @Test
  void layersCannotBeChanged() {
    List<Layer> layers = numbering(STRUCT_OF_LIST).layers();
    assertThrows(UnsupportedOperationException.class, layers::removeLast);
  }

  /** The layers as a reader finds them. */
  private static List<RepDefLayer> read(List<Layer> layers) {
    return layers.stream().map(layer -> RepDefLayer.forNumber(layer.number())).toList();
  }

  private static LayerNumbering numbering(LeafPath path, int... levels) {
    return new LayerNumbering(path, used(levels), false);
  }

  private static boolean[] used(int... levels) {
    boolean[] used = new boolean[LeafPath.MAX_CODE + 1];
    for (int level : levels) {
      used[level] = true;
    }
    return used;
  }

  private static String layers(LayerNumbering numbering) {
    return numbering.layers().stream().map(Layer::name).collect(Collectors.joining(" "));
  }

  /** The numbers of path levels 1 to {@code count}. */
  private static String numbers(LayerNumbering numbering, int count) {
    StringBuilder text = new StringBuilder();
    for (int level = 1; level <= count; level++) {
      text.append(level == 1 ? "" : " ").append(numbering.numbers()[level]);
    }
    return text.toString();
  }

  private static LeafPath path(Field field) {
    return LeafPath.of(field).getFirst();
  }

  private static Field list(Field item) {
    return Field.nullable("v", new DataType.ListOf(item, false));
  }

  private static Field struct(Field child) {
    return Field.nullable("v", new DataType.Struct(List.of(child)));
  }
}
