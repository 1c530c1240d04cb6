package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import dev.lancewright.LanceWriter;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.schema.TimeUnit;
import dev.lancewright.testing.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported, DuckDB reads back as the same values. */
class ExportCommandTest {
  private static final String REAL = "testdata/real/";

  /** Types that Parquet must not lose, with nulls at each depth. */
  private static final String TYPES =
      """
      SELECT i AS id,
        CASE WHEN i % 3 <> 0 THEN (i / 7)::DECIMAL(18, 5) END AS dec,
        CASE WHEN i % 5 <> 0 THEN DATE '2024-02-29' + i::INTEGER END AS day,
        CASE WHEN i % 4 <> 0 THEN TIMESTAMPTZ '2024-02-29 12:00:00+02' + i * INTERVAL 1 MINUTE END
          AS ts,
        TIMESTAMP_NS '2024-02-29 12:00:00.123456789' AS ns,
        'text é ' || i AS text,
        CASE WHEN i % 7 <> 0 THEN
          {'n': i // 3, 'list': [i, NULL, i * 2], 'deep': [{'x': i / 3}, NULL]} END AS struct,
        CASE WHEN i % 11 <> 0 THEN
          list_transform(range(i % 4), lambda x: CASE WHEN x <> 2 THEN 's' || x END) END AS list,
        (['red', 'green'][1 + i % 2])::ENUM('red', 'green') AS enum,
        CASE WHEN i % 2 = 0 THEN MAP(['a', 'b'], [i, NULL]) END AS map,
        encode('bytes ' || i) AS bytes,
        i % 2 = 0 AS bool
      FROM range(10000) t(i)
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("a.lance");
  }

  @ParameterizedTest
  @CsvSource({
    "flights-200k.parquet, parquet",
    "flights-200k.parquet, csv",
    "flights-200k.parquet, json",
    "earthquakes.json, parquet",
    "earthquakes.json, ndjson.gz",
    "airports.csv, parquet",
    "airports.csv, csv.zst",
    "airports.csv, tsv",
    "airports.csv, json"
  })
  void realDataComesBack(String input, String kind) throws IOException {
    CommandRun.output("write", "--quiet", "--data-cache-bytes=512K", REAL + input, file);
    Path output = folder.resolve("out." + kind);
    CommandRun.output("export", "--quiet", file, output);
    assertOnly(file, output);
    // Text does not say how wide numbers are.
    String widths =
        "SELECT delay::SMALLINT AS delay, distance::SMALLINT AS distance, time::FLOAT AS time FROM"
            + " '"
            + output
            + "'";
    boolean asText = input.startsWith("flights") && !kind.equals("parquet");
    CommandRun run =
        asText
            ? CommandRun.of("verify", file, "--sql", widths)
            : CommandRun.of("verify", file, "--against", output);
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
  }

  @Test
  void parquetKeepsTypes() {
    CommandRun.output(
        "write",
        "--quiet",
        "--format-version=2.2",
        "--data-cache-bytes=256K",
        "--sql",
        TYPES,
        file);
    Path output = folder.resolve("out.parquet");
    CommandRun.output("export", "--quiet", file, output);
    // Parquet has no enums that DuckDB would read as such.
    String back = "SELECT * REPLACE (enum::ENUM('red', 'green') AS enum) FROM '" + output + "'";
    CommandRun run = CommandRun.of("verify", file, "--sql", back);
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"v21_nested", "v22_taxi", "v21_packed_struct", "v22_ints", "v21_ints_empty"})
  void filesOfTheReferenceComeBack(String name) {
    Path reference = Path.of("testdata/reference", name + ".lance");
    Path output = folder.resolve("out.parquet");
    CommandRun.output("export", "--quiet", reference, output);
    CommandRun run = CommandRun.of("verify", reference, "--against", output);
    assertEquals("", run.err());
  }

  @Test
  void exportsSomeColumns() throws IOException {
    CommandRun.output("write", "--quiet", REAL + "earthquakes.json", file);
    Path output = folder.resolve("out.csv");
    String line =
        CommandRun.output("export", "--columns=id,properties.mag,properties.tz", file, output);
    assertTrue(line.matches(output + ": 1,707 rows, [0-9,]+ bytes, [0-9.]+ s\n"), line);
    List<String> lines = Files.readAllLines(output);
    assertEquals("id,properties", lines.get(0));
    assertEquals("ci37868143,\"{\"\"mag\"\":2.0,\"\"tz\"\":-480}\"", lines.get(1));
    JsonObject report =
        CommandRun.json("export", "--json", "--overwrite", "--columns=id", file, output);
    assertEquals(1707, report.get("rows").getAsInt());
    assertEquals(Files.size(output), report.get("bytes").getAsLong());
  }

  @Test
  void refusesAnExistingOutput() throws IOException {
    CommandRun.output("write", "--quiet", "--sql=SELECT 1 AS n", file);
    Path output = Files.writeString(folder.resolve("out.csv"), "precious");
    CommandRun.assertFails(
        output + ": exists already; pass --overwrite to replace it", "export", file, output);
    assertEquals("precious", Files.readString(output));
    CommandRun.output("export", "--quiet", "--overwrite", file, output);
    assertEquals("n\n1\n", Files.readString(output));
    assertOnly(file, output);
  }

  @Test
  void leavesNothingHalf() throws IOException {
    CommandRun.output(
        "write",
        "--quiet",
        "--format-version=2.2",
        "--data-cache-bytes=64K",
        "--sql=SELECT 'text ' || hash(i) AS t FROM range(50000) t(i)",
        file);
    byte[] bytes = Files.readAllBytes(file);
    JsonObject page =
        CommandRun.json("inspect", "--json", "--pages", file)
            .getAsJsonArray("columns")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("page_list")
            .asList()
            .getLast()
            .getAsJsonObject();
    int words = page.getAsJsonArray("buffers").get(0).getAsJsonObject().get("position").getAsInt();
    bytes[words + 1] ^= 0x7F;
    Files.write(file, bytes);
    Path output = Files.writeString(folder.resolve("out.parquet"), "precious");
    CommandRun run = CommandRun.of("export", "--overwrite", file, output);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("column 't', page "), run.err());
    assertEquals("precious", Files.readString(output));
    assertOnly(file, output);
  }

  @Test
  void namesATypeThatDuckDbDoesNotHave() throws IOException {
    Path reference = Path.of("testdata/reference/v22_alltypes.lance");
    Path output = folder.resolve("out.parquet");
    CommandRun.assertFails(
        "column 'fsl_f16_3_nn.item' is of type float16, which DuckDB does not have; export to"
            + " CSV or JSON, or leave it out with --columns",
        "export",
        "--columns=int8,fsl_f16_3_nn",
        reference,
        output);
    assertOnly();
  }

  /** A length of time or a day, in a list, and what becomes of it or why it is refused. */
  static Stream<Arguments> partsOfValues() {
    DataType date = DataType.date64();
    DataType nanos = DataType.duration(TimeUnit.NANOSECOND);
    DataType micros = DataType.duration(TimeUnit.MICROSECOND);
    DataType millis = DataType.duration(TimeUnit.MILLISECOND);
    DataType time = DataType.time64(TimeUnit.NANOSECOND);
    DataType local = DataType.timestamp(TimeUnit.NANOSECOND);
    DataType zoned = DataType.timestamp(TimeUnit.NANOSECOND, "Europe/Paris");
    String noNanos =
        "duration[ns], of which Parquet would drop the nanoseconds; export to CSV or JSON, or";
    String noMicros =
        "duration[us], of which Parquet would drop the microseconds; export to CSV or JSON, or";
    String day = "1970-01-02T10:17:36.000000001";
    return Stream.of(
        // A date64 is a day in Parquet, whatever its milliseconds say.
        Arguments.of(date, "parquet", "[1970-01-02]"),
        Arguments.of(date, "csv", "x\n\"[\"\"1970-01-02T10:17:36.001\"\"]\"\n"),
        Arguments.of(nanos, "parquet", noNanos),
        Arguments.of(nanos, "csv", "x\n\"[\"\"PT34H17M36.000000001S\"\"]\"\n"),
        Arguments.of(nanos, "json", "{\"x\":[\"PT34H17M36.000000001S\"]}\n"),
        Arguments.of(micros, "parquet", noMicros),
        Arguments.of(micros, "csv", "x\n\"[\"\"PT34H17M36.000001S\"\"]\"\n"),
        Arguments.of(micros, "json", "{\"x\":[\"PT34H17M36.000001S\"]}\n"),
        Arguments.of(millis, "csv", "x\n\"[\"\"PT34H17M36.001S\"\"]\"\n"),
        Arguments.of(millis, "parquet", "['1 day 10:17:36.001']"),
        Arguments.of(time, "csv", "x\n\"[\"\"10:17:36.000000001\"\"]\"\n"),
        Arguments.of(time, "parquet", "['10:17:36.000000001']"),
        Arguments.of(local, "csv", "x\n\"[\"\"" + day + "\"\"]\"\n"),
        Arguments.of(zoned, "json", "{\"x\":[\"1970-01-02T11:17:36.000000001+01:00\"]}\n"),
        Arguments.of(zoned, "parquet", "['1970-01-02 10:17:36.000000001+00']"));
  }

  @ParameterizedTest
  @MethodSource("partsOfValues")
  void keepsOrRefusesTheFinestPartOfATime(DataType type, String kind, String expected)
      throws IOException {
    writeFinest(type);
    Path output = folder.resolve("out." + kind);
    if (expected.startsWith(type + ",")) {
      CommandRun.assertFails(
          "column 'x.item' is of type " + expected + " leave it out with --columns",
          "export",
          file,
          output);
      assertOnly(file);
      return;
    }
    CommandRun.output("export", "--quiet", file, output);
    assertEquals(expected, kind.equals("parquet") ? text(output) : Files.readString(output));
  }

  /** One row with 10:17:36 and one of the type's units, a day later unless it is a time of day. */
  private void writeFinest(DataType type) throws IOException {
    long perSecond =
        switch (type) {
          case DataType.Duration d -> perSecond(d.unit());
          case DataType.Time t -> perSecond(t.unit());
          case DataType.Timestamp t -> perSecond(t.unit());
          default -> perSecond(TimeUnit.MILLISECOND);
        };
    long seconds = 37_056L + (type instanceof DataType.Time ? 0 : 86_400);
    Field list = Field.nullable("x", DataType.list(Field.nullable("item", type)));
    try (Rows rows = Rows.of(list, Rows.list(seconds * perSecond + 1));
        LanceWriter writer = LanceWriter.builder(Schema.of(list)).create(file)) {
      writer.write(rows.batch());
      writer.finish();
    }
  }

  private static long perSecond(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> 1;
      case MILLISECOND -> 1_000;
      case MICROSECOND -> 1_000_000;
      case NANOSECOND -> 1_000_000_000;
    };
  }

  /** The only value of column x, as DuckDB reads and shows it. */
  private String text(Path output) {
    Path back = folder.resolve("back.lance");
    CommandRun.output(
        "write", "--quiet", "--sql=SELECT x::VARCHAR AS x FROM '" + output + "'", back);
    return CommandRun.output("head", back).lines().toList().getLast();
  }

  @Test
  void refusesOtherExtensions() throws IOException {
    CommandRun.assertFails(
        "output 'out.xlsx': the extension is not known; it may be .parquet, or .csv, .tsv, .json,"
            + " .ndjson or .jsonl, these also followed by .gz or .zst",
        "export",
        "a.lance",
        "out.xlsx");
    assertOnly();
  }

  private void assertOnly(Path... expected) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(expected), files.sorted().toList());
    }
  }

  /** Columns with all that text can hold, and empty strings and nulls side by side. */
  private static final String TEXTS =
      """
      SELECT * FROM (VALUES
        (1::TINYINT, 200::UTINYINT, 70000, 9223372036854775807, 18446744073709551615::UBIGINT, 1.5::FLOAT,
         0.1, 12.34::DECIMAL(10, 2), true, '', DATE '2024-02-29', TIME '10:20:30.5',
         TIMESTAMP '2024-02-29 10:20:30.123456', '2024-02-29 10:20:30.123456789'::TIMESTAMP_NS,
         TIMESTAMPTZ '2024-02-29 10:20:30+02', 'a,b;c'),
        (-1, 0, -1, -9223372036854775808, 0, 'nan', '-inf', -0.01, false, NULL, NULL, NULL, NULL, NULL, NULL,
         'x"y'),
        (NULL, NULL, NULL, NULL, NULL, NULL, -0.0, NULL, NULL, 'NULL', NULL, NULL, NULL, NULL, NULL, ' p '),
        (5, 6, 7, 8, 9, 1e30, 1e-300, 0, true, '007', DATE '0001-01-01', TIME '00:00:00',
         TIMESTAMP '1969-12-31 23:59:59', '1970-01-01'::TIMESTAMP_NS, TIMESTAMPTZ '1970-01-01 00:00:00+00',
         'line' || chr(10) || 'end' || chr(13) || chr(10) || '|')
      ) t(i8, u8, i32, i64, u64, f32, f64, dec, bool, text, day, time, ts, ns, tz, quoted)
      """;

  @ParameterizedTest
  @ValueSource(strings = {"csv", "tsv", "csv.gz", "tsv.zst"})
  void delimitedTextComesBackAsTheSameValues(String kind) {
    CommandRun.output("write", "--quiet", "--sql", TEXTS, file);
    Path output = folder.resolve("out." + kind);
    CommandRun.output("export", "--quiet", file, output);
    CommandRun run = CommandRun.of("verify", file, "--against", output);
    assertEquals("", run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT unnest(['a', '', NULL, 'b']) AS t",
        "SELECT unnest([1, NULL, 3]) AS n",
        "SELECT unnest([NULL, '']) AS t",
        "SELECT unnest(['a;b', 'c;d', 'e|f']) AS t",
        "SELECT unnest(['', '', '']) AS t, 1 AS n",
        "SELECT unnest(['nan', 'inf']) AS t, unnest(['nan', 'inf'])::DOUBLE AS d",
        "SELECT 'a' AS t, NULL::VARCHAR AS u, '' AS v",
        "SELECT ' ' AS t, '\"' AS u, ',' AS v",
        "SELECT 1 AS a, 2 AS A, 'x' AS b",
        "SELECT 'x' AS a WHERE false",
        "SELECT repeat('x,', 2000000) AS long, 1 AS n",
      })
  void csvComesBack(String sql) throws IOException {
    CommandRun.output("write", "--quiet", "--sql", sql, file);
    Path output = folder.resolve("out.csv");
    CommandRun.output("export", "--quiet", file, output);
    CommandRun run = CommandRun.of("verify", file, "--against", output);
    assertEquals("", run.err(), () -> Files.exists(output) ? output.toString() : "none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'nan'::DOUBLE | 'NaN'",
        "'inf'::DOUBLE | 'Infinity'",
        "'-inf'::FLOAT | '-Infinity'",
        "['nan'::FLOAT, 1.5, NULL] | ['NaN',1.5,null]",
        "{'x': ['-inf'::DOUBLE]} | {'x':['-Infinity']}",
        "MAP {'k': 'nan'::DOUBLE} | {'k':'NaN'}",
        "['inf', '-inf']::DOUBLE[2] | ['Infinity','-Infinity']",
      })
  void jsonIsValidAndTheTextOfHead(String value, String expected) throws IOException {
    CommandRun.output("write", "--quiet", "--sql", "SELECT " + value + " AS v", file);
    Path output = folder.resolve("out.json");
    CommandRun.output("export", "--quiet", file, output);
    String text = Files.readString(output);
    assertEquals("{\"v\":" + expected.replace('\'', '"') + "}\n", text);
    assertEquals(text, CommandRun.output("head", "--format=json", file));
    TypeAdapter<JsonElement> strict = new Gson().getAdapter(JsonElement.class);
    assertEquals(text.strip(), strict.fromJson(text).toString());
  }

  @ParameterizedTest
  @CsvSource({"csv, csv", "json, json"})
  void exportsTheTextOfHead(String kind, String format) throws IOException {
    for (String name : List.of("v21_nested", "v22_taxi", "v22_alltypes", "v21_packed_struct")) {
      Path reference = Path.of("testdata/reference", name + ".lance");
      Path output = folder.resolve(name + "." + kind);
      CommandRun.output("export", "--quiet", reference, output);
      assertEquals(
          CommandRun.output("head", "-n=100000", "--format=" + format, reference),
          Files.readString(output));
    }
  }

  @Test
  void keepsNamesThatDifferInCaseAlone() throws IOException {
    Path both = Path.of("testdata/input/case.lance");
    String names = CommandRun.output("head", "-n=0", "--format=csv", both);
    Path csv = folder.resolve("out.csv");
    CommandRun.output("export", "--quiet", both, csv);
    assertTrue(Files.readString(csv).startsWith(names), names);
    Path json = folder.resolve("out.json");
    CommandRun.output("export", "--quiet", both, json);
    assertEquals(CommandRun.output("head", "--format=json", both), Files.readString(json));
    CommandRun run = CommandRun.of("export", both, folder.resolve("out.parquet"));
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("differ in case alone"), run.err());
    CommandRun.output("write", "--quiet", "--sql=SELECT 1 AS a, {'b': 1} AS s", file);
    CommandRun.output("export", "--quiet", file, folder.resolve("fine.parquet"));
  }

  @Test
  void takesTheFormatThatIsAskedFor() throws IOException {
    CommandRun.output("write", "--quiet", "--sql=SELECT 1 AS n, 'x' AS t", file);
    Path output = folder.resolve("out.txt");
    CommandRun.output("export", "--quiet", "--format=tsv", file, output);
    assertEquals("n\tt\n1\tx\n", Files.readString(output));
  }
}
