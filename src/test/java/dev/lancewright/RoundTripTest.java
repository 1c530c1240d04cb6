package dev.lancewright;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.builder.BatchBuilder;
import dev.lancewright.builder.VariableWidthBuilder;
import dev.lancewright.column.Batch;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.reference.ReferenceAssert;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.AllTypes;
import dev.lancewright.testing.Nulls;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.RandomColumns.Form;
import dev.lancewright.testing.SinkKind;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, whatever and however, the reference implementation reads back. */
class RoundTripTest {
  /** Rows that make, with {@link #SMALL_CACHE}, several pages for every type of a byte or more. */
  private static final int SEVERAL_PAGES = 5000;

  private static final long SMALL_CACHE = 128 << 10;

  /** How rows come in batches, some of which may be empty. */
  enum Cut {
    ONE_BATCH,
    MANY_BATCHES,
    SLICED_BATCHES;

    List<Integer> sizes(int rows, RandomGenerator random) {
      List<Integer> sizes = new ArrayList<>();
      int left = rows;
      do {
        int wanted =
            switch (this) {
              case ONE_BATCH -> left;
              case MANY_BATCHES -> random.nextInt(100);
              case SLICED_BATCHES -> random.nextInt(700);
            };
        int size = Math.min(left, wanted);
        sizes.add(size);
        left -= size;
      } while (left > 0);
      return sizes;
    }

    Form form() {
      return this == SLICED_BATCHES ? Form.SLICED : Form.PLAIN;
    }
  }

  @TempDir Path directory;
  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void closeArena() {
    arena.close();
  }

  static Stream<Arguments> points() {
    List<Arguments> points = new ArrayList<>();
    for (Nulls nulls : Nulls.values()) {
      for (int rows : new int[] {0, 1, 1023, 1024, 1025, SEVERAL_PAGES}) {
        for (Cut cut : Cut.values()) {
          points.add(Arguments.of(nulls, rows, cut, points.size()));
        }
      }
    }
    return points.stream();
  }

