package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.io.ChannelSink;
import dev.lancewright.io.Durability;
import dev.lancewright.io.FailingSink;
import dev.lancewright.io.FileChannelSink;
import dev.lancewright.io.MappedFileSink;
import dev.lancewright.io.MemorySink;
import dev.lancewright.io.MemorySource;
import dev.lancewright.io.Sink;
import dev.lancewright.io.Source;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.AllTypes;
import dev.lancewright.testing.Nulls;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.RandomSchemas;
import dev.lancewright.testing.Rows;
import dev.lancewright.testing.Weight;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LanceWriterTest {
  private static final DataType.Int INT32 = DataType.int32();
  private static final DataType.Utf8 UTF8 = DataType.utf8();
  private static final Schema TWO =
      Schema.of(Field.required("id", INT32), Field.nullable("name", UTF8));

  @TempDir Path folder;

  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void freeColumns() {
    arena.close();
  }

  @ParameterizedTest
  @EnumSource(Nulls.class)
  void bytesDependOnRowsAndNotOnBatchesOrSinks(Nulls nulls) throws IOException {
    Schema schema = new Schema(AllTypes.fields(), Map.of("key", "value"));
    int rows = 3_000;
    long cache = 4_000L * schema.fields().size();
    Batch plain =
        new RandomColumns(11, nulls, RandomColumns.Form.PLAIN, true).batch(schema, rows, arena);
    byte[] expected = write(cache, plain);
    assertTrue(expected.length > 100_000, "several pages, but " + expected.length + " bytes");

    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(seed);
      List<Batch> cuts = new ArrayList<>();
      for (int from = 0; from < rows; ) {
        int count = Math.min(rows - from, 1 + random.nextInt(seed % 2 == 0 ? 20 : 2_000));
        cuts.add(plain.slice(from, count));
        from += count;
      }
      assertArrayEquals(expected, write(cache, cuts.toArray(Batch[]::new)), "seed " + seed);
    }

    Path channel = folder.resolve("channel");
    try (LanceWriter writer =
        LanceWriter.builder(schema)
            .dataCacheBytes(cache)
            .create(FileChannelSink.create(channel, Durability.NONE, false))) {
      writer.write(plain);
      writer.finish();
    }
    assertArrayEquals(expected, Files.readAllBytes(channel));
    Path mapped = folder.resolve("mapped");
    try (LanceWriter writer =
        LanceWriter.builder(schema)
            .dataCacheBytes(cache)
            .create(MappedFileSink.create(mapped, Durability.NONE, false))) {
      writer.write(plain);
      writer.finish();
    }
    assertArrayEquals(expected, Files.readAllBytes(mapped));
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (LanceWriter writer =
        LanceWriter.builder(schema)
            .dataCacheBytes(cache)
            .create(new ChannelSink(Channels.newChannel(stream)))) {
      writer.write(plain);
      writer.finish();
    }
    assertArrayEquals(expected, stream.toByteArray());
  }

  /** The same rows, in columns with garbage beneath nulls and in others that hold nothing else. */
  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void bytesDependOnRowsAndNotOnMemory(FormatVersion version) throws IOException {
    for (long seed = 0; seed < 40; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Schema schema = new RandomSchemas(version).schema(seed);
      int rows = 1 + random.nextInt(Math.min(2_000, 20_000 / Weight.of(schema)));
      LanceWriter.Builder options =
          LanceWriter.builder(schema)
              .formatVersion(version)
              .dataCacheBytes(1000 + random.nextInt(1 << random.nextInt(10, 20)));
      List<Integer> sizes = List.of(rows, random.nextInt(rows + 1), 0, random.nextInt(rows + 1));
      try (Arena memory = Arena.ofConfined();
          Rows compact = new Rows(schema)) {
        List<Batch> batches = RandomColumns.varied(seed, 10_000).batches(schema, sizes, memory);
        for (Batch batch : batches) {
          for (long row = 0; row < batch.rows(); row++) {
            compact.append(batch, row);
          }
        }
        byte[] expected = write(options, batches);
        String message = "format " + version + ", seed " + seed;
        assertArrayEquals(expected, write(options, List.of(compact.batch())), message);
        assertArrayEquals(expected, write(options, cuts(batches, random)), message + ", in cuts");
        List<Batch> compactCuts = cuts(List.of(compact.batch()), random);
        assertArrayEquals(expected, write(options, compactCuts), message + ", compact and in cuts");
      }
    }
  }

  private static List<Batch> cuts(List<Batch> batches, RandomGenerator random) {
    List<Batch> cuts = new ArrayList<>();
    for (Batch batch : batches) {
      for (long from = 0; from < batch.rows(); ) {
        long count = Math.min(batch.rows() - from, random.nextInt(1 << random.nextInt(1, 10)));
        cuts.add(batch.slice(from, count));
        from += count;
      }
    }
    return cuts;
  }

  private static byte[] write(LanceWriter.Builder options, List<Batch> batches) throws IOException {
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = options.create(sink)) {
      for (Batch batch : batches) {
        writer.write(batch);
      }
      writer.finish();
      return sink.segment().toArray(ValueLayout.JAVA_BYTE);
    }
  }

  @Test
  void nothingOfABatchIsReferencedAfterWrite() throws IOException {
    Batch batch = batch(ints(1, 2, 3), strings("a", "bb", ""));
    byte[] expected = write(1 << 20, batch);
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = LanceWriter.builder(TWO).dataCacheBytes(1 << 20).create(sink)) {
      try (Arena gone = Arena.ofConfined()) {
        MemorySegment values = gone.allocate(12, 1);
        MemorySegment.copy(((FixedWidthColumn) batch.columns().get(0)).values(), 0, values, 0, 12);
        writer.write(batch(new FixedWidthColumn(INT32, 3, null, values), batch.columns().get(1)));
      }
      writer.finish();
      assertArrayEquals(expected, sink.segment().toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Test
  void columnsAreFoundByNameAndOthersIgnored() throws IOException {
    Batch inOrder = batch(ints(1, 2), strings("x", "y"));
    Schema other =
        Schema.of(
            Field.nullable("name", UTF8),
            Field.nullable("more", new DataType.Unsupported("union")),
            Field.nullable("id", INT32));
    Schema known =
        Schema.of(other.fields().get(0), Field.nullable("more", INT32), other.fields().get(2));
    Batch shuffled =
        Batch.of(known, inOrder.columns().get(1), ints(7, 8), inOrder.columns().get(0));
    assertArrayEquals(write(1 << 20, inOrder), write(1 << 20, shuffled));
  }

  static Stream<Arguments> refused() {
    Column ids = ints(1, 2);
    Column names = strings("x", "y");
    Bitmap second = new Bitmap(bytes("01"), 0, 2);
    return Stream.of(
        Arguments.of(
            "missing column",
            Batch.of(Schema.of(Field.required("id", INT32)), ids),
            "column 'name' (utf8) is missing in the batch, which has [id]"),
        Arguments.of(
            "other type",
            Batch.of(
                Schema.of(Field.required("id", UTF8), Field.nullable("name", UTF8)), names, names),
            "column 'id' is utf8 in the batch, but int32 in the file; convert it first"),
        Arguments.of(
            "null where none may be",
            batch(new FixedWidthColumn(INT32, 2, second, bytes("0000000000000000")), names),
            "column 'id' (int32), row 1 of the batch: the value is null, but the field is declared"
                + " non-null; declare it nullable"),
        Arguments.of(
            "decreasing offsets",
            batch(ids, text("00000000 03000000 02000000", "abc")),
            "column 'name' (utf8), row 1 of the batch: offset 2 is smaller than the one before (3);"
                + " offsets must not decrease"),
        Arguments.of(
            "negative offset",
            batch(ids, text("FFFFFFFF 00000000 00000000", "")),
            "column 'name' (utf8), row 0 of the batch: offset -1 is negative"),
        Arguments.of(
            "offsets that overflow",
            batch(ids, text("00000000 03000000 00000080", "abc")),
            "column 'name' (utf8), row 1 of the batch: offset -2147483648 is smaller than the one"
                + " before (3); offsets must not decrease (32-bit offsets overflow at 2 GiB: use"
                + " smaller batches or large_utf8)"),
        Arguments.of(
            "offsets past the data",
            batch(ids, text("00000000 02000000 04000000", "abc")),
            "column 'name' (utf8), row 1 of the batch: offset 4 lies past the end of the data,"
                + " which has 3 bytes"),
        Arguments.of(
            "text that is none",
            batch(
                ids,
                new VariableWidthColumn(
                    UTF8, 2, null, bytes("00000000 01000000 03000000"), bytes("41 C3 28"))),
            "column 'name' (utf8), row 1 of the batch: the value is not valid UTF-8; write it as"
                + " binary, or mend the text"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void aRefusedBatchLeavesTheWriterAsItWas(String name, Batch bad, String message)
      throws IOException {
    Batch good = batch(ints(1, 2, 3), strings("a", "b", "c"));
    byte[] expected = write(1 << 20, good, good);
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = LanceWriter.builder(TWO).dataCacheBytes(1 << 20).create(sink)) {
      writer.write(good);
      long position = writer.position();
      long buffered = writer.bufferedBytes();
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> writer.write(bad));
      assertEquals(message, e.getMessage());
      assertEquals(position, writer.position());
      assertEquals(buffered, writer.bufferedBytes());
      writer.write(good);
      writer.finish();
      assertArrayEquals(expected, sink.segment().toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Test
  void nullItemsAreRefusedWhereTheyAreDeclaredNonNull() throws IOException {
    DataType.FixedSizeList type = DataType.fixedSizeList(Field.required("item", INT32), 2);
    Schema schema = Schema.of(Field.nullable("v", type));
    Column items =
        new FixedWidthColumn(INT32, 4, new Bitmap(bytes("0C"), 0, 4), bytes("00".repeat(16)));
    Batch underNull =
        Batch.of(schema, new FixedSizeListColumn(type, 2, new Bitmap(bytes("02"), 0, 2), items));
    Batch bad = Batch.of(schema, new FixedSizeListColumn(type, 2, null, items));
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = LanceWriter.builder(schema).create(sink)) {
      writer.write(underNull);
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> writer.write(bad));
      assertEquals(
          "column 'v.item' (int32), row 0 of the batch: the value is null, but the field is"
              + " declared non-null; declare it nullable",
          e.getMessage());
      assertEquals(2, writer.finish().rows());
    }
  }

  @Test
  void dictionariesHaveNoMoreValuesThanTheirIndicesTellApart() throws IOException {
    DataType.Dictionary type = DataType.dictionary(DataType.int8(), UTF8);
    Schema schema = Schema.of(Field.nullable("id", INT32), Field.nullable("code", type));
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = LanceWriter.builder(schema).create(sink)) {
      writer.write(codes(schema, type, 0, 100, 100));
      // Other dictionaries may repeat values, and have values that no row uses.
      writer.write(codes(schema, type, 50, 127, 78));
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> writer.write(codes(schema, type, 100, 127, 29)));
      assertEquals(
          "column 'code' (dictionary<utf8, int8>), row 28 of the batch: the value is one more than"
              + " the 128 which indices of int8 tell apart in a file; use wider indices, or write"
              + " values instead of a dictionary",
          e.getMessage());
      // The values of the batch that was refused do not count.
      writer.write(codes(schema, type, 0, 127, 127));
      assertEquals(305, writer.finish().rows());
    }
  }

  /** As many rows as {@code used}, which have the first of {@code count} values from one on. */
  private static Batch codes(
      Schema schema, DataType.Dictionary type, int first, int count, int used) {
    MemorySegment indices = MemorySegment.ofArray(new byte[used]);
    for (int i = 0; i < used; i++) {
      indices.set(ValueLayout.JAVA_BYTE, i, (byte) i);
    }
    String[] values =
        IntStream.range(first, first + count).mapToObj(i -> "v" + i).toArray(String[]::new);
    return Batch.of(
        schema,
        ints(new int[used]),
        new DictionaryColumn(type, used, null, indices, strings(values)));
  }

  @Test
  void aBatchOfNoRowsIsNothing() throws IOException {
    Batch good = batch(ints(1), strings("a"));
    assertArrayEquals(
        write(1 << 20, good), write(1 << 20, good.slice(0, 0), good, good.slice(1, 0)));
  }

  @Test
  void theFirstBatchGivesTheSchemaOfALazyWriter() throws IOException {
    Batch batch = batch(ints(1, 2), strings("a", "b"));
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = LanceWriter.lazy().dataCacheBytes(1 << 20).create(sink)) {
      assertEquals(0, writer.bufferedBytes());
      IllegalStateException none = assertThrows(IllegalStateException.class, writer::finish);
      assertEquals(
          "there is no schema to write: no batch came, and none was given to the builder",
          none.getMessage());
      Batch bad = batch(ints(1, 2), text("00000000 03000000 02000000", "abc"));
      assertThrows(IllegalArgumentException.class, () -> writer.write(bad));
      writer.write(batch);
      writer.finish();
      assertArrayEquals(write(1 << 20, batch), sink.segment().toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Test
  void theSummarySaysWhatWasWritten() throws IOException {
    Schema schema =
        Schema.of(
            new Field("id", INT32, false, Map.of("lance:field_id", "7")),
            Field.nullable("name", UTF8));
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = LanceWriter.builder(schema).create(sink)) {
      writer.addSchemaMetadata("a", "1");
      writer.addSchemaMetadata("a", "2");
      assertEquals(1, writer.addGlobalBuffer(bytes("010203")));
      assertEquals(64, writer.position());
      assertEquals(2, writer.addGlobalBuffer(bytes("")));
      writer.write(
          Batch.of(
              schema,
              ints(1, 2, 3),
              new VariableWidthColumn(
                  UTF8,
                  3,
                  new Bitmap(bytes("05"), 0, 3),
                  bytes("00000000 01000000 01000000 03000000"),
                  bytes("414243"))));
      WriteSummary summary = writer.finish();
      assertEquals(sink.segment().byteSize(), summary.bytes());
      assertEquals(summary.bytes(), writer.position());
      assertEquals(FormatVersion.V2_2, summary.version());
      assertEquals(3, summary.rows());
      WriteSummary.Column id = summary.columns().get(0);
      assertEquals(7, id.fieldId());
      assertEquals(0, id.index());
      assertEquals(12, id.bytesIn());
      WriteSummary.Column name = summary.columns().get(1);
      assertEquals(8, name.fieldId());
      assertEquals(1, name.nulls());
      assertEquals(1, name.pages());
      assertEquals(3 + 3 * 4, name.bytesIn());
      LanceFileMetadata metadata = LanceFileMetadata.read(sourceOf(sink));
      assertEquals(Map.of("a", "2"), metadata.schema().metadata());
      assertEquals(3, metadata.globalBuffers().size());
      assertEquals(3, metadata.globalBuffers().get(1).size());
    }
  }

  @Test
  void afterTheEndNothingMoreIsTaken() throws IOException {
    Batch batch = batch(ints(1), strings("a"));
    try (MemorySink sink = MemorySink.create()) {
      LanceWriter writer = LanceWriter.builder(TWO).create(sink);
      writer.write(batch);
      writer.finish();
      assertEquals(0, writer.retainedBytes());
      assertEquals(
          "the file is finished; write another one with a new writer",
          assertThrows(IllegalStateException.class, () -> writer.write(batch)).getMessage());
      assertThrows(IllegalStateException.class, writer::finish);
      writer.close();
      writer.close();
    }
    Path file = folder.resolve("aborted.lance");
    LanceWriter writer = LanceWriter.builder(TWO).create(file);
    writer.write(batch);
    writer.close();
    assertEquals(
        "the writer is closed",
        assertThrows(IllegalStateException.class, () -> writer.write(batch)).getMessage());
    assertEmpty(folder);
  }

  @Test
  void closeWithoutFinishLeavesNothing() throws IOException {
    Path file = folder.resolve("x.lance");
    try (LanceWriter writer = LanceWriter.builder(TWO).create(file)) {
      writer.write(batch(ints(1), strings("a")));
      assertFalse(Files.exists(file));
    }
    assertEmpty(folder);
  }

  @Test
  void aFailingSinkLeavesNothingWhicheverCallFails() throws IOException {
    Schema schema = Schema.of(Field.nullable("v", DataType.fixedSizeBinary(40_000)));
    Batch batch =
        new RandomColumns(3, Nulls.SOME, RandomColumns.Form.PLAIN, false).batch(schema, 9, arena);
    boolean failed = true;
    for (int call = 1; failed; call++) {
      FailingSink sink =
          new FailingSink(
              FileChannelSink.create(folder.resolve("x.lance"), Durability.NONE, false), call);
      LanceWriter writer = LanceWriter.builder(schema).dataCacheBytes(100_000).create(sink);
      try (writer) {
        writer.write(batch);
        writer.finish();
      } catch (IOException e) {
        assertEquals(FailingSink.MESSAGE, e.getMessage());
        assertThrows(IllegalStateException.class, () -> writer.write(batch));
        assertThrows(IllegalStateException.class, writer::finish);
      }
      failed = sink.hasFailed();
      assertEquals(0, writer.retainedBytes());
      assertTrue(!failed || call < 100, "the sink is called a bounded number of times");
      if (failed) {
        assertEmpty(folder);
      } else {
        assertTrue(call > 5, "the file takes several calls, not " + call);
        assertTrue(Files.exists(folder.resolve("x.lance")));
      }
    }
  }

  @Test
  void valuesWithoutBytesWaitForPagesOfOneByte() throws IOException {
    Schema schema =
        Schema.of(
            Field.nullable("n", DataType.nullType()),
            Field.nullable("l", DataType.list(Field.nullable("item", DataType.nullType()))));
    List<Batch> batches = RandomColumns.varied(5, 1_000).batches(schema, List.of(3, 1, 200), arena);
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = LanceWriter.builder(schema).dataCacheBytes(1).create(sink)) {
      for (Batch batch : batches) {
        writer.write(batch);
      }
      assertEquals(204, writer.finish().rows());
    }
  }

  @Test
  void memoryFollowsTheDataAndNotTheColumns() throws IOException {
    List<Field> fields =
        IntStream.range(0, 10_000).mapToObj(i -> Field.nullable("c" + i, INT32)).toList();
    Column one = ints(1);
    Batch row = new Batch(new Schema(fields, Map.of()), fields.stream().map(f -> one).toList(), 1);
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = LanceWriter.builder(row.schema()).create(sink)) {
      writer.write(row);
      assertTrue(writer.retainedBytes() < 8 << 20, writer.retainedBytes() + " bytes");
      assertEquals(40_000, writer.bufferedBytes());
      assertEquals(1, writer.finish().rows());
    }
  }

  @Test
  void aWarmWriteAllocatesNothingOnTheHeap() throws IOException {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Schema schema =
        Schema.of(
            Field.nullable("i", INT32),
            Field.nullable("b", DataType.bool()),
            Field.nullable("s", UTF8),
            Field.nullable("v", DataType.fixedSizeList(Field.required("item", INT32), 3)));
    Batch batch =
        new RandomColumns(9, Nulls.SOME, RandomColumns.Form.SLICED, false).batch(schema, 4, arena);
    int writes = 5_000;
    long least = Long.MAX_VALUE;
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = LanceWriter.builder(schema).dataCacheBytes(1L << 30).create(sink)) {
      // How soon it is warm depends on when the compiler gets to it.
      for (int round = 0; round < 40 && least >= writes; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < writes; i++) {
          writer.write(batch);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
    }
    assertTrue(least < writes, least + " bytes in " + writes + " writes");
  }

  @Test
  void aWriterThatIsDroppedLeavesNothingBehind() throws Exception {
    drop(folder.resolve("x.lance"));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (folder.toFile().list().length > 0 && System.nanoTime() < deadline) {
      System.gc();
      Thread.sleep(10);
    }
    assertEmpty(folder);
  }

  @SuppressWarnings("MustBeClosedChecker") // what it is about
  private void drop(Path file) throws IOException {
    LanceWriter writer = LanceWriter.builder(TWO).create(file);
    writer.write(batch(ints(1), strings("a")));
  }

  @Test
  void twoThreadsAtOnceAreRefused() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    try (MemorySink memory = MemorySink.create()) {
      LanceWriter writer = LanceWriter.builder(TWO).create(new BlockingSink(memory, inside, leave));
      Thread other =
          Thread.ofPlatform()
              .name("first")
              .start(
                  () -> {
                    try {
                      writer.addGlobalBuffer(MemorySegment.ofArray(new byte[100_000]));
                    } catch (IOException e) {
                      throw new AssertionError(e);
                    }
                  });
      inside.await();
      IllegalStateException e = assertThrows(IllegalStateException.class, writer::close);
      assertEquals(
          "the writer is in use by thread 'first'; one thread at a time may use it",
          e.getMessage());
      leave.countDown();
      other.join();
      writer.close();
    }
  }

  @Test
  void optionsAreCheckedWhenTheyAreSet() {
    LanceWriter.Builder builder = LanceWriter.builder(TWO);
    assertEquals(
        "format version 2.3 cannot be written; 2.1 and 2.2 can",
        assertThrows(
                IllegalArgumentException.class, () -> builder.formatVersion(FormatVersion.V2_3))
            .getMessage());
    assertEquals(
        "dataCacheBytes must be positive, but was 0",
        assertThrows(IllegalArgumentException.class, () -> builder.dataCacheBytes(0)).getMessage());
  }

  @Test
  void settingsOfCompressionAreCheckedBeforeAFileIsThere() throws IOException {
    Path file = folder.resolve("x.lance");
    FieldCompression large = FieldCompression.builder().minichunkSize(20_000).build();
    CompressionParams params = CompressionParams.builder().column("n*", large).build();
    assertEquals(
        "column 'n*': minichunk-size is '20000'; in format 2.1 it must be at most 16384",
        refusal(
            LanceWriter.builder(TWO).formatVersion(FormatVersion.V2_1).compression(params), file));
    assertEquals(
        "column 'n*': minichunk-size is '20000'; in format 2.1 it must be at most 16384",
        refusal(LanceWriter.lazy().formatVersion(FormatVersion.V2_1).compression(params), file));
    Field bad = new Field("b", INT32, true, Map.of("lance-encoding:bss", "maybe"));
    assertEquals(
        "column 'b' (int32): lance-encoding:bss is 'maybe'; it must be off, on or auto",
        refusal(LanceWriter.builder(Schema.of(bad)), file));
    assertEmpty(folder);
  }

  private static String refusal(LanceWriter.Builder builder, Path file) {
    return assertThrows(IllegalArgumentException.class, () -> builder.create(file)).getMessage();
  }

  @Test
  void aLazyWriterChecksTheSettingsOfItsFirstBatch() throws IOException {
    Field bad = new Field("b", INT32, true, Map.of("lance-encoding:bss", "maybe"));
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = LanceWriter.lazy().create(sink)) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> writer.write(Batch.of(Schema.of(bad), ints(1, 2))));
      assertEquals(
          "column 'b' (int32): lance-encoding:bss is 'maybe'; it must be off, on or auto",
          e.getMessage());
    }
  }

  @Test
  void settingsReachTheirColumnsAndMetadataIsStoredAsItIs() throws IOException {
    Map<String, String> metadata =
        Map.of("lance-encoding:compression", "none", "lance-encoding:bss", "OFF");
    Schema schema =
        Schema.of(
            new Field("a", INT32, false, metadata),
            Field.required("b", INT32),
            Field.required("c", INT32));
    CompressionParams params =
        CompressionParams.builder()
            .type("Int32", FieldCompression.parse("compression", "zstd"))
            .column("b", FieldCompression.parse("compression-level", "7"))
            .column("c", FieldCompression.parse("compression", "lz4"))
            .build();
    Column values = ints(IntStream.range(0, 10_000).map(i -> i % 100 * 1000).toArray());
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = LanceWriter.builder(schema).compression(params).create(sink)) {
      writer.write(Batch.of(schema, values, values, values));
      List<WriteSummary.Column> columns = writer.finish().columns();
      assertEquals(List.of("mini-block: Flat 32"), columns.get(0).encodings());
      assertEncoding("mini-block: General(zstd:7, ", columns.get(1));
      assertEncoding("mini-block: General(lz4, ", columns.get(2));
      Schema stored = LanceFileMetadata.read(sourceOf(sink)).schema();
      assertEquals(metadata, stored.fields().getFirst().metadata());
    }
  }

  @Test
  void theProfileCountsWhereNothingIsSaid() throws IOException {
    Schema schema = Schema.of(Field.required("a", INT32));
    Batch batch =
        Batch.of(schema, ints(IntStream.range(0, 10_000).map(i -> i % 100 * 1000).toArray()));
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer =
            LanceWriter.builder(schema).profile(CompressionProfile.FASTEST).create(sink)) {
      writer.write(batch);
      assertEncoding("mini-block: InlineBitpacking 32", writer.finish().columns().getFirst());
    }
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer =
            LanceWriter.builder(schema).profile(CompressionProfile.SMALLEST).create(sink)) {
      writer.write(batch);
      assertEncoding("mini-block: General(zstd", writer.finish().columns().getFirst());
    }
  }

  private static void assertEncoding(String start, WriteSummary.Column column) {
    assertTrue(column.encodings().getFirst().startsWith(start), column.toString());
  }

  private static byte[] write(long cache, Batch... batches) throws IOException {
    Schema schema =
        batches[0].schema().fields().size() == 3 || batches[0].schema().fields().size() == 2
            ? TWO
            : batches[0].schema();
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = LanceWriter.builder(schema).dataCacheBytes(cache).create(sink)) {
      for (Batch batch : batches) {
        writer.write(batch);
      }
      writer.finish();
      return sink.segment().toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static Source sourceOf(MemorySink sink) {
    return new MemorySource("memory", sink.segment());
  }

  private static void assertEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  private static Batch batch(Column id, Column name) {
    return Batch.of(TWO, id, name);
  }

  private static FixedWidthColumn ints(int... values) {
    return new FixedWidthColumn(INT32, values.length, null, MemorySegment.ofArray(values));
  }

  private static VariableWidthColumn strings(String... values) {
    MemorySegment offsets = MemorySegment.ofArray(new byte[4 * (values.length + 1)]);
    byte[] data = String.join("", values).getBytes(StandardCharsets.UTF_8);
    int end = 0;
    for (int i = 0; i < values.length; i++) {
      end += values[i].getBytes(StandardCharsets.UTF_8).length;
      offsets.set(LittleEndian.INT, 4L * (i + 1), end);
    }
    return new VariableWidthColumn(UTF8, values.length, null, offsets, MemorySegment.ofArray(data));
  }

  private static VariableWidthColumn text(String offsets, String data) {
    MemorySegment segment = bytes(offsets);
    return new VariableWidthColumn(
        UTF8,
        segment.byteSize() / 4 - 1,
        null,
        segment,
        MemorySegment.ofArray(data.getBytes(StandardCharsets.UTF_8)));
  }

  private static MemorySegment bytes(String hex) {
    return MemorySegment.ofArray(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** Announces the first append and waits for leave to go on. */
  private record BlockingSink(MemorySink sink, CountDownLatch inside, CountDownLatch leave)
      implements Sink {
    @Override
    public long position() {
      return sink.position();
    }

    @Override
    public void append(MemorySegment... parts) throws IOException {
      inside.countDown();
      try {
        leave.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      sink.append(parts);
    }

    @Override
    public void publish() throws IOException {
      sink.publish();
    }

    @Override
    public void discard() throws IOException {
      sink.discard();
    }
  }
}
