package dev.lancewright.internal.file;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.NewerFormatException;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.LogicalTypes;
import dev.lancewright.schema.Schema;
import dev.lancewright.schema.TimeUnit;
import dev.lancewright.testing.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCheckTest {
  private static final DataType INT = DataType.int32();
  private static final DataType UTF8 = DataType.utf8();
  private static final DataType BOOL = DataType.bool();
  private static final Field ITEM = Field.nullable("item", INT);
  private static final DataType STRUCT = struct(ITEM);
  private static final DataType MAP = map(Field.required("key", UTF8), ITEM);

  static Stream<Arguments> refusals() {
    String zone =
        "no reader understands the time zone '%s' in a file; use a named zone such as UTC or"
            + " Europe/Paris";
    String size0 = "a list of size 0 has no place in a file; leave the column out";
    String empty = "values of 0 bytes cannot be stored; leave the column out";
    String items =
        "the items of a fixed_size_list must have a fixed width, such as numbers or bool; write a"
            + " list, or leave the column out";
    String dictionaries =
        "readers give back dictionaries of integers, floats, strings and binaries only; decode it"
            + " to %s, or leave it out";
    String entries =
        "the entries of a map are structs of a key and a value, and never null; declare them so";
    String belowStructs =
        "readers understand no lists and maps below a fixed_size_list of structs; write a list of"
            + " structs instead of the fixed_size_list";
    String inList =
        "readers understand no fixed_size_list of structs below a list or map; write a list of"
            + " structs instead of it";
    return Stream.of(
        refusal(
            new DataType.Unsupported("interval[month]"),
            "x' (interval[month]): a Lance file has no such type; cast the column or leave it out"),
        refusal(timestamp("+02:00"), "x' (timestamp[us, +02:00]): " + zone.formatted("+02:00")),
        refusal(timestamp("-"), "x' (timestamp[us, -]): " + zone.formatted("-")),
        refusal(
            list(struct(ITEM, Field.nullable("t", list(timestamp("+01:00"))))),
            "x.item.t.item' (timestamp[us, +01:00]): " + zone.formatted("+01:00")),
        refusal(
            new DataType.MapOf(
                Field.required(
                    "pairs",
                    struct(Field.required("k", UTF8), Field.nullable("v", timestamp("+01:00")))),
                false),
            "x.pairs.v' (timestamp[us, +01:00]): " + zone.formatted("+01:00")),
        refusal(DataType.fixedSizeBinary(0), "x' (fixed_size_binary[0]): " + empty),
        refusal(list(DataType.fixedSizeBinary(0)), "x.item' (fixed_size_binary[0]): " + empty),
        refusal(listOf(INT, 0), "x' (fixed_size_list<int32>[0]): " + size0),
        refusal(
            listOf(listOf(INT, 0), 2),
            "x' (fixed_size_list<fixed_size_list<int32>[0]>[2]): " + size0),
        refusal(listOf(STRUCT, 0), "x' (fixed_size_list<struct<item: int32>>[0]): " + size0),
        refusal(
            listOf(struct(Field.nullable("y", listOf(STRUCT, 1 << 16))), 1 << 15),
            "x.item.y' (fixed_size_list<struct<item: int32>>[65536]): a row would have 2147483648"
                + " structs, more than the 2147483647 that it may have; write shorter lists"),
        refusal(listOf(UTF8, 2), "x' (fixed_size_list<utf8>[2]): " + items),
        refusal(listOf(DataType.nullType(), 2), "x' (fixed_size_list<null>[2]): " + items),
        refusal(listOf(list(INT), 2), "x' (fixed_size_list<list<int32>>[2]): " + items),
        refusal(
            listOf(listOf(STRUCT, 3), 2),
            "x' (fixed_size_list<fixed_size_list<struct<item: int32>>[3]>[2]): " + items),
        refusal(
            listOf(listOf(timestamp("+01:00"), 3), 2),
            "x' (fixed_size_list<fixed_size_list<timestamp[us, +01:00]>[3]>[2]): "
                + zone.formatted("+01:00")),
        refusal(
            listOf(DataType.fixedSizeBinary(0), 2),
            "x' (fixed_size_list<fixed_size_binary[0]>[2]): " + empty),
        refusal(
            listOf(BOOL, 65_505),
            "x' (fixed_size_list<bool>[65505]): two lists of bool with validity take 32768 bytes,"
                + " more than the 32752 that a chunk has for them; pack the bits into"
                + " fixed_size_binary, or write shorter lists"),
        refusal(
            listOf(DataType.float64(), 33_038_210),
            "x' (fixed_size_list<float64>[33038210]): a list takes up to 268435457 bytes, more than"
                + " the 268435455 that a value may have; write shorter lists"),
        refusal(
            listOf(listOf(DataType.int8(), 1 << 30), 1 << 30),
            "x' (fixed_size_list<fixed_size_list<int8>[1073741824]>[1073741824]): a list takes up"
                + " to 144115188210073600 bytes, more than the 268435455 that a value may have;"
                + " write shorter lists"),
        refusal(
            dictionary(UTF8, UTF8),
            "x' (dictionary<utf8, utf8>): the indices of a dictionary are integers; declare them"
                + " so"),
        refusal(
            dictionary(BOOL, INT),
            "x' (dictionary<bool, int32>): " + dictionaries.formatted("bool")),
        refusal(
            list(dictionary(timestamp(null), INT)),
            "x.item' (dictionary<timestamp[us], int32>): "
                + dictionaries.formatted("timestamp[us]")),
        refusal(
            dictionary(STRUCT, INT),
            "x' (dictionary<struct<item: int32>, int32>): "
                + dictionaries.formatted("struct<item: int32>")),
        refusal(
            list(struct()),
            "x.item' (struct<>): readers take the columns after a struct without children for"
                + " others; give it a child, or leave it out"),
        refusal(
            list(struct(ITEM, Field.nullable("b", UTF8), Field.required("item", UTF8))),
            "x.item' (struct<item: int32, b: utf8, item: utf8>): two of its children are named"
                + " 'item', and readers find only one; rename one"),
        refusal(
            map(Field.nullable("k", UTF8), ITEM),
            "x.entries.k' (utf8): the keys of a map are never null; declare the key as not"
                + " nullable"),
        refusal(
            new DataType.MapOf(Field.required("entries", STRUCT), false),
            "x.entries' (struct<item: int32>): " + entries),
        refusal(
            new DataType.MapOf(Field.required("entries", INT), false),
            "x.entries' (int32): " + entries),
        refusal(
            new DataType.MapOf(
                Field.nullable("entries", struct(Field.required("key", INT), ITEM)), false),
            "x.entries' (struct<key: int32, item: int32>): " + entries),
        refusal(
            new DataType.MapOf(((DataType.MapOf) MAP).entries(), true),
            "x' (map<struct<key: utf8, item: int32>>): a file cannot tell that the keys of a map"
                + " are sorted; declare them as not sorted"),
        refusal(
            list(struct(Field.nullable("s", listOf(STRUCT, 2)))),
            "x.item.s' (fixed_size_list<struct<item: int32>>[2]): " + inList),
        refusal(
            map(Field.required("key", INT), Field.nullable("value", listOf(STRUCT, 2))),
            "x.entries.value' (fixed_size_list<struct<item: int32>>[2]): " + inList),
        refusal(
            listOf(struct(Field.nullable("s", struct(Field.nullable("l", list(INT))))), 2),
            "x.item.s.l' (list<int32>): " + belowStructs),
        refusal(
            listOf(struct(Field.nullable("m", MAP)), 2),
            "x.item.m' (map<struct<key: utf8, item: int32>>): " + belowStructs));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void typesThatCannotBeWrittenAreRefusedByPath(DataType type, String message) {
    assertEquals(
        "column '" + message,
        messageOf(Schema.of(ITEM, Field.nullable("x", type)), FormatVersion.V2_2));
  }

  static Stream<Arguments> laterTypes() {
    return Stream.of(
        Arguments.of(MAP, "x' (map<struct<key: utf8, item: int32>>): format 2.1 has no maps"),
        Arguments.of(
            list(struct(Field.nullable("m", MAP))),
            "x.item.m' (map<struct<key: utf8, item: int32>>): format 2.1 has no maps"),
        Arguments.of(
            listOf(STRUCT, 2),
            "x' (fixed_size_list<struct<item: int32>>[2]): format 2.1 has no fixed_size_list of"
                + " structs"));
  }

  @ParameterizedTest
  @MethodSource("laterTypes")
  void typesOfFormat22AreRefusedInFormat21(DataType type, String message) {
    Schema schema = Schema.of(Field.nullable("x", type));
    NewerFormatException e =
        assertThrows(
            NewerFormatException.class, () -> SchemaCheck.check(schema, FormatVersion.V2_1));
    assertEquals("column '" + message + "; write format 2.2, or a list of structs", e.getMessage());
    assertEquals(FormatVersion.V2_2, e.needed());
    assertDoesNotThrow(() -> SchemaCheck.check(schema, FormatVersion.V2_2));
  }

  @Test
  void namesIdsAndMetadataAreChecked() {
    assertEquals(
        "column 'a.b' (int32): the name of a column must not contain '.', which separates the names"
            + " of a path; rename the column",
        messageOf(Schema.of(Field.nullable("a.b", INT))));
    assertEquals("the schema has no columns; a file needs at least one", messageOf(Schema.of()));
    assertEquals(
        "columns 'a' and 'b' both have lance:field_id 3; ids must be unique",
        messageOf(Schema.of(withId("a", "3"), withId("b", "3"))));
    for (String id : List.of("-1", "x", "", "2147483648", "99999999999999999999")) {
      assertEquals(
          "column 'a': lance:field_id is '" + id + "'; a field id is a number from 0 to 2147483647",
          messageOf(Schema.of(withId("a", id))));
    }
    assertEquals(
        "column 'a': lance:field_id 2147483647 leaves no room for the ids of the other columns; use"
            + " a smaller one",
        messageOf(Schema.of(withId("a", "2147483647"), ITEM)));
  }

  @ParameterizedTest
  @CsvSource({
    "lance-encoding:blob, true, 'readers expect out-of-line values in a column with metadata"
        + " ''lance-encoding:blob'', and those are not supported; remove this metadata to write the"
        + " values in the column'",
    "ARROW:extension:name, lance.blob.v2, 'readers expect references to blobs in a column of the"
        + " extension type lance.blob.v2, and those are not supported; remove the metadata"
        + " ''ARROW:extension:name'', or write the values as large_binary'"
  })
  void metadataThatReadersObeyIsRefusedAtAnyDepth(String key, String value, String message) {
    Field struct = new Field("s", STRUCT, true, Map.of(key, value));
    assertEquals("column 's' (struct<item: int32>): " + message, messageOf(Schema.of(struct)));
    assertEquals(
        "column 'x.item.s' (struct<item: int32>): " + message,
        messageOf(Schema.of(Field.nullable("x", list(struct(struct))))));
  }

  static Stream<Arguments> packedStructs() {
    String remedy = "remove the metadata 'lance-encoding:packed' or 'packed'";
    String children =
        "a packed struct holds values of whole bytes, strings, binaries and fixed_size_lists of"
            + " values of whole bytes; "
            + remedy
            + " of the struct";
    Field text = Field.nullable("b", UTF8);
    Field wide = Field.nullable("b", DataType.fixedSizeBinary(16_380));
    List<Arguments> refused = new ArrayList<>();
    for (DataType child :
        List.of(
            DataType.bool(),
            DataType.nullType(),
            STRUCT,
            list(INT),
            dictionary(UTF8, INT),
            listOf(DataType.bool(), 8),
            listOf(listOf(DataType.bool(), 8), 2),
            listOf(STRUCT, 2),
            listOf(UTF8, 2))) {
      refused.add(
          Arguments.of(
              FormatVersion.V2_2,
              Schema.of(packed("p", struct(ITEM, Field.nullable("b", child)))),
              "column 'p.b' (" + child + "): " + children));
    }
    refused.add(
        Arguments.of(
            FormatVersion.V2_2,
            Schema.of(packed("p", list(INT))),
            "column 'p' (list<int32>): only structs can be packed; " + remedy));
    refused.add(
        Arguments.of(
            FormatVersion.V2_2,
            Schema.of(packed("p", struct())),
            "column 'p' (struct<>): readers take the columns after a struct without children for"
                + " others; give it a child, or leave it out"));
    refused.add(
        Arguments.of(
            FormatVersion.V2_2,
            Schema.of(Field.nullable("l", DataType.list(packed("item", struct(ITEM, text))))),
            "column 'l.item' (struct<item: int32, b: utf8>): readers of packed structs that have"
                + " strings, binaries or fixed_size_lists fail on rows whose lists are all empty; "
                + remedy));
    refused.add(
        Arguments.of(
            FormatVersion.V2_1,
            Schema.of(packed("p", struct(ITEM, text))),
            "column 'p' (struct<item: int32, b: utf8>): format 2.1 packs values of fixed width"
                + " only, and no fixed_size_lists; write format 2.2, or "
                + remedy));
    refused.add(
        Arguments.of(
            FormatVersion.V2_1,
            Schema.of(packed("p", struct(ITEM, wide))),
            "column 'p' (struct<item: int32, b: fixed_size_binary[16380]>): two packed structs take"
                + " 32768 bytes, more than the 32752 that a chunk of format 2.1 has for them; write"
                + " format 2.2, or "
                + remedy));
    return refused.stream();
  }

  @ParameterizedTest
  @MethodSource
  void packedStructs(FormatVersion version, Schema schema, String message) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> SchemaCheck.check(schema, version));
    assertEquals(message, refusal.getMessage());
    boolean newer = refusal instanceof NewerFormatException;
    assertEquals(version == FormatVersion.V2_1, newer, message);
    if (newer) {
      assertDoesNotThrow(() -> SchemaCheck.check(schema, FormatVersion.V2_2));
    }
  }

  @Test
  void packedStructsThatAreWritten() {
    Field wide = Field.nullable("b", DataType.fixedSizeBinary(16_370));
    assertDoesNotThrow(
        () -> SchemaCheck.check(Schema.of(packed("p", struct(ITEM, wide))), FormatVersion.V2_1));
    assertDoesNotThrow(
        () ->
            SchemaCheck.check(
                Schema.of(Field.nullable("l", DataType.list(packed("item", STRUCT)))),
                FormatVersion.V2_1));
  }

  @ParameterizedTest
  @CsvSource({"lance-encoding:packed, false", "packed, yes", "ARROW:extension:name, arrow.uuid"})
  void otherMetadataPasses(String key, String value) {
    Field struct = new Field("s", STRUCT, true, Map.of(key, value));
    assertDoesNotThrow(() -> SchemaCheck.check(Schema.of(struct), FormatVersion.V2_1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void jsonTextIsRefused(boolean large) {
    DataType text = new DataType.Utf8(large);
    Field json = new Field("j", text, true, Map.of(LogicalTypes.EXTENSION_NAME, "arrow.json"));
    assertEquals(
        "column 'x.j' ("
            + text
            + "): readers take text of the extension type arrow.json for binary values; remove the"
            + " metadata 'ARROW:extension:name' to write it as text",
        messageOf(Schema.of(Field.nullable("x", struct(json)))));
  }

  @Test
  void settingsOfCompressionAreRefusedByPath() {
    Field bad = new Field("b", INT, true, Map.of("lance-encoding:dict-size-ratio", "1.5"));
    String reason =
        "lance-encoding:dict-size-ratio is '1.5'; it must be a number above 0 and at most 1";
    assertEquals("column 'b' (int32): " + reason, messageOf(Schema.of(bad)));
    assertEquals(
        "column 'x.item.b' (int32): " + reason,
        messageOf(Schema.of(Field.nullable("x", list(struct(bad))))));
    Field list = new Field("l", list(INT), true, Map.of("lance-encoding:compression", "ZSTD"));
    assertEquals(
        "column 'l' (list<int32>): lance-encoding:compression is 'ZSTD'; it must be zstd, lz4, none"
            + " or fsst",
        messageOf(Schema.of(list)));
  }

  @Test
  void largerChunksNeedFormat22() {
    Field text = new Field("t", UTF8, true, Map.of("lance-encoding:minichunk-size", "20000"));
    assertDoesNotThrow(() -> SchemaCheck.check(Schema.of(text), FormatVersion.V2_2));
    assertEquals(
        "column 't' (utf8): minichunk-size is '20000'; in format 2.1 it must be at most 16384",
        messageOf(Schema.of(text), FormatVersion.V2_1));
  }

  @Test
  void metadataThatPacksMeansNothingWithoutChildren() {
    Field leaf = new Field("x", INT, true, Map.of("packed", "true"));
    assertDoesNotThrow(() -> SchemaCheck.check(Schema.of(leaf), FormatVersion.V2_1));
  }

  static Stream<Arguments> nestings() {
    String tooDeep = "': nested more than 100 deep; flatten it";
    return Stream.of(
        nesting(100, ".item".repeat(101) + tooDeep, type -> struct(Field.nullable("item", type))),
        nesting(100, tooDeep, type -> listOf(type, 1)),
        nesting(
            63,
            ".item".repeat(64)
                + "' is nested too deep: it needs 129 definition levels, 127 is the limit",
            SchemaCheckTest::list));
  }

  @ParameterizedTest
  @MethodSource("nestings")
  void nestingIsBounded(int deepest, String message, UnaryOperator<DataType> nest) {
    DataType type = INT;
    for (int i = 0; i < deepest; i++) {
      type = nest.apply(type);
    }
    Schema deep = Schema.of(Field.nullable("x", type));
    assertDoesNotThrow(() -> SchemaCheck.check(deep, FormatVersion.V2_1));
    assertDoesNotThrow(
        () -> SchemaDescriptor.decode(Messages.descriptor(SchemaDescriptor.encode(deep, 0))));
    assertEquals(
        "column 'x" + message, messageOf(Schema.of(Field.nullable("x", nest.apply(type)))));
  }

  static Stream<DataType> writableTypes() {
    Stream.Builder<DataType> types = Stream.builder();
    List<DataType> fixed =
        List.of(
            BOOL,
            INT,
            DataType.float16(),
            DataType.decimal256(76, 3),
            DataType.date64(),
            DataType.time64(TimeUnit.MICROSECOND),
            timestamp(null),
            timestamp("Europe/Paris"),
            timestamp("+0200"),
            DataType.duration(TimeUnit.SECOND),
            DataType.fixedSizeBinary(3));
    fixed.forEach(types);
    fixed.forEach(type -> types.add(listOf(type, 4)));
    fixed.forEach(type -> types.add(listOf(listOf(listOf(type, 4), 1), 2)));
    return types
        .add(listOf(BOOL, 65_504))
        .add(listOf(listOf(BOOL, 400), 80))
        .add(DataType.nullType())
        .add(UTF8)
        .add(DataType.largeBinary())
        .add(dictionary(UTF8, DataType.uint64()))
        .add(dictionary(DataType.float16(), DataType.int8()))
        .add(list(dictionary(DataType.largeBinary(), INT)))
        .add(struct(Field.required("a", struct(Field.nullable("n", DataType.nullType())))))
        .add(DataType.largeList(Field.required("odd name", listOf(INT, 3))))
        .add(list(list(struct(Field.nullable("a.b", list(STRUCT)), Field.nullable("", UTF8)))))
        .build();
  }

  @ParameterizedTest
  @MethodSource("writableTypes")
  void typesOfBothFormatsPass(DataType type) {
    Schema schema = Schema.of(Field.nullable("x", type));
    assertDoesNotThrow(() -> SchemaCheck.check(schema, FormatVersion.V2_1));
    assertDoesNotThrow(() -> SchemaCheck.check(schema, FormatVersion.V2_2));
  }

  static Stream<DataType> typesOfFormat22() {
    return Stream.of(
        list(MAP),
        map(Field.required("a", STRUCT), Field.nullable("b", list(MAP))),
        struct(ITEM, Field.nullable("pairs", listOf(STRUCT, 2))),
        listOf(
            struct(Field.required("inner", listOf(STRUCT, 2)), Field.nullable("v", listOf(INT, 3))),
            2));
  }

  @ParameterizedTest
  @MethodSource("typesOfFormat22")
  void typesOfFormat22Pass(DataType type) {
    Schema schema = Schema.of(Field.nullable("x", type));
    assertDoesNotThrow(() -> SchemaCheck.check(schema, FormatVersion.V2_2));
  }

  private static Arguments refusal(DataType type, String message) {
    return Arguments.of(type, message);
  }

  private static Arguments nesting(int deepest, String message, UnaryOperator<DataType> nest) {
    return Arguments.of(deepest, message, nest);
  }

  private static DataType timestamp(String zone) {
    return new DataType.Timestamp(TimeUnit.MICROSECOND, zone);
  }

  private static DataType list(DataType item) {
    return DataType.list(Field.nullable("item", item));
  }

  private static DataType listOf(DataType item, int size) {
    return DataType.fixedSizeList(Field.nullable("item", item), size);
  }

  private static DataType struct(Field... children) {
    return DataType.struct(children);
  }

  private static DataType map(Field key, Field value) {
    return new DataType.MapOf(Field.required("entries", struct(key, value)), false);
  }

  private static DataType dictionary(DataType value, DataType index) {
    return DataType.dictionary(index, value);
  }

  private static Field packed(String name, DataType type) {
    return new Field(name, type, true, Map.of("lance-encoding:packed", "True"));
  }

  private static Field withId(String name, String id) {
    return new Field(name, INT, true, Map.of("lance:field_id", id));
  }

  private static String messageOf(Schema schema) {
    return messageOf(schema, FormatVersion.V2_1);
  }

  private static String messageOf(Schema schema, FormatVersion version) {
    return assertThrows(IllegalArgumentException.class, () -> SchemaCheck.check(schema, version))
        .getMessage();
  }
}
