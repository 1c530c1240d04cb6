package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.Kernels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "| lancewright: Missing command: write, inspect, head, verify or export",
        "frob | lancewright: Unmatched argument at index 0: 'frob'",
        "inspect | lancewright inspect: Missing required parameter: 'FILE'",
        "inspect a b | lancewright inspect: Unmatched argument at index 2: 'b'",
        "write | lancewright write: Missing required parameter: 'FILE'",
        "write --frob a b | lancewright write: Unknown option: '--frob'",
        "write a.lance | lancewright write: 'a.lance' is the output; give inputs before it, or a"
            + " query with --sql",
        "write --sql=x in.csv a.lance | lancewright write: With --sql there is one argument, the"
            + " output; let the query read 'in.csv'",
        "write a.csv B.Parquet | lancewright write: The last argument is the output, but"
            + " 'B.Parquet' looks like an input: add the output's name",
        "write a.csv b.json.gz | lancewright write: The last argument is the output, but"
            + " 'b.json.gz' looks like an input: add the output's name",
        "write --data-cache-bytes=8MB a.csv a.lance | lancewright write: Invalid value for option"
            + " '--data-cache-bytes': '8MB' is not a size; write bytes such as 65536, or with a"
            + " unit: 512K, 8M, 64MiB",
        "write --format-version=3 a.csv a.lance | lancewright write: Invalid value for option"
            + " '--format-version': unknown format version '3'; known are 2.0, 2.1, 2.2, 2.3,"
            + " stable, next",
        "write --sink=tape a.csv a.lance | lancewright write: Invalid value for option '--sink':"
            + " expected one of [CHANNEL, MAPPED] (case-insensitive) but was 'tape'",
        "write --durability=eternal a.csv a.lance | lancewright write: Invalid value for option"
            + " '--durability': expected one of [NONE, DATA, DIRECTORY] (case-insensitive) but was"
            + " 'eternal'",
        "write --metadata=x a.csv a.lance | lancewright write: Value for option option"
            + " '--metadata' (KEY=VALUE) should be in KEY=VALUE format but was x",
      })
  void tellsWrongUsage(String arguments, String message) {
    CommandRun run = CommandRun.of(arguments == null ? new Object[0] : words(arguments));
    String command = message.substring(0, message.indexOf(':'));
    assertEquals(message + "\nTry '" + command + " --help'.\n", run.err());
    assertEquals("", run.out());
    assertEquals(2, run.exitCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "write --help",
        "inspect --help",
        "head --help",
        "verify --help",
        "export --help"
      })
  void helps(String arguments) {
    String help = CommandRun.output(words(arguments));
    assertTrue(help.startsWith("Usage: lancewright "), help);
    assertTrue(help.contains("--stacktrace"), help);
  }

  @Test
  void tellsItsVersion() {
    List<String> lines = CommandRun.output("--version").lines().toList();
    assertTrue(lines.get(0).startsWith("lancewright "), lines.get(0));
    assertEquals(
        List.of("Java " + Runtime.version(), "kernels: " + Kernels.description()),
        lines.subList(1, lines.size()));
  }

  @Test
  void tellsWhereAFailureCameFromWhenAsked(@TempDir Path folder) {
    CommandRun run = CommandRun.of("inspect", "--stacktrace", folder.resolve("a.lance"));
    assertEquals(1, run.exitCode());
    assertTrue(
        run.err()
            .startsWith("lancewright: " + folder.resolve("a.lance") + ": no such file\njava.nio"),
        run.err());
    assertTrue(run.err().contains("at dev.lancewright.cli.InspectCommand.call("), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "inspect FILE", "verify FILE", "head FILE"})
  void failsWhenItsOutputIsLost(String arguments) {
    String file = "testdata/reference/v22_multipage.lance";
    StringWriter err = new StringWriter();
    int exitCode =
        Main.run(
            new PrintWriter(new FullDisk(), true),
            new PrintWriter(err, true),
            arguments.replace("FILE", file).split(" ", -1));
    assertEquals(
        "lancewright: cannot write to standard output: what was printed is not complete",
        err.toString().strip());
    assertEquals(1, exitCode);
  }

  @Test
  void headStopsWhenItsOutputIsLost() {
    FullDisk disk = new FullDisk();
    int exitCode =
        Main.run(
            new PrintWriter(disk),
            new PrintWriter(Writer.nullWriter()),
            "head",
            "--format=csv",
            "-n=2500000",
            "testdata/reference/v22_multipage.lance");
    assertEquals(1, exitCode);
    assertEquals(1, disk.attempts);
  }

  /** Takes nothing, as {@code /dev/full}. */
  private static final class FullDisk extends Writer {
    private int attempts;

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      attempts++;
      throw new IOException("No space left on device");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static Object[] words(String arguments) {
    return Pattern.compile(" ").splitAsStream(arguments).toArray();
  }
}
