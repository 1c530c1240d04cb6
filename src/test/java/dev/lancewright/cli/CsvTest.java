package dev.lancewright.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
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

/**
 * Each line of delimited text becomes a row with the values that it has, or is refused. In the
 * cases here {@code ~} stands for the end of a line and {@code ^} for a tab.
 */
class CsvTest {
  private static final Path INPUT = Path.of("testdata/input");

  @TempDir Path folder;
  private Path output;

  @BeforeEach
  void nameTheOutput() {
    output = folder.resolve("out.lance");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        // One column, whatever is in its values.
        "comment~Good~Fast delivery~Nice; but slow ! {'comment':'Good'} {'comment':'Fast delivery'}"
            + " {'comment':'Nice; but slow'}",
        "t~a~b|c~d^e~f ! {'t':'a'} {'t':'b|c'} {'t':'d^e'} {'t':'f'}",
        "t~'a,b'~c~d ! {'t':'a,b'} {'t':'c'} {'t':'d'}",
        "url~http://x/?a=1;b~http://y/~http://z/ ! {'url':'http://x/?a=1;b'} {'url':'http://y/'}"
            + " {'url':'http://z/'}",
        "n~1~~3 ! {'n':1} {'n':null} {'n':3}",
        "t~a~''~b ! {'t':'a'} {'t':''} {'t':'b'}",
        // Delimiters.
        "a;b~1,5;x~2,5;y ! {'a':'1,5','b':'x'} {'a':'2,5','b':'y'}",
        "a|b~1;|2~3|4; ! {'a':'1;','b':'2'} {'a':'3','b':'4;'}",
        "a^b~1^x,y~2^z ! {'a':1,'b':'x,y'} {'a':2,'b':'z'}",
        "a,b~'1;2',x~'3;4',y ! {'a':'1;2','b':'x'} {'a':'3;4','b':'y'}",
        // Headers.
        "a,b ! ``",
        "name,2019~x,1.5 ! refused: --header or --no-header",
        "id,2019~1,5~2,6 ! {'id':1,'2019':5} {'id':2,'2019':6}",
        "1,2~3,4 ! refused: --header or --no-header",
        "a,b~,~, ! {'a':null,'b':null} {'a':null,'b':null}",
        "~~a,b~1,2 ! {'a':1,'b':2}",
        "'a~b',c~1,2 ! {'a\\nb':1,'c':2}",
        ",a~0,1 ! refused: column 1 has no name",
        "a,b,a~1,2,3 ! refused: columns 1 and 3 are both named 'a'",
        "a,A,b~1,2,3 ! {'a':1,'A':2,'b':3}",
        "a.b,c~1,2 ! refused: --rename 'a.b=a_b'",
        // Lines that are not like the others.
        "a,b~1,2~3~4,5 ! refused: line 3 has 1 field, but line 1 has 2",
        "a,b~1,2~~3,4,5 ! refused: line 4 has 3 fields, but line 1 has 2",
        "a;b~'x~y';1~2;3;4 ! refused: line 4 has 3 fields, but line 1 has 2",
        "Report~~a;b~1;2~3;4 ! refused: line 1 has one field, but lines after it have 2",
        "# made today~a,b~1,2~3,4 ! refused: line 1 has one field, but lines after it have 2",
        "Report, 2024~a,b,c~1,2,3 ! refused: line 2 has 3 fields, but line 1 has 2",
        "a,b;c~1,2;3 ! refused: ',' and ';' both split all lines evenly",
        "a,b~'x'y,2 ! refused: line 2 has text after a closing quote",
        "a,b~1,2~'x,2~3,4 ! refused: line 3 has a quote that nothing closes",
        "a,b~1,2~~3,4~ ! {'a':1,'b':2} {'a':3,'b':4}",
        // Quotes.
        "a,b~1,'x''y'~2,x'y ! {'a':1,'b':'x'y'} {'a':2,'b':'x'y'}",
        "a,b~1, 'x,y' ~2,z ! {'a':1,'b':'x,y'} {'a':2,'b':'z'}",
        "a,b~1,''~2, ! {'a':1,'b':''} {'a':2,'b':null}",
      })
  void readsOrRefuses(String text, String expected) throws IOException {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, lines(text) + (text.endsWith("~") ? "" : "\n"));
    expect(expected == null ? "" : expected, file);
    String carriageReturns = Files.readString(file).replace("\n", "\r\n");
    if (!text.contains("'a~b'") && !text.contains("'x~y'")) {
      Files.writeString(file, carriageReturns);
      expect(expected == null ? "" : expected, file);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "--skip-lines=2 ! Report;;~;;~id;v~1;2 ! {'id':1,'v':2}",
        "--skip-lines=1 ! Report, made today~id;v~1;2 ! {'id':1,'v':2}",
        "--no-header ! 1,2~3,x ! {'column0':1,'column1':'2'} {'column0':3,'column1':'x'}",
        "--header ! 1,2~3,4 ! {'1':3,'2':4}",
        "--header ! x,y~3,4 ! {'x':3,'y':4}",
        "--delimiter=\\t ! a,b~1,2,3 ! {'a,b':'1,2,3'}",
        "--delimiter=:: ! a::b~1:x::2 ! {'a':'1:x','b':2}",
        "--delimiter=§ ! a§b~1§2 ! {'a':1,'b':2}",
        "--quote=none ! a,b~1,'x~2,y' ! {'a':1,'b':''x'} {'a':2,'b':'y''}",
        "--quote=@ ! a,b~1,@x,y@~2,'z' ! {'a':1,'b':'x,y'} {'a':2,'b':''z''}",
        "--null=NA ! a,b~1,NA~NA,'NA'~3,x ! {'a':1,'b':null} {'a':null,'b':'NA'} {'a':3,'b':'x'}",
        "--null= ! a,b~1,''~2,3 ! {'a':1,'b':null} {'a':2,'b':3}",
        "--types=a=VARCHAR ! a,b~1,2 ! {'a':'1','b':2}",
        "--types=a=DECIMAL(5,2) ! a,b~1.5,2 ! {'a':1.50,'b':2}",
        "--pad-lines ! a,b,c~1~2,3~4,5,6 ! {'a':1,'b':null,'c':null} {'a':2,'b':3,'c':null}"
            + " {'a':4,'b':5,'c':6}",
        "--pad-lines ! a,b~1,'x~y'~2,z,3 ! {'a':1,'b':'x\\ny','column2':null}"
            + " {'a':2,'b':'z','column2':3}",
        "--ignore-errors ! a,b~1,2~3~4,5,6~7,8 ! {'a':1,'b':2} {'a':7,'b':8}",
        "--rename=a.b=ab ! a.b,c~1,2 ! {'ab':1,'c':2}",
        "--rename=#1=index ! ,a~0,1 ! {'index':0,'a':1}",
        "--rename=#3=c ! a,b,a~1,2,3 ! {'a':1,'b':2,'c':3}",
        "--rename=x=c ! a,b~1,2 ! refused: --rename: there is no column 'x'; there are 'a', 'b'",
        "--types=x=DATE ! a,b~1,2 ! refused: --types: there is no column 'x'; there are 'a', 'b'",
        "--types=b=BIGINT ! a,b~1,2~3,x ! refused: line 3, column 'b': 'x' is not BIGINT",
        "--skip-lines=9 ! a,b~1,2 ! refused: no header and no row after the lines to skip",
      })
  void readsAsTold(String option, String text, String expected) throws IOException {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, lines(text) + "\n");
    expect(expected, option, file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "1 2 -3 +4                  ! int64   ! 1 2 -3 4",
        "9223372036854775807 1      ! int64   ! '9223372036854775807' 1",
        "9223372036854775808 -1     ! decimal128(38, 0) ! '9223372036854775808' -1",
        "007 1                      ! utf8    ! '007' '1'",
        "1.5 2                      ! float64 ! 1.5 2.0",
        "1e400 1                    ! utf8    ! '1e400' '1'",
        "1e-400 1                   ! utf8    ! '1e-400' '1'",
        "0.5 9007199254740993       ! utf8    ! '0.5' '9007199254740993'",
        "1234567890123456.789 1     ! utf8    ! '1234567890123456.789' '1'",
        "-0 1.5                     ! float64 ! -0.0 1.5",
        "-0 1                       ! float64 ! -0.0 1.0",
        "nan 1.5 -inf               ! float64 ! 'NaN' 1.5 '-Infinity'",
        "nan x                      ! utf8    ! 'nan' 'x'",
        "1_000 2                    ! utf8    ! '1_000' '2'",
        "true FALSE                 ! bool    ! true false",
        "yes no                     ! utf8    ! 'yes' 'no'",
        "2024-02-29 2023-01-01      ! date32  ! '2024-02-29' '2023-01-01'",
        "2023-02-29 2023-01-01      ! utf8    ! '2023-02-29' '2023-01-01'",
        "03/04/2020 2020-01-02      ! utf8    ! '03/04/2020' '2020-01-02'",
        "03/04/2020 05/06/2020      ! utf8    ! '03/04/2020' '05/06/2020'",
        "10:20:30 23:59:59.5        ! time64[us] ! '10:20:30' '23:59:59.5'",
        "10:20:30.123456789 1:2:3   ! utf8    ! '10:20:30.123456789' '1:2:3'",
        "2020-01-02T03:04:05 2020-01-02T03:04:05.123456 ! timestamp[us] ! '2020-01-02T03:04:05'"
            + " '2020-01-02T03:04:05.123456'",
        "2020-01-02T03:04:05.123456789 2020-01-02T03:04 ! timestamp[ns] !"
            + " '2020-01-02T03:04:05.123456789' '2020-01-02T03:04:00'",
        "2020-01-02T03:04:05Z 2020-01-02T03:04:05+02:00 ! timestamp[us, UTC] !"
            + " '2020-01-02T03:04:05Z' '2020-01-02T01:04:05Z'",
        "1600-01-02T03:04:05.123456789 x ! utf8 ! '1600-01-02T03:04:05.123456789' 'x'",
      })
  void takesTypesThatChangeNoValue(String values, String type, String expected) throws IOException {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, "v\n" + values.replace(" ", "\n") + "\n");
    JsonObject report = CommandRun.json("write", "--json", "--verify", file, output);
    assertEquals(
        type, report.getAsJsonArray("columns").get(0).getAsJsonObject().get("type").getAsString());
    List<String> rows = new ArrayList<>();
    for (String value : expected.split(" ", -1)) {
      rows.add("{\"v\":" + value.replace('\'', '"') + "}");
    }
    assertEquals(rows, head());
  }

  @Test
  void readsTheReports() throws IOException {
    expect(
        "{'comment':'Good'} {'comment':'Fast delivery'} {'comment':'Nice; but slow'}",
        INPUT.resolve("comments.csv"));
    expect("refused: line 1002 has 3 fields", INPUT.resolve("grow1000.csv"));
    expect("refused: --skip-lines", INPUT.resolve("report.csv"));
    expect(
        "{'id':1,'name':'a','v':2} {'id':2,'name':'b','v':3}",
        "--skip-lines=2",
        INPUT.resolve("report.csv"));
    expect("refused: --rename 'Sepal.Length=Sepal_Length'", INPUT.resolve("iris.csv"));
    expect(
        "{'a':1,'b':'NULL','c':null} {'a':2,'b':'','c':'NA'} {'a':3,'b':'NULL','c':'nan'}"
            + " {'a':4,'b':'x','c':'\\\\N'}",
        INPUT.resolve("c09_nulls.csv"));
    JsonObject report =
        CommandRun.json(
            "write",
            "--json",
            "--verify",
            "--overwrite",
            "--pad-lines",
            INPUT.resolve("grow1000.csv"),
            output);
    assertEquals(4000, report.get("rows").getAsInt());
  }

  @Test
  void tellsWhatItFoundAndLeftOut() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "a;b\n1;2\n\n3\n4;5\n");
    JsonObject report =
        CommandRun.json("write", "--json", "--verify", "--ignore-errors", file, output);
    assertEquals(
        "';' separates fields; line 1 has the names; 1 empty line is no rows; 1 of 3 lines were"
            + " left out (--ignore-errors)",
        report.get("note").getAsString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv", "b.tsv", "c.csv.gz"})
  void refusesEmptyFiles(String name) throws IOException {
    Path file = write(name, UTF_8, "");
    CommandRun.assertFails(
        file + ": there is no header and no row: the file is empty", "write", file, output);
  }

  @ParameterizedTest
  @CsvSource({
    "a.csv, UTF-16LE, ",
    "a.csv, UTF-16BE, ",
    "a.csv, windows-1252, windows-1252",
    "a.csv, ISO-8859-1, latin1",
    "a.csv.gz, UTF-16LE, UTF-16",
    "a.csv, Shift_JIS, Shift_JIS"
  })
  void readsOtherEncodings(String name, String encoding, String option) throws IOException {
    String word = encoding.equals("Shift_JIS") ? "日本" : "Zürich";
    String mark = encoding.startsWith("UTF-16") ? "\uFEFF" : "";
    Path file = write(name, Charset.forName(encoding), mark + "n,city\n1," + word + "\n");
    String expected = "{'n':1,'city':'" + word + "'}";
    if (option == null) {
      expect(expected, file);
    } else {
      expect(expected, "--encoding", option, file);
    }
  }

  @Test
  void namesWhatIsNotUtf8() throws IOException {
    Path file = write("a.csv", ISO_8859_1, "n,city\n1,Paris\n2,Zürich\n");
    expect("refused: line 3, field 2 is not UTF-8: 'Z\uFFFDrich'", file);
    expect(
        "refused: --encoding", "--encoding=UTF-16BE", write("b.csv", UTF_8, "n,city\n1,é\n\uD83D"));
    expect("{'n':1}", write("c.csv", UTF_8, "\uFEFFn\n1\n"));
    expect("{'n':1}", write("d.csv", UTF_16LE, "\uFEFFn\n1\n"));
  }

  @Test
  void readsLongFields() throws IOException {
    String longText = "ab c,".repeat(600_000);
    Path quoted = write("a.csv", UTF_8, "id,t\n1,short\n2,\"" + longText + "\"\n3,end\n");
    assertEquals(3, rows(quoted));
    Path plain = write("b.tsv", UTF_8, "id\tt\n1\t" + longText + longText + "\n2\tend\n");
    assertEquals(2, rows(plain));
    Path lines = write("c.csv.gz", UTF_8, "id,t\n1,\"" + "line\n".repeat(2_000_000) + "\"\n2,x\n");
    assertEquals(2, rows(lines));
    Path wide = write("d.csv", UTF_8, "a" + ",b".repeat(0) + "\n" + "x".repeat(5_000_000) + "\n");
    assertEquals(1, rows(wide));
    StringBuilder many = new StringBuilder("c0");
    for (int i = 1; i < 3000; i++) {
      many.append(",c").append(i);
    }
    Path columns = write("e.csv", UTF_8, many + "\n" + "1" + ",1".repeat(2999) + "\n");
    assertEquals(1, rows(columns));
  }

  @Test
  void aTypeIsToldFromAllLines() throws IOException {
    Path file = write("a.csv", UTF_8, "a\n" + "1\n".repeat(3_000_000) + "late\n");
    JsonObject report = CommandRun.json("write", "--json", file, output);
    assertEquals(3_000_001, report.get("rows").getAsInt());
    assertTrue(report.toString().contains("\"type\":\"utf8\""), report.toString());
  }

  @Test
  void severalFilesNeedTheSameColumns() throws IOException {
    Path a = write("a.csv", UTF_8, "x,y\n1,2\n");
    Path b = write("b.csv", UTF_8, "x,z\n3,4\n");
    Path c = write("c.csv", UTF_8, "y;x\n2.5;1\n");
    expect("refused: 'z', ".substring(0, 9) + "has no column 'y', unlike '" + a + "'", a, b);
    expect("refused: has the same columns in another order", a, c);
    expect("{'x':1,'y':2,'z':null} {'x':3,'y':null,'z':4}", "--union-by-name", a, b);
    expect("{'x':1,'y':2.0} {'x':1,'y':2.5}", "--union-by-name", a, c);
    JsonObject report =
        CommandRun.json("write", "--json", "--overwrite", "--union-by-name", a, c, output);
    assertTrue(
        report
            .get("note")
            .getAsString()
            .endsWith("column 'y' is DOUBLE in " + c + ", BIGINT before, and is read as DOUBLE"),
        report.toString());
  }

  @Test
  void foldersAddColumns() throws IOException {
    Path a = write("y=2024/a.csv", UTF_8, "n\n1\n");
    Path b = write("y=2025/a.csv", UTF_8, "n\n2\n");
    expect("{'n':1,'y':2024} {'n':2,'y':2025}", a, b);
  }

  @Test
  void verifyReadsAsWriteDoes() throws IOException {
    Path file = write("a.csv", UTF_8, "Title;\na;b\n1;2\n");
    CommandRun.output("write", "--quiet", "--skip-lines=1", file, output);
    CommandRun.output("verify", output, "--skip-lines=1", "--against", file);
    CommandRun run = CommandRun.of("verify", output, "--against", file);
    assertEquals(1, run.exitCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--delimiter=",
        "--delimiter=\"",
        "--delimiter=abcde",
        "--quote=ab",
        "--quote=é",
        "--skip-lines=-1",
        "--types=a=x;y",
        "--encoding=nix"
      })
  void refusesOptionsThatMakeNoSense(String option) {
    CommandRun run = CommandRun.of("write", option, "a.csv", output);
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains(option.substring(0, option.indexOf('='))), run.err());
  }

  private static String lines(String text) {
    return text.replace('~', '\n').replace('^', '\t').replace('\'', '"');
  }

  private Path write(String name, Charset encoding, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream packed = name.endsWith(".gz") ? new GZIPOutputStream(out) : out) {
      packed.write(text.getBytes(encoding));
    }
    return file;
  }

  private int rows(Path file) {
    return CommandRun.json("write", "--json", "--verify", "--overwrite", file, output)
        .get("rows")
        .getAsInt();
  }

  private List<String> head() {
    return CommandRun.output("head", "--format=json", "-n=100", output).lines().toList();
  }

  /** Checks the rows that arguments of write give, or for {@code refused: TEXT}, the message. */
  private void expect(String expected, Object... arguments) throws IOException {
    List<Object> words = new ArrayList<>(List.of("write", "--quiet", "--verify", "--overwrite"));
    words.addAll(List.of(arguments));
    words.add(output);
    CommandRun run = CommandRun.of(words.toArray());
    if (expected.startsWith("refused: ")) {
      assertEquals(1, run.exitCode(), run.err());
      assertTrue(run.err().contains(expected.substring(9)), run.err());
      assertTrue(run.err().length() <= 700, run.err());
      assertTrue(run.err().contains(arguments[arguments.length - 1].toString()), run.err());
      return;
    }
    assertEquals("", run.err());
    String rows = String.join(" ", head());
    assertEquals(
        expected.replace('^', '\t').replace('\'', '"'),
        rows.replace("\\t", "\t").replace("\\\"", "\""));
    assertFalse(rows.contains("__"), rows);
    Files.delete(output);
  }
}
