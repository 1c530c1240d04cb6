package dev.lancewright.compression;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.compression.FieldCompression.ByteStreamSplitMode;
import dev.lancewright.compression.FieldCompression.StructuralEncoding;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.schema.TimeUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionParamsTest {
  private static final DataType INT32 = DataType.int32();
  private static final DataType UTF8 = DataType.utf8();
  private static final FieldCompression ZSTD =
      FieldCompression.builder().compression(CompressionScheme.ZSTD).compressionLevel(9).build();
  private static final FieldCompression LZ4 =
      FieldCompression.builder().compression(CompressionScheme.LZ4).build();
  private static final FieldCompression RUNS =
      FieldCompression.builder().rleThreshold(0.5).bss(ByteStreamSplitMode.OFF).build();

  @Test
  void metadataGoesBeforeTheColumnAndTheColumnBeforeTheType() {
    CompressionParams params =
        CompressionParams.builder()
            .type("Int32", ZSTD.merge(FieldCompression.builder().rleThreshold(0.1).build()))
            .column("a*", LZ4.merge(FieldCompression.builder().dictDivisor(7).build()))
            .build();
    Field field = new Field("ab", INT32, true, Map.of("lance-encoding:dict-divisor", "9"));
    FieldCompression settings = params.resolve(List.of(field));
    assertEquals(0.1, settings.rleThreshold());
    assertEquals(CompressionScheme.LZ4, settings.compression());
    assertEquals(9, settings.compressionLevel(), "of the type, since the column does not say");
    assertEquals(9, settings.dictDivisor());
    assertEquals(FieldCompression.UNSET, params.resolve(List.of(Field.nullable("other", UTF8))));
  }

  @Test
  void nothingSaidIsUnset() {
    Field field = Field.nullable("a", INT32);
    assertEquals(FieldCompression.UNSET, CompressionParams.NONE.resolve(List.of(field)));
  }

  @ParameterizedTest
  @CsvSource({
    "*, '', true",
    "*, anything, true",
    "abc*, abc, true",
    "abc*, abcd, true",
    "abc*, xabc, false",
    "abc*, ABC, false",
    "*abc, abc, true",
    "*abc, xabc, true",
    "*abc, abcd, false",
    "a*b, ab, true",
    "a*b, axxb, true",
    "a*b, a, false",
    "aa*aa, aaa, false",
    "aa*aa, aaaa, true",
    "abc, abc, true",
    "abc, abcd, false",
    "a.b, a.b, true",
    "a.*, a.b, true"
  })
  void namesAndPatternsMatch(String name, String column, boolean matches) {
    CompressionParams params = CompressionParams.builder().column(name, LZ4).build();
    assertEquals(
        matches ? LZ4 : FieldCompression.UNSET,
        params.resolve(List.of(Field.nullable(column, INT32))));
  }

  @Test
  void thePathGoesBeforeTheNameAndTheNameBeforePatterns() {
    Field city = Field.nullable("city", UTF8);
    List<Field> path = List.of(Field.nullable("address", struct(city)), city);
    CompressionParams.Builder params = CompressionParams.builder().column("c*", ZSTD);
    assertEquals(ZSTD, params.build().resolve(path));
    assertEquals(RUNS, params.column("city", RUNS).build().resolve(path));
    assertEquals(LZ4, params.column("address.city", LZ4).build().resolve(path));
    assertEquals(RUNS, params.build().resolve(List.of(city)));
  }

  @Test
  void onlyTheFirstMatchingPatternCounts() {
    CompressionParams params =
        CompressionParams.builder().column("a*", RUNS).column("*", ZSTD).column("ab*", LZ4).build();
    assertEquals(RUNS, params.resolve(List.of(Field.nullable("abc", INT32))));
    assertEquals(ZSTD, params.resolve(List.of(Field.nullable("b", INT32))));
  }

  @ParameterizedTest
  @CsvSource({
    "item, true",
    "tags.item, true",
    "tags.*, true",
    "*.item, true",
    "t*.item, true",
    "i*, true",
    "tags, false",
    "tags*, false",
    "s.*, false"
  })
  void leavesBelowListsAreFoundByTheirOwnNameOrTheirPath(String name, boolean matches) {
    Field item = Field.nullable("item", UTF8);
    Field tags = Field.nullable("tags", DataType.list(item));
    CompressionParams params = CompressionParams.builder().column(name, LZ4).build();
    assertEquals(matches ? LZ4 : FieldCompression.UNSET, params.resolve(List.of(tags, item)));
    assertEquals(matches ? List.of() : List.of(name), params.unmatched(Schema.of(tags)));
  }

  @Test
  void namesThatFitNoColumnAreFound() {
    Schema schema =
        Schema.of(
            Field.nullable("a", struct(Field.nullable("b", INT32))), Field.nullable("c", INT32));
    CompressionParams params =
        CompressionParams.builder()
            .column("a.b", LZ4)
            .column("a", LZ4)
            .column("b", LZ4)
            .column("c.b", LZ4)
            .column("d*", LZ4)
            .column("*", LZ4)
            .build();
    assertEquals(List.of("a", "c.b", "d*"), params.unmatched(schema));
  }

  @Test
  void compressionIsReadFromTheLeafAndStructuralEncodingFromTheColumn() {
    Map<String, String> metadata =
        Map.of(
            "lance-encoding:compression", "lz4", "lance-encoding:structural-encoding", "fullzip");
    Field plainItem = Field.nullable("item", UTF8);
    Field list = new Field("l", DataType.list(plainItem), true, metadata);
    FieldCompression ofList = CompressionParams.NONE.resolve(List.of(list, plainItem));
    assertNull(ofList.compression());
    assertEquals(StructuralEncoding.FULLZIP, ofList.structuralEncoding());

    Field item = new Field("item", UTF8, true, metadata);
    Field plainList = Field.nullable("l", DataType.list(item));
    FieldCompression ofItem = CompressionParams.NONE.resolve(List.of(plainList, item));
    assertEquals(CompressionScheme.LZ4, ofItem.compression());
    assertNull(ofItem.structuralEncoding());

    FieldCompression flat = CompressionParams.NONE.resolve(List.of(item));
    assertEquals(CompressionScheme.LZ4, flat.compression());
    assertEquals(StructuralEncoding.FULLZIP, flat.structuralEncoding());
  }

  @Test
  void structuralEncodingOfMetadataGoesBeforeThatOfTheLeafsName() {
    Field leaf = Field.nullable("x", INT32);
    Field root =
        new Field(
            "r", struct(leaf), true, Map.of("lance-encoding:structural-encoding", "miniblock"));
    CompressionParams params =
        CompressionParams.builder()
            .column(
                "x",
                FieldCompression.builder().structuralEncoding(StructuralEncoding.FULLZIP).build())
            .build();
    assertEquals(
        StructuralEncoding.MINIBLOCK, params.resolve(List.of(root, leaf)).structuralEncoding());
    assertEquals(StructuralEncoding.FULLZIP, params.resolve(List.of(leaf)).structuralEncoding());
  }

  @Test
  void structsArePackedByTheirMetadataAlone() {
    DataType type = struct(Field.nullable("x", INT32));
    Field packed = new Field("s", type, true, Map.of("packed", "true"));
    assertEquals(true, CompressionParams.NONE.resolve(List.of(packed)).packed());
    FieldCompression settings = FieldCompression.ofMetadata(packed.metadata());
    CompressionParams.Builder params = CompressionParams.builder();
    assertEquals(
        "column 's': packed is read from the metadata of a struct alone; set it there",
        messageOf(() -> params.column("s", settings)));
    assertEquals(
        "type 'Int32': packed is read from the metadata of a struct alone; set it there",
        messageOf(() -> params.type("Int32", settings)));
  }

  static Stream<Arguments> typeNames() {
    return Stream.of(
        Arguments.of("Null", DataType.nullType()),
        Arguments.of("Boolean", DataType.bool()),
        Arguments.of("Int8", DataType.int8()),
        Arguments.of("UInt64", DataType.uint64()),
        Arguments.of("Float16", DataType.float16()),
        Arguments.of("Decimal128(10, 2)", DataType.decimal128(10, 2)),
        Arguments.of("Decimal256(76, -3)", DataType.decimal256(76, -3)),
        Arguments.of("Date32", DataType.date32()),
        Arguments.of("Time32(ms)", DataType.time32(TimeUnit.MILLISECOND)),
        Arguments.of("Time64(ns)", DataType.time64(TimeUnit.NANOSECOND)),
        Arguments.of("Timestamp(µs)", DataType.timestamp(TimeUnit.MICROSECOND)),
        Arguments.of("Timestamp(ns, \"UTC\")", DataType.timestamp(TimeUnit.NANOSECOND, "UTC")),
        Arguments.of("Duration(s)", DataType.duration(TimeUnit.SECOND)),
        Arguments.of("FixedSizeBinary(16)", DataType.fixedSizeBinary(16)),
        Arguments.of("Utf8", UTF8),
        Arguments.of("LargeUtf8", DataType.largeUtf8()),
        Arguments.of("Binary", DataType.binary()),
        Arguments.of("LargeBinary", DataType.largeBinary()),
        Arguments.of(
            "FixedSizeList(768 x Float32)",
            DataType.fixedSizeList(Field.nullable("item", DataType.float32()), 768)),
        Arguments.of("Dictionary(Int32, Utf8)", DataType.dictionary(INT32, UTF8)));
  }

  @ParameterizedTest
  @MethodSource("typeNames")
  void typesHaveTheNamesThatArrowDisplays(String name, DataType type) {
    CompressionParams params = CompressionParams.builder().type(name, LZ4).build();
    assertEquals(LZ4, params.resolve(List.of(Field.nullable("x", type))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"int32", "Int", "string", "List", "List(Int32)", "Struct", "", "(ns)"})
  void unknownTypesAreRefused(String name) {
    assertEquals(
        "type '"
            + name
            + "' is unknown; name it as Arrow does: Boolean, Int32, UInt8, Float64, Utf8, Binary,"
            + " Timestamp(ns), FixedSizeList(768 x Float32)",
        messageOf(() -> CompressionParams.builder().type(name, LZ4)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"**", "*mid*", "a*b*", "*a*b"})
  void patternsHaveOneStar(String name) {
    assertEquals(
        "column '" + name + "': only one * may be in a name, as in *, abc*, *abc and a*c",
        messageOf(() -> CompressionParams.builder().column(name, LZ4)));
  }

  @Test
  void aLaterEntryReplacesOneOfTheSameName() {
    CompressionParams params =
        CompressionParams.builder()
            .column("a", ZSTD)
            .column("a", LZ4)
            .type("Utf8", ZSTD)
            .type("Utf8", RUNS)
            .build();
    assertEquals(LZ4, params.resolve(List.of(Field.nullable("a", INT32))));
    assertEquals(RUNS, params.resolve(List.of(Field.nullable("b", UTF8))));
  }

  @Test
  void whatIsBuiltStaysAsItIs() {
    CompressionParams.Builder builder = CompressionParams.builder().column("a", LZ4);
    CompressionParams params = builder.build();
    builder.column("a", ZSTD).type("Utf8", ZSTD);
    assertEquals(LZ4, params.resolve(List.of(Field.nullable("a", UTF8))));
  }

  @Test
  void entriesThatAreTooLargeForTheVersionAreNamed() {
    FieldCompression large = FieldCompression.builder().minichunkSize(20_000).build();
    CompressionParams column = CompressionParams.builder().column("*_id", large).build();
    CompressionParams type = CompressionParams.builder().type("Utf8", large).build();
    String reason = "minichunk-size is '20000'; in format 2.1 it must be at most 16384";
    assertEquals("column '*_id': " + reason, messageOf(() -> column.check(FormatVersion.V2_1)));
    assertEquals("type 'Utf8': " + reason, messageOf(() -> type.check(FormatVersion.V2_1)));
    assertDoesNotThrow(() -> column.check(FormatVersion.V2_2));
  }

  private static DataType struct(Field child) {
    return DataType.struct(child);
  }

  private static String messageOf(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
