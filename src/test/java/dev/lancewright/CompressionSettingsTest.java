package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.builder.BatchBuilder;
import dev.lancewright.builder.BinaryBuilder;
import dev.lancewright.builder.IntBuilder;
import dev.lancewright.builder.LongBuilder;
import dev.lancewright.builder.Utf8Builder;
import dev.lancewright.column.Batch;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.compression.FieldCompression.ByteStreamSplitMode;
import dev.lancewright.compression.FieldCompression.StructuralEncoding;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.reference.ReferenceAssert;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user says about compression is what the file has, and the reference reads it. */
class CompressionSettingsTest {
  private static final DataType INT32 = DataType.int32();
  private static final DataType UTF8 = DataType.utf8();

  @TempDir Path directory;

  /** Writes a batch, and has it read; returns the encodings of each column. */
  private List<List<String>> encodings(LanceWriter.Builder builder, Batch batch)
      throws IOException {
    Path file = directory.resolve("x.lance");
    WriteSummary summary;
    try (LanceWriter writer = builder.overwrite(true).create(file)) {
      writer.write(batch);
      summary = writer.finish();
    }
    ReferenceAssert.assertReads(file, List.of(batch));
    return summary.columns().stream().map(WriteSummary.Column::encodings).toList();
  }

  private static LanceWriter.Builder with(Batch batch, String column, FieldCompression settings) {
    return LanceWriter.builder(batch.schema())
        .compression(CompressionParams.builder().column(column, settings).build());
  }

  private static void appendInts(BatchBuilder builder, int column, int rows, IntUnaryOperator of) {
    IntBuilder target = (IntBuilder) builder.column(column);
    for (int row = 0; row < rows; row++) {
      target.append(of.applyAsInt(row));
    }
  }

  private static void appendTexts(BatchBuilder builder, int column, Stream<String> texts) {
    Utf8Builder target = (Utf8Builder) builder.column(column);
    texts.forEach(target::append);
  }

