package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.io.MemorySource;
import dev.lancewright.io.Source;
import dev.lancewright.schema.Field;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanceFileMetadataTest {
  @ParameterizedTest
  @CsvSource({
    // file, version, rows, bytes, fields, columns
    "v20_ints, 2.0, 2000, 43591, 6, 6",
    "v20_nested, 2.0, 300, 34540, 4, 13",
    "v21_alltypes, 2.1, 60, 85846, 79, 86",
    "v21_alltypes_1row, 2.1, 1, 28640, 79, 86",
    "v21_floats, 2.1, 1000, 20715, 3, 3",
    "v21_ints, 2.1, 2000, 25908, 6, 6",
    "v21_ints_empty, 2.1, 0, 620, 6, 6",
    "v21_multipage, 2.1, 2500000, 169526, 2, 2",
    "v21_nested, 2.1, 300, 27929, 4, 7",
    "v21_packed_struct, 2.1, 200, 3182, 1, 1",
    "v21_strings, 2.1, 150, 60486, 4, 4",
    "v21_strings_fullzip, 2.1, 150, 61707, 4, 4",
    "v21_strings_none, 2.1, 150, 83519, 4, 4",
    "v21_strings_zstd, 2.1, 150, 59049, 4, 4",
    "v21_taxi, 2.1, 500, 46663, 20, 20",
    "v21_type_int32_1row, 2.1, 1, 340, 1, 1",
    "v21_vectors, 2.1, 24, 74446, 2, 2",
    "v21_wide100, 2.1, 40, 41317, 100, 100",
    "v22_alltypes, 2.2, 60, 92317, 82, 92"
  })
  void filesOfTheReferenceAreRead(
      String name, String version, long rows, long bytes, int fields, int columns)
      throws IOException {
    LanceFileMetadata metadata = read(name);
    assertEquals(FormatVersion.parse(version), metadata.version());
    assertEquals(rows, metadata.rows());
    assertEquals(bytes, metadata.bytes());
    assertEquals(fields, metadata.schema().fields().size());
    assertEquals(columns, metadata.columns().size());
    assertEquals(1, metadata.globalBuffers().size());
  }

  @Test
  void leavesOwnTheColumns() throws IOException {
    LanceFileMetadata metadata = read("v21_nested");
    assertEquals(
        List.of("s.a", "s.b", "li.item", "ls.item.x", "ls.item.y", "ns.p", "ns.q.z"),
        paths(metadata));
    assertEquals(
        List.of(1, 2, 4, 7, 8, 10, 12),
        metadata.columns().stream().map(LanceFileMetadata.Column::fieldId).toList());
    assertEquals("a: int32", metadata.columns().getFirst().field().toString());
  }

  @Test
  void everyFieldOwnsAColumnInFormat20() throws IOException {
    assertEquals(
        List.of(
            "s",
            "s.a",
            "s.b",
            "li",
            "li.item",
            "ls",
            "ls.item",
            "ls.item.x",
            "ls.item.y",
            "ns",
            "ns.p",
            "ns.q",
            "ns.q.z"),
        paths(read("v20_nested")));
  }

  @Test
  void aPackedStructOwnsOneColumn() throws IOException {
    LanceFileMetadata metadata = read("v21_packed_struct");
    assertEquals(List.of("c"), paths(metadata));
    assertEquals(
        "mini-block: PackedStruct(Flat 112), 200 items, layers [item]",
        metadata.columns().getFirst().pages().getFirst().details());
  }

  @Test
  void listsOfStructsMultiplyTheRowsOfPages() throws IOException {
    LanceFileMetadata.Column column =
        read("v22_alltypes").columns().stream()
            .filter(c -> c.path().equals("fsl_struct.item.x"))
            .findFirst()
            .orElseThrow();
    assertEquals(120, column.pages().getFirst().rows());
  }

  @Test
  void pagesSayWhereTheirRowsStart() throws IOException {
    LanceFileMetadata metadata = read("v21_multipage");
    assertEquals(
        List.of(List.of(0L, 1048576L, 2097152L), List.of(0L, 2097152L)),
        metadata.columns().stream()
            .map(c -> c.pages().stream().map(LanceFileMetadata.Page::priority).toList())
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v20_ints | 0 | array encoding (format 2.0)",
        "v21_vectors | 1 | full-zip: FixedSizeList(768, Flat 32)",
        "v21_strings_fullzip | 2 | full-zip: Fsst(Variable(Flat 32))",
        "v21_strings_zstd | 2 | full-zip: General(zstd:0, Variable(Flat 32))"
      })
  void encodingsAreDescribed(String name, int column, String encoding) throws IOException {
    assertEquals(encoding, read(name).columns().get(column).pages().getFirst().encoding());
  }

  @Test
  void metadataOfSchemaAndFieldsIsRead() throws IOException {
    LanceFileMetadata metadata = read("v21_strings_zstd");
    assertEquals("{note=hello, owner=oracle}", metadata.schema().metadata().toString());
    Field field = metadata.schema().fields().getFirst();
    assertEquals("{lance-encoding:compression=zstd}", field.metadata().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"v21_type_int32_1row", "v21_ints_empty"})
  void aFileCutAnywhereIsRefused(String name) throws IOException {
    byte[] file = bytes(name);
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThrows(
          LanceFormatException.class,
          () -> LanceFileMetadata.read(source(name, cut)),
          () -> "cut to " + cut.length);
    }
  }

  static Stream<String> filesToDamage() {
    return Stream.of(
        "v20_nested", "v21_type_int32_1row", "v21_ints_empty", "v21_nested", "v21_packed_struct");
  }

  @ParameterizedTest
  @MethodSource("filesToDamage")
  void aDamagedByteIsRefusedOrHarmless(String name) throws IOException {
    byte[] file = bytes(name);
    for (int at = Math.max(0, file.length - 400); at < file.length; at++) {
      for (int mask : new int[] {0x01, 0x10, 0x80, 0xFF}) {
        file[at] ^= (byte) mask;
        readOrRefuse(name, file, "byte %d changed by %02x".formatted(at, mask));
        file[at] ^= (byte) mask;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("filesToDamage")
  void damageAllOverTheMetadataIsRefusedOrHarmless(String name) throws IOException {
    byte[] file = bytes(name);
    int metadata = (int) read(name).globalBuffers().getFirst().position();
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      byte[] damaged = file.clone();
      for (int i = random.nextInt(1, 9); i > 0; i--) {
        damaged[random.nextInt(metadata, file.length - 8)] = (byte) random.nextInt();
      }
      readOrRefuse(name, damaged, "seed " + seed);
    }
  }

  /** Any other outcome than metadata or a {@link LanceFormatException} of one line is a failure. */
  private static void readOrRefuse(String name, byte[] file, String damage) {
    try {
      LanceFileMetadata.read(source(name, file));
    } catch (LanceFormatException e) {
      assertEquals(1, e.getMessage().lines().count(), () -> damage + ": " + e.getMessage());
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new AssertionError(name + ", " + damage, e);
    }
  }

  private static List<String> paths(LanceFileMetadata metadata) {
    return metadata.columns().stream().map(LanceFileMetadata.Column::path).toList();
  }

  private static LanceFileMetadata read(String name) throws IOException {
    return LanceFileMetadata.open(path(name));
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(path(name));
  }

  private static Path path(String name) {
    return Path.of("testdata/reference", name + ".lance");
  }

  private static Source source(String name, byte[] bytes) {
    return new MemorySource(name, MemorySegment.ofArray(bytes));
  }
}
