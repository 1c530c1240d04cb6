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
  private static final DataType INT8 = new DataType.Int(8, true);
  private static final DataType INT32 = new DataType.Int(32, true);
  private static final DataType.Utf8 TEXT = new DataType.Utf8(false);

  @Test
  void nestedTypesOfAFile() throws IOException {
    Path file = Path.of("testdata", "reference", "v22_alltypes.lance");
    try (ReadResult read = ReferenceReader.shared().read(file)) {
      Schema schema = ReferenceSchemas.convert(read.batchSchema());
      assertType("dict_i8_utf8", new DataType.Dictionary(INT8, TEXT, false), schema);
      DataType xy =
          new DataType.Struct(List.of(Field.nullable("x", INT32), Field.nullable("y", TEXT)));
      assertType("list_struct", new DataType.ListOf(Field.nullable("item", xy), false), schema);
      DataType entry =
          new DataType.Struct(List.of(Field.required("key", TEXT), Field.nullable("value", INT32)));
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
        new DataType.ListOf(Field.required("l", fixedSize(lost)), true),
        new DataType.ListOf(Field.required("l", fixedSize(odd)), true));
    Field struct = Field.required("s", new DataType.Struct(List.of(odd)));
    assertAsRead(fixedSize(struct), fixedSize(struct));
    assertAsRead(
        new DataType.Struct(
            List.of(Field.nullable("d", new DataType.Dictionary(INT8, TEXT, false)))),
        new DataType.Struct(
            List.of(Field.nullable("d", new DataType.Dictionary(INT8, TEXT, true)))));
  }

  private static DataType fixedSize(Field item) {
    return new DataType.FixedSizeList(item, 2);
  }

  private static void assertAsRead(DataType expected, DataType written) {
    Map<String, String> metadata = Map.of("source", "sensor-7");
    assertEquals(
        new Schema(List.of(Field.required("c", expected)), metadata),
        ReferenceSchemas.asRead(new Schema(List.of(Field.required("c", written)), metadata)));
  }

  @Test
  void indicesStandForDictionaries() {
    DataType dictionary = new DataType.Dictionary(INT8, TEXT, false);
    assertEquals(
        Schema.of(Field.nullable("l", new DataType.ListOf(Field.nullable("item", INT8), false))),
        ReferenceSchemas.withoutDictionaries(
            Schema.of(
                Field.nullable(
                    "l", new DataType.ListOf(Field.nullable("item", dictionary), false)))));
  }
}
