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
  private static final Field ITEM = Field.nullable("item", new DataType.Int(32, true));
  private static final Field STRUCT_ITEM =
      Field.nullable("item", new DataType.Struct(List.of(ITEM)));

  static Stream<Arguments> leafTypes() {
    return Stream.of(
        Arguments.of(new DataType.Null(), "null"),
        Arguments.of(new DataType.Bool(), "bool"),
        Arguments.of(new DataType.Int(8, true), "int8"),
        Arguments.of(new DataType.Int(64, false), "uint64"),
        Arguments.of(new DataType.FloatingPoint(16), "halffloat"),
        Arguments.of(new DataType.FloatingPoint(32), "float"),
        Arguments.of(new DataType.FloatingPoint(64), "double"),
        Arguments.of(new DataType.Decimal(128, 38, 10), "decimal:128:38:10"),
        Arguments.of(new DataType.Decimal(256, 50, -3), "decimal:256:50:-3"),
        Arguments.of(new DataType.Date(32), "date32:day"),
        Arguments.of(new DataType.Date(64), "date64:ms"),
        Arguments.of(new DataType.Time(TimeUnit.SECOND), "time32:s"),
        Arguments.of(new DataType.Time(TimeUnit.NANOSECOND), "time64:ns"),
        Arguments.of(new DataType.Timestamp(TimeUnit.MILLISECOND, null), "timestamp:ms:-"),
        Arguments.of(
            new DataType.Timestamp(TimeUnit.MICROSECOND, "America/New_York"),
            "timestamp:us:America/New_York"),
        Arguments.of(new DataType.Duration(TimeUnit.NANOSECOND), "duration:ns"),
        Arguments.of(new DataType.Utf8(false), "string"),
        Arguments.of(new DataType.Utf8(true), "large_string"),
        Arguments.of(new DataType.Binary(false), "binary"),
        Arguments.of(new DataType.Binary(true), "large_binary"),
        Arguments.of(new DataType.FixedSizeBinary(16), "fixed_size_binary:16"),
        Arguments.of(new DataType.FixedSizeList(ITEM, 3), "fixed_size_list:int32:3"),
        Arguments.of(
            new DataType.FixedSizeList(
                Field.nullable("item", new DataType.FixedSizeList(ITEM, 3)), 2),
            "fixed_size_list:fixed_size_list:int32:3:2"),
        Arguments.of(
            new DataType.FixedSizeList(
                Field.nullable("item", new DataType.Timestamp(TimeUnit.SECOND, "UTC")), 2),
            "fixed_size_list:timestamp:s:UTC:2"),
        Arguments.of(
            new DataType.FixedSizeList(
                new Field(
                    "item",
                    new DataType.FixedSizeBinary(2),
                    true,
                    Map.of("ARROW:extension:name", "lance.bfloat16")),
                4),
            "fixed_size_list:lance.bfloat16:4"),
        Arguments.of(
            new DataType.Dictionary(new DataType.Int(8, true), new DataType.Utf8(false), false),
            "dict:string:int8:false"));
  }

  @ParameterizedTest
  @MethodSource("leafTypes")
  void leafTypesAreSpeltAsTheFormatDoes(DataType type, String name) {
    assertEquals(name, LogicalTypes.name(type));
    assertEquals(type, LogicalTypes.parse(name, List.of()));
  }

  static Stream<Arguments> nestedTypes() {
    return Stream.of(
        Arguments.of(new DataType.Struct(List.of(ITEM, STRUCT_ITEM)), "struct"),
        Arguments.of(new DataType.ListOf(ITEM, false), "list"),
        Arguments.of(new DataType.ListOf(STRUCT_ITEM, false), "list.struct"),
        Arguments.of(new DataType.ListOf(ITEM, true), "large_list"),
        Arguments.of(new DataType.ListOf(STRUCT_ITEM, true), "large_list.struct"),
        Arguments.of(new DataType.FixedSizeList(STRUCT_ITEM, 7), "fixed_size_list:struct:7"),
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
    Field vector = Field.required("x", new DataType.FloatingPoint(32));
    String name = LogicalTypes.name(new DataType.FixedSizeList(vector, 4));
    assertEquals(
        new DataType.FixedSizeList(Field.nullable("item", new DataType.FloatingPoint(32)), 4),
        LogicalTypes.parse(name, List.of()));
  }

  @Test
  void jsonIsLargeBinaryWithAnExtension() {
    Map<String, String> json = Map.of("ARROW:extension:name", "lance.json");
    assertEquals("json", LogicalTypes.name(new Field("j", new DataType.Binary(true), true, json)));
    assertEquals("string", LogicalTypes.name(new Field("j", new DataType.Utf8(false), true, json)));
    assertEquals(new DataType.Binary(true), LogicalTypes.parse("json", List.of()));
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
