package dev.lancewright.arrow;

import static dev.lancewright.arrow.ArrowProducer.peek;
import static dev.lancewright.arrow.ArrowProducer.poke;
import static dev.lancewright.arrow.ArrowProducer.slot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.internal.cdata.ArrowSchema;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArrowSchemasTest {
  private static final StructLayout LAYOUT = ArrowSchema.LAYOUT;

  private final ArrowProducer export = new ArrowProducer();

  @AfterEach
  void close() {
    export.close();
  }

  @ParameterizedTest
  @FieldSource("dev.lancewright.arrow.Types#LAYOUTS")
  void readsEveryLayout(ArrayLayout layout) {
    Schema schema =
        Schema.of(Field.nullable("a", layout.type()), Field.required("b", layout.type()));
    ImportSchema expected = new ImportSchema(schema, List.of(layout, layout));
    long address = export.schema(expected);

    assertEquals(schema, ArrowSchemas.read(address));
    assertEquals(expected.layout(), ImportSchema.read(address).layout());
    assertEquals(0, export.released(address, LAYOUT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+ud: | dense_union<>",
        "+us: | sparse_union<>",
        "tiM | month_interval",
        "tiD | day_time_interval",
        "tin | month_day_nano_interval",
        "tdX | unknown format 'tdX'",
        "+x | unknown format '+x'",
        "'' | unknown format ''"
      })
  void namesTypesThatAFileCannotHold(String format, String name) {
    Schema exported = Schema.of(Field.nullable("a", new DataType.Unsupported(format)));

    Schema read = ArrowSchemas.read(export.schema(exported));

    assertEquals(Schema.of(Field.nullable("a", new DataType.Unsupported(name))), read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "w: | it must be w:NUMBER",
        "w | it must be w:NUMBER",
        "w:+4 | it must be w:NUMBER",
        "w:4294967296 | it must be w:NUMBER",
        "w:-1 | the width of a fixed_size_binary is from 0 to 268435455 bytes, not -1",
        "d:abc | it must be d:PRECISION,SCALE or d:PRECISION,SCALE,BITS",
        "d:10 | it must be d:PRECISION,SCALE or d:PRECISION,SCALE,BITS",
        "d:10,2,128,1 | it must be d:PRECISION,SCALE or d:PRECISION,SCALE,BITS",
        "d:10,2,96 | a decimal has 32, 64, 128 or 256 bits, not 96",
        "d:10,2,32 | the precision of decimal32 is from 1 to 9, not 10",
        "d:19,2,64 | the precision of decimal64 is from 1 to 18, not 19",
        "d:0,2,64 | the precision of decimal128 is from 1 to 38, not 0",
        "d:39,0 | the precision of decimal128 is from 1 to 38, not 39",
        "d:0,0,256 | the precision of decimal256 is from 1 to 76, not 0",
        "d:10,200 | the scale of a decimal is from -128 to 127, not 200",
        "tsu | it must be tsUNIT:ZONE, with a unit of s, m, u or n",
        "tsx:UTC | it must be tsUNIT:ZONE, with a unit of s, m, u or n"
      })
  void refusesMalformedFormats(String format, String problem) {
    long address = export.schema(Schema.of(Field.nullable("a", new DataType.Unsupported(format))));

    assertRefused("column 'a': the format '" + format + "' is malformed: " + problem, address);
  }

  @Test
  void namesTheMembersOfUnions() {
    DataType members =
        DataType.struct(Field.nullable("x", Types.INT32), Field.nullable("y", Types.UTF8));
    long address = export.schema(Schema.of(Field.nullable("a", members)));
    poke(child(address), LAYOUT, "format", text(export, "+ud:0,1"));

    assertEquals(
        Schema.of(Field.nullable("a", new DataType.Unsupported("dense_union<x: int32, y: utf8>"))),
        ArrowSchemas.read(address));
  }

  @Test
  void givesRunEndEncodedColumnsTheMetadataOfTheirValues() {
    ArrayLayout runs = Types.runs(32, ArrayLayout.of(Types.INT32));
    Field field = new Field("a", Types.INT32, true, Map.of("own", "1", "both", "2"));
    long address = export.schema(new ImportSchema(Schema.of(field), List.of(runs)));
    Field values = new Field("values", Types.INT32, true, Map.of("both", "3", "theirs", "4"));
    long donor = export.schema(Schema.of(values));
    long metadata = peek(child(donor), LAYOUT, "metadata");
    poke(child(child(address), 1), LAYOUT, "metadata", metadata);

    assertEquals(
        Map.of("own", "1", "both", "2", "theirs", "4"),
        ArrowSchemas.read(address).fields().getFirst().metadata());
  }

  @Test
  void namesLayoutsAsArrowDoes() {
    assertEquals("utf8_view", Types.UTF8_VIEW.toString());
    assertEquals("binary_view", Types.BINARY_VIEW.toString());
    assertEquals("decimal32(9, 2)", Types.decimals(32, 9, 2).toString());
    assertEquals("decimal64(18, -3)", Types.decimals(64, 18, -3).toString());
    assertEquals("list_view<utf8>", Types.listViews(Types.UTF8_VIEW, false).toString());
    assertEquals("large_list_view<utf8>", Types.listViews(Types.UTF8_VIEW, true).toString());
    assertEquals("run_end_encoded<int16, utf8>", Types.runs(16, Types.UTF8_VIEW).toString());
  }

  @Test
  void readsMetadataOfSchemaAndFields() {
    Schema schema =
        new Schema(
            List.of(
                new Field("a", Types.INT32, true, Map.of("unit", "m", "größe", "")),
                new Field("", Types.UTF8, false, Map.of("ARROW:extension:name", "x"))),
            Map.of("origin", "sensor-7", "", "empty key"));

    assertEquals(schema, ArrowSchemas.read(export.schema(schema)));
  }

  @Test
  void takesMissingNamesAsEmptyAndNoColumns() {
    long address = export.schema(Schema.of(Field.nullable("a", Types.INT32)));
    poke(child(address), LAYOUT, "name", 0);

    assertEquals(Schema.of(Field.nullable("", Types.INT32)), ArrowSchemas.read(address));
    assertEquals(Schema.of(), ArrowSchemas.read(export.schema(Schema.of())));
  }

  @Test
  void readsTextUpToTheStatedMaximum() {
    String name = "n".repeat(1 << 16);
    Schema schema = Schema.of(Field.nullable(name, Types.INT32));

    assertEquals(schema, ArrowSchemas.read(export.schema(schema)));
    assertRefused(
        "the schema: child 0: the name has no NUL within 65536 bytes; no longer text is read",
        export.schema(Schema.of(Field.nullable(name + "n", Types.INT32))));
  }

  @Test
  void releasesOnce() {
    long address = export.schema(Schema.of(Field.nullable("a", Types.INT32)));

    ArrowSchemas.release(address);
    ArrowSchemas.release(address);

    export.assertAllReleasedOnce();
    assertRefused("the schema was released before; read it first", address);
  }

  @Test
  void releasesOnceWhenTheProducerForgetsToMarkIt() {
    try (ArrowProducer careless = new ArrowProducer(false)) {
      long address = careless.schema(Schema.of(Field.nullable("a", Types.INT32)));

      ArrowSchemas.release(address);
      ArrowSchemas.release(address);

      careless.assertAllReleasedOnce();
    }
  }

  @Test
  void refusesAddressesWhereNoStructCanBe() {
    assertRefused("the schema is NULL; it must be the address of an ArrowSchema", 0);
    assertRefused(
        "the schema is 0x1001, which is not a multiple of 8; it must be the address of an"
            + " ArrowSchema",
        0x1001);
    assertThrows(IllegalArgumentException.class, () -> ArrowSchemas.release(0));
  }

  /**
   * @param damage is given the exporter and the address of a schema of one column of {@code type}
   */
  record Malformed(DataType type, ObjLongConsumer<ArrowProducer> damage, String message) {
    @Override
    public String toString() {
      return message;
    }
  }

  static List<Malformed> malformed() {
    return List.of(
        bad(
            (e, s) -> poke(s, LAYOUT, "format", text(e, "i")),
            "the schema: the format is 'i'; that of a batch is '+s', a struct"),
        bad(
            (e, s) -> poke(s, LAYOUT, "format", 0),
            "the schema: the format is NULL; every type has one"),
        bad(
            (e, s) -> poke(s, LAYOUT, "n_children", -1),
            "the schema: n_children is -1; it must be from 0 to 1048576"),
        bad(
            (e, s) -> poke(s, LAYOUT, "n_children", Long.MAX_VALUE),
            "the schema: n_children is 9223372036854775807; it must be from 0 to 1048576"),
        bad(
            (e, s) -> poke(s, LAYOUT, "children", 0),
            "the schema: n_children is 1, but children is NULL"),
        bad(
            (e, s) -> slot(s, LAYOUT, "children", 0).set(ValueLayout.JAVA_LONG, 0, 0),
            "the schema: child 0 is NULL; it must be the address of an ArrowSchema"),
        bad(
            (e, s) -> {
              poke(child(s), LAYOUT, "name", 8);
              poke(child(s), LAYOUT, "format", 8);
              poke(child(s), LAYOUT, "release", 0);
            },
            "the schema: child 0 was released before; read it first"),
        bad(
            (e, s) -> poke(child(s), LAYOUT, "format", 0),
            "column 'a': the format is NULL; every type has one"),
        bad(
            (e, s) -> poke(child(s), LAYOUT, "format", text(e, "x".repeat(1025))),
            "column 'a': the format has no NUL within 1024 bytes; no longer text is read"),
        bad(
            (e, s) -> poke(child(s), LAYOUT, "format", bytes(e, new byte[] {(byte) 0xFF, 0})),
            "column 'a': the format is not UTF-8"),
        bad(
            (e, s) -> poke(child(s), LAYOUT, "name", bytes(e, new byte[] {(byte) 0xC3, 0})),
            "the schema: child 0: the name is not UTF-8"),
        bad(
            (e, s) -> poke(child(s), LAYOUT, "n_children", 1),
            "column 'a': n_children is 1; for the format 'i' it must be 0"),
        bad(
            (e, s) -> poke(child(s), LAYOUT, "format", text(e, "+l")),
            "column 'a': n_children is 0; for the format '+l' it must be 1"),
        bad(
            (e, s) -> poke(child(s), LAYOUT, "format", text(e, "+w:2")),
            "column 'a': n_children is 0; for the format '+w:2' it must be 1"),
        new Malformed(
            DataType.list(Field.nullable("x", Types.INT32)),
            (e, s) -> poke(child(child(s)), LAYOUT, "format", text(e, "w:")),
            "column 'a.x': the format 'w:' is malformed: it must be w:NUMBER"),
        new Malformed(
            DataType.fixedSizeList(Field.nullable("x", Types.INT32), 2),
            (e, s) -> poke(child(s), LAYOUT, "format", text(e, "+w:two")),
            "column 'a': the format '+w:two' is malformed: it must be +w:NUMBER"),
        new Malformed(
            DataType.fixedSizeList(Field.nullable("x", Types.INT32), 2),
            (e, s) -> poke(child(s), LAYOUT, "format", text(e, "+w:-2")),
            "column 'a': the format '+w:-2' is malformed: the size of a fixed_size_list is not"
                + " negative, but was -2"),
        new Malformed(
            DataType.list(Field.nullable("x", Types.INT32)),
            (e, s) -> poke(child(s), LAYOUT, "format", text(e, "+m")),
            "column 'a': the entries of the map are of int32; they must be a struct of key and"
                + " value"),
        new Malformed(
            DataType.struct(Field.nullable("x", Types.INT32)),
            (e, s) -> poke(child(s), LAYOUT, "format", text(e, "+r")),
            "column 'a': n_children is 1; for the format '+r' it must be 2"),
        new Malformed(
            DataType.struct(Field.nullable("x", Types.FLOAT32), Field.nullable("y", Types.INT32)),
            (e, s) -> poke(child(s), LAYOUT, "format", text(e, "+r")),
            "column 'a': the run ends are of float32; they must be int16, int32 or int64"),
        new Malformed(
            DataType.struct(
                Field.nullable("x", DataType.uint32()), Field.nullable("y", Types.INT32)),
            (e, s) -> poke(child(s), LAYOUT, "format", text(e, "+r")),
            "column 'a': the run ends are of uint32; they must be int16, int32 or int64"),
        new Malformed(
            DataType.dictionary(Types.INT32, Types.UTF8),
            (e, s) -> poke(child(s), LAYOUT, "format", text(e, "vu")),
            "column 'a': the indices of the dictionary are of utf8_view; they must be integers"),
        new Malformed(
            DataType.dictionary(Types.INT32, Types.UTF8),
            (e, s) -> poke(child(s), LAYOUT, "format", text(e, "g")),
            "column 'a': the indices of the dictionary are of float64; they must be integers"),
        new Malformed(
            DataType.list(Field.nullable("x", Types.INT32)),
            (e, s) -> slot(child(s), LAYOUT, "children", 0).set(ValueLayout.JAVA_LONG, 0, child(s)),
            "column '"
                + "a.".repeat(64)
                + "a': types are nested deeper than 64 levels; flatten the"
                + " type"),
        bad(
            (e, s) -> poke(s, LAYOUT, "metadata", ints(e, -1)),
            "the schema: the number of pairs of the metadata is -1; it must not be negative, and"
                + " all metadata must fit in 67108864 bytes"),
        bad(
            (e, s) -> poke(child(s), LAYOUT, "metadata", ints(e, 1, -5)),
            "column 'a': the length of key 0 of the metadata is -5; it must not be negative, and"
                + " all metadata must fit in 67108864 bytes"),
        bad(
            (e, s) -> poke(child(s), LAYOUT, "metadata", ints(e, 1, 0, Integer.MAX_VALUE)),
            "column 'a': the length of value 0 of the metadata is 2147483647; it must not be"
                + " negative, and all metadata must fit in 67108864 bytes"),
        bad(
            (e, s) -> poke(child(s), LAYOUT, "metadata", ints(e, 1, 4, -1)),
            "column 'a', key 0 of the metadata is not UTF-8"));
  }

  @ParameterizedTest
  @MethodSource
  void malformed(Malformed malformed) {
    long address = export.schema(Schema.of(Field.nullable("a", malformed.type())));
    malformed.damage().accept(export, address);

    assertRefused(malformed.message(), address);
    ArrowSchemas.release(address);
    export.assertAllReleasedOnce();
  }

  @Test
  void refusesColumnsOfOneName() {
    long address =
        export.schema(Schema.of(Field.nullable("a", Types.INT32), Field.nullable("b", Types.UTF8)));
    poke(child(address), LAYOUT, "name", text(export, "b"));

    assertRefused("columns 0 and 1 are both named 'b'; names must be unique", address);
  }

  private static Malformed bad(ObjLongConsumer<ArrowProducer> damage, String message) {
    return new Malformed(Types.INT32, damage, message);
  }

  private static void assertRefused(String message, long address) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> ArrowSchemas.read(address));
    assertEquals(message, e.getMessage());
  }

  private static long child(long address) {
    return child(address, 0);
  }

  private static long child(long address, int index) {
    return slot(address, LAYOUT, "children", index).get(ValueLayout.JAVA_LONG, 0);
  }

  private static long text(ArrowProducer export, String text) {
    return bytes(export, (text + "\0").getBytes(StandardCharsets.UTF_8));
  }

  private static long ints(ArrowProducer export, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.nativeOrder());
    bytes.asIntBuffer().put(values);
    return bytes(export, bytes.array());
  }

  private static long bytes(ArrowProducer export, byte[] bytes) {
    MemorySegment copy = export.arena().allocate(bytes.length);
    return copy.copyFrom(MemorySegment.ofArray(bytes)).address();
  }
}
