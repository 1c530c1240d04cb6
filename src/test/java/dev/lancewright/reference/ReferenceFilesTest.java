package dev.lancewright.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader and its encoding against files whose values' digests are known. */
class ReferenceFilesTest {
  private static final Path FILES = Path.of("testdata", "reference");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v21_alltypes",
        "v21_floats",
        "v21_ints",
        "v21_ints_empty",
        "v21_multipage",
        "v21_nested",
        "v21_strings",
        "v21_taxi",
        "v21_type_int32_1row",
        "v21_vectors",
        "v22_alltypes"
      })
  void readsWhatTheManifestSays(String name) throws IOException {
    JsonNode manifest = new ObjectMapper().readTree(FILES.resolve(name + ".json").toFile());
    try (ReadResult result = ReferenceReader.shared().read(FILES.resolve(name + ".lance"))) {
      assertEquals(manifest.get("rows").longValue(), result.rows());
      assertMatches(manifest.get("columns"), result);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 25, 59, 60, 1000})
  void readsTheSameInBatchesOfAnySize(int batchRows) throws IOException {
    Path file = FILES.resolve("v21_alltypes.lance");
    JsonNode manifest = new ObjectMapper().readTree(FILES.resolve("v21_alltypes.json").toFile());
    try (ReadResult result = ReferenceReader.shared().read(file, batchRows)) {
      assertMatches(manifest.get("columns"), result);
    }
  }

  private static void assertMatches(JsonNode columns, ReadResult result) throws IOException {
    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    for (JsonNode column : columns) {
      expected.add(describe(column) + " " + column.get("digest").textValue());
    }
    List<Field> fields = result.batchSchema().getFields();
    for (int i = 0; i < fields.size(); i++) {
      actual.add(describe(fields.get(i)) + " " + result.digest(i));
    }
    assertEquals(String.join("\n", expected), String.join("\n", actual));
  }

  private static String describe(JsonNode field) {
    List<String> children = new ArrayList<>();
    field.path("children").forEach(child -> children.add(describe(child)));
    return describe(
        field.get("name").textValue(),
        field.get("type").textValue(),
        field.get("nullable").booleanValue(),
        field.path("dictionary").asText(),
        children);
  }

  private static String describe(Field field) {
    DictionaryEncoding dictionary = field.getDictionary();
    return describe(
        field.getName(),
        (dictionary == null ? field.getType() : dictionary.getIndexType()).toString(),
        field.isNullable(),
        dictionary == null ? "" : dictionary.toString(),
        field.getChildren().stream().map(ReferenceFilesTest::describe).toList());
  }

  private static String describe(
      String name, String type, boolean nullable, String dictionary, List<String> children) {
    return "%s: %s%s %s%s".formatted(name, type, nullable ? "" : " not null", dictionary, children);
  }
}
