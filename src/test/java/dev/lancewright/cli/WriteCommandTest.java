package dev.lancewright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lancewright.cli.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteCommandTest {
  private static final Path FLIGHTS = Path.of("testdata/real/flights-200k.parquet");

  @TempDir Path folder;
  private Path output;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("out.lance");
  }

  @Test
  void writesParquetAndShowsItsColumns() throws IOException {
    List<String> lines = CommandRun.output("write", FLIGHTS, output).lines().toList();
    assertTrue(lines.get(0).matches("column +type +pages +encoding +bytes in +bytes out +ratio"));
    assertTrue(lines.get(1).matches("delay +int16 +\\d+ +\\S.* +400,000 +[0-9,]+ +[0-9.]+x"));
    assertTrue(lines.get(3).matches("time +float32 +\\d+ +\\S.* +800,000 +[0-9,]+ +[0-9.]+x"));
    assertTrue(lines.get(4).matches("total +\\d+ +1,600,000 +[0-9,]+ +[0-9.]+x"));
    String size = Text.count(Files.size(output));
    assertTrue(
        lines.get(5).startsWith(output + ": 200,000 rows, " + size + " bytes, format 2.2, "),
        lines.get(5));
    assertEquals(200_000, inspect().get("rows").getAsLong());
    assertOnly(output);
  }

  @ParameterizedTest
  @CsvSource({
    "seattle-weather.csv, 1461, date, date32",
    "airports.csv, 3376, iata, utf8",
    "birdstrikes.csv, 10000, 'Airport Name', utf8"
  })
  void writesCsv(String file, long rows, String column, String type) {
    JsonObject report = CommandRun.json("write", "--json", "testdata/real/" + file, output);
    assertEquals(rows, report.get("rows").getAsLong());
    JsonObject first = report.getAsJsonArray("columns").get(0).getAsJsonObject();
    assertEquals(column, first.get("name").getAsString());
    assertEquals(type, first.get("type").getAsString());
    assertEquals(rows, inspect().get("rows").getAsLong());
  }

  @Test
  void writesTsvAndLinesOfJson() throws IOException {
    Path tsv = Files.writeString(folder.resolve("a.tsv"), "n\ts\n1\tx\n2\ty\n");
    Path json = Files.writeString(folder.resolve("a.ndjson"), "{\"n\": 1}\n{\"n\": null}\n");
    assertEquals(2, CommandRun.json("write", "--json", tsv, output).get("rows").getAsInt());
    JsonObject report = CommandRun.json("write", "--json", "--overwrite", json, output);
    assertEquals(1, column(report, 0).get("nulls").getAsInt());
  }

  @Test
  void joinsSeveralInputsAndPatterns() throws IOException {
    Files.writeString(folder.resolve("b1.csv"), "n\n1\n2\n");
    Files.writeString(folder.resolve("b2.csv"), "n\n3\n");
    Path a = Files.writeString(folder.resolve("a.csv"), "n\n4\n5\n6\n");
    JsonObject report = CommandRun.json("write", "--json", a, folder.resolve("b?.csv"), output);
    assertEquals(6, report.get("rows").getAsInt());
  }

  @Test
  void writesTheResultOfAQuery() {
    String sql = "SELECT delay, count(*) AS flights FROM '" + FLIGHTS + "' GROUP BY ALL ORDER BY 1";
    JsonObject report = CommandRun.json("write", "--json", "--sql", sql, output);
    assertEquals(output.toString(), report.get("file").getAsString());
    assertEquals("2.2", report.get("format_version").getAsString());
    assertEquals("flights", column(report, 1).get("name").getAsString());
    assertEquals("int64", column(report, 1).get("type").getAsString());
    assertEquals(report.get("rows"), inspect().get("rows"));
    assertEquals(report.get("bytes"), inspect().get("bytes"));
  }

  @Test
  void writesAnEmptyResultWithItsSchema() {
    String sql = "SELECT 1::BIGINT AS n, 'x' AS s, DATE '2024-02-29' AS d WHERE false";
    JsonObject report = CommandRun.json("write", "--json", "--sql", sql, output);
    assertEquals(0, report.get("rows").getAsInt());
    JsonObject file = inspect();
    assertEquals(0, file.get("rows").getAsInt());
    JsonArray fields = file.getAsJsonObject("schema").getAsJsonArray("fields");
    assertEquals(3, fields.size());
    assertEquals("date32", fields.get(2).getAsJsonObject().get("type").getAsString());
  }

  @Test
  void bothSinksWriteTheSameBytesAtEachDurability() throws IOException {
    Path mapped = folder.resolve("mapped.lance");
    CommandRun.output("write", "--quiet", "--durability=data", FLIGHTS, output);
    CommandRun.output(
        "write", "--quiet", "--sink=mapped", "--durability=directory", FLIGHTS, mapped);
    assertArrayEquals(Files.readAllBytes(output), Files.readAllBytes(mapped));
  }

  @Test
  void aSmallDataCacheGivesMorePages() {
    JsonObject large = CommandRun.json("write", "--json", FLIGHTS, output);
    JsonObject small =
        CommandRun.json(
            "write", "--json", "--overwrite", "--data-cache-bytes=64K", FLIGHTS, output);
    assertTrue(
        column(small, 0).get("pages").getAsInt() > column(large, 0).get("pages").getAsInt(),
        small + " against " + large);
  }

  private static final String NUMBERS =
      "SELECT i % 100 * 1000 AS a, i % 100 * 1000 AS b, ['x' || i] AS tags, {'c': i} AS s"
          + " FROM range(20000) t(i)";

  @Test
  void compressesColumnsAsTold() {
    JsonObject report =
        CommandRun.json(
            "write",
            "--json",
            "--compression=zstd:5",
            "--column=a:compression=none",
            "--column=tags.*:compression-level=6",
            "--column=tags.*:dict-divisor=100000",
            "--column=c:bss=off",
            "--sql",
            NUMBERS,
            output);
    assertEquals("[\"mini-block: Flat 64\"]", encodings(report, 0));
    assertEquals(
        "[\"mini-block: General(zstd:5, ByteStreamSplit(Flat 64))\"]", encodings(report, 1));
    assertEquals("[\"mini-block: General(zstd:6, Variable(Flat 32))\"]", encodings(report, 2));
    assertEquals("[\"mini-block: General(zstd:5, Flat 64)\"]", encodings(report, 3));
    assertEquals(
        report.getAsJsonArray("columns").get(1).getAsJsonObject().get("encodings"),
        inspect().getAsJsonArray("columns").get(1).getAsJsonObject().get("encodings"));
  }

  @Test
  void anEntryForAllColumnsGoesBeforeTheCompressionOfAll() {
    JsonObject report =
        CommandRun.json(
            "write",
            "--json",
            "--compression=lz4",
            "--column=*:compression=none",
            "--sql",
            NUMBERS,
            output);
    assertEquals("[\"mini-block: Flat 64\"]", encodings(report, 0));
  }

  @ParameterizedTest
  @CsvSource({"fastest, 'InlineBitpacking 32, dictionary Flat 64'", "Smallest, General(zstd"})
  void aimsForTheProfile(String profile, String encoding) {
    JsonObject report =
        CommandRun.json("write", "--json", "--profile", profile, "--sql", NUMBERS, output);
    String encodings = encodings(report, 0);
    assertTrue(encodings.startsWith("[\"mini-block: " + encoding), encodings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--compression | gzip | 'gzip' is unknown; known are zstd, zstd:LEVEL, lz4 and none",
        "--compression | lz4:3 | 'lz4:3' is unknown; known are zstd, zstd:LEVEL, lz4 and none",
        "--compression | zstd:23 | 'zstd:23': compression-level is '23'; it must be a whole number"
            + " from -131072 to 22",
        "--column | a | 'a' does not have the form NAME:KEY=VALUE, as in 'id:compression=zstd'",
        "--column | bss=on | 'bss=on' does not have the form NAME:KEY=VALUE, as in"
            + " 'id:compression=zstd'",
        "--column | :bss=on | ':bss=on' does not have the form NAME:KEY=VALUE, as in"
            + " 'id:compression=zstd'",
        "--column | a:bss=maybe | 'a:bss=maybe': bss is 'maybe'; it must be off, on or auto",
        "--column | a:compression=zstd:3 | 'a:compression=zstd:3': compression is 'zstd:3'; it must"
            + " be zstd, lz4, none or fsst",
        "--column | *a*:bss=on | '*a*:bss=on': column '*a*': only one * may be in a name, as in *,"
            + " abc*, *abc and a*c",
        "--column | a:level=3 | 'a:level=3': there is no setting 'level'; there are compression,"
            + " compression-level, rle-threshold, bss, minichunk-size, dict-divisor,"
            + " dict-size-ratio, dict-values-compression, dict-values-compression-level,"
            + " structural-encoding",
        "--profile | best | expected one of [BALANCED, FASTEST, SMALLEST] (case-insensitive) but"
            + " was 'best'"
      },
      quoteCharacter = '`')
  void refusesOptionsOfCompressionThatMakeNoSense(String option, String value, String message)
      throws IOException {
    CommandRun run = CommandRun.of("write", option, value, "--sql", NUMBERS, output);
    assertEquals(2, run.exitCode());
    String label = option.equals("--column") ? "'--column' (NAME:KEY=VALUE)" : "'" + option + "'";
    assertEquals(
        "lancewright write: Invalid value for option %s: %s\nTry 'lancewright write --help'.\n"
            .formatted(label, message),
        run.err());
    assertOnly();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tags", "A", "b.a", "s", "t*.c"})
  void refusesSettingsForColumnsThatAreNotThere(String name) throws IOException {
    CommandRun run =
        CommandRun.of(
            "write", "--column=a:bss=on", "--column", name + ":bss=on", "--sql", NUMBERS, output);
    assertEquals(2, run.exitCode());
    assertEquals(
        "lancewright write: --column '"
            + name
            + "' matches no column; give the name of one, or below a struct or list its path, such"
            + " as 'address.city' or 'tags.item'\n"
            + "Try 'lancewright write --help'.\n",
        run.err());
    assertOnly();
  }

  @Test
  void namesOfColumnsMayLookLikeSettings() {
    JsonObject report =
        CommandRun.json(
            "write",
            "--json",
            "--column=a=b:c:compression=none",
            "--sql=SELECT i AS \"a=b:c\" FROM range(5000) t(i)",
            output);
    assertEquals("[\"mini-block: Flat 64\"]", encodings(report, 0));
  }

  @Test
  void keepsMetadata() {
    CommandRun.output(
        "write",
        "--quiet",
        "--sql=SELECT 1 AS n",
        "--metadata",
        "source=sensor 7",
        "--metadata",
        "note=a=b",
        output);
    JsonObject metadata = inspect().getAsJsonObject("schema").getAsJsonObject("metadata");
    assertEquals("{\"note\":\"a=b\",\"source\":\"sensor 7\"}", metadata.toString());
  }

  @Test
  void quietMeansQuiet() {
    assertEquals("", CommandRun.output("write", "--quiet", "--sql", "SELECT 1 AS n", output));
  }

  @Test
  void refusesAnExistingOutputBeforeItReadsAnything() throws IOException {
    Files.writeString(output, "precious");
    CommandRun.assertFails(
        output + ": exists already; pass --overwrite to replace it", "write", "no.csv", output);
    assertEquals("precious", Files.readString(output));
    CommandRun.output("write", "--quiet", "--overwrite", "--sql", "SELECT 1 AS n", output);
    assertEquals(1, inspect().get("rows").getAsInt());
    assertOnly(output);
  }

  @Test
  void keepsAnExistingOutputWhenItFails() throws IOException {
    Files.writeString(output, "precious");
    CommandRun run = CommandRun.of("write", "--overwrite", "--sql", "SELECT nix", output);
    assertEquals(1, run.exitCode());
    assertEquals("precious", Files.readString(output));
    assertOnly(output);
  }

  @Test
  void namesAMissingInput() throws IOException {
    CommandRun.assertFails("input 'no.csv': there is no such file", "write", "no.csv", output);
    CommandRun.assertFails(
        "input 'no*.csv': no file matches the pattern", "write", "no*.csv", output);
    assertOnly();
  }

  @Test
  void refusesAFolderThatDoesNotExist() {
    CommandRun run = CommandRun.of("write", FLIGHTS, folder.resolve("no").resolve("a.lance"));
    assertEquals(1, run.exitCode());
    assertTrue(run.err().matches("lancewright: .*a\\.lance: directory '.*' does not exist.*\n"));
  }

  @ParameterizedTest
  @CsvSource({"2.0, 2.0", "0.3, 2.0", "2.3, 2.3", "Next, 2.3"})
  void refusesOtherVersionsAndLeavesNothing(String text, String version) throws IOException {
    CommandRun run = CommandRun.of("write", "--format-version", text, FLIGHTS, output);
    assertEquals(2, run.exitCode());
    String message =
        "lancewright write: Invalid value for option '--format-version': '%s': format version %s"
                .formatted(text, version)
            + " cannot be written; 2.1 and 2.2 can\n";
    assertTrue(run.err().startsWith(message), run.err());
    assertOnly();
  }

  @Test
  void namesTheColumnAndTheFormatThatHasItsType() throws IOException {
    CommandRun.assertFails(
        "column 'o[k' (map<struct<key: utf8, value: int32>>): format 2.1 has no maps; write format"
            + " 2.2, or a list of structs (pass --format-version 2.2)",
        "write",
        "--format-version=2.1",
        "--sql=SELECT 1 AS n, MAP {'a': 1} AS \"o[k\"",
        output);
    assertOnly();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"x.item.i | [{'i': INTERVAL 1 DAY}]", "x.u      | {'u': union_value(k := 1)}"})
  void refusesATypeByPathAndLeavesNothing(String path, String value) throws IOException {
    CommandRun run = CommandRun.of("write", "--sql=SELECT 1 AS n, " + value + " AS x", output);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().startsWith("lancewright: column '" + path + "' ("), run.err());
    assertTrue(
        run.err().endsWith("): a Lance file has no such type; cast the column or leave it out\n"),
        run.err());
    assertOnly();
  }

  @Test
  void tellsWhereTheRowsOfAJsonDocumentAre() throws IOException {
    Path json = Files.writeString(folder.resolve("a.json"), "{\"n\": 2, \"r\": [{\"a\": 1}]}");
    String note = "the rows are the items of 'r'; left out beside it: 'n'";
    String text = CommandRun.output("write", json, output);
    assertTrue(text.endsWith("\nnote: " + note + "\n"), text);
    JsonObject report = CommandRun.json("write", "--json", "--overwrite", json, output);
    assertEquals(note, report.get("note").getAsString());
    assertEquals("a", column(report, 0).get("name").getAsString());
  }

  @Test
  void tellsAFailingQueryInOneLineAndLeavesNothing() throws IOException {
    CommandRun run = CommandRun.of("write", "--sql", "SELEC 1", output);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().startsWith("lancewright: Parser Error"), run.err());
    assertEquals(1, run.err().lines().count());
    assertOnly();
  }

  @Test
  void aQueryThatFailsHalfwayLeavesNothing() throws IOException {
    String sql =
        "SELECT CASE WHEN i < 100000 THEN i ELSE error('row ' || i) END AS n"
            + " FROM range(200000) t(i)";
    CommandRun run = CommandRun.of("write", "--data-cache-bytes=64K", "--sql", sql, output);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("row 1"), run.err());
    assertOnly();
  }

  @ParameterizedTest
  @ValueSource(strings = {"channel", "mapped"})
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void aSignalEndsTheWriteAndLeavesNothing(String sink) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "write",
                "--sink",
                sink,
                "--data-cache-bytes=64K",
                "--sql",
                "SELECT hash(i) AS h FROM range(1000000000000) t(i)",
                output.toString())
            .redirectErrorStream(true)
            .start();
    try {
      while (largestFile() < 1 << 20) {
        assertTrue(process.isAlive(), "it ended before it was told to");
        Thread.sleep(20);
      }
      process.toHandle().destroy(); // unlike destroy(), this leaves its output open
      try (InputStream text = process.getInputStream()) {
        assertEquals("", new String(text.readAllBytes(), UTF_8));
      }
      assertEquals(128 + 15, process.waitFor());
      assertOnly();
    } finally {
      process.destroyForcibly();
    }
  }

  private long largestFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).max().orElse(0);
    }
  }

  private JsonObject inspect() {
    return CommandRun.json("inspect", "--json", output);
  }

  private static JsonObject column(JsonObject report, int index) {
    return report.getAsJsonArray("columns").get(index).getAsJsonObject();
  }

  private static String encodings(JsonObject report, int index) {
    return column(report, index).getAsJsonArray("encodings").toString();
  }

  private void assertOnly(Path... expected) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(expected), files.toList());
    }
  }
}
