package dev.lancewright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard input and output, and pipes with a name, are read and written as files are. */
@Timeout(120)
class PipeTest {
  private static final InputStream IN = System.in;

  @TempDir Path folder;

  @AfterEach
  void restoreStandardInput() {
    System.setIn(IN);
    assertFalse(Files.exists(Path.of("-")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "csv | n,t~1,x~2,~ | {'n':1,'t':'x'}~{'n':2,'t':null}~",
        "tsv | n\tt~1\tx~ | {'n':1,'t':'x'}~",
        "json | [{'n':1},{'n':2}] | {'n':1}~{'n':2}~",
        "ndjson | {'n':1}~ | {'n':1}~",
        "json | {'rows': [{'n':1}]} | {'n':1}~",
      })
  void standardInputAndOutput(String format, String text, String expected) {
    System.setIn(
        new ByteArrayInputStream(text.replace('~', '\n').replace('\'', '"').getBytes(UTF_8)));
    Path file = folder.resolve("a.lance");
    CommandRun.output("write", "--quiet", "--verify", "--input-format", format, "-", file);
    assertEquals(
        expected.replace('~', '\n').replace('\'', '"'),
        CommandRun.output("export", "--format=json", file, "-"));
  }

  @Test
  void parquetOfStandardInput() throws IOException {
    try (InputStream in = Files.newInputStream(Path.of("testdata/real/flights-200k.parquet"))) {
      System.setIn(in);
      Path file = folder.resolve("a.lance");
      CommandRun.output("write", "--quiet", "--verify", "--input-format=parquet", "-", file);
      String text = CommandRun.output("export", "--format=csv", "--columns=delay", file, "-");
      assertEquals(200_001, text.lines().count());
    }
  }

  @Test
  void namedPipes() throws Exception {
    Path pipe = folder.resolve("pipe.csv");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Thread writer =
        new Thread(
            () -> {
              try {
                Files.writeString(pipe, "n\n1\n2\n");
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    writer.start();
    Path file = folder.resolve("a.lance");
    CommandRun.output("write", "--quiet", "--verify", pipe, file);
    writer.join();
    assertEquals("n\n1\n2\n", CommandRun.output("export", "--format=csv", file, "-"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "head -n 2500000 --format=csv testdata/reference/v22_multipage.lance",
        "export --format=csv testdata/reference/v22_multipage.lance -",
        "export --format=json testdata/reference/v22_multipage.lance -"
      })
  void endsQuietlyWhenNobodyReadsOn(String arguments) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        "'%s' --enable-native-access=ALL-UNNAMED -cp '%s' %s %s | head -n 1 > '%s'"
            .formatted(
                java,
                System.getProperty("java.class.path"),
                Main.class.getName(),
                arguments,
                folder.resolve("first"));
    Process process = new ProcessBuilder("sh", "-c", command).start();
    assertEquals("", new String(process.getErrorStream().readAllBytes(), UTF_8));
    assertEquals(0, process.waitFor());
    assertEquals(1, Files.readAllLines(folder.resolve("first")).size());
  }

  @Test
  void filesWithoutAnExtension() throws IOException {
    Path input = Files.writeString(folder.resolve("data"), "n\n1\n");
    Path file = folder.resolve("a.lance");
    CommandRun.output("write", "--quiet", "--input-format=csv", input, file);
    assertEquals("n\n1\n", CommandRun.output("export", "--format=csv", file, "-"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "write - a.lance | 1 | pass --input-format, such as --input-format csv",
        "write --input-format=csv - - | 2 | A Lance file cannot go to standard output",
        "write --input-format=xlsx - a.lance | 2 | 'xlsx' is not one of parquet, csv, tsv",
        "export testdata/input/case.lance - | 2 | pass --format csv, tsv or json",
        "export --format=parquet testdata/input/case.lance - | 2 | Parquet cannot go to standard",
        "write --input-format=csv - DIR/a.lance | 1 | standard input: line 1 has one field",
      })
  void tellsWhatIsMissing(String arguments, int exitCode, String message) {
    System.setIn(new ByteArrayInputStream("n\n1,2\n".getBytes(UTF_8)));
    String[] words = arguments.replace("DIR", folder.toString()).split(" ", -1);
    CommandRun run = CommandRun.of((Object[]) words);
    assertEquals(exitCode, run.exitCode(), run.err());
    assertTrue(run.err().contains(message), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "wirte a b, lancewright write",
    "exprot a b, lancewright export",
    "write --delimeter=x a b, --delimiter",
    "write --skiplines=1 a b, --skip-lines",
    "export --formt=csv a b, --format",
    "verify --agianst a, --against"
  })
  void namesWhatIsClose(String arguments, String close) {
    CommandRun run = CommandRun.of((Object[]) arguments.split(" ", -1));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains(close), run.err());
  }
}
