package dev.lancewright.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyCommandTest {
  private static final String REAL = "testdata/real/";
  private static final String ROWS =
      "SELECT i AS id, CASE WHEN i %% 7 <> 0 THEN {'city': 'c' || i, 'tags': [i, %s]} END AS s,"
          + " CASE WHEN i %% 5 <> 0 THEN i / 3 END AS x FROM range(%d) t(i)";
  private static final String SAME = ROWS.formatted("i + 1", 5000);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("a.lance");
  }

  private void write(String sql) {
    CommandRun.output("write", "--quiet", "--data-cache-bytes=64K", "--sql", sql, file);
  }

  @Test
  void printsOneLine() {
    String line = CommandRun.output("verify", "testdata/reference/v22_multipage.lance");
    assertTrue(
        line.matches(
            "testdata/reference/v22_multipage\\.lance: verified, 2,500,000 rows, 2 columns, 5"
                + " pages, 182,185 bytes, [0-9]+\\.[0-9]{2} s \\([0-9.]+ [KMG]?i?B/s\\)\n"),
        line);
  }

  @Test
  void printsJson() {
    JsonObject report = CommandRun.json("verify", "--json", "testdata/reference/v21_ints.lance");
    assertEquals(2000, report.get("rows").getAsInt());
    assertEquals(6, report.get("pages").getAsInt());
    assertEquals(false, report.get("same_as_input").getAsBoolean());
  }

  @Test
  void failsWithTheFault() throws IOException {
    writeTextThatIsNotUtf8();
    CommandRun.assertFails(
        file + ": column 't', page 0, row 0: the value is not valid UTF-8: 0xc06578742030",
        "verify",
        file);
  }

  private void writeTextThatIsNotUtf8() throws IOException {
    write("SELECT 'text ' || i AS t FROM range(10) t(i)");
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, ISO_8859_1).indexOf("text 0");
    bytes[at] = (byte) 0xC0;
    Files.write(file, bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flights-200k.parquet", "earthquakes.json", "airports.csv"})
  void realDataIsTheSameAsItsInput(String input) {
    CommandRun.output("write", "--quiet", "--data-cache-bytes=512K", REAL + input, file);
    String line = CommandRun.output("verify", file, "--against", REAL + input);
    assertTrue(line.startsWith(file + ": verified and the same as the input, "), line);
  }

  @Test
  void severalInputsAreJoined() throws IOException {
    Path a = Files.writeString(folder.resolve("a.csv"), "n\n1\n2\n");
    Path b = Files.writeString(folder.resolve("b.csv"), "n\n3\n");
    CommandRun.output("write", "--quiet", a, b, file);
    assertEquals(0, CommandRun.of("verify", file, "--against", a, b).exitCode());
    CommandRun.assertFails(
        file + ": column 'n', row 0: 1 in the file, but 3 in the input",
        "verify",
        file,
        "--against",
        b,
        a);
  }

  @Test
  void theResultOfAQueryMayComeInOtherBatches() {
    write(SAME);
    String line = CommandRun.output("verify", file, "--sql", SAME);
    assertTrue(line.contains("the same as the input, 5,000 rows, 4 columns"), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CASE WHEN i <> 4321 THEN i + 1 ELSE -1 END | s.tags[1] | 4321 | 4322 | -1",
        "CASE WHEN i <> 4321 THEN i + 1 END | s.tags[1] | 4321 | 4322 | null",
      })
  void namesTheFirstValueThatDiffers(
      String item, String path, int row, String inFile, String inInput) {
    write(SAME);
    CommandRun.assertFails(
        "%s: column '%s', row %d: %s in the file, but %s in the input"
            .formatted(file, path, row, inFile, inInput),
        "verify",
        file,
        "--sql",
        ROWS.formatted(item, 5000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "repeat('c', 180) || 'a' # repeat('c', 180) || 'b' # ...{40}a # ...{40}b",
        "repeat('c', 120) # repeat('c', 121) # ...{40} # ...{40}c",
        "'a' || repeat('c', 120) # 'b' || repeat('c', 120) # a{99}... # b{99}...",
        "repeat('c', 99) || 'a' # repeat('c', 99) || 'b' # {99}a # {99}b",
      })
  void showsLongValuesWhereTheyDiffer(String a, String b, String inFile, String inInput) {
    write("SELECT " + a + " AS t");
    CommandRun.assertFails(
        "%s: column 't', row 0: %s in the file, but %s in the input"
            .formatted(file, repeated(inFile), repeated(inInput)),
        "verify",
        file,
        "--sql",
        "SELECT " + b + " AS t");
  }

  /** Puts so many times 'c' for each number in braces. */
  private static String repeated(String text) {
    return Pattern.compile("\\{(\\d+)}")
        .matcher(text)
        .replaceAll(match -> "c".repeat(Integer.parseInt(match.group(1))));
  }

  @Test
  void theFirstRowCountsAndThenTheFirstColumn() {
    write("SELECT i AS a, i AS b, i AS c FROM range(9000) t(i)");
    CommandRun.assertFails(
        file + ": column 'b', row 5000: 5000 in the file, but 0 in the input",
        "verify",
        file,
        "--sql=SELECT i + (i // 6000) AS a, CASE WHEN i <> 5000 THEN i ELSE 0 END AS b,"
            + " CASE WHEN i <> 5000 THEN i ELSE 0 END AS c FROM range(9000) t(i)");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4999, 5001, 20_000})
  void tellsRowsThatAreTooManyOrTooFew(int rows) {
    write(SAME);
    CommandRun.assertFails(
        "%s: the file has 5000 rows, but the input has %d; the first %d are the same"
            .formatted(file, rows, Math.min(rows, 5000)),
        "verify",
        file,
        "--sql",
        ROWS.formatted("i + 1", rows));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 AS b, {'x': [1]} AS s | column 1 is 'a' in the file, but 'b' in the input",
        "1 AS a | column 2 is 's' in the file, but missing in the input",
        "1 AS a, {'x': [1]} AS s, 2 AS t | column 3 is missing in the file, but 't' in the input",
        "1::BIGINT AS a, {'x': [1]} AS s | column 'a' is int32 in the file, but int64 in the input",
        "1 AS a, {'x': ['1']} AS s | column 's.x.item' is int32 in the file, but utf8 in the input",
        "1 AS a, {'y': [1]} AS s | column 1 of 's' is 'x' in the file, but 'y' in the input",
        "1 AS a, {'x': [1]::INTEGER[1]} AS s | column 's.x' is list<int32> in the file, but"
            + " fixed_size_list<int32>[1] in the input",
      })
  void tellsSchemasThatDiffer(String columns, String message) {
    write("SELECT 1 AS a, {'x': [1]} AS s");
    CommandRun.assertFails(file + ": " + message, "verify", file, "--sql", "SELECT " + columns);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELEC 1 | Parser Error: ",
        "SELECT 1 AS t | column 't' is utf8 in the file, but int32 in the input",
      })
  void looksAtTheInputBeforeAllOfTheFile(String sql, String message) throws IOException {
    writeTextThatIsNotUtf8();
    CommandRun run = CommandRun.of("verify", file, "--sql", sql);
    assertTrue(run.err().contains(message), run.err());
    assertEquals(1, run.exitCode());
  }

  @Test
  void comparesBitsOfFloats() {
    write("SELECT 0.0::DOUBLE AS zero, 'NaN'::DOUBLE AS nan");
    assertEquals(
        0,
        CommandRun.of("verify", file, "--sql", "SELECT 0.0::DOUBLE AS zero, 'NaN'::DOUBLE AS nan")
            .exitCode());
    CommandRun.assertFails(
        file + ": column 'zero', row 0: 0.0 in the file, but -0.0 in the input",
        "verify",
        file,
        "--sql",
        "SELECT -0.0::DOUBLE AS zero, 'NaN'::DOUBLE AS nan");
  }

  @Test
  void tellsWrongUsage() {
    CommandRun run = CommandRun.of("verify", file, "--sql", "SELECT 1", "--against", "a.csv");
    assertEquals(2, run.exitCode());
    assertTrue(
        run.err()
            .startsWith(
                "lancewright verify: Either --against or --sql names the input, not both\n"),
        run.err());
    assertEquals(2, CommandRun.of("verify").exitCode());
  }

  @Test
  void writeVerifiesWhatItWrote() {
    String text = CommandRun.output("write", "--verify", REAL + "flights-200k.parquet", file);
    String last = text.lines().toList().getLast();
    assertTrue(
        last.startsWith(file + ": verified and the same as the input, 200,000 rows, 3 columns, "),
        text);
    JsonObject report =
        CommandRun.json("write", "--json", "--verify", "--overwrite", "--sql", SAME, file);
    JsonObject verification = report.getAsJsonObject("verification");
    assertEquals(report.get("rows"), verification.get("rows"));
    assertTrue(verification.get("same_as_input").getAsBoolean());
  }

  @Test
  void writeKeepsAFileThatDiffersFromItsInput() throws IOException {
    CommandRun run =
        CommandRun.of("write", "--verify", "--sql=SELECT random() AS r FROM range(10)", file);
    assertEquals(1, run.exitCode());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("lancewright: " + file + ": column 'r', row 0: "), run.err());
    assertTrue(run.err().endsWith("; the file was written and is kept\n"), run.err());
    assertEquals(0, CommandRun.of("verify", file).exitCode());
  }
}
