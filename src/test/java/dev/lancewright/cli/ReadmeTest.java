package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command lines of the README run, in their order. */
class ReadmeTest {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @TempDir Path folder;

  @Test
  void commandLinesRun() throws IOException {
    String text = Files.readString(Path.of("README.md")).replace("\\\n", " ");
    List<String> lines =
        text.lines()
            .filter(line -> line.startsWith("./lancewright "))
            .map(line -> line.substring("./lancewright ".length()))
            .toList();
    assertTrue(lines.size() >= 9, lines.toString());
    for (String line : lines) {
      CommandRun run = CommandRun.of(words(line));
      assertEquals("", run.err(), line);
      assertEquals(0, run.exitCode(), line);
    }
  }

  /** The words of a line, with the files that it writes in a temporary folder. */
  private Object[] words(String line) {
    List<Object> words = new ArrayList<>();
    for (MatchResult match : WORD.matcher(line).results().toList()) {
      String word = match.group().replaceAll("^['\"]|['\"]$", "");
      boolean isOutput = word.matches("[a-z]+\\.(lance|csv|json|parquet)");
      words.add(isOutput ? folder.resolve(word) : word);
    }
    return words.toArray();
  }
}
