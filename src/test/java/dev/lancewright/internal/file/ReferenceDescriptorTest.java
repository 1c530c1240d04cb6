package dev.lancewright.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.arrow.ArrowSchemas;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.proto.FileProto;
import dev.lancewright.reference.Descriptors;
import dev.lancewright.reference.ReferenceWriter;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.Messages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * For the same Arrow schema, our descriptor is the reference implementation's, field by field. Our
 * schema comes the way of users' schemas, through the C Data interface.
 */
class ReferenceDescriptorTest {
  private static final ArrowType INT = new ArrowType.Int(32, true);
  private static final ArrowType TEXT = new ArrowType.Utf8();
  private static final ArrowType STRUCT = new ArrowType.Struct();
  private static final ArrowType LIST = new ArrowType.List();
  private static final ArrowType LARGE_LIST = new ArrowType.LargeList();
  private static final String EXTENSION = "ARROW:extension:name";
  private static final String PRIMARY_KEY = "lance-schema:unenforced-primary-key";
  private static final String CLUSTERING_KEY = "lance-schema:unenforced-clustering-key:position";

  private static ReferenceWriter reference;

  @TempDir Path folder;

  @BeforeAll
  static void startReference() throws IOException {
    reference = new ReferenceWriter();
  }

  @AfterAll
  static void stopReference() throws IOException {
    reference.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void flatTypes(FormatVersion version) throws IOException {
    List<Field> fields = new ArrayList<>();
    for (ArrowType type : flat().toList()) {
      fields.add(field("nullable " + fields.size(), type));
      fields.add(required("required " + fields.size(), type));
      fields.add(field("list " + fields.size(), new ArrowType.FixedSizeList(3), field("x", type)));
    }
    assertSameDescriptor(version, fields, Map.of());
  }

  private static Stream<ArrowType> flat() {
    Stream<ArrowType> integers =
        Stream.of(8, 16, 32, 64)
            .flatMap(
                bits -> Stream.of(new ArrowType.Int(bits, true), new ArrowType.Int(bits, false)));
    Stream<ArrowType> floats =
        Stream.of(FloatingPointPrecision.values()).map(ArrowType.FloatingPoint::new);
    Stream<ArrowType> times =
        Stream.of(TimeUnit.values())
            .flatMap(
                unit ->
                    Stream.of(
                        new ArrowType.Time(
                            unit, unit.compareTo(TimeUnit.MILLISECOND) <= 0 ? 32 : 64),
                        new ArrowType.Timestamp(unit, null),
                        new ArrowType.Timestamp(unit, "America/New_York"),
                        new ArrowType.Duration(unit)));
    Stream<ArrowType> others =
        Stream.of(
            new ArrowType.Bool(),
            new ArrowType.Decimal(38, -2, 128),
            new ArrowType.Decimal(50, 3, 256),
            new ArrowType.Date(DateUnit.DAY),
            new ArrowType.Date(DateUnit.MILLISECOND),
            new ArrowType.FixedSizeBinary(7));
    return Stream.of(integers, floats, times, others).flatMap(types -> types);
  }

  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void nestedTypes(FormatVersion version) throws IOException {
    Field pair = required("pair", STRUCT, field("a", INT), required("b", TEXT));
    assertSameDescriptor(
        version,
        List.of(
            field("null", new ArrowType.Null()),
            field("utf8", TEXT),
            field("large utf8", new ArrowType.LargeUtf8()),
            required("binary", new ArrowType.Binary()),
            field("large binary", new ArrowType.LargeBinary()),
            field("struct", STRUCT, field("x", INT), pair, field("n", new ArrowType.Null())),
            required("list", LIST, required("odd name", INT)),
            field("list of structs", LIST, pair),
            field("large list", LARGE_LIST, field("item", TEXT)),
            required("large list of structs", LARGE_LIST, pair),
            field("lists", LIST, field("item", LIST, field("item", LARGE_LIST, pair))),
            field(
                "matrix",
                new ArrowType.FixedSizeList(2),
                field("row", new ArrowType.FixedSizeList(5), required("cell", INT))),
            field("vectors", LIST, field("item", new ArrowType.FixedSizeList(4), field("x", INT))),
            dictionary("codes", new ArrowType.Int(8, true), false),
            dictionary("ordered codes", new ArrowType.Int(64, false), true),
            field("list of codes", LIST, dictionary("item", new ArrowType.Int(16, true), false))),
        Map.of());
  }

  @Test
  void typesOfFormat22() throws IOException {
    Field entries = required("entries", STRUCT, required("key", TEXT), field("value", INT));
    Field others =
        required(
            "e",
            STRUCT,
            required("k", STRUCT, field("x", INT)),
            field("v", LIST, field("item", TEXT)));
    Field struct = field("item", STRUCT, field("a", INT), field("b", TEXT));
    ArrowType pairs = new ArrowType.FixedSizeList(2);
    assertSameDescriptor(
        FormatVersion.V2_2,
        List.of(
            field("map", new ArrowType.Map(false), entries),
            required("map of other names", new ArrowType.Map(false), others),
            field("maps", LIST, field("item", new ArrowType.Map(false), entries)),
            field("pairs", pairs, struct),
            field("deep pairs", STRUCT, required("p", pairs, struct), field("x", INT))),
        Map.of());
  }

  @Test
  void metadataOfEachLevel() throws IOException {
    Map<String, String> metadata = Map.of("unit", "m/s", "empty", "", "größe", "日本");
    assertSameDescriptor(
        FormatVersion.V2_2,
        List.of(
            field("flat", INT, metadata),
            field("struct", STRUCT, metadata, field("child", TEXT, metadata)),
            field("list", LIST, metadata, field("item", INT, metadata)),
            field("vector", new ArrowType.FixedSizeList(2), metadata, field("item", INT, metadata)),
            field(
                "pairs",
                new ArrowType.FixedSizeList(2),
                metadata,
                field("item", STRUCT, metadata, field("a", INT, metadata)))),
        metadata);
  }

  @Test
  void extensionTypes() throws IOException {
    ArrowType halves = new ArrowType.FixedSizeBinary(2);
    Map<String, String> bfloat16 = Map.of(EXTENSION, "lance.bfloat16");
    Map<String, String> json = Map.of(EXTENSION, "lance.json", "ARROW:extension:metadata", "{}");
    assertSameDescriptor(
        FormatVersion.V2_1,
        List.of(
            field("uuid", new ArrowType.FixedSizeBinary(16), Map.of(EXTENSION, "arrow.uuid")),
            field("json", new ArrowType.LargeBinary(), json),
            field("no json", new ArrowType.Binary(), json),
            field("jsons", LIST, field("item", new ArrowType.LargeBinary(), json)),
            field("bfloat16", halves, bfloat16),
            field("bfloat16s", new ArrowType.FixedSizeList(3), field("item", halves, bfloat16)),
            field(
                "own",
                STRUCT,
                Map.of(EXTENSION, "my.point", "ARROW:extension:metadata", "\u0001"),
                field("x", INT))),
        Map.of());
  }

  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void packedStructs(FormatVersion version) throws IOException {
    assertSameDescriptor(
        version,
        List.of(
            field("p", STRUCT, Map.of("packed", "true"), field("a", INT), required("b", INT)),
            field(
                "list",
                LIST,
                field("item", STRUCT, Map.of("lance-encoding:packed", "TRUE"), field("a", INT))),
            field("x", INT)),
        Map.of());
  }

  @Test
  void idsAndKeys() throws IOException {
    assertSameDescriptor(
        FormatVersion.V2_1,
        List.of(
            field("x", INT),
            field("y", INT, Map.of("lance:field_id", "17", "kept", "yes")),
            field(
                "s",
                STRUCT,
                Map.of("lance:field_id", "3"),
                field("a", INT),
                field("b", INT, Map.of("lance:field_id", "0"))),
            required("k1", INT, Map.of(PRIMARY_KEY, "true")),
            required("k2", INT, Map.of(PRIMARY_KEY + ":position", "2")),
            required("k3", INT, Map.of(PRIMARY_KEY + ":position", "x", PRIMARY_KEY, "YES")),
            required("k4", INT, Map.of(PRIMARY_KEY, "no")),
            required("c1", INT, Map.of(CLUSTERING_KEY, "1")),
            required("c2", INT, Map.of(CLUSTERING_KEY, "x"))),
        Map.of());
  }

  private void assertSameDescriptor(
      FormatVersion version, List<Field> fields, Map<String, String> metadata) throws IOException {
    var schema = new org.apache.arrow.vector.types.pojo.Schema(fields, metadata);
    Path file = folder.resolve("reference.lance");
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot batch = VectorSchemaRoot.create(schema, allocator)) {
      MapDictionaryProvider dictionaries = dictionaries(fields, allocator);
      try {
        batch.setRowCount(0);
        reference.write(file, version, batch, dictionaries);
        FileProto.Schema expected = Descriptors.read(file).getSchema();
        FileProto.Schema actual =
            Messages.descriptor(
                    SchemaDescriptor.encode(imported(schema, dictionaries, allocator), 0))
                .getSchema();
        for (int i = 0; i < expected.getFieldsCount(); i++) {
          assertEquals(expected.getFields(i), actual.getFields(i));
        }
        assertEquals(expected, actual);
      } finally {
        dictionaries.close();
      }
    }
  }

