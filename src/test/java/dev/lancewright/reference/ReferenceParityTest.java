package dev.lancewright.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.lancewright.internal.file.FileTail;
import dev.lancewright.internal.proto.FileProto;
import dev.lancewright.io.FileSource;
import dev.lancewright.io.Source;
import dev.lancewright.schema.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For the rows of a file of the reference implementation, our file has the same schema descriptor,
 * the same pages and the same layouts. What differs is listed here with its reason; compression may
 * differ everywhere.
 */
class ReferenceParityTest {
  private static final Path FILES = Path.of("testdata", "reference");

  /** Why a column's pages differ, and what they still have in common. */
  enum Difference {
    INNER_LISTS("a list in a list is emptyable even on pages where no list is empty"),
    OUTER_STRUCTS("structs outside the innermost list are nullable by the schema, not by the page"),
    STRINGS_TOGETHER("strings that LZ4 makes much smaller together are in mini-blocks");

    private final String reason;

    Difference(String reason) {
      this.reason = reason;
    }

    PageShape common(PageShape page) {
      return this == STRINGS_TOGETHER ? page.layersOnly() : page.withoutLayers();
    }
  }

  /** By file and path of the column. */
  private static final Map<String, Difference> DIFFERENCES =
      Map.of(
          "v21_alltypes_1row list_list_int32.item.item", Difference.INNER_LISTS,
          "v21_alltypes_1row struct_list.a.item", Difference.OUTER_STRUCTS,
          "v21_strings long_text", Difference.STRINGS_TOGETHER,
          "v22_strings long_text", Difference.STRINGS_TOGETHER);

  private static Rewriter rewriter;

  @TempDir Path folder;

  @BeforeAll
  static void startRewriter() throws IOException {
    rewriter = new Rewriter();
  }

  @AfterAll
  static void stopRewriter() throws IOException {
    rewriter.close();
  }

  static List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(FILES)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.matches("v2[12]_.*\\.lance"))
          .map(name -> name.substring(0, name.indexOf('.')))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void agrees(String name) throws IOException {
    Path theirs = FILES.resolve(name + ".lance");
    Path ours = folder.resolve("ours.lance");
    rewriter.rewrite(theirs, ours);
    assertSameDescriptor(Descriptors.read(theirs), Descriptors.read(ours));
    assertSamePages(name, columns(theirs), columns(ours));
    assertSameValues(theirs, ours);
  }

  private static void assertSameDescriptor(
      FileProto.FileDescriptor theirs, FileProto.FileDescriptor ours) {
    for (int i = 0; i < theirs.getSchema().getFieldsCount(); i++) {
      assertEquals(theirs.getSchema().getFields(i), ours.getSchema().getFields(i));
    }
    assertEquals(theirs, ours);
  }

  private static List<FileTail.Column> columns(Path file) throws IOException {
    try (Source source = FileSource.open(file)) {
      return FileTail.read(source).columns();
    }
  }

  private static void assertSamePages(
      String name, List<FileTail.Column> theirs, List<FileTail.Column> ours) {
    List<String> listed = new ArrayList<>();
    for (int i = 0; i < theirs.size(); i++) {
      String path = name + " " + theirs.get(i).field().path();
      boolean dictionary = theirs.get(i).field().field().type() instanceof DataType.Dictionary;
      List<PageShape> expected = shapes(theirs.get(i));
      List<PageShape> actual = shapes(ours.get(i));
      assertEquals(expected.size(), actual.size(), path + ": pages");
      Difference difference = DIFFERENCES.get(path);
      if (difference != null) {
        listed.add(path);
        assertNotEquals(
            alike(expected, actual, dictionary), alike(actual, expected, dictionary), path);
        expected = expected.stream().map(difference::common).toList();
        actual = actual.stream().map(difference::common).toList();
      }
      assertEquals(
          alike(expected, actual, dictionary),
          alike(actual, expected, dictionary),
          path + (difference == null ? "" : ", but for this: " + difference.reason));
    }
    assertEquals(
        DIFFERENCES.keySet().stream().filter(path -> path.startsWith(name + " ")).sorted().toList(),
        listed.stream().sorted().toList());
  }

  private static List<PageShape> shapes(FileTail.Column column) {
    return column.pages().stream().map(PageShape::of).toList();
  }

  /**
   * What is comparable in {@code pages}: all but the sizes of dictionaries, of which we write only
   * the values that rows have; and where one of the two is compressed, nothing about compression.
   */
  private static List<PageShape> alike(
      List<PageShape> pages, List<PageShape> others, boolean dictionary) {
    List<PageShape> alike = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      PageShape page = pages.get(i).withoutDictionarySize();
      boolean plain = page.isPlain() && others.get(i).isPlain();
      alike.add(plain ? page : page.withoutCompression(dictionary));
    }
    return alike;
  }

  private static void assertSameValues(Path theirs, Path ours) throws IOException {
    try (ReadResult expected = ReferenceReader.shared().read(theirs);
        ReadResult actual = ReferenceReader.shared().read(ours)) {
      for (int i = 0; i < expected.batchSchema().getFields().size(); i++) {
        assertEquals(expected.digest(i), actual.digest(i), "column " + i);
      }
    }
  }
}
