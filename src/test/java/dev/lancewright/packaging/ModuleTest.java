package dev.lancewright.packaging;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.LanceWriter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The library's module lets users see what is theirs, and needs little. */
class ModuleTest {
  private final Path classes = compiledClasses();
  private final ModuleDescriptor module = descriptor(classes);

  @Test
  void allPackagesAreExportedButInternalOnes() throws IOException {
    assertEquals(
        libraryPackages().filter(name -> !isInternal(name)).collect(toSet()),
        module.exports().stream().map(ModuleDescriptor.Exports::source).collect(toSet()),
        "module-info.java exports other packages than those of src/main/java that are public");
  }

  @Test
  void internalPackagesAreClosedToEverybody() throws IOException {
    assertTrue(libraryPackages().anyMatch(ModuleTest::isInternal), "no internal package is left");
    assertEquals(Set.of(), module.opens());
    assertTrue(
        module.exports().stream().noneMatch(exports -> isInternal(exports.source())),
        () -> "internal packages are exported: " + module.exports());
  }

  @Test
  void exportsAreForEverybody() {
    assertTrue(
        module.exports().stream().noneMatch(ModuleDescriptor.Exports::isQualified),
        () -> "packages are exported to some modules alone: " + module.exports());
  }

  @Test
  void threeLibrariesAreNeededAndVectorsAreNot() {
    assertEquals("dev.lancewright", module.name());
    assertEquals(
        Set.of(
            "com.github.luben.zstd_jni",
            "com.google.protobuf",
            "java.base",
            "java.logging",
            "org.lz4.java"),
        required(false));
    assertEquals(Set.of("jdk.incubator.vector"), required(true));
  }

  private Set<String> required(boolean optional) {
    return module.requires().stream()
        .filter(
            needed ->
                optional == needed.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
        .map(ModuleDescriptor.Requires::name)
        .collect(toSet());
  }

  /** The packages that have classes, without the command line's, which lie beside them. */
  private Stream<String> libraryPackages() throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(file -> classes.relativize(file.getParent()).toString().replace('/', '.'))
          .filter(name -> !name.isEmpty() && !name.startsWith("dev.lancewright.cli"))
          .distinct()
          .toList()
          .stream();
    }
  }

  private static boolean isInternal(String packageName) {
    return packageName.startsWith("dev.lancewright.internal");
  }

  private static Path compiledClasses() {
    try {
      return Path.of(LanceWriter.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static ModuleDescriptor descriptor(Path classes) {
    try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
      return ModuleDescriptor.read(in);
    } catch (IOException e) {
      throw new AssertionError("the module has no descriptor", e);
    }
  }
}