  @Test
  void sortedIdsOfAPatternAreRuns() throws IOException {
    Schema schema = Schema.of(Field.required("user_id", INT32), Field.required("other", INT32));
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      appendInts(builder, 0, 10_000, row -> row / 100);
      appendInts(builder, 1, 10_000, row -> row * 7919);
      Batch batch = builder.build();
      FieldCompression settings =
          FieldCompression.builder().rleThreshold(0.5).bss(ByteStreamSplitMode.OFF).build();
      assertEquals(
          List.of("mini-block: Rle(Flat 32, Flat 8)"),
          encodings(with(batch, "*_id", settings), batch).getFirst());
    }
  }

  @Test
  void metadataAsksForZstdOrNothing() throws IOException {
    Map<String, String> zstd =
        Map.of("lance-encoding:compression", "zstd", "lance-encoding:compression-level", "6");
    Schema schema =
        Schema.of(
            new Field("text", UTF8, true, zstd),
            new Field("number", INT32, true, Map.of("lance-encoding:compression", "none")));
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      appendTexts(
          builder,
          0,
          Stream.iterate(0, i -> i + 1).limit(1000).map("a text of row number %06d"::formatted));
      appendInts(builder, 1, 1000, row -> row / 10);
      Batch batch = builder.build();
      assertEquals(
          List.of(
              List.of("mini-block: General(zstd:6, Variable(Flat 32))"),
              List.of("mini-block: Flat 32")),
          encodings(LanceWriter.builder(schema), batch));
    }
  }

  /** A thousand rows in three runs leave nothing to compress. */
  @Test
  void runsComeBeforeGeneralCompression() throws IOException {
    Map<String, String> metadata =
        Map.of(
            "lance-encoding:rle-threshold",
            "0.9",
            "lance-encoding:compression",
            "lz4",
            "lance-encoding:bss",
            "off");
    Schema schema = Schema.of(new Field("a", INT32, true, metadata));
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      appendInts(builder, 0, 10_000, row -> row < 8000 ? 200 : row < 9500 ? 404 : 500);
      assertEquals(
          List.of("mini-block: Rle(Flat 32, Flat 8)"),
          encodings(LanceWriter.builder(schema), builder.build()).getFirst());
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5, true", "0.49, false", "0, false"})
  void runsMustBeFewerThanTheThreshold(double threshold, boolean runs) throws IOException {
    Schema schema = Schema.of(Field.required("a", INT32));
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      // 49 runs of two to three rows, a hundred rows at a time.
      appendInts(
          builder,
          0,
          10_000,
          row -> Integer.MIN_VALUE | (row % 100 / 2 + (row % 100 >= 98 ? -1 : 0)) * 7919);
      Batch batch = builder.build();
      String encoding =
          encodings(
                  with(batch, "a", FieldCompression.builder().rleThreshold(threshold).build())
                      .profile(CompressionProfile.FASTEST),
                  batch)
              .getFirst()
              .getFirst();
      assertEquals(runs, encoding.contains("Rle("), encoding);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void theFastestProfileNeedsNoGeneralCompression(FormatVersion version) throws IOException {
    Schema schema =
        Schema.of(
            Field.required("alike", INT32),
            Field.required("words", UTF8),
            Field.required("pages", UTF8),
            Field.required("few", UTF8));
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      appendInts(builder, 0, 5000, row -> (row % 50) * 0x01010101);
      appendTexts(builder, 1, texts(5000, "the word number %d of many"));
      appendTexts(
          builder, 2, texts(5000, "page %d of a book " + "that goes on and on ".repeat(20)));
      appendTexts(builder, 3, texts(5000, "%d").map(text -> "one of few " + text.length()));
      Batch batch = builder.build();
      for (CompressionProfile profile : CompressionProfile.values()) {
        String all =
            encodings(LanceWriter.builder(schema).formatVersion(version).profile(profile), batch)
                .toString();
        assertEquals(profile != CompressionProfile.FASTEST, all.contains("General("), all);
      }
    }
  }

  private static Stream<String> texts(int count, String format) {
    return Stream.iterate(0, i -> i + 1).limit(count).map(format::formatted);
  }

  /** Half of the rows are one value, so that a look at some of them does not find all different. */
  @ParameterizedTest
  @CsvSource({
    "V2_1, 100000, true",
    "V2_1, 100001, false",
    "V2_2, 100000, true",
    "V2_2, 100001, false"
  })
  void dictionariesEndAt100000Values(FormatVersion version, int distinct, boolean dictionary)
      throws IOException {
    Schema schema = Schema.of(Field.required("a", UTF8));
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      appendTexts(
          builder,
          0,
          texts(200_002, "value %08d")
              .map(
                  text ->
                      text.compareTo("value %08d".formatted(distinct)) < 0
                          ? text
                          : "value 00000000"));
      Batch batch = builder.build();
      String encoding =
          encodings(
                  with(batch, "a", FieldCompression.builder().dictSizeRatio(1).build())
                      .formatVersion(version)
                      .dataCacheBytes(64 << 20),
                  batch)
              .getFirst()
              .getFirst();
      assertEquals(dictionary, encoding.contains(", dictionary "), encoding);
    }
  }

  /** Before 2.2 there are no dictionaries of 64-bit values but those that come with the column. */
  @ParameterizedTest
  @CsvSource({"V2_1, false", "V2_2, true"})
  void dictionariesOfLongs(FormatVersion version, boolean dictionary) throws IOException {
    Schema schema = Schema.of(Field.required("a", DataType.int64()));
    RandomGenerator random = new SplittableRandom(1);
    long[] few = random.longs(50).toArray();
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      LongBuilder longs = builder.longs("a");
      for (int i = 0; i < 5000; i++) {
        longs.append(few[random.nextInt(few.length)]);
      }
      Batch batch = builder.build();
      FieldCompression settings = FieldCompression.builder().dictSizeRatio(0.9).build();
      String all = encodings(with(batch, "a", settings).formatVersion(version), batch).toString();
      assertEquals(dictionary, all.contains(", dictionary "), all);
    }
  }

  /** Readers cannot read null strings of a column that is compressed by LZ4 one by one. */
  @ParameterizedTest
  @EnumSource(names = {"ZSTD", "LZ4"})
  void stringsThatAreStoredOneByOneAreCompressedByZstd(CompressionScheme scheme)
      throws IOException {
    Schema schema = Schema.of(Field.nullable("a", UTF8));
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      Utf8Builder texts = builder.strings("a");
      texts.append("");
      texts.appendNull();
      for (int i = 0; i < 100; i++) {
        texts.append("some words over and over ".repeat(20) + i);
      }
      Batch batch = builder.build();
      FieldCompression settings =
          FieldCompression.builder()
              .compression(scheme)
              .structuralEncoding(StructuralEncoding.FULLZIP)
              .build();
      assertEquals(
          List.of("full-zip: General(zstd, Variable(Flat 32))"),
          encodings(with(batch, "a", settings), batch).getFirst());
    }
  }

  static Stream<Arguments> versionsAndProfiles() {
    return Stream.of(FormatVersion.V2_1, FormatVersion.V2_2)
        .flatMap(
            version ->
                Stream.of(CompressionProfile.values())
                    .map(profile -> Arguments.of(version, profile)));
  }

  @ParameterizedTest
  @MethodSource("versionsAndProfiles")
  void aValueOf40MiBBesideASmallOne(FormatVersion version, CompressionProfile profile)
      throws IOException {
    byte[] large = new byte[40 << 20];
    new SplittableRandom(2).nextBytes(large);
    // Half of it can be compressed.
    for (int i = 0; i < large.length / 2; i++) {
      large[i] = (byte) (i % 100);
    }
    Schema schema =
        Schema.of(
            Field.required("binary", DataType.binary()),
            Field.required("large_binary", DataType.largeBinary()));
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      for (int column = 0; column < 2; column++) {
        BinaryBuilder values = (BinaryBuilder) builder.column(column);
        values.append(large);
        values.append(new byte[] {1, 2, 3});
      }
      List<List<String>> encodings =
          encodings(
              LanceWriter.builder(schema)
                  .formatVersion(version)
                  .profile(profile)
                  .dataCacheBytes(256 << 20),
              builder.build());
      assertTrue(
          encodings.stream().allMatch(one -> one.getFirst().startsWith("full-zip: ")),
          encodings.toString());
    }
  }

  /** The value is in a mapped file, so that the test takes no more memory than the writer. */
  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void aValueOf300MB(FormatVersion version) throws IOException {
    long bytes = 300_000_000;
    DataType.Binary type = DataType.largeBinary();
    Schema schema = Schema.of(Field.required("a", type));
    try (Arena arena = Arena.ofConfined();
        FileChannel channel =
            FileChannel.open(
                directory.resolve("value"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
      MemorySegment data = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
      RandomGenerator random = new SplittableRandom(3);
      for (long at = 0; at < bytes; at += 4096) {
        data.set(ValueLayout.JAVA_LONG, at, random.nextLong());
      }
      MemorySegment offsets = arena.allocate(16, 8);
      offsets.set(LittleEndian.LONG, 8, bytes);
      Batch batch = Batch.of(schema, new VariableWidthColumn(type, 1, null, offsets, data));
      List<String> encodings =
          encodings(LanceWriter.builder(schema).formatVersion(version), batch).getFirst();
      // From 2.2 on a value that has the page to itself is a constant.
      String expected = version == FormatVersion.V2_1 ? "full-zip: " : "constant";
      assertTrue(encodings.getFirst().startsWith(expected), encodings.toString());
    }
  }
}
