package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.arrow.ArrowSchemas;
import dev.lancewright.arrow.ImportedBatch;
import dev.lancewright.arrow.ImportedStream;
import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.io.FileSource;
import dev.lancewright.reference.ReadAssert;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.CountingSource;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.RandomSchemas;
import dev.lancewright.testing.Rows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanceReaderTest {
  private static final DataType INT = DataType.int32();
  private static final DataType TEXT = DataType.utf8();

  @TempDir Path directory;

  private static Field struct(String name, Field... children) {
    return Field.nullable(name, DataType.struct(children));
  }

  private static Field list(String name, Field item) {
    return Field.nullable(name, DataType.list(item));
  }

  /** Nested columns; each value tells its row. */
  private Path nested() throws IOException {
    Schema schema =
        new Schema(
            List.of(
                Field.required("id", INT),
                struct("a", Field.nullable("x", INT), struct("b", Field.nullable("y", TEXT))),
                list("l", struct("item", Field.nullable("p", INT), Field.nullable("q", TEXT)))),
            Map.of("made by", "a test"));
    Path file = directory.resolve("nested.lance");
    try (Arena arena = Arena.ofConfined();
        LanceWriter writer = LanceWriter.builder(schema).create(file)) {
      MemorySegment note = arena.allocateFrom("a note");
      writer.addGlobalBuffer(note);
      writer.write(nestedRows(schema, 0, 3000));
      writer.finish();
    }
    return file;
  }

  private static Batch nestedRows(Schema schema, int from, int to) {
    Rows rows = new Rows(schema);
    for (int i = from; i < to; i++) {
      Object a = i % 7 == 0 ? null : Rows.list(i, i % 5 == 0 ? null : Rows.list("y" + i));
      Object l = i % 3 == 0 ? null : Rows.list(Rows.list(i, "q" + i), Rows.list(-i, null));
      rows.appendRow(i, a, i % 4 == 0 ? Rows.list() : l);
    }
    return rows.batch();
  }

  private static String text(Object value) {
    return value instanceof ByteBuffer bytes
        ? StandardCharsets.UTF_8.decode(bytes.duplicate()).toString()
        : String.valueOf(value);
  }

  @Test
  void fieldsAreReadByTheirPaths() throws IOException {
    try (LanceReader reader = LanceReader.open(nested());
        Scan scan =
            reader.scan().columns("l.item.q", "a.b", "id").rows(new RowRange(1003, 1)).open()) {
      assertEquals(
          List.of(
              list("l", struct("item", Field.nullable("q", TEXT))),
              struct("a", struct("b", Field.nullable("y", TEXT))),
              Field.required("id", INT)),
          scan.schema().fields());
      Batch batch = scan.next();
      assertEquals(1, batch.rows());
      List<?> items = (List<?>) Rows.value(batch.columns().get(0), 0);
      assertEquals("q1003", text(((List<?>) items.get(0)).get(0)));
      assertNull(((List<?>) items.get(1)).get(0));
      List<?> a = (List<?>) Rows.value(batch.columns().get(1), 0);
      assertEquals("y1003", text(((List<?>) a.get(0)).get(0)));
      assertEquals(1003, id(batch.columns().get(2), 0));
      assertNull(scan.next());
    }
  }

  private static int id(Column column, long row) {
    return ((FixedWidthColumn) column).values().get(ValueLayout.JAVA_INT_UNALIGNED, row * 4);
  }

  @ParameterizedTest
  @CsvSource({
    "z, ''",
    "a.z, 'a.'",
    "a.b.y.z, 'a.b.y.'",
    "id.x, 'id.'",
    "l.q, 'l.'",
  })
  void unknownColumnsAreNamed(String name, String above) throws IOException {
    try (LanceReader reader = LanceReader.open(nested())) {
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> reader.scan().columns("id", name).open())
              .getMessage();
      assertTrue(
          message.startsWith(
              "there is no column '%s'; below '%s' there are: ".formatted(name, above)),
          message);
    }
  }

  @Test
  void rangesAndBatchesAreChecked() throws IOException {
    try (LanceReader reader = LanceReader.open(nested());
        Taker taker = reader.taker().columns("id").open()) {
      RowRange tooFar = new RowRange(2999, 2);
      assertEquals(
          "rows 2999 to 3001 do not lie in the file, which has 3000 rows",
          assertThrows(IllegalArgumentException.class, () -> reader.scan().rows(tooFar))
              .getMessage());
      assertEquals(
          "batchRows must be positive, but was 0",
          assertThrows(IllegalArgumentException.class, () -> reader.scan().batchRows(0))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> new RowRange(-1, 2));
      assertThrows(IllegalArgumentException.class, () -> new RowRange(Long.MAX_VALUE, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> taker.take(1, 3000));
      assertThrows(IllegalArgumentException.class, () -> LanceReader.builder().readChunkSize(0));
    }
  }

  /** What a batch takes is bounded, however many rows are asked for. */
  @Test
  void largeValuesMakeBatchesOfFewRows() throws IOException {
    Field field = Field.required("blob", DataType.binary());
    byte[] value = new byte[1 << 20];
    Object[] values = new Object[50];
    for (int i = 0; i < values.length; i++) {
      Arrays.fill(value, (byte) i);
      values[i] = ByteBuffer.wrap(value.clone());
    }
    Path file = directory.resolve("blobs.lance");
    FieldCompression plain = FieldCompression.parse("compression", "none");
    try (Rows rows = Rows.of(field, values);
        LanceWriter writer =
            LanceWriter.builder(Schema.of(field))
                .compression(CompressionParams.builder().column("*", plain).build())
                .create(file)) {
      writer.write(rows.batch());
      writer.finish();
    }
    try (LanceReader reader = LanceReader.open(file);
        Scan scan = reader.scan().open()) {
      List<Object> found = new ArrayList<>();
      for (Batch batch = scan.next(); batch != null; batch = scan.next()) {
        assertTrue(batch.rows() <= 17, batch.rows() + " rows");
        for (long row = 0; row < batch.rows(); row++) {
          found.add(Rows.value(batch.columns().getFirst(), row));
        }
      }
      assertEquals(List.of(values), found);
      assertTrue(scan.retainedBytes() < 30 << 20, scan.retainedBytes() + " bytes");
    }
  }

  /** Columns beside a value do not make it too large. */
  @Test
  void aRowOfManyEqualWordsIsReadBesideManyColumns() throws IOException {
    List<Field> fields = new ArrayList<>();
    List<Object> row = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      fields.add(Field.required("n" + i, INT));
      row.add(i);
    }
    fields.add(list("words", Field.nullable("item", TEXT)));
    Object[] words = new Object[40_000];
    Arrays.setAll(words, i -> i % 2 == 0 ? "a word that comes again and again" : "another one");
    row.add(Rows.list(words));
    Schema schema = Schema.of(fields.toArray(Field[]::new));
    Path file = directory.resolve("words.lance");
    try (Rows rows = new Rows(schema);
        LanceWriter writer = LanceWriter.builder(schema).create(file)) {
      rows.appendRow(row.toArray());
      rows.appendRow(row.toArray());
      writer.write(rows.batch());
      writer.finish();
    }
    try (LanceReader reader = LanceReader.open(file);
        Scan scan = reader.scan().open();
        Taker taker = reader.taker().open()) {
      String encoding = reader.column(300).pages().getFirst().encoding();
      assertTrue(encoding.contains("dictionary"), encoding);
      for (Batch batch : List.of(scan.next(), taker.take(0, 1))) {
        assertEquals(2, batch.rows());
        List<?> last = (List<?>) Rows.value(batch.columns().getLast(), 1);
        assertEquals(List.of(words), last.stream().map(LanceReaderTest::text).toList());
      }
    }
  }

  @Test
  void aFailedExportLeavesNothingToRelease() throws IOException {
    try (Arena arena = Arena.ofConfined();
        LanceReader reader = LanceReader.open(nested());
        Taker taker = reader.taker().columns("id").open()) {
      MemorySegment memory = arena.allocate(1024, 8);
      long good = memory.address();
      long bad = good + 513;
      assertThrows(IllegalArgumentException.class, () -> taker.exportTo(good, bad, 7));
      assertEquals(-1, memory.mismatch(arena.allocate(1024)));
      assertThrows(IllegalArgumentException.class, () -> taker.exportTo(bad, good, 7));
      // Nothing is released for a second time.
      ArrowSchemas.release(good);
    }
  }

  @Test
  void rowsAreTakenInTheOrderTheyAreAskedFor() throws IOException {
    try (LanceReader reader = LanceReader.open(nested());
        Taker taker = reader.taker().columns(List.of("id", "l")).open()) {
      long[] numbers = {2999, 0, 1, 2, 17, 17, 5, 2998, 2999};
      Batch batch = taker.take(numbers);
      for (int i = 0; i < numbers.length; i++) {
        assertEquals(numbers[i], id(batch.columns().getFirst(), i));
      }
      assertEquals(0, taker.take().rows());
    }
  }

  @Test
  void tellsWhatIsInTheFile() throws IOException {
    try (LanceReader reader = LanceReader.open(nested());
        Arena arena = Arena.ofConfined()) {
      assertEquals(FormatVersion.V2_2, reader.version());
      assertEquals(3000, reader.rows());
      assertEquals(5, reader.columnCount());
      assertEquals(Map.of("made by", "a test"), reader.schema().metadata());
      assertEquals("a.b.y", reader.column(2).path());
      assertEquals(
          "mini-block: InlineBitpacking 32", reader.column(0).pages().getFirst().encoding());
      assertEquals(2, reader.globalBuffers().size());
      MemorySegment note = arena.allocate(reader.globalBuffers().get(1).size());
      reader.readGlobalBuffer(1, note);
      assertEquals("a note", note.getString(0));
      assertThrows(
          IllegalArgumentException.class, () -> reader.readGlobalBuffer(1, note.asSlice(1)));
    }
  }

  @Test
  void aSmallFileIsOpenedByOneRead() throws IOException {
    CountingSource source = new CountingSource(FileSource.open(nested()));
    try (LanceReader reader = LanceReader.open(source)) {
      assertEquals(1, source.reads());
      assertEquals(3000, reader.rows());
    }
  }

  @Test
  void takingReadsTheChunksOfItsRowsOnly() throws IOException {
    Schema schema = Schema.of(Field.required("x", DataType.int64()));
    Path file = directory.resolve("wide.lance");
    int rows = 500_000;
    try (Arena arena = Arena.ofConfined();
        LanceWriter writer = LanceWriter.builder(schema).create(file)) {
      writer.write(RandomColumns.varied(5, rows).batch(schema, rows, arena));
      writer.finish();
    }
    CountingSource source = new CountingSource(FileSource.open(file));
    try (LanceReader reader = LanceReader.open(source);
        Taker taker = reader.taker().open()) {
      taker.take(7, 250_000);
      long before = source.bytes();
      taker.take(100_000);
      assertTrue(source.bytes() - before <= 32 << 10, () -> "bytes read: " + source.bytes());
    }
  }

  @Test
  void filesOfVersion20AreOpenedAndTheirValuesRefused() throws IOException {
    Path file = Path.of("testdata", "reference", "v20_ints.lance");
    try (LanceReader reader = LanceReader.open(file)) {
      assertEquals(2000, reader.rows());
      String message =
          assertThrows(LanceFormatException.class, () -> reader.scan().open()).getMessage();
      assertTrue(message.contains("format 2.0"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anExportedScanCanBeWrittenAgain(boolean mapped) throws IOException {
    Schema schema = new RandomSchemas(FormatVersion.V2_2).schema(11);
    Path first = directory.resolve("first.lance");
    Path second = directory.resolve("second.lance");
    try (Arena arena = Arena.ofConfined()) {
      List<Batch> batches =
          RandomColumns.varied(3, 10_000).batches(schema, List.of(400, 1200), arena);
      try (LanceWriter writer =
          LanceWriter.builder(schema).formatVersion(FormatVersion.V2_2).create(first)) {
        for (Batch batch : batches) {
          writer.write(batch);
        }
        writer.finish();
      }
      MemorySegment stream = arena.allocate(40, 8);
      List<String> names = schema.fields().stream().map(Field::name).toList();
      try (LanceReader reader = LanceReader.builder().mapped(mapped).open(first);
          LanceWriter writer =
              LanceWriter.builder(reader.schema())
                  .formatVersion(FormatVersion.V2_2)
                  .create(second)) {
        reader.scan().columns(names).batchRows(100).exportTo(stream.address());
        writer.writeArrowStream(stream.address());
        writer.finish();
      }
      try (LanceReader reader = LanceReader.open(second)) {
        ReadAssert.assertScans(reader, batches, 1000);
      }
    }
  }

  @Test
  void exportedBatchesOutliveStreamAndReader() throws IOException {
    List<ImportedBatch> kept = new ArrayList<>();
    try (Arena arena = Arena.ofShared()) {
      MemorySegment struct = arena.allocate(40, 8);
      try (LanceReader reader = LanceReader.builder().mapped(true).open(nested())) {
        reader.scan().columns("id", "l").batchRows(1000).exportTo(struct.address());
        try (ImportedStream stream = ImportedStream.take(struct.address())) {
          assertEquals(2, stream.schema().fields().size());
          for (ImportedBatch batch = stream.next(_ -> true);
              batch != null;
              batch = stream.next(_ -> true)) {
            kept.add(batch);
          }
        }
      }
      assertEquals(3, kept.size());
      for (int i = 0; i < 3; i++) {
        assertEquals(i * 1000 + 999, id(kept.get(i).batch().columns().getFirst(), 999));
      }
      Thread other = Thread.ofPlatform().start(() -> kept.forEach(ImportedBatch::close));
      other.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void exportedRowsOutliveTaker() throws IOException {
    Path copy = directory.resolve("copy.lance");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment array = arena.allocate(80, 8);
      try (LanceReader reader = LanceReader.open(nested())) {
        Taker taker = reader.taker().columns("id").open();
        taker.exportTo(array.address(), 0, 42, 7);
        assertEquals(1, id(taker.take(1).columns().getFirst(), 0));
        taker.close();
        assertThrows(IllegalStateException.class, () -> taker.take(1));
        assertThrows(IllegalStateException.class, () -> taker.exportTo(array.address(), 0, 1));
        taker.close();
      }
      Schema schema = Schema.of(Field.required("id", INT));
      try (LanceWriter writer = LanceWriter.builder(schema).create(copy)) {
        writer.writeArrow(array.address());
        writer.finish();
      }
    }
    try (LanceReader reader = LanceReader.open(copy);
        Scan scan = reader.scan().open()) {
      Column ids = scan.next().columns().getFirst();
      assertEquals(42, id(ids, 0));
      assertEquals(7, id(ids, 1));
    }
  }
}
