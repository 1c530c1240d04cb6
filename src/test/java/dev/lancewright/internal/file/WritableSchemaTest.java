package dev.lancewright.internal.file;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.schema.TimeUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WritableSchemaTest {
  private static final DataType INT = new DataType.Int(32, true);
  private static final Field ITEM = Field.nullable("item", INT);

  static Stream<Arguments> refusals() {
    String nested =
        "of the nested types only fixed_size_list is supported; write its parts as columns of their"
            + " own, or leave it out";
    String items =
        "the items of a fixed_size_list must have a fixed width, such as numbers or bool; flatten"
            + " the column or leave it out";
    return Stream.of(
        refusal(new DataType.ListOf(ITEM, false), "(list<int32>): " + nested),
        refusal(new DataType.ListOf(ITEM, true), "(large_list<int32>): " + nested),
        refusal(new DataType.Struct(List.of(ITEM)), "(struct<item: int32>): " + nested),
        refusal(
            new DataType.MapOf(
                Field.required("entries", new DataType.Struct(List.of(ITEM, ITEM))), false),
            "(map<struct<item: int32, item: int32>>): " + nested),
        refusal(
            new DataType.Dictionary(new DataType.Int(8, true), new DataType.Utf8(false), false),
            "(dictionary<utf8, int8>): dictionary arrays are not supported; decode it to utf8, or"
                + " leave it out"),
        refusal(
            new DataType.Unsupported("interval[month]"),
            "(interval[month]): a Lance file has no such type; cast the column or leave it out"),
        refusal(
            new DataType.Timestamp(TimeUnit.MICROSECOND, "+02:00"),
            "(timestamp[us, +02:00]): no reader understands the time zone '+02:00' in a file; use a"
                + " named zone such as UTC or Europe/Paris"),
        refusal(
            new DataType.Timestamp(TimeUnit.SECOND, "-"),
            "(timestamp[s, -]): no reader understands the time zone '-' in a file; use a named zone"
                + " such as UTC or Europe/Paris"),
        refusal(
            new DataType.FixedSizeBinary(0),
            "(fixed_size_binary[0]): values of 0 bytes cannot be stored; leave the column out"),
        refusal(
            listOf(INT, 0),
            "(fixed_size_list<int32>[0]): a list of size 0 has no place in a file; leave the column"
                + " out"),
        refusal(listOf(new DataType.Utf8(false), 2), "(fixed_size_list<utf8>[2]): " + items),
        refusal(
            listOf(listOf(INT, 3), 2), "(fixed_size_list<fixed_size_list<int32>[3]>[2]): " + items),
        refusal(
            listOf(new DataType.Timestamp(TimeUnit.SECOND, "+01:00"), 2),
            "(fixed_size_list<timestamp[s, +01:00]>[2]): no reader understands the time zone"
                + " '+01:00' in a file; use a named zone such as UTC or Europe/Paris"),
        refusal(
            listOf(new DataType.Bool(), 65_505),
            "(fixed_size_list<bool>[65505]): a list of bool has at most 65504 items; pack the bits"
                + " into fixed_size_binary, or write shorter lists"),
        refusal(
            listOf(new DataType.FloatingPoint(64), 33_038_210),
            "(fixed_size_list<float64>[33038210]): a list takes up to 268435457 bytes, more than"
                + " the 268435455 that a value may have; write shorter lists"),
        refusal(
            listOf(new DataType.FixedSizeBinary(0), 2),
            "(fixed_size_list<fixed_size_binary[0]>[2]): values of 0 bytes cannot be stored; leave"
                + " the column out"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void typesThatCannotBeWrittenAreRefused(DataType type, String message) {
    assertEquals("column 'x' " + message, messageOf(Schema.of(ITEM, Field.nullable("x", type))));
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
    Field blob =
        new Field("b", new DataType.Binary(true), true, Map.of("lance-encoding:blob", "true"));
    assertEquals(
        "column 'b' (large_binary): readers expect out-of-line values in a column with metadata"
            + " 'lance-encoding:blob', and those are not supported; remove this metadata to write"
            + " the values in the column",
        messageOf(Schema.of(blob)));
  }

  static Stream<DataType> writableTypes() {
    Stream.Builder<DataType> types = Stream.builder();
    List<DataType> fixed =
        List.of(
            new DataType.Bool(),
            INT,
            new DataType.FloatingPoint(16),
            new DataType.Decimal(256, 76, 3),
            new DataType.Date(64),
            new DataType.Time(TimeUnit.MICROSECOND),
            new DataType.Timestamp(TimeUnit.SECOND, null),
            new DataType.Timestamp(TimeUnit.SECOND, "Europe/Paris"),
            new DataType.Duration(TimeUnit.SECOND),
            new DataType.FixedSizeBinary(3));
    fixed.forEach(types);
    fixed.forEach(type -> types.add(listOf(type, 4)));
    types.add(listOf(new DataType.Bool(), 65_504));
    return types
        .add(new DataType.Null())
        .add(new DataType.Utf8(false))
        .add(new DataType.Binary(true))
        .build();
  }

  @ParameterizedTest
  @MethodSource("writableTypes")
  void flatTypesAndListsOfThemPass(DataType type) {
    assertDoesNotThrow(() -> WritableSchema.check(Schema.of(Field.nullable("x", type))));
  }

  private static Arguments refusal(DataType type, String message) {
    return Arguments.of(type, message);
  }

  private static DataType listOf(DataType item, int size) {
    return new DataType.FixedSizeList(Field.nullable("item", item), size);
  }

  private static Field withId(String name, String id) {
    return new Field(name, INT, true, Map.of("lance:field_id", id));
  }

  private static String messageOf(Schema schema) {
    return assertThrows(IllegalArgumentException.class, () -> WritableSchema.check(schema))
        .getMessage();
  }
}
