package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.builder.BatchBuilder;
import dev.lancewright.builder.LongBuilder;
import dev.lancewright.builder.Utf8Builder;
import dev.lancewright.io.FileSource;
import dev.lancewright.io.Source;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents show works, and what they point at is there. */
class DocumentsTest {
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");

  @Test
  void theReadmesExampleWritesAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("two.lance");
    writeTwoRows(file);
    try (Source source = FileSource.open(file)) {
      assertEquals(2, LanceFileMetadata.read(source).rows());
    }
  }

  @SuppressWarnings("UnusedVariable") // as in the document
  private static void writeTwoRows(Path file) throws IOException {
    Schema schema =
        Schema.of(Field.required("id", DataType.int64()), Field.nullable("name", DataType.utf8()));
    try (LanceWriter writer = LanceWriter.builder(schema).create(file);
        BatchBuilder batch = new BatchBuilder(schema)) {
      LongBuilder id = batch.longs("id");
      Utf8Builder name = batch.strings("name");
      id.append(1);
      name.append("one");
      id.append(2);
      name.appendNull();
      writer.write(batch.build());
      WriteSummary summary = writer.finish(); // without this, no file appears
    }
  }

  @Test
  void theReadmeShowsTheExampleThatIsTestedHere() throws IOException {
    Matcher block = JAVA_BLOCK.matcher(Files.readString(Path.of("README.md")));
    assertTrue(block.find(), "README.md has no Java example");
    Path here = Path.of("src/test/java/dev/lancewright/DocumentsTest.java");
    String tested = Files.readString(here);
    assertTrue(
        tested.contains(block.group(1).stripTrailing().indent(4)),
        "README.md shows another example than writeTwoRows:\n" + block.group(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/design.md",
        "docs/format-notes.md"
      })
  void linksLeadSomewhere(String document) throws IOException {
    Path path = Path.of(document);
    LINK.matcher(Files.readString(path))
        .results()
        .map((MatchResult link) -> link.group(1))
        .filter(target -> !target.startsWith("https:"))
        .forEach(
            target ->
                assertTrue(
                    Files.exists(path.resolveSibling(target)),
                    document + " links to " + target + ", which is not there"));
  }
}
