package dev.lancewright.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceSchemasTest {
  private static final DataType INT8 = DataType.int8();
  private static final DataType INT32 = DataType.int32();
  private static final DataType.Utf8 TEXT = DataType.utf8();

  @Test
  void nestedTypesOfAFile() throws IOException {
    Path file = Path.of("testdata", "reference", "v22_alltypes.lance");
    try (ReadResult read = ReferenceReader.shared().read(file)) {
      Schema schema = ReferenceSchemas.convert(read.batchSchema());
      assertType("dict_i8_utf8", DataType.dictionary(INT8, TEXT), schema);
      DataType xy = DataType.struct(Field.nullable("x", INT32), Field.nullable("y", TEXT));
      assertType("list_struct", DataType.list(Field.nullable("item", xy)), schema);
      DataType entry = DataType.struct(Field.required("key", TEXT), Field.nullable("value", INT32));
      assertType(
          "map_utf8_int32", new DataType.MapOf(Field.required("entries", entry), false), schema);
      assertEquals(
          ReferenceSchemas.withoutDictionaries(schema),
          ReferenceSchemas.convert(read.fileSchema()));
    }
  }

  private static void assertType(String name, DataType expected, Schema schema) {
    Field field =
        schema.fields().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    assertEquals(expected, field.type(), name);
  }

  @Test
  void whatIsLostAtEveryLevel() {
    Field odd = new Field("odd", INT32, false, Map.of("unit", "m"));
    Field lost = Field.nullable("item", INT32);
    assertAsRead(fixedSize(lost), fixedSize(odd));
    assertAsRead(
        fixedSize(Field.nullable("item", fixedSize(lost))),
        fixedSize(Field.required("rows", fixedSize(odd))));
    assertAsRead(
        DataType.largeList(Field.required("l", fixedSize(lost))),
        DataType.largeList(Field.required("l", fixedSize(odd))));
    Field struct = Field.required("s", DataType.struct(odd));
    assertAsRead(fixedSize(struct), fixedSize(struct));
    assertAsRead(
        DataType.struct(Field.nullable("d", DataType.dictionary(INT8, TEXT))),
        DataType.struct(Field.nullable("d", DataType.orderedDictionary(INT8, TEXT))));
  }

  private static DataType fixedSize(Field item) {
    return DataType.fixedSizeList(item, 2);
  }

  private static void assertAsRead(DataType expected, DataType written) {
    Map<String, String> metadata = Map.of("source", "sensor-7");
    assertEquals(
        new Schema(List.of(Field.required("c", expected)), metadata),
        ReferenceSchemas.asRead(new Schema(List.of(Field.required("c", written)), metadata)));
  }

  @Test
  void indicesStandForDictionaries() {
    DataType dictionary = DataType.dictionary(INT8, TEXT);
    assertEquals(
        Schema.of(Field.nullable("l", DataType.list(Field.nullable("item", INT8)))),
        ReferenceSchemas.withoutDictionaries(
            Schema.of(Field.nullable("l", DataType.list(Field.nullable("item", dictionary))))));
  }
}
