package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.builder.BatchBuilder;
import dev.lancewright.builder.IntBuilder;
import dev.lancewright.builder.StructBuilder;
import dev.lancewright.column.Batch;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.reference.ReferenceAssert;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.Nulls;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.RandomColumns.Form;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Packed structs at all places where they may be, as the reference implementation reads them. */
class PackedStructTest {
  private static final DataType INT8 = DataType.int8();
  private static final DataType INT = DataType.int32();
  private static final DataType DOUBLE = DataType.float64();
  private static final DataType TEXT = DataType.utf8();
  private static final DataType LONG_TEXT = DataType.largeUtf8();
  private static final List<Integer> BATCHES = List.of(0, 700, 1, 1200, 60);

  @TempDir Path folder;

  static Stream<Arguments> places() {
    DataType fixed =
        struct(
            Field.nullable("a", INT),
            Field.required("b", INT8),
            Field.nullable("c", DOUBLE),
            Field.nullable("d", DataType.int16()),
            Field.required("e", DataType.decimal128(20, 2)),
            Field.required("f", DataType.fixedSizeBinary(3)));
    DataType wide =
        struct(Field.required("a", INT8), Field.required("b", DataType.fixedSizeBinary(16_000)));
    DataType wider =
        struct(Field.required("a", INT8), Field.required("b", DataType.fixedSizeBinary(20_000)));
    DataType variable =
        struct(
            Field.nullable("a", INT),
            Field.nullable("s", TEXT),
            Field.required("b", DataType.largeBinary()),
            Field.required("t", TEXT));
    DataType lists =
        struct(
            Field.nullable("a", INT8),
            Field.nullable("l", fixedSizeList(INT)),
            Field.required("m", fixedSizeList(fixedSizeList(INT8))),
            Field.nullable("s", LONG_TEXT));
    List<Arguments> places = new ArrayList<>();
    for (Nulls nulls : Nulls.values()) {
      for (FormatVersion version : List.of(FormatVersion.V2_1, FormatVersion.V2_2)) {
        everywhere(version, nulls, fixed, places);
      }
      places.add(Arguments.of(FormatVersion.V2_1, nulls, packed(wide)));
      places.add(Arguments.of(FormatVersion.V2_2, nulls, packed(wider)));
      places.add(
          Arguments.of(FormatVersion.V2_2, nulls, packed(struct(Field.required("s", TEXT)))));
      outsideLists(FormatVersion.V2_2, nulls, variable, places);
      outsideLists(FormatVersion.V2_2, nulls, lists, places);
    }
    return places.stream();
  }

  private static void everywhere(
      FormatVersion version, Nulls nulls, DataType type, List<Arguments> places) {
    outsideLists(version, nulls, type, places);
    Field packed = packed(type);
    List<Field> columns =
        new ArrayList<>(
            List.of(
                Field.nullable("list", list(packed)),
                Field.required("lists", list(Field.nullable("item", list(packed)))),
                Field.nullable("list of structs", list(Field.nullable("item", struct(packed))))));
    if (version == FormatVersion.V2_2) {
      columns.add(Field.nullable("map", map(Field.required("key", INT), packed)));
      columns.add(Field.nullable("entries", packedEntries()));
    }
    columns.forEach(column -> places.add(Arguments.of(version, nulls, column)));
  }

  private static void outsideLists(
      FormatVersion version, Nulls nulls, DataType type, List<Arguments> places) {
    Field packed = packed(type);
    List<Field> columns =
        new ArrayList<>(
            List.of(
                packed,
                new Field("p", type, false, packed.metadata()),
                Field.nullable("struct", struct(Field.nullable("x", INT), packed))));
    if (version == FormatVersion.V2_2) {
      columns.add(Field.nullable("array", DataType.fixedSizeList(packed, 3)));
    }
    columns.forEach(column -> places.add(Arguments.of(version, nulls, column)));
  }

  @ParameterizedTest
  @MethodSource("places")
  void theReferenceReadsThemAnywhere(FormatVersion version, Nulls nulls, Field column)
      throws IOException {
    Schema schema = Schema.of(Field.nullable("first", INT), column);
    for (Form form : Form.values()) {
      for (long cache : new long[] {1 << 24, 1 << 14}) {
        try (Arena arena = Arena.ofConfined()) {
          List<Batch> batches =
              new RandomColumns(version.minor(), nulls, form, form == Form.SLICED)
                  .batches(schema, BATCHES, arena);
          Path file = folder.resolve(form + "." + cache);
          write(file, version, cache, batches);
          ReferenceAssert.assertReads(file, batches);
          ReferenceAssert.assertReadsRange(file, batches, 600, 1800);
        }
      }
    }
  }