  @ParameterizedTest(name = "nulls {0}, {1} rows, {2}, seed {3}")
  @MethodSource("points")
  void everyTypeToEverySink(Nulls nulls, int rows, Cut cut, long seed) throws IOException {
    List<Batch> batches = batches(AllTypes.fields(), nulls, rows, cut, seed);
    Path file = directory.resolve("path.lance");
    WriteSummary summary = write(file, batches, rows);
    ReferenceAssert.assertReads(file, batches);
    assertSummary(summary, nulls, rows, file);
    byte[] bytes = Files.readAllBytes(file);
    for (SinkKind kind : SinkKind.values()) {
      byte[] others =
          kind.publishedBytes(
              directory.resolve(kind + ".lance"),
              sink -> {
                try (LanceWriter writer = builder(batches, rows).create(sink)) {
                  write(writer, batches);
                }
              });
      assertEquals(-1, Arrays.mismatch(bytes, others), kind + ": first byte that differs");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1025})
  void fieldsThatAreNotNullable(int rows) throws IOException {
    for (Cut cut : Cut.values()) {
      List<Batch> batches = batches(AllTypes.requiredFields(), Nulls.NONE, rows, cut, rows);
      Path file = directory.resolve(cut + ".lance");
      write(file, batches, rows);
      ReferenceAssert.assertReads(file, batches);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rangesAndSmallBatches(Nulls nulls) throws IOException {
    List<Batch> batches =
        batches(AllTypes.fields(), nulls, SEVERAL_PAGES, Cut.MANY_BATCHES, nulls.name().hashCode());
    Path file = directory.resolve("file.lance");
    write(file, batches, SEVERAL_PAGES);
    int end = SEVERAL_PAGES;
    for (int[] range :
        new int[][] {{0, 1}, {end - 1, end}, {1020, 1030}, {1, 2047}, {2499, 2501}}) {
      ReferenceAssert.assertReadsRange(file, batches, range[0], range[1]);
    }
    for (int batchRows : new int[] {7, 1000}) {
      ReferenceAssert.assertReadsInBatches(file, batches, batchRows);
    }
  }

  @ParameterizedTest
  @EnumSource
  void wideLists(Nulls nulls) throws IOException {
    for (Cut cut : Cut.values()) {
      List<Batch> batches = batches(AllTypes.wideLists(), nulls, 1000, cut, cut.name().hashCode());
      Path file = directory.resolve(cut + ".lance");
      write(file, batches, 1000);
      ReferenceAssert.assertReads(file, batches);
    }
  }

  @ParameterizedTest
  @EnumSource
  void listsOfAllItems(Nulls nulls) throws IOException {
    List<Batch> batches = batches(AllTypes.listsOfAllItems(), nulls, 700, Cut.SLICED_BATCHES, 3);
    Path file = directory.resolve("file.lance");
    write(file, batches, 700);
    ReferenceAssert.assertReads(file, batches);
  }

  @Test
  void longStrings() throws IOException {
    List<Field> fields =
        AllTypes.fields().stream()
            .filter(field -> field.type() instanceof DataType.VariableWidth)
            .toList();
    for (long seed = 0; seed < 8; seed++) {
      RandomColumns columns = new RandomColumns(seed, Nulls.SOME, Form.SLICED, true);
      Batch batch = columns.batch(AllTypes.schema(fields), 2000, arena);
      Path file = directory.resolve(seed + ".lance");
      List<Batch> batches = List.of(batch, batch);
      write(file, batches, 4000);
      ReferenceAssert.assertReads(file, batches);
    }
  }

  static Stream<int[]> lengths() {
    return Stream.of(
        new int[10_000],
        repeated(9_000, 1, 0, 2),
        repeated(3_000, 255),
        repeated(3_000, 255, 256, 0),
        repeated(40, 0, 70_000, 3, 3_000_000, 255),
        repeated(3, 40_000_000, 5));
  }

  private static int[] repeated(int count, int... lengths) {
    return IntStream.range(0, count).map(i -> lengths[i % lengths.length]).toArray();
  }

  /** Chunks of the fewest and the most values, both layouts, values larger than pages. */
  @ParameterizedTest
  @MethodSource("lengths")
  void stringsOfAllLengths(int... lengths) throws IOException {
    Schema schema =
        Schema.of(
            Field.nullable("text", DataType.utf8()),
            Field.nullable("bytes", DataType.largeBinary()));
    byte[] data =
        "0123456789".repeat(Arrays.stream(lengths).max().getAsInt() / 10 + 1).getBytes(US_ASCII);
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      for (int i = 0; i < lengths.length; i++) {
        for (int column = 0; column < 2; column++) {
          VariableWidthBuilder values = (VariableWidthBuilder) builder.column(column);
          if (i % 11 == 5 + column) {
            values.appendNull();
          } else {
            values.append(data, Math.min(i % 10, data.length - lengths[i]), lengths[i]);
          }
        }
      }
      List<Batch> batches = List.of(builder.build());
      Path file = directory.resolve("file.lance");
      write(file, batches, lengths.length);
      ReferenceAssert.assertReads(file, batches);
    }
  }

  /** Lists in lists, and lists, structs and maps in turns, eight deep. */
  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void eightDeep(FormatVersion version) throws IOException {
    boolean maps = version != FormatVersion.V2_1;
    DataType lists = DataType.int32();
    DataType mixed = DataType.utf8();
    for (int depth = 0; depth < 8; depth++) {
      lists = new DataType.ListOf(Field.nullable("item", lists), depth % 3 == 0);
      mixed =
          switch (depth % (maps ? 3 : 2)) {
            case 0 -> DataType.list(Field.nullable("item", mixed));
            case 1 ->
                DataType.struct(Field.required("n", DataType.int8()), Field.nullable("v", mixed));
            default -> mapTo(mixed);
          };
    }
    Schema schema = Schema.of(Field.nullable("lists", lists), Field.nullable("mixed", mixed));
    for (int seed = 0; seed < 10; seed++) {
      List<Batch> batches =
          RandomColumns.varied(seed, 20_000).batches(schema, List.of(300, 1, 700), arena);
      Path file = directory.resolve(seed + ".lance");
      try (LanceWriter writer =
          LanceWriter.builder(schema)
              .formatVersion(version)
              .dataCacheBytes(seed % 2 == 0 ? 1 << 20 : 1 << 12)
              .create(file)) {
        write(writer, batches);
      }
      ReferenceAssert.assertReads(file, batches);
    }
  }

  /** Long runs of equal levels, and some that are scattered, in chunks of all sizes. */
  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void runsOfLevels(FormatVersion version) throws IOException {
    DataType bytes = DataType.int8();
    DataType text = DataType.utf8();
    DataType struct = DataType.struct(Field.nullable("a", text));
    DataType list = DataType.list(Field.nullable("item", struct));
    Schema schema =
        Schema.of(
            Field.nullable("bytes", bytes),
            Field.nullable("text", text),
            Field.nullable("struct", struct),
            Field.nullable("list", list),
            Field.nullable("lists", DataType.largeList(Field.nullable("item", list))));
    for (Nulls nulls : List.of(Nulls.CLUSTERED, Nulls.FIRST_HALF)) {
      List<Batch> batches = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Nulls here = i == 1 ? Nulls.SOME : nulls;
        int rows = i == 1 ? 500 : 20_000;
        batches.add(new RandomColumns(i, here, Form.SLICED, false).batch(schema, rows, arena));
      }
      Path file = directory.resolve(nulls + ".lance");
      try (LanceWriter writer = LanceWriter.builder(schema).formatVersion(version).create(file)) {
        write(writer, batches);
      }
      ReferenceAssert.assertReads(file, batches);
      ReferenceAssert.assertReadsRange(file, batches, 19_900, 20_600);
      String page = LanceFileMetadata.open(file).columns().getFirst().pages().getFirst().details();
      assertEquals(version == FormatVersion.V2_2, page.contains("def Rle(Flat 16, Flat 8)"), page);
    }
  }

