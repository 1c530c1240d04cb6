package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and values of Parquet files come as they are, or it is told what becomes of them. */
class ParquetTest {
  private static final Path INPUT = Path.of("testdata/input");

  @TempDir Path folder;
  private Path output;

  @BeforeEach
  void nameTheOutput() {
    output = folder.resolve("out.lance");
  }

  @Test
  void keepsNamesThatDifferInCaseAlone() {
    CommandRun.output("write", "--quiet", "--verify", INPUT.resolve("case_names.parquet"), output);
    assertEquals(List.of("{\"a\":1,\"A\":10}", "{\"a\":2,\"A\":20}"), head());
    CommandRun.output(
        "write",
        "--quiet",
        "--verify",
        "--overwrite",
        "--rename=A=upper",
        INPUT.resolve("case_names.parquet"),
        output);
    assertEquals("{\"a\":1,\"upper\":10}", head().getFirst());
    CommandRun.output(
        "write",
        "--quiet",
        "--verify",
        "--overwrite",
        "--rename=#1=lower",
        INPUT.resolve("case_names.parquet"),
        INPUT.resolve("case_names.parquet"),
        output);
    assertEquals("{\"lower\":1,\"A\":10}", head().getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT 1 AS \"a.b\" | --rename 'a.b=a_b'",
        "SELECT 1 AS \" \" | column 1 has no name",
      })
  void refusesNamesThatLanceCannotHave(String sql, String message) throws IOException {
    Path file = parquet("a", sql);
    CommandRun run = CommandRun.of("write", file, output);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains(message), run.err());
  }

  @Test
  void keepsNanosecondsOfInt96() {
    CommandRun.output(
        "write", "--quiet", "--verify", INPUT.resolve("10b_int96_ns.parquet"), output);
    assertEquals(
        List.of(
            "{\"t\":\"1970-01-01T00:00:00.000000001\"}",
            "{\"t\":\"1970-01-01T00:00:00.000000999\"}",
            "{\"t\":\"1969-12-31T23:59:59.999999999\"}",
            "{\"t\":\"2017-07-14T02:40:00.123456789\"}",
            "{\"t\":null}"),
        head());
  }

  /** Days that nanoseconds in 64 bits cannot reach. */
  @ParameterizedTest
  @CsvSource({
    "5373484, 9999-12-31",
    "1721426, 0001-01-01",
    "2547340, 2262-04-12",
    "2333835, 1677-09-20"
  })
  void tellsWhenNanosecondsOfInt96DoNotFit(int julianDay, String day) throws IOException {
    byte[] bytes = Files.readAllBytes(INPUT.resolve("10b_int96_ns.parquet"));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (buffer.getInt(at) != 2_457_949) {
      at++;
    }
    buffer.putInt(at, julianDay);
    Path file = Files.write(folder.resolve("a.parquet"), bytes);
    JsonObject report = CommandRun.json("write", "--json", "--verify", file, output);
    assertEquals(
        "INT96 is read in microseconds, for some dates are out of the range of nanoseconds: 't'",
        report.get("note").getAsString());
    assertEquals("{\"t\":\"" + day + "T02:40:00.123456\"}", head().get(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "uuid()                          | column 'v' is UUID, written as text",
        "[uuid()]                        | column 'v[]' is UUID, written as text",
        "{'u': uuid()}                   | column 'v.u' is UUID, written as text",
        "MAP {uuid(): 1}                 | column 'v.key' is UUID, written as text",
        "{'a': 1}::VARIANT               | column 'v' is VARIANT, written as its binary parts",
        "'POINT(1 2)'::GEOMETRY          | column 'v' is GEOMETRY, written as WKB",
      })
  void tellsWhatBecomesOfTypes(String value, String note) throws IOException {
    String sql = "SELECT " + value + " AS v";
    JsonObject report = CommandRun.json("write", "--json", "--sql", sql, output);
    assertEquals(note, report.get("note").getAsString());
    Path file = parquet("b", sql);
    assertEquals(
        note,
        CommandRun.json("write", "--json", "--overwrite", file, output).get("note").getAsString());
  }

  @Test
  void severalFilesNeedTheSameSchema() throws IOException {
    Path a = parquet("a", "SELECT 1 AS x, 'p' AS y");
    Path same = parquet("same", "SELECT 2 AS x, 'q' AS y");
    Path wide = parquet("wide", "SELECT 3000000000 AS x, 'r' AS y");
    Path other = parquet("other", "SELECT 4 AS x, 's' AS z");
    Path turned = parquet("turned", "SELECT 't' AS y, 5 AS x");
    Path upper = parquet("upper", "SELECT 6 AS X, 'u' AS y");
    CommandRun.output("write", "--quiet", "--verify", a, same, output);
    assertRefused("column 'x' is BIGINT in '" + wide + "', but INTEGER in '" + a + "'", a, wide);
    assertRefused("'" + other + "' has no column 'y', unlike '" + a + "'", a, other);
    assertRefused("has the same columns in another order", a, turned);
    assertRefused("has no column 'x', unlike", a, upper);
    assertRefused("differ in case alone", "--union-by-name", a, upper);
    JsonObject report =
        CommandRun.json(
            "write",
            "--json",
            "--verify",
            "--overwrite",
            "--union-by-name",
            a,
            wide,
            other,
            turned,
            output);
    assertEquals(
        "column 'x' is BIGINT in %s, INTEGER in %s, and is read as a type for both"
            .formatted(wide, a),
        report.get("note").getAsString());
    assertEquals(
        List.of(
            "{\"x\":1,\"y\":\"p\",\"z\":null}",
            "{\"x\":3000000000,\"y\":\"r\",\"z\":null}",
            "{\"x\":4,\"y\":null,\"z\":\"s\"}",
            "{\"x\":5,\"y\":\"t\",\"z\":null}"),
        head());
  }

  private void assertRefused(String message, Object... arguments) {
    Object[] words = new Object[arguments.length + 3];
    words[0] = "write";
    words[1] = "--overwrite";
    System.arraycopy(arguments, 0, words, 2, arguments.length);
    words[words.length - 1] = output;
    CommandRun run = CommandRun.of(words);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains(message), run.err());
    assertTrue(run.err().length() <= 700, run.err());
  }

  private Path parquet(String name, String sql) throws IOException {
    Path file = folder.resolve(name + ".parquet");
    RealDataTest.copy(sql, file.toString());
    return file;
  }

  private List<String> head() {
    return CommandRun.output("head", "--format=json", output).lines().toList();
  }
}