  @Test
  void aPackedStructIsOneColumn() throws IOException {
    DataType pair = struct(Field.nullable("a", INT8), Field.nullable("b", TEXT));
    Schema schema = Schema.of(packed(pair), Field.nullable("after", INT));
    try (Arena arena = Arena.ofConfined()) {
      Batch batch = new RandomColumns(1, Nulls.SOME, Form.PLAIN, false).batch(schema, 100, arena);
      Path file = folder.resolve("file.lance");
      List<WriteSummary.Column> columns =
          write(file, FormatVersion.V2_2, 1 << 20, List.of(batch)).columns();
      assertEquals(2, columns.size());
      assertEquals("p", columns.get(0).name());
      assertEquals(pair, columns.get(0).type());
      assertEquals(
          List.of("full-zip: VariablePackedStruct(Flat 8, Variable(Flat 32))"),
          columns.get(0).encodings());
      assertEquals(batch.columns().get(0).nullCount(), columns.get(0).nulls());
      assertEquals(3, columns.get(1).fieldId());
      List<String> paths =
          LanceFileMetadata.open(file).columns().stream()
              .map(LanceFileMetadata.Column::path)
              .toList();
      assertEquals(List.of("p", "after"), paths);
    }
  }

  @Test
  void aFileDoesNotTellHowItsRowsCameInBatches() throws IOException {
    DataType text = struct(Field.nullable("a", INT8), Field.nullable("b", TEXT));
    Schema schema =
        Schema.of(
            packed(text), Field.nullable("l", list(packed(struct(Field.nullable("x", INT))))));
    try (Arena arena = Arena.ofConfined()) {
      Batch batch = new RandomColumns(2, Nulls.SOME, Form.SLICED, false).batch(schema, 5000, arena);
      List<Batch> parts = new ArrayList<>();
      for (int row = 0; row < 5000; row += 250) {
        parts.add(batch.slice(row, 250));
      }
      Path whole = folder.resolve("whole.lance");
      Path cut = folder.resolve("cut.lance");
      write(whole, FormatVersion.V2_2, 1 << 14, List.of(batch));
      write(cut, FormatVersion.V2_2, 1 << 14, parts);
      assertEquals(-1, Files.mismatch(whole, cut));
    }
  }

  @Test
  void aBatchWithNullChildrenIsRefusedAsAWhole() throws IOException {
    Schema schema = Schema.of(packed(struct(Field.nullable("a", INT))));
    Path file = folder.resolve("file.lance");
    try (BatchBuilder builder = new BatchBuilder(schema);
        LanceWriter writer = LanceWriter.builder(schema).create(file)) {
      StructBuilder structs = builder.structs("p");
      IntBuilder numbers = structs.ints("a");
      for (int i = 0; i < 3; i++) {
        numbers.append(i);
        structs.appendStruct();
      }
      numbers.appendNull();
      structs.appendStruct();
      Batch batch = builder.build();
      String message =
          assertThrows(IllegalArgumentException.class, () -> writer.write(batch)).getMessage();
      assertTrue(message.startsWith("column 'p.a' (int32), row 3 of the batch: "), message);
      writer.write(batch.slice(0, 3));
      writer.finish();
      ReferenceAssert.assertReads(file, List.of(batch.slice(0, 3)));
    }
  }

  private static WriteSummary write(
      Path file, FormatVersion version, long cacheBytes, List<Batch> batches) throws IOException {
    try (LanceWriter writer =
        LanceWriter.builder(batches.getFirst().schema())
            .formatVersion(version)
            .dataCacheBytes(cacheBytes)
            .create(file)) {
      for (Batch batch : batches) {
        writer.write(batch);
      }
      return writer.finish();
    }
  }

  private static Field packed(DataType type) {
    return new Field("p", type, true, Map.of("lance-encoding:packed", "true"));
  }

  private static DataType struct(Field... children) {
    return DataType.struct(children);
  }

  private static DataType list(Field item) {
    return DataType.list(item);
  }

  private static DataType packedEntries() {
    DataType.Struct entries =
        DataType.struct(Field.required("key", INT), Field.nullable("value", DOUBLE));
    return new DataType.MapOf(
        new Field("entries", entries, false, packed(entries).metadata()), false);
  }

  private static DataType map(Field key, Field value) {
    return new DataType.MapOf(Field.required("entries", struct(key, value)), false);
  }

  private static DataType fixedSizeList(DataType item) {
    return DataType.fixedSizeList(Field.nullable("item", item), 2);
  }
}