  private static DataType mapTo(DataType value) {
    Field key = Field.required("key", DataType.utf8());
    DataType entries = DataType.struct(key, Field.nullable("value", value));
    return new DataType.MapOf(Field.required("entries", entries), false);
  }

  @Test
  void metadata() throws IOException {
    Field field =
        new Field("speed", DataType.float32(), true, Map.of("unit", "m/s", "sensor", "ü"));
    Schema schema = new Schema(List.of(field), Map.of("source", "sensor-7"));
    Batch batch = new RandomColumns(1, Nulls.SOME, Form.PLAIN, false).batch(schema, 10, arena);
    Path file = directory.resolve("file.lance");
    try (LanceWriter writer = LanceWriter.builder(schema).create(file)) {
      writer.addSchemaMetadata("run", "12");
      write(writer, List.of(batch));
    }
    Schema expected = new Schema(List.of(field), Map.of("source", "sensor-7", "run", "12"));
    ReferenceAssert.assertReads(file, expected, List.of(batch));
  }

  private List<Batch> batches(List<Field> fields, Nulls nulls, int rows, Cut cut, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    Schema schema = AllTypes.schema(fields);
    return cut.sizes(rows, random).stream()
        .map(
            size ->
                new RandomColumns(random.nextLong(), nulls, cut.form(), false)
                    .batch(schema, size, arena))
        .toList();
  }

  private static LanceWriter.Builder builder(List<Batch> batches, int rows) {
    LanceWriter.Builder builder = LanceWriter.builder(batches.getFirst().schema());
    return rows == SEVERAL_PAGES ? builder.dataCacheBytes(SMALL_CACHE) : builder;
  }

  private static WriteSummary write(Path file, List<Batch> batches, int rows) throws IOException {
    try (LanceWriter writer = builder(batches, rows).create(file)) {
      return write(writer, batches);
    }
  }

  private static WriteSummary write(LanceWriter writer, List<Batch> batches) throws IOException {
    for (Batch batch : batches) {
      writer.write(batch);
    }
    return writer.finish();
  }

  private static void assertSummary(WriteSummary summary, Nulls nulls, int rows, Path file)
      throws IOException {
    assertEquals(rows, summary.rows());
    assertEquals(Files.size(file), summary.bytes());
    for (WriteSummary.Column column : summary.columns()) {
      boolean wide = column.type() instanceof DataType.FixedWidth type && type.byteWidth() > 0;
      if (rows == SEVERAL_PAGES && wide && nulls != Nulls.ALL) {
        assertTrue(column.pages() > 1, column.name() + ": " + column.pages() + " page");
      }
    }
  }
}
