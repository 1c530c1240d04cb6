package dev.lancewright.internal.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.RandomSchemas;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused in nested columns, and what is not since a null hides it. */
class ValueCheckTest {
  private static final DataType.Int INT32 = DataType.int32();
  private static final DataType.Utf8 UTF8 = DataType.utf8();
  private static final Field ITEM = Field.nullable("item", INT32);
  private static final DataType LIST = DataType.list(ITEM);
  private static final DataType LARGE_LIST = DataType.largeList(ITEM);
  private static final byte[] TEXT = {'a', (byte) 0xC3, '(', 'b'};

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 2 1 3 | row 1 of the batch: offset 1 is smaller than the one before (2); offsets must"
            + " not decrease",
        "-1 2 2 3 | row 0 of the batch: offset -1 is negative",
        "0 2 9 9 | row 1 of the batch: offset 9 lies past the end of the items, of which there"
            + " are 4",
      })
  void offsetsOfLists(String offsets, String problem) {
    String[] numbers = offsets.split(" ", -1);
    int[] ints = new int[numbers.length];
    long[] longs = new long[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      ints[i] = Integer.parseInt(numbers[i]);
      longs[i] = ints[i];
    }
    assertRefused("column 'v' (list<int32>), " + problem, list(LIST, null, ints(4), ints));
    assertRefused(
        "column 'v' (large_list<int32>), " + problem,
        new ListColumn(LARGE_LIST, 3, null, MemorySegment.ofArray(longs), ints(4)));
    assertRefused(
        "column 'v' (list<int32>), " + problem, list(LIST, bits(0b000, 3), ints(4), ints));
  }

  @Test
  void offsetsThatOverflow() {
    assertRefused(
        "column 'v' (list<int32>), row 1 of the batch: offset -2147483648 is smaller than the one"
            + " before (2); offsets must not decrease (32-bit offsets overflow at 2 GiB: use"
            + " smaller batches or large_list)",
        list(LIST, null, ints(4), 0, 2, Integer.MIN_VALUE));
  }

  @Test
  void offsetsInLists() {
    Column inner = list(LIST, null, ints(4), 0, 1, 3, 2);
    assertRefused(
        "column 'v.item' (list<int32>), row 1 of the batch: offset 2 is smaller than the one"
            + " before (3); offsets must not decrease",
        list(listOf(Field.nullable("item", LIST)), null, inner, 0, 0, 3));
  }

  @Test
  void nullChildrenThatAreDeclaredNonNull() {
    Column items = new FixedWidthColumn(INT32, 4, bits(0b0111, 4), zeros(16));
    Field required = Field.required("item", INT32);
    String problem = "the value is null, but the field is declared non-null; declare it nullable";
    assertRefused(
        "column 'v.item' (int32), row 3 of the batch: " + problem,
        list(listOf(required), null, items, 0, 1, 1, 1, 4));
    assertRefused(
        "column 'v.item' (int32), row 3 of the batch: " + problem, struct(null, required, items));
    assertRefused(
        "column 'v.item.item' (int32), row 1 of the batch: " + problem,
        list(
            listOf(Field.nullable("item", DataType.struct(required))),
            null,
            struct(null, required, items),
            0,
            1,
            4));
    DataType.FixedSizeList pairs = DataType.fixedSizeList(required, 2);
    assertRefused(
        "column 'v.item' (int32), row 1 of the batch: " + problem,
        new FixedSizeListColumn(pairs, 2, null, items));
    Field nothing = Field.required("none", DataType.nullType());
    assertRefused(
        "column 'v.none' (null), row 0 of the batch: " + problem,
        struct(null, nothing, new NullColumn(2)));
  }

  @Test
  void nullChildrenOfPackedStructs() {
    Column child = new FixedWidthColumn(INT32, 3, bits(0b010, 3), zeros(12));
    Column structs = struct(bits(0b110, 3), ITEM, child);
    Field packed = new Field("v", structs.type(), true, Map.of("packed", "true"));
    assertRefused(
        "column 'v.item' (int32), row 2 of the batch: the value is null, and a packed struct has no"
            + " place for nulls of its children; remove the metadata 'lance-encoding:packed' or"
            + " 'packed' of the struct",
        packed,
        structs);
    assertAccepted(structs);
    assertAccepted(packed, struct(bits(0b010, 3), ITEM, child));
  }

  @Test
  void nullKeysOfMaps() {
    Field key = Field.required("key", INT32);
    DataType.Struct entry = DataType.struct(key, Field.nullable("value", INT32));
    DataType map = new DataType.MapOf(Field.required("entries", entry), false);
    Column keys = new FixedWidthColumn(INT32, 3, bits(0b101, 3), zeros(12));
    Column entries = new StructColumn(entry, 3, null, List.of(keys, ints(3)));
    assertRefused(
        "column 'v.entries.key' (int32), row 1 of the batch: the value is null, but the field is"
            + " declared non-null; declare it nullable",
        list(map, null, entries, 0, 1, 3));
  }

  @Test
  void indicesOutsideTheDictionary() {
    assertRefused(
        "column 'v.item' (dictionary<int32, int8>), row 1 of the batch: index 3 lies outside the"
            + " dictionary, which has 3 values",
        list(
            listOf(Field.nullable("item", dictionary(8, true))),
            null,
            dictionary(dictionary(8, true), null, 2, 3),
            0,
            1,
            2));
    assertRefused(
        "column 'v.item' (dictionary<int32, int8>), row 0 of the batch: index -1 lies outside the"
            + " dictionary, which has 3 values",
        struct(
            null,
            Field.nullable("item", dictionary(8, true)),
            dictionary(dictionary(8, true), null, 255, 0)));
    DataType.Dictionary longs = dictionary(64, false);
    assertRefused(
        "column 'v' (dictionary<int32, uint64>), row 0 of the batch: index 18446744073709551615"
            + " lies outside the dictionary, which has 3 values",
        new DictionaryColumn(longs, 1, null, MemorySegment.ofArray(new long[] {-1}), ints(3)));
  }

  @Test
  void dictionariesWithNullsAreRefusedOnlyWhereARowPointsToThem() {
    DataType.Dictionary type = dictionary(8, true);
    Column values = new FixedWidthColumn(INT32, 3, bits(0b011, 3), zeros(12));
    MemorySegment indices = MemorySegment.ofArray(new byte[] {0, 1, 2});
    Column column = new DictionaryColumn(type, 3, null, indices, values);
    assertRefused(
        "column 'v' (dictionary<int32, int8>), row 2 of the batch: the value is null, but the"
            + " field is declared non-null; declare it nullable",
        Field.required("v", type),
        column);
    assertAccepted(Field.required("v", type), column.slice(0, 2));
    assertAccepted(Field.nullable("v", type), column);
  }

  @Test
  void textInChildren() {
    String problem = "the value is not valid UTF-8; write it as binary, or mend the text";
    Column text = text(null, 0, 1, 3, 4);
    Field child = Field.nullable("item", UTF8);
    assertRefused(
        "column 'v.item' (utf8), row 1 of the batch: " + problem, struct(null, child, text));
    assertRefused(
        "column 'v.item' (utf8), row 2 of the batch: " + problem,
        list(listOf(child), null, text, 0, 0, 1, 3));
    DataType.Dictionary type = DataType.dictionary(DataType.int8(), UTF8);
    assertRefused(
        "column 'v.dictionary' (utf8), value 1 of the dictionary: " + problem,
        new DictionaryColumn(type, 1, null, zeros(1), text));
  }

  @Test
  void whatNullsHideIsNotRefused() {
    Field requiredText = Field.required("item", UTF8);
    Column text = text(bits(0b001, 3), 0, 1, 3, 4);
    Column badText = text(null, 0, 1, 3, 4);
    assertAccepted(struct(bits(0b001, 3), requiredText, text));
    assertAccepted(struct(bits(0b101, 3), requiredText, badText));
    assertAccepted(list(listOf(requiredText), bits(0b01, 2), badText, 0, 1, 3));
    assertAccepted(list(listOf(requiredText), bits(0b10, 2), badText, 1, 2, 3));

    Field structs = Field.required("item", DataType.struct(requiredText));
    Column badStructs = struct(null, requiredText, badText);
    assertAccepted(list(listOf(structs), bits(0b101, 3), badStructs, 0, 1, 2, 3));
    Field pairs = Field.required("item", dictionary(8, true));
    Column wild = dictionary(dictionary(8, true), null, 0, 200, 1, 1);
    assertAccepted(struct(bits(0b1101, 4), pairs, wild));
    assertAccepted(
        new FixedSizeListColumn(DataType.fixedSizeList(structs, 1), 3, bits(0b101, 3), badStructs));
  }

  @Test
  void itemsOutsideAllListsAreNotRefused() {
    Column badText = text(null, 0, 1, 3, 4);
    assertAccepted(list(listOf(Field.nullable("item", UTF8)), null, badText, 2, 3));
    assertAccepted(list(listOf(Field.nullable("item", UTF8)), null, badText, 0, 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100, 200, 300})
  void randomColumnsAreNotRefused(long first) {
    for (long seed = first; seed < first + 100; seed++) {
      try (Arena arena = Arena.ofConfined()) {
        for (Field field : new RandomSchemas(FormatVersion.V2_2).schema(seed).fields()) {
          Column column = RandomColumns.varied(seed, 2_000).column(field, 200, arena);
          assertDoesNotThrow(() -> new ValueCheck(field).check(column), "seed " + seed);
        }
      }
    }
  }

  private static void assertRefused(String message, Column column) {
    assertRefused(message, Field.nullable("v", column.type()), column);
  }

  private static void assertRefused(String message, Field field, Column column) {
    ValueCheck check = new ValueCheck(field);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> check.check(column));
    assertEquals(message, e.getMessage());
  }

  private static void assertAccepted(Column column) {
    assertAccepted(Field.nullable("v", column.type()), column);
  }

  private static void assertAccepted(Field field, Column column) {
    assertDoesNotThrow(() -> new ValueCheck(field).check(column));
  }

  private static DataType listOf(Field item) {
    return DataType.list(item);
  }

  private static ListColumn list(DataType type, Bitmap validity, Column items, int... offsets) {
    return new ListColumn(
        type, offsets.length - 1, validity, MemorySegment.ofArray(offsets), items);
  }

  private static StructColumn struct(Bitmap validity, Field field, Column child) {
    return new StructColumn(DataType.struct(field), child.length(), validity, List.of(child));
  }

  private static VariableWidthColumn text(Bitmap validity, int... offsets) {
    return new VariableWidthColumn(
        UTF8,
        offsets.length - 1,
        validity,
        MemorySegment.ofArray(offsets),
        MemorySegment.ofArray(TEXT));
  }

  private static DataType.Dictionary dictionary(int bits, boolean signed) {
    return DataType.dictionary(new DataType.Int(bits, signed), INT32);
  }

  /** With a dictionary of three values. */
  private static DictionaryColumn dictionary(
      DataType.Dictionary type, Bitmap validity, int... indices) {
    byte[] bytes = new byte[indices.length];
    for (int i = 0; i < indices.length; i++) {
      bytes[i] = (byte) indices[i];
    }
    return new DictionaryColumn(
        type, indices.length, validity, MemorySegment.ofArray(bytes), ints(3));
  }

  private static FixedWidthColumn ints(int count) {
    return new FixedWidthColumn(INT32, count, null, zeros(4 * count));
  }

  private static MemorySegment zeros(int bytes) {
    return MemorySegment.ofArray(new byte[bytes]);
  }

  private static Bitmap bits(int bits, int length) {
    return new Bitmap(MemorySegment.ofArray(new byte[] {(byte) bits}), 0, length);
  }
}
