package dev.lancewright.packaging;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The two jars as they were packaged; runs after that. */
class JarsIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path LIBRARY = TARGET.resolve("lancewright.jar");
  private static final Path COMMAND_LINE = TARGET.resolve("lancewright-cli.jar");
  private static final String COMMAND_LINE_FOLDER = "dev/lancewright/cli/";

  /** What the library needs: names of artifacts, which their jars start with. */
  private static final Set<String> DEPENDENCIES = Set.of("protobuf-java", "zstd-jni", "lz4-java");

  @Test
  void theCommandLineIsInItsOwnJarAlone() throws IOException {
    Set<String> library = classes(LIBRARY);
    assertTrue(library.contains("module-info.class"), LIBRARY + " has no module descriptor");
    assertTrue(library.contains("dev/lancewright/LanceWriter.class"), library::toString);
    assertTrue(
        library.stream().noneMatch(name -> name.startsWith(COMMAND_LINE_FOLDER)),
        () -> LIBRARY + " has classes of the command line: " + library);

    Set<String> commandLine = classes(COMMAND_LINE);
    assertTrue(commandLine.contains(COMMAND_LINE_FOLDER + "Main.class"), commandLine::toString);
    assertTrue(
        commandLine.stream().allMatch(name -> name.startsWith(COMMAND_LINE_FOLDER)),
        () -> COMMAND_LINE + " has classes of the library: " + commandLine);
  }

  @Test
  void theCommandLinesManifestNamesAllThatItNeeds() throws IOException {
    Attributes manifest = manifest(COMMAND_LINE);
    assertEquals("dev.lancewright.cli.Main", manifest.getValue(Attributes.Name.MAIN_CLASS));
    String[] classPath = manifest.getValue(Attributes.Name.CLASS_PATH).split(" ", -1);
    assertEquals("lancewright.jar", classPath[0]);
    for (String path : classPath) {
      assertTrue(Files.exists(TARGET.resolve(path)), path + " is not below " + TARGET);
    }
    assertNull(manifest(LIBRARY).getValue(Attributes.Name.MAIN_CLASS));
  }

  @Test
  void usersInheritThreeLibraries() throws Exception {
    Set<String> inherited = new HashSet<>();
    NodeList dependencies = (NodeList) pom().getElementsByTagName("dependencies").item(0);
    for (int i = 0; i < dependencies.getLength(); i++) {
      if (dependencies.item(i) instanceof Element dependency
          && !"test".equals(text(dependency, "scope"))
          && !"true".equals(text(dependency, "optional"))) {
        inherited.add(text(dependency, "artifactId"));
      }
    }
    assertEquals(DEPENDENCIES, inherited);
  }

  /** Nothing else is there: neither the class path's libraries, nor modules that none requires. */
  @Test
  void theLibraryWorksAsAModule(@TempDir Path folder) throws IOException, InterruptedException {
    String modulePath =
        Stream.concat(Stream.of(LIBRARY), DEPENDENCIES.stream().map(JarsIT::jarOf))
            .map(Path::toString)
            .collect(joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                modulePath,
                "--add-modules=dev.lancewright",
                "--limit-modules=dev.lancewright",
                "--enable-native-access=com.github.luben.zstd_jni,org.lz4.java",
                "-cp",
                TARGET.resolve("test-classes").toString(),
                ModularProgram.class.getName(),
                folder.resolve("a.lance").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertTrue(output.contains("(zstd"), output);
    assertTrue(output.contains("(lz4"), output);
    assertTrue(output.contains("10000 rows"), output);
    assertTrue(output.contains("module dev.lancewright"), output);
  }

  private static Path jarOf(String artifact) {
    try (Stream<Path> files = Files.list(TARGET.resolve("lib"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(artifact + "-"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("target/lib has no " + artifact));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> classes(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Set<String> classes =
          file.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.endsWith(".class"))
              .collect(toSet());
      assertFalse(classes.isEmpty(), jar + " has no classes");
      return classes;
    }
  }

  private static Attributes manifest(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes();
    }
  }

  /** The POM that the library is published with. */
  private static Document pom() throws IOException, ParserConfigurationException, SAXException {
    try (JarFile file = new JarFile(LIBRARY.toFile());
        InputStream in =
            file.getInputStream(
                file.getEntry("META-INF/maven/dev.lancewright/lancewright/pom.xml"))) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
  }

  private static String text(Element element, String name) {
    NodeList found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? null : found.item(0).getTextContent();
  }
}
