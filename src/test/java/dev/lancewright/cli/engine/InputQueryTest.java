package dev.lancewright.cli.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputQueryTest {
  @TempDir private Path folder;
  private DuckDb engine;

  @BeforeEach
  void open() throws IOException {
    engine = DuckDb.open();
  }

  @AfterEach
  void close() throws IOException {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource({
    "airports.csv, 3376, 7, 3376",
    "birdstrikes.csv, 10000, 14, 10000",
    "seattle-weather.csv, 1461, 6, 1461",
    "flights-200k.parquet, 200000, 3, 200000",
    "earthquakes.json, 1707, 4, 1707"
  })
  void readsRealFiles(String name, long rows, int columns, long knownRows) throws IOException {
    Path file = Path.of("testdata/real", name);
    InputQuery query = InputQuery.of(engine, List.of(file.toString()));
    assertEquals(rows, rows(query));
    assertEquals(columns, columns(query).size());
    assertEquals(knownRows, query.rows());
    assertEquals(Files.size(file), query.bytes());
    assertEquals(List.of(file.toString()), query.files());
  }

  @Test
  void detectsTypes() throws IOException {
    assertEquals(
        List.of(
            "date DATE",
            "precipitation DOUBLE",
            "temp_max DOUBLE",
            "temp_min DOUBLE",
            "wind DOUBLE",
            "weather VARCHAR"),
        columns(InputQuery.of(engine, List.of("testdata/real/seattle-weather.csv"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's.csv",
        "star*.csv",
        "*.csv",
        "question?.csv",
        "bra[ck]et.csv",
        "[.csv",
        "[!a].csv",
        "back\\slash.csv",
        "100%.csv",
        "snöw ☃.csv",
        "in[1]/side*/a.csv"
      })
  void takesAnExistingPathAsItIs(String name) throws IOException {
    // What the name would match as a pattern.
    for (String other : List.of("star1.csv", "question1.csv", "brace.csv", "back.csv")) {
      write(other, "x\n1\n2\n3\n");
    }
    String file = write(name, "x\n1\n");
    InputQuery query = InputQuery.of(engine, List.of(file));
    assertEquals(List.of(file), query.files());
    assertEquals(1, rows(query));
  }

  @Test
  void refusesABackslashBesideAWildcard() throws IOException {
    String file = write("a\\b[1].csv", "x\n1\n");
    assertEquals(
        "input '"
            + file
            + "': DuckDB cannot read a path with a backslash and one of * ? [; rename the file",
        refusal(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A.CSV", "a.csv.gz", "A.Csv.Gz", "a.tsv", "a.tsv.gz"})
  void tellsTheKindByTheExtensionInAnyCase(String name) throws IOException {
    InputQuery query = InputQuery.of(engine, List.of(write(name, "a\tb\n1\tx\n2\ty\n")));
    assertEquals(List.of("a BIGINT", "b VARCHAR"), columns(query));
    assertEquals(2, rows(query));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.ndjson", "a.JSONL", "a.ndjson.gz"})
  void readsLinesOfJson(String name) throws IOException {
    InputQuery query = InputQuery.of(engine, List.of(write(name, "{\"a\":1}\n{\"a\":2}\n")));
    assertEquals(List.of("a BIGINT"), columns(query));
    assertEquals(2, rows(query));
  }

  @Test
  void takesTheItemsOfTheOnlyArrayOfObjects() throws IOException {
    InputQuery query =
        InputQuery.of(
            engine,
            List.of(
                write(
                    "a.json",
                    """
                    {"count": 2, "tags": ["x"], "one": {"a": 5},
                     "the \\"rows\\"": [{"a": 1, "b": {"c": [7]}}, {"a": 2}]}
                    """)));
    assertEquals(List.of("a BIGINT", "b STRUCT"), columns(query));
    assertEquals(List.of("1", "2"), engine.strings("SELECT a::VARCHAR FROM (" + query.sql() + ")"));
    assertEquals(
        "the rows are the items of 'the \"rows\"'; left out beside it: 'count', 'tags', 'one'",
        query.note());
  }

  @Test
  void takesTheItemsOfSeveralDocumentsInOrder() throws IOException {
    String first = write("1.json", "{\"r\": [{\"a\": 1}, {\"a\": 2}]}");
    String second = write("2.json.gz", "{\n\"r\": [{\"b\": 3, \"a\": 4}]\n}\n");
    ReadOptions.Builder options = ReadOptions.builder();
    options.unionByName = true;
    InputQuery query = InputQuery.of(engine, List.of(second, first), options.build());
    assertEquals(List.of("b BIGINT", "a BIGINT"), columns(query));
    assertEquals(
        List.of("4", "1", "2"), engine.strings("SELECT a::VARCHAR FROM (" + query.sql() + ")"));
    assertEquals("the rows are the items of 'r'", query.note());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "several objects         | a.json   | {'r': [{'a': 1}]} {'r': [{'a': 2}, {'a': 3}]} | 2",
        "an array of objects     | a.json   | [{'r': [{'a': 1}, {'a': 2}]}]                 | 1",
        "lines                   | a.ndjson | {'r': [{'a': 1}, {'a': 2}]}                   | 1",
        "no array of objects     | a.json   | {'r': [[{'a': 1}], [{'a': 2}]], 's': [1, 2]}  | 1",
        "two arrays of objects   | a.json   | {'r': [{'a': 1}, {'a': 2}], 's': [{'b': 3}]}  | 1",
        "an array further down   | a.json   | {'r': {'s': [{'a': 1}, {'a': 2}]}}            | 1",
        "an empty object         | a.json   | {}                                            | 1"
      })
  void takesOtherJsonAsItIs(String what, String name, String text, long rows) throws IOException {
    InputQuery query = InputQuery.of(engine, List.of(write(name, text.replace('\'', '"'))));
    assertEquals(rows, rows(query));
    assertNull(query.note());
  }

  @Test
  void takesDocumentsAsTheyAreIfOneHasNoRows() throws IOException {
    String rows = write("1.json", "{\"r\": [{\"a\": 1}, {\"a\": 2}]}");
    String none = write("2.json", "{\"s\": 7}");
    assertThrows(IOException.class, () -> InputQuery.of(engine, List.of(rows, none)));
    ReadOptions.Builder options = ReadOptions.builder();
    options.unionByName = true;
    InputQuery query = InputQuery.of(engine, List.of(rows, none), options.build());
    assertEquals(2, rows(query));
    assertNull(query.note());
  }

  @Test
  void readsZstd() throws IOException {
    Path file = folder.resolve("a.csv.zst");
    // A frame of one raw block: a, newline, 7, newline.
    Files.write(file, HexFormat.of().parseHex("28b52ffd" + "2004" + "210000" + "610a370a"));
    assertEquals(List.of("a BIGINT"), columns(InputQuery.of(engine, List.of(file.toString()))));
  }

  @Test
  void keepsKeysThatOnlyALateRowHas() throws IOException {
    String lines = "{\"a\":1}\n".repeat(50_000) + "{\"b\":\"late\"}\n";
    InputQuery query = InputQuery.of(engine, List.of(write("a.ndjson", lines)));
    assertEquals(List.of("a BIGINT", "b VARCHAR"), columns(query));
  }

  @Test
  void tellsTypesFromAllRowsOfASmallFile() throws IOException {
    String lines = "a\n" + "1\n".repeat(300_000) + "late\n";
    InputQuery query = InputQuery.of(engine, List.of(write("a.csv", lines)));
    assertEquals(List.of("a VARCHAR"), columns(query));
    assertEquals(300_001, rows(query));
  }

  @Test
  void readsWhatAPatternFindsInTheOrderOfNames() throws IOException {
    for (String name : List.of("c", "a", "b")) {
      write(name + ".csv", "x\n" + name + "\n");
    }
    InputQuery query = InputQuery.of(engine, List.of(folder + "/*.csv"));
    assertEquals(List.of("a", "b", "c"), engine.strings(query.sql()));
    assertEquals(12, query.bytes());
  }

  @Test
  void unitesFilesOfDifferentSchemasByName() throws IOException {
    String first = write("1.csv", "a,b\n1,x\n");
    String second = write("2.csv", "c,a\n0.5,2\n");
    ReadOptions.Builder options = ReadOptions.builder();
    options.unionByName = true;
    InputQuery query = InputQuery.of(engine, List.of(second, first), options.build());
    assertEquals(List.of("c DOUBLE", "a BIGINT", "b VARCHAR"), columns(query));
    assertEquals(List.of("2", "1"), engine.strings("SELECT a::VARCHAR FROM (" + query.sql() + ")"));
  }

  @Test
  void countsTheRowsOfAllParquetFiles() throws IOException {
    String flights = "testdata/real/flights-200k.parquet";
    InputQuery query = InputQuery.of(engine, List.of(flights, flights));
    assertEquals(400_000, query.rows());
    assertEquals(400_000, rows(query));
  }

  @Test
  void refusesInputsWithoutAFile() {
    for (String[] expected :
        new String[][] {
          {"missing.csv", "there is no such file"},
          {"missing[1-9]*.csv", "no file matches the pattern"}
        }) {
      String input = folder.resolve(expected[0]).toString();
      FileNotFoundException e =
          assertThrows(FileNotFoundException.class, () -> InputQuery.of(engine, List.of(input)));
      assertEquals("input '" + input + "': " + expected[1], e.getMessage());
    }
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    String csv = write("a.csv", "x\n1\n");
    String json = write("a.json", "{}");
    String text = write("a.txt", "x");
    String parquet = write("a.parquet.gz", "x");
    String extensions =
        ": the extension is not known; it may be .parquet, or .csv, .tsv, .json, .ndjson or .jsonl,"
            + " these also followed by .gz or .zst";
    assertEquals("input '" + text + "'" + extensions, refusal(text));
    assertEquals("input '" + parquet + "'" + extensions, refusal(parquet));
    assertEquals(
        "input '%s' is CSV, but '%s' is JSON; all inputs must be of one kind".formatted(csv, json),
        refusal(csv, json));
    assertEquals(
        "input '%s' is a directory; name its files, for example '%s/*.parquet'"
            .formatted(folder, folder),
        refusal(folder.toString()));
    assertEquals("there are no input files", refusal());
  }

  @Test
  void reportsAFileThatIsNotParquet() throws IOException {
    String file = write("a.parquet", "this is not Parquet, but long enough to be asked");
    IOException e = assertThrows(IOException.class, () -> InputQuery.of(engine, List.of(file)));
    assertTrue(e.getMessage().contains("a.parquet"), e.getMessage());
  }

  private String refusal(String... inputs) {
    return assertThrows(
            IllegalArgumentException.class, () -> InputQuery.of(engine, List.of(inputs)))
        .getMessage();
  }

  private long rows(InputQuery query) throws IOException {
    String sql = "SELECT count(*)::VARCHAR FROM (" + query.sql() + ")";
    return Long.parseLong(engine.strings(sql).getFirst());
  }

  private List<String> columns(InputQuery query) throws IOException {
    return engine.strings(
        "SELECT column_name || ' ' || if(column_type LIKE 'STRUCT%', 'STRUCT', column_type) FROM"
            + " (DESCRIBE "
            + query.sql()
            + ")");
  }

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    boolean gzip = name.toLowerCase(Locale.ROOT).endsWith(".gz");
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream packed = gzip ? new GZIPOutputStream(out) : out) {
      packed.write(text.getBytes(UTF_8));
    }
    return file.toString();
  }
}
