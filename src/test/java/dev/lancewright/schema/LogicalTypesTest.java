package dev.lancewright.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogicalTypesTest {
  private static final Field ITEM = Field.nullable("item", DataType.int32());
  private static final Field STRUCT_ITEM = Field.nullable("item", DataType.struct(ITEM));

  static Stream<Arguments> leafTypes() {
    return Stream.of(
        Arguments.of(DataType.nullType(), "null"),
        Arguments.of(DataType.bool(), "bool"),
        Arguments.of(DataType.int8(), "int8"),
        Arguments.of(DataType.uint64(), "uint64"),
        Arguments.of(DataType.float16(), "halffloat"),
        Arguments.of(DataType.float32(), "float"),
        Arguments.of(DataType.float64(), "double"),
        Arguments.of(DataType.decimal128(38, 10), "decimal:128:38:10"),
        Arguments.of(DataType.decimal256(50, -3), "decimal:256:50:-3"),
        Arguments.of(DataType.date32(), "date32:day"),
        Arguments.of(DataType.date64(), "date64:ms"),
        Arguments.of(DataType.time32(TimeUnit.SECOND), "time32:s"),
        Arguments.of(DataType.time64(TimeUnit.NANOSECOND), "time64:ns"),
        Arguments.of(DataType.timestamp(TimeUnit.MILLISECOND), "timestamp:ms:-"),
        Arguments.of(
            DataType.timestamp(TimeUnit.MICROSECOND, "America/New_York"),
            "timestamp:us:America/New_York"),
        Arguments.of(DataType.duration(TimeUnit.NANOSECOND), "duration:ns"),
        Arguments.of(DataType.utf8(), "string"),
        Arguments.of(DataType.largeUtf8(), "large_string"),
        Arguments.of(DataType.binary(), "binary"),
        Arguments.of(DataType.largeBinary(), "large_binary"),
        Arguments.of(DataType.fixedSizeBinary(16), "fixed_size_binary:16"),
        Arguments.of(DataType.fixedSizeList(ITEM, 3), "fixed_size_list:int32:3"),
        Arguments.of(
            DataType.fixedSizeList(Field.nullable("item", DataType.fixedSizeList(ITEM, 3)), 2),
            "fixed_size_list:fixed_size_list:int32:3:2"),
        Arguments.of(
            DataType.fixedSizeList(
                Field.nullable("item", DataType.timestamp(TimeUnit.SECOND, "UTC")), 2),
            "fixed_size_list:timestamp:s:UTC:2"),
        Arguments.of(
            DataType.fixedSizeList(
                new Field(
                    "item",
                    DataType.fixedSizeBinary(2),
                    true,
                    Map.of("ARROW:extension:name", "lance.bfloat16")),
                4),
            "fixed_size_list:lance.bfloat16:4"),
        Arguments.of(
            DataType.dictionary(DataType.int8(), DataType.utf8()), "dict:string:int8:false"));
  }

  @ParameterizedTest
  @MethodSource("leafTypes")
  void leafTypesAreSpeltAsTheFormatDoes(DataType type, String name) {
    assertEquals(name, LogicalTypes.name(type));
    assertEquals(type, LogicalTypes.parse(name, List.of()));
  }

  static Stream<Arguments> nestedTypes() {
    return Stream.of(
        Arguments.of(DataType.struct(ITEM, STRUCT_ITEM), "struct"),
        Arguments.of(DataType.list(ITEM), "list"),
        Arguments.of(DataType.list(STRUCT_ITEM), "list.struct"),
        Arguments.of(DataType.largeList(ITEM), "large_list"),
        Arguments.of(DataType.largeList(STRUCT_ITEM), "large_list.struct"),
        Arguments.of(DataType.fixedSizeList(STRUCT_ITEM, 7), "fixed_size_list:struct:7"),
        Arguments.of(new DataType.MapOf(STRUCT_ITEM, false), "map"));
  }

  @ParameterizedTest
  @MethodSource("nestedTypes")
  void nestedTypesTakeTheirChildrenFromFields(DataType type, String name) {
    assertEquals(name, LogicalTypes.name(type));
    assertEquals(type, LogicalTypes.parse(name, LogicalTypes.children(type)));
  }

  @Test
  void itemsOfFixedSizeListsLoseNameAndNullability() {
    Field vector = Field.required("x", DataType.float32());
    String name = LogicalTypes.name(DataType.fixedSizeList(vector, 4));
    assertEquals(
        DataType.fixedSizeList(Field.nullable("item", DataType.float32()), 4),
        LogicalTypes.parse(name, List.of()));
  }

  @Test
  void jsonIsLargeBinaryWithAnExtension() {
    Map<String, String> json = Map.of("ARROW:extension:name", "lance.json");
    assertEquals("json", LogicalTypes.name(new Field("j", DataType.largeBinary(), true, json)));
    assertEquals("string", LogicalTypes.name(new Field("j", DataType.utf8(), true, json)));
    assertEquals(DataType.largeBinary(), LogicalTypes.parse("json", List.of()));
    assertEquals(json, LogicalTypes.metadata("json", Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "int128",
        "interval:month",
        "decimal:128:39:0",
        "decimal:64:5:1",
        "decimal:128:x:1",
        "timestamp:us:+02:00",
        "timestamp:minutes:-",
        "timestamp",
        "fixed_size_binary:-1",
        "fixed_size_list:",
        "fixed_size_list:4",
        "fixed_size_list:int32:-1",
        "fixed_size_list:int32:99999999999",
        "fixed_size_list:struct:x",
        "fixed_size_list:list:2",
        "dict:string:int8",
        "INT8"
      })
  void unknownSpellingsAreKeptByName(String name) {
    assertEquals(new DataType.Unsupported(name), LogicalTypes.parse(name, List.of()));
    assertEquals(name, LogicalTypes.name(new DataType.Unsupported(name)));
  }

  @Test
  void endlessNestingIsUnknownInsteadOfExhaustingTheStack() {
    String name = "fixed_size_list:".repeat(100_000) + "int8" + ":1".repeat(100_000);
    assertInstanceOf(DataType.Unsupported.class, LogicalTypes.parse(name, List.of()));
  }

  @Test
  void childrenMustSuitTheType() {
    assertEquals(
        "the type has one child field, but the field has 2",
        assertThrows(
                IllegalArgumentException.class,
                () -> LogicalTypes.parse("list", List.of(ITEM, ITEM)))
            .getMessage());
    assertEquals(
        "the type has no child fields, but the field has 1",
        assertThrows(
                IllegalArgumentException.class, () -> LogicalTypes.parse("int8", List.of(ITEM)))
            .getMessage());
  }
}