  private static Schema imported(
      org.apache.arrow.vector.types.pojo.Schema schema,
      MapDictionaryProvider dictionaries,
      BufferAllocator allocator) {
    try (ArrowSchema struct = ArrowSchema.allocateNew(allocator)) {
      Data.exportSchema(allocator, schema, dictionaries, struct);
      try {
        return ArrowSchemas.read(struct.memoryAddress());
      } finally {
        struct.release();
      }
    }
  }

  private static MapDictionaryProvider dictionaries(List<Field> fields, BufferAllocator allocator) {
    MapDictionaryProvider dictionaries = new MapDictionaryProvider();
    addDictionaries(fields, allocator, dictionaries);
    return dictionaries;
  }

  private static void addDictionaries(
      List<Field> fields, BufferAllocator allocator, MapDictionaryProvider out) {
    for (Field field : fields) {
      if (field.getDictionary() != null) {
        FieldVector values = field("values", TEXT).createVector(allocator);
        values.allocateNew();
        out.put(new Dictionary(values, field.getDictionary()));
      }
      addDictionaries(field.getChildren(), allocator, out);
    }
  }

  private static Field dictionary(String name, ArrowType.Int index, boolean ordered) {
    DictionaryEncoding encoding = new DictionaryEncoding(name.hashCode(), ordered, index);
    return new Field(name, new FieldType(true, index, encoding), List.of());
  }

  private static Field field(String name, ArrowType type, Field... children) {
    return field(name, type, Map.of(), children);
  }

  private static Field field(
      String name, ArrowType type, Map<String, String> metadata, Field... children) {
    return new Field(name, new FieldType(true, type, null, metadata), List.of(children));
  }

  private static Field required(String name, ArrowType type, Field... children) {
    return required(name, type, Map.of(), children);
  }

  private static Field required(
      String name, ArrowType type, Map<String, String> metadata, Field... children) {
    return new Field(name, new FieldType(false, type, null, metadata), List.of(children));
  }
}
