package dev.lancewright.internal.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.proto.FileProto;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.Messages;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaDescriptorTest {
  private static final DataType INT = DataType.int32();

  static List<Path> referenceFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("testdata/reference"))) {
      return files.filter(path -> path.toString().endsWith(".lance")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("referenceFiles")
  void descriptorsOfTheReferenceAreReproduced(Path path) throws IOException {
    FileProto.FileDescriptor reference = descriptor(path);
    SchemaDescriptor.Decoded decoded = SchemaDescriptor.decode(reference);
    assertEquals(
        reference, Messages.descriptor(SchemaDescriptor.encode(decoded.schema(), decoded.rows())));
    assertEquals(
        reference.getSchema().getFieldsList().stream().map(FileProto.Field::getId).toList(),
        decoded.fieldIds());
  }

  @Test
  void leavesAndPackedStructsOwnColumns() {
    DataType pair = DataType.struct(Field.nullable("a", INT), Field.nullable("b", INT));
    Field packed = new Field("item", pair, true, Map.of("packed", "true"));
    Schema schema =
        Schema.of(
            Field.nullable("plain", pair),
            packed,
            Field.nullable("list", DataType.list(packed)),
            new Field("leaf", INT, true, Map.of("packed", "true")));
    assertArrayEquals(new int[] {1, 2, 3, 7, 10}, SchemaDescriptor.leafIds(schema));
  }

  @Test
  void metadataIsStoredInTheOrderOfItsKeys() {
    Map<String, String> backwards = new LinkedHashMap<>();
    for (String key : List.of("z", "lance:field_id", "m", "ARROW:extension:name", "a")) {
      backwards.put(key, key.equals("lance:field_id") ? "5" : "value of " + key);
    }
    Schema schema = new Schema(List.of(new Field("x", INT, true, backwards)), backwards);
    FileProto.Schema stored = encode(schema);
    assertEquals(
        List.of("ARROW:extension:name", "a", "lance:field_id", "m", "z"),
        List.copyOf(stored.getMetadataMap().keySet()));
    FileProto.Field field = stored.getFields(0);
    assertEquals(
        List.of("ARROW:extension:name", "a", "m", "z"),
        List.copyOf(field.getMetadataMap().keySet()));
    assertEquals(5, field.getId());
    assertEquals("value of ARROW:extension:name", field.getExtensionName());
  }

  @Test
  void idsNamedByMetadataAreKeptAndTheOthersFollow() {
    Field named = new Field("y", INT, true, Map.of("lance:field_id", "17"));
    Field parent = Field.nullable("d", DataType.struct(Field.nullable("e", INT)));
    Schema schema = Schema.of(Field.nullable("x", INT), named, parent);
    assertArrayEquals(new int[] {18, 17, 19, 20}, SchemaDescriptor.fieldIds(schema));
    assertEquals(
        List.of(-1, -1, -1, 19),
        encode(schema).getFieldsList().stream().map(FileProto.Field::getParentId).toList());
  }

  @Test
  void primaryKeysAreMarked() {
    FileProto.Schema schema =
        encode(
            Schema.of(
                keyed("a", Map.of("lance-schema:unenforced-primary-key", "True")),
                keyed("b", Map.of("lance-schema:unenforced-primary-key:position", "2")),
                keyed("c", Map.of("lance-schema:unenforced-primary-key", "no"))));
    assertEquals(
        List.of(true, true, false),
        schema.getFieldsList().stream().map(FileProto.Field::getUnenforcedPrimaryKey).toList());
    assertEquals(
        List.of(0, 2, 0),
        schema.getFieldsList().stream()
            .map(FileProto.Field::getUnenforcedPrimaryKeyPosition)
            .toList());
  }

  @Test
  void childrenOfUnknownTypesAreDropped() throws LanceFormatException {
    FileProto.FileDescriptor descriptor =
        descriptor(field("u", 0, -1, "union"), field("a", 1, 0, "int8"), field("b", 2, -1, "int8"));
    SchemaDescriptor.Decoded decoded = SchemaDescriptor.decode(descriptor);
    assertEquals(new DataType.Unsupported("union"), decoded.schema().fields().get(0).type());
    assertEquals(List.of(0, 2), decoded.fieldIds());
  }

  static Stream<Arguments> badDescriptors() {
    FileProto.FileDescriptor.Builder deep = FileProto.FileDescriptor.newBuilder();
    for (int i = 0; i < 10_000; i++) {
      deep.getSchemaBuilder().addFields(field("f", i, i - 1, "struct"));
    }
    return Stream.of(
        Arguments.of(
            FileProto.FileDescriptor.newBuilder().setLength(3).build(),
            "the schema descriptor has no schema"),
        Arguments.of(
            descriptor(field("a", 0, -1, "int8")).toBuilder().setLength(-1).build(),
            "the schema descriptor says 18446744073709551615 rows; a file has at most 2^63 - 1"),
        Arguments.of(
            descriptor(field("a", 0, 0, "int8")),
            "field 'a' says that its parent is field 0, which does not come before it"),
        Arguments.of(
            descriptor(field("a", 4, -1, "int8"), field("b", 4, -1, "int8")),
            "field 'b' has the id 4 of a field before it"),
        Arguments.of(
            descriptor(field("a", 0, -1, "int8"), field("a", 1, -1, "int8")),
            "the schema descriptor contradicts itself: columns 0 and 1 are both named 'a'; names"
                + " must be unique"),
        Arguments.of(
            descriptor(field("a\nb", 0, -1, "list")),
            "field 'a\\u000ab' ('list'): the type has one child field, but the field has 0"),
        Arguments.of(deep.build(), "field 'f' is nested more than 100 deep"));
  }

  @ParameterizedTest
  @MethodSource("badDescriptors")
  void contradictionsAreRefused(FileProto.FileDescriptor descriptor, String message) {
    assertEquals(
        message,
        assertThrows(LanceFormatException.class, () -> SchemaDescriptor.decode(descriptor))
            .getMessage());
  }

  private static FileProto.Schema encode(Schema schema) {
    return Messages.descriptor(SchemaDescriptor.encode(schema, 3)).getSchema();
  }

  private static Field keyed(String name, Map<String, String> metadata) {
    return new Field(name, INT, false, metadata);
  }

  private static FileProto.Field field(String name, int id, int parent, String type) {
    return FileProto.Field.newBuilder()
        .setName(name)
        .setId(id)
        .setParentId(parent)
        .setLogicalType(type)
        .build();
  }

  private static FileProto.FileDescriptor descriptor(FileProto.Field... fields) {
    return FileProto.FileDescriptor.newBuilder()
        .setSchema(FileProto.Schema.newBuilder().addAllFields(List.of(fields)))
        .build();
  }

  private static FileProto.FileDescriptor descriptor(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    MemorySegment file = MemorySegment.ofArray(bytes);
    long table = file.get(LittleEndian.LONG, bytes.length - 24);
    int position = Math.toIntExact(file.get(LittleEndian.LONG, table));
    int size = Math.toIntExact(file.get(LittleEndian.LONG, table + 8));
    return FileProto.FileDescriptor.parseFrom(ByteString.copyFrom(bytes, position, size));
  }
}
