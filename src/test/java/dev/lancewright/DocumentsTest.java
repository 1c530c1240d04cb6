package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents show works, and what they point at is there. */
class DocumentsTest {
  /** An example, and what it prints if the document says so. */
  private static final Pattern EXAMPLE =
      Pattern.compile("```java\n(.*?)```\n(?:\n```text\n(.*?)```\n)?", Pattern.DOTALL);

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");

  @TempDir Path folder;

  /** Later examples may read what earlier ones wrote. */
  @ParameterizedTest
  @CsvSource({"README.md, 2", "docs/examples.md, 4"})
  void examplesRun(String document, int count) throws Exception {
    Path file = folder.resolve("file.lance");
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of(document)));
    int found = 0;
    while (example.find()) {
      String code = example.group(1);
      if (code.contains(".create(file)")) {
        Files.deleteIfExists(file);
      }
      String printed = run(code, file, folder.resolve("classes" + found));
      assertEquals(example.group(2) == null ? "" : example.group(2), printed, code);
      assertTrue(Files.exists(file), () -> "there is no file after\n" + code);
      found++;
    }
    assertEquals(count, found, "examples");
  }

  /** Compiles and runs an example: imports and statements that know of a file. */
  private static String run(String code, Path file, Path classes) throws Exception {
    int body = code.lastIndexOf("\nimport ") + 1;
    body = code.indexOf('\n', body) + 1;
    String source =
        code.substring(0, body)
            + "public final class Example {\n"
            + "  public static void run(java.nio.file.Path file) throws Exception {\n"
            + code.substring(body)
            + "  }\n}\n";
    compile(source, Files.createDirectories(classes));
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, LanceWriter.class.getClassLoader())) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader.loadClass("Example").getMethod("run", Path.class).invoke(null, file);
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private static void compile(String source, Path classes) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path library =
        Path.of(LanceWriter.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> options =
        List.of("-Xlint:all", "-Werror", "-cp", library.toString(), "-d", classes.toString());
    JavaFileObject unit =
        new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    StringWriter errors = new StringWriter();
    boolean compiled = compiler.getTask(errors, null, null, options, null, List.of(unit)).call();
    assertTrue(compiled, () -> errors + "\n" + source);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/design.md",
        "docs/examples.md",
        "docs/format-notes.md"
      })
  void linksLeadSomewhere(String document) throws IOException {
    Path path = Path.of(document);
    LINK.matcher(Files.readString(path))
        .results()
        .map((MatchResult link) -> link.group(1))
        .filter(target -> !target.startsWith("https:"))
        .forEach(
            target ->
                assertTrue(
                    Files.exists(path.resolveSibling(target)),
                    document + " links to " + target + ", which is not there"));
  }
}
