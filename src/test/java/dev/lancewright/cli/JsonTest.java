package dev.lancewright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each value of JSON becomes the same value, or is refused or told to be text. */
class JsonTest {
  private static final Path INPUT = Path.of("testdata/input");

  @TempDir Path folder;
  private Path output;

  @BeforeEach
  void nameTheOutput() {
    output = folder.resolve("out.lance");
  }

  /** The values of member {@code v} of each line, their type, and what {@code head} shows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "1 -1 null                ! int64 ! 1 -1 null",
        "9223372036854775807 -9223372036854775808 1 ! int64 ! '9223372036854775807'"
            + " '-9223372036854775808' 1",
        "18446744073709551615 -1  ! decimal128(38, 0) ! '18446744073709551615' -1",
        "9223372036854775808      ! decimal128(38, 0) ! '9223372036854775808'",
        "-99999999999999999999999999999999999999 1 ! decimal128(38, 0) !"
            + " '-99999999999999999999999999999999999999' 1",
        "100000000000000000000000000000000000000 ! utf8 !"
            + " '100000000000000000000000000000000000000'",
        "9007199254740993 1.5     ! utf8 ! '9007199254740993' '1.5'",
        "1e400 1                  ! utf8 ! '1e400' '1'",
        "-1e999 2.5               ! utf8 ! '-1e999' '2.5'",
        "-0.0 1                   ! float64 ! -0.0 1.0",
        "-0 1                     ! int64 ! 0 1",
        "1 2.5 1e3                ! float64 ! 1.0 2.5 1000.0",
        "true null false          ! bool ! true null false",
        "'a' '1'                  ! utf8 ! 'a' '1'",
        "'2024-01-31' null        ! date32 ! '2024-01-31' null",
        "'2024-01-31T10:20:30.123456789' ! timestamp[ns] ! '2024-01-31T10:20:30.123456789'",
        "'2024-01-31T10:20:30Z'   ! timestamp[us, UTC] ! '2024-01-31T10:20:30Z'",
        "'2024-01-31' 'x'         ! utf8 ! '2024-01-31' 'x'",
        "'007' '9007199254740993' ! utf8 ! '007' '9007199254740993'",
        "[1,18446744073709551615] ! decimal128(38, 0) ! [1,'18446744073709551615']",
        "[[1],[2.5,null]] null    ! float64 ! [[1.0],[2.5,null]] null",
        "{'a':[{'b':18446744073709551615}]} ! decimal128(38, 0) !"
            + " {'a':[{'b':'18446744073709551615'}]}",
        "{'a':1} {'b':'x'}        ! int64 ! {'a':1,'b':null} {'a':null,'b':'x'}",
        "null null                ! utf8 ! null null",
        "'é☃😀' ''                ! utf8 ! 'é☃😀' ''",
      })
  void keepsValues(String values, String type, String expected) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String value : values.split(" ", -1)) {
      lines.append("{\"v\":").append(value.replace('\'', '"')).append("}\n");
    }
    List<String> rows = new ArrayList<>();
    for (String value : expected.split(" ", -1)) {
      rows.add("{\"v\":" + value.replace('\'', '"') + "}");
    }
    Path file = write("a.ndjson", UTF_8, lines.toString());
    assertEquals(type, type(file));
    assertEquals(rows, head());
    String array = "[" + lines.toString().strip().replace("\n", ",\n") + "]";
    assertEquals(type, type(write("a.json", UTF_8, array)));
    assertEquals(rows, head());
    assertEquals(type, type(write("b.json", UTF_8, "{\"n\": 1, \"rows\": " + array + "}")));
    assertEquals(rows, head());
  }

  private String type(Path file) {
    JsonObject report = CommandRun.json("write", "--json", "--verify", "--overwrite", file, output);
    return report.getAsJsonArray("columns").get(0).getAsJsonObject().get("type").getAsString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "{'v':1}~{'v':'x'} ! 'v' ! {'v':'1'} {'v':'\\'x\\''}",
        "{'v':{'a':1}}~{'v':[1]} ! 'v' ! {'v':'{\\'a\\':1}'} {'v':'[1]'}",
        "{'v':[1,'x']} ! 'v[]' ! {'v':['1','\\'x\\'']}",
        "{'v':{'w':1e400}} ! 'v.w' ! {'v':{'w':'1e400'}}",
        "{'v':1}~5 ! 'json' ! {'json':'{\\'v\\':1}'} {'json':'5'}",
      })
  void tellsWhatBecomesText(String lines, String path, String expected) throws IOException {
    Path file = write("a.ndjson", UTF_8, lines.replace('~', '\n').replace('\'', '"') + "\n");
    JsonObject report = CommandRun.json("write", "--json", "--verify", file, output);
    assertEquals(
        "text, since no other type holds all values as they are: " + path,
        report.get("note").getAsString());
    assertEquals(expected.replace('\'', '"'), String.join(" ", head()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "a.json ! `` ! the file is empty",
        "a.ndjson ! `` ! the file is empty",
        "a.json ! ` ~ ~` ! the file is empty",
        "a.json ! [] ! the array is empty",
        "a.json ! `[ ~ ]` ! the array is empty",
        "a.ndjson ! {'a':1,'A':2} ! names of columns differ in case alone",
        "a.ndjson ! {'x':{'a':1,'A':2}} ! member 'x.A'",
        "a.ndjson ! {'x':1,'x':2} ! duplicate key",
        "a.ndjson ! {'x.y':1} ! --rename 'x.y=x_y'",
        "a.ndjson ! {'':1} ! column 1 has no name",
        "a.ndjson ! {'x':1}~{'x': ! value 2 is not JSON",
        "a.json ! [{'x':1},{'x':2] ! value 1 is not JSON",
        "a.json ! {'x':tru} ! Malformed JSON",
      })
  void refuses(String name, String text, String message) throws IOException {
    Path file = write(name, UTF_8, text.replace('~', '\n').replace('\'', '"'));
    CommandRun run = CommandRun.of("write", file, output);
    assertEquals(1, run.exitCode(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertTrue(run.err().contains(file.toString()), run.err());
    assertTrue(run.err().length() <= 700, run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "a.json, UTF-8",
    "a.ndjson, UTF-8",
    "a.json.gz, UTF-8",
    "a.json, UTF-16LE",
    "a.ndjson, UTF-16BE"
  })
  void skipsByteOrderMarks(String name, String encoding) throws IOException {
    String lines = "{\"a\":1,\"b\":\"é\"}\n{\"a\":2,\"b\":null}\n";
    String text = name.contains("nd") ? lines : "[" + lines.strip().replace("\n", ",") + "]";
    Path file = write(name, Charset.forName(encoding), "\uFEFF" + text);
    CommandRun.output("write", "--quiet", "--verify", file, output);
    assertEquals(List.of("{\"a\":1,\"b\":\"é\"}", "{\"a\":2,\"b\":null}"), head());
  }

  @Test
  void readsOtherEncodings() throws IOException {
    Path file = write("a.json", Charset.forName("windows-1252"), "[{\"a\":\"Zürich\"}]");
    CommandRun run = CommandRun.of("write", file, output);
    assertTrue(run.err().contains("--encoding"), run.err());
    CommandRun.output("write", "--quiet", "--verify", "--encoding=windows-1252", file, output);
    assertEquals(List.of("{\"a\":\"Zürich\"}"), head());
  }

  @Test
  void readsTheReports() {
    CommandRun.output("write", "--quiet", "--verify", INPUT.resolve("bom_array.json"), output);
    assertEquals(
        List.of("{\"a\":1,\"b\":\"x\"}", "{\"a\":2,\"b\":\"y\"}", "{\"a\":3,\"b\":null}"), head());
    CommandRun.output(
        "write", "--quiet", "--verify", "--overwrite", INPUT.resolve("j03_bigint.ndjson"), output);
    assertEquals(
        List.of(
            "{\"a\":\"9007199254740993\",\"b\":\"18446744073709551615\","
                + "\"c\":\"123456789012345678901234567890\",\"d\":\"1e400\",\"e\":-0.0}",
            "{\"a\":1,\"b\":2,\"c\":3,\"d\":\"0.1\",\"e\":1.0}"),
        head());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.ndjson", "a.ndjson.gz"})
  void readsLongValues(String name) throws IOException {
    String text = "ab c,".repeat(8_000_000);
    String lines = "{\"id\":1,\"t\":\"s\"}\n{\"id\":2,\"t\":\"" + text + "\"}\n{\"id\":3}\n";
    Path file =
        write(
            name,
            UTF_8,
            name.equals("a.json") ? "[" + lines.strip().replace("\n", ",") + "]" : lines);
    assertEquals(
        3, CommandRun.json("write", "--json", "--verify", file, output).get("rows").getAsInt());
  }

  @Test
  void readsLongDocuments() throws IOException {
    Path file = folder.resolve("big.json");
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("{\"type\": \"FeatureCollection\", \"features\": [");
      for (int i = 0; i < 170_000; i++) {
        out.write(
            (i == 0 ? "" : ", ")
                + "{\"type\": \"Feature\", \"properties\": {\"id\": "
                + i
                + "}, \"geometry\": {\"type\": \"Point\", \"coordinates\": ["
                + i / 1000.0
                + ", "
                + -i / 2000.0
                + "]}}");
      }
      out.write("]}");
    }
    JsonObject report = CommandRun.json("write", "--json", "--verify", file, output);
    assertEquals(170_000, report.get("rows").getAsInt());
  }

  @Test
  void keepsOrRenamesNames() throws IOException {
    Path file = write("a.ndjson", UTF_8, "{\"x.y\":1,\"B c\":\"2\"}\n");
    CommandRun.output("write", "--quiet", "--verify", "--rename=x.y=z", file, output);
    assertEquals(List.of("{\"z\":1,\"B c\":\"2\"}"), head());
    CommandRun.assertFails(
        "--types is for CSV, but '" + file + "' is JSON",
        "write",
        "--overwrite",
        "--types=x=DATE",
        file,
        output);
  }

  private List<String> head() {
    return CommandRun.output("head", "--format=json", output).lines().toList();
  }

  private Path write(String name, Charset encoding, String text) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream packed = name.endsWith(".gz") ? new GZIPOutputStream(out) : out) {
      packed.write(text.getBytes(encoding));
    }
    return file;
  }
}
