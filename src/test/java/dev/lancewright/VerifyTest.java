package dev.lancewright;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.Extent;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.RepDefLayer;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.AllTypes;
import dev.lancewright.testing.Nulls;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.RandomColumns.Form;
import dev.lancewright.testing.Rows;
import dev.lancewright.testing.Sketch;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VerifyTest {
  private static final Path FILES = Path.of("testdata", "reference");
  private static final DataType INT = DataType.int32();
  private static final DataType TEXT = DataType.utf8();
  private static final Object[] WORDS =
      IntStream.range(1000, 2000).mapToObj(i -> "word " + i).toArray();

  @TempDir Path folder;

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .filter(file -> file.toString().endsWith(".lance"))
          .filter(file -> !file.getFileName().toString().startsWith("v20"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void findsNothingInFilesOfTheReference(Path file) throws IOException {
    assertVerifies(file);
  }

  @ParameterizedTest
  @EnumSource
  void findsNothingInOurFiles(Nulls nulls) throws IOException {
    Schema schema = AllTypes.schema(AllTypes.fields());
    Path file = folder.resolve("all.lance");
    try (Arena arena = Arena.ofConfined();
        LanceWriter writer = LanceWriter.builder(schema).dataCacheBytes(32 << 10).create(file)) {
      for (int seed = 0; seed < 3; seed++) {
        RandomColumns columns = new RandomColumns(seed, nulls, Form.PLAIN, false);
        writer.write(columns.batch(schema, 800, arena));
      }
      writer.finish();
    }
    assertVerifies(file);
  }

  private static void assertVerifies(Path file) throws IOException {
    try (LanceReader reader = LanceReader.open(file)) {
      LanceFileMetadata metadata = LanceFileMetadata.open(file);
      long pages = metadata.columns().stream().mapToLong(column -> column.pages().size()).sum();
      assertEquals(
          new VerifySummary(metadata.rows(), metadata.columns().size(), pages, metadata.bytes()),
          reader.verify());
    }
  }

  @Test
  void namesDamagedPadding() throws IOException {
    Path file = write(Field.required("n", INT), 1, 2, 3);
    Extent words =
        LanceFileMetadata.open(file).columns().getFirst().pages().getFirst().buffers().get(0);
    int at = (int) words.end() + 1;
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(72, bytes[at]);
    bytes[at] = 0;
    Files.write(file, bytes);
    assertVerifies(file);
    bytes[at] = 7;
    Files.write(file, bytes);
    assertFault(
        file,
        "column 'n', page 0, buffer 0: the padding behind it has the byte 7 at position "
            + at
            + "; it must be 72, or 0");
  }

  @Test
  void namesTextThatIsNotUtf8() throws IOException {
    Path file = write(Field.nullable("text", TEXT), WORDS);
    assertVerifies(file);
    int row = 987;
    LanceFileMetadata.Column column = LanceFileMetadata.open(file).columns().getFirst();
    int page = 0;
    long rows = column.pages().getFirst().rows();
    while (rows <= row) {
      rows += column.pages().get(++page).rows();
    }
    assertTrue(page > 0, "the text is in the first of " + column.pages().size() + " pages");
    replace(file, WORDS[row].toString(), "wor\u00FF 1987");
    assertFault(
        file,
        "column 'text', page %d, row %d: the value is not valid UTF-8: 0x776f72ff2031393837"
            .formatted(page, row));
  }

  @Test
  void namesTheFirstRowOfADictionarysValue() throws IOException {
    DataType type = DataType.dictionary(INT, TEXT);
    Path file = write(Field.nullable("d", type), "one", null, "other", "one", "other");
    assertVerifies(file);
    replace(file, "other", "oth\u00FFr");
    assertFault(file, "column 'd', page 0, row 2: the value is not valid UTF-8: 0x6f7468ff72");
  }

  @Test
  void namesTextInsideOfLists() throws IOException {
    DataType type = DataType.list(Field.nullable("item", TEXT));
    Path file = write(Field.nullable("l", type), list("a"), null, list("b", "text"));
    replace(file, "text", "te\u00FFt");
    assertFault(file, "column 'l.item', page 0, row 2: the value is not valid UTF-8: 0x7465ff74");
  }

  @Test
  void namesANullWhereNoneMayBe() throws IOException {
    Path file = write(Field.nullable("n", INT), 5, 6, null, 8);
    byte[] bytes = Files.readAllBytes(file);
    Extent descriptor = LanceFileMetadata.open(file).globalBuffers().getFirst();
    byte[] nullable = {6 << 3, 1};
    int at = indexOf(bytes, nullable, (int) descriptor.position());
    assertTrue(at > 0 && at < descriptor.end(), "no field 'nullable' in the descriptor");
    bytes[at + 1] = 0;
    Files.write(file, bytes);
    assertFault(
        file, "column 'n', page 0, row 2: the value is null, but the field is declared non-null");
  }

  private static final Field POINTS =
      Field.nullable(
          "points",
          DataType.list(
              Field.nullable(
                  "item", DataType.struct(Field.nullable("x", INT), Field.nullable("y", INT)))));

  @Test
  void namesSiblingsOfOtherOffsets() throws IOException {
    Object p = list(1, 2);
    assertFault(
        splice(
            new Object[] {list(p), list(p, p), list(p, p), list(p)},
            new Object[] {list(p), list(p, p), list(p), list(p, p)}),
        "column 'points.item.y', page 0, row 2: its offsets at 'points' are not those of"
            + " 'points.item.x'");
  }

  @Test
  void namesSiblingsOfOtherNulls() throws IOException {
    Object p = list(1, 2);
    assertFault(
        splice(
            new Object[] {list(p), list(null, p), list(p, p)},
            new Object[] {list(p), list(p, null), list(p, p)}),
        "column 'points.item.y', page 0, row 1: its nulls at 'points.item' are not those of"
            + " 'points.item.x'");
    assertFault(
        splice(
            new Object[] {list(p), list(), null, list(p, p)},
            new Object[] {list(p), null, list(), list(p, p)}),
        "column 'points.item.y', page 0, row 1: its nulls at 'points' are not those of"
            + " 'points.item.x'");
  }

  /** A file of the first rows, but for the last column, which is of the second. */
  private Path splice(Object[] rows, Object[] others) throws IOException {
    Path other = write(POINTS, others);
    byte[] donor = Files.readAllBytes(other);
    Path file = write(POINTS, rows);
    byte[] bytes = Files.readAllBytes(file);
    LanceFileMetadata.Column last = LanceFileMetadata.open(file).columns().getLast();
    assertEquals(bytes.length, donor.length);
    for (Extent buffer : last.pages().getFirst().buffers()) {
      System.arraycopy(
          donor, (int) buffer.position(), bytes, (int) buffer.position(), (int) buffer.size());
    }
    Files.write(file, bytes);
    return file;
  }

  @Test
  void namesTheRowThatCannotBeRead() throws IOException {
    FieldCompression fullZip = FieldCompression.parse("structural-encoding", "fullzip");
    Schema schema = Schema.of(Field.required("text", TEXT));
    Path file = folder.resolve("zip.lance");
    try (Rows rows = Rows.of(schema.fields().getFirst(), WORDS);
        LanceWriter writer =
            LanceWriter.builder(schema).compression(params(fullZip.merge(plain()))).create(file)) {
      writer.write(rows.batch());
      writer.finish();
    }
    assertVerifies(file);
    byte[] bytes = Files.readAllBytes(file);
    int at = indexOf(bytes, WORDS[700].toString().getBytes(US_ASCII), 0);
    bytes[at - 4] = 8; // its length, which is 9
    Files.write(file, bytes);
    LanceFormatException e = assertThrows(LanceFormatException.class, () -> verify(file));
    assertTrue(e.getMessage().startsWith(file + ": column 'text', page 0: "), e.getMessage());
    assertTrue(e.getMessage().endsWith(" (row 700)"), e.getMessage());
  }

  @Test
  void namesAnIndexThatLeavesBytesOut() throws IOException {
    byte[] data = "..\1\0\0\0a\1\0\0\0b...".getBytes(US_ASCII);
    byte[] values = Arrays.copyOfRange(data, 2, 12);
    assertVerifies(zipped(values, 0, 5, 10));
    String problem = "column 'f0', page 0: its index says that rows lie between bytes ";
    assertFault(zipped(data, 2, 7, 12), problem + "2 and 12, but there are 15 bytes");
    assertFault(
        zipped(Arrays.copyOfRange(data, 2, 15), 0, 5, 10),
        problem + "0 and 10, but there are 13 bytes");
  }

  @Test
  void namesAnIndexThatIsWrongInTheMiddle() throws IOException {
    Path file = zipped("\1\0\0\0a\1\0\0\0b".getBytes(US_ASCII), 0, 10, 10);
    LanceFormatException e = assertThrows(LanceFormatException.class, () -> verify(file));
    assertTrue(e.getMessage().contains("a row starts elsewhere than its index says"), e.toString());
  }

  @Test
  void blobsCannotBeVerified() throws IOException {
    Sketch sketch = new Sketch().field("large_binary", -1);
    sketch
        .descriptor
        .getSchemaBuilder()
        .getFieldsBuilder(0)
        .putMetadata("lance-encoding:blob", ByteString.copyFromUtf8("true"));
    sketch.descriptor.setLength(1);
    sketch.column(1).layout.getConstantLayoutBuilder().addLayers(RepDefLayer.REPDEF_NULLABLE_ITEM);
    Path file = Files.write(folder.resolve("sketch.lance"), sketch.file());
    LanceFormatException e = assertThrows(LanceFormatException.class, () -> verify(file));
    assertTrue(e.getMessage().contains("as blobs cannot be read"), e.toString());
  }

  /** Two rows of text in a full-zip page. */
  private Path zipped(byte[] data, int... index) throws IOException {
    byte[] entries = new byte[index.length];
    for (int i = 0; i < index.length; i++) {
      entries[i] = (byte) index[i];
    }
    Sketch sketch = new Sketch().field("string", -1);
    sketch.descriptor.setLength(2);
    CompressiveEncoding.Builder variable = CompressiveEncoding.newBuilder();
    variable.getVariableBuilder().getOffsetsBuilder().getFlatBuilder().setBitsPerValue(32);
    sketch
        .column(2, data, entries)
        .layout
        .getFullZipLayoutBuilder()
        .setBitsPerOffset(32)
        .setNumItems(2)
        .setNumVisibleItems(2)
        .setValueCompression(variable)
        .addLayers(RepDefLayer.REPDEF_ALL_VALID_ITEM);
    return Files.write(folder.resolve("sketch.lance"), sketch.file());
  }

  /** Only pages of lists, or of values with lengths, have an index behind their values. */
  @Test
  void aBufferThatNobodyReadsIsNoIndex() throws IOException {
    Sketch sketch = new Sketch().field("fixed_size_binary:1", -1);
    sketch.descriptor.setLength(2);
    CompressiveEncoding.Builder flat = CompressiveEncoding.newBuilder();
    flat.getFlatBuilder().setBitsPerValue(8);
    sketch
        .column(2, new byte[2], new byte[100])
        .layout
        .getFullZipLayoutBuilder()
        .setBitsPerValue(8)
        .setNumItems(2)
        .setNumVisibleItems(2)
        .setValueCompression(flat)
        .addLayers(RepDefLayer.REPDEF_ALL_VALID_ITEM);
    assertVerifies(Files.write(folder.resolve("sketch.lance"), sketch.file()));
  }

  @Test
  void namesAPriorityThatIsNoRowNumber() throws IOException {
    assertVerifies(withPriorities(0, 3));
    assertVerifies(withPriorities(0, 0));
    String problem = "column 'f0', page %d: its first row is row %d, but it has the priority %s";
    assertFault(withPriorities(0, 2), problem.formatted(1, 3, 2));
    assertFault(withPriorities(-1, 3), problem.formatted(0, 0, "18446744073709551615"));
  }

  /** Two pages of three nulls. */
  private Path withPriorities(long... priorities) throws IOException {
    Sketch sketch = new Sketch().field("int32", -1);
    sketch.descriptor.setLength(3L * priorities.length);
    List<Sketch.Page> pages = new ArrayList<>();
    for (long priority : priorities) {
      Sketch.Page page = new Sketch.Page();
      page.length = 3;
      page.priority = priority;
      page.layout.getConstantLayoutBuilder().addLayers(RepDefLayer.REPDEF_NULLABLE_ITEM);
      pages.add(page);
    }
    sketch.columns.add(pages);
    return Files.write(folder.resolve("sketch.lance"), sketch.file());
  }

  @Test
  void filesOf20CannotBeVerified() {
    Path file = FILES.resolve("v20_ints.lance");
    LanceFormatException e = assertThrows(LanceFormatException.class, () -> verify(file));
    assertTrue(e.getMessage().contains("values of format 2.0 cannot be read"), e.getMessage());
  }

  private static Object list(Object... items) {
    return Rows.list(items);
  }

  private static FieldCompression plain() {
    return FieldCompression.builder().compression(CompressionScheme.NONE).build();
  }

  private static CompressionParams params(FieldCompression all) {
    return CompressionParams.builder().column("*", all).build();
  }

  private Path write(Field field, Object... values) throws IOException {
    Path file = folder.resolve(field.name() + ".lance");
    Files.deleteIfExists(file);
    try (Rows rows = Rows.of(field, values);
        LanceWriter writer =
            LanceWriter.builder(Schema.of(field))
                .compression(params(plain()))
                .dataCacheBytes(4096)
                .create(file)) {
      writer.write(rows.batch());
      writer.finish();
    }
    return file;
  }

  /** Writes bytes of Latin-1 over other text in a file. */
  private static void replace(Path file, String text, String by) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = indexOf(bytes, text.getBytes(US_ASCII), 0);
    for (int i = 0; i < by.length(); i++) {
      bytes[at + i] = (byte) by.charAt(i);
    }
    Files.write(file, bytes);
  }

  private static int indexOf(byte[] bytes, byte[] wanted, int from) {
    for (int at = from; at <= bytes.length - wanted.length; at++) {
      int same = 0;
      while (same < wanted.length && bytes[at + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return at;
      }
    }
    throw new AssertionError("the file does not have the bytes to damage");
  }

  private static VerifySummary verify(Path file) throws IOException {
    try (LanceReader reader = LanceReader.open(file)) {
      return reader.verify();
    }
  }

  private static void assertFault(Path file, String message) {
    LanceFormatException e = assertThrows(LanceFormatException.class, () -> verify(file));
    assertEquals(file + ": " + message, e.getMessage());
  }
}
