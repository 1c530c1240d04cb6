package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerifyTest {
  private static final Path FILES = Path.of("testdata", "reference");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .filter(file -> file.toString().endsWith(".lance"))
          .filter(file -> !file.getFileName().toString().startsWith("v20"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void findsNothingInFilesOfTheReference(Path file) throws IOException {
    try (LanceReader reader = LanceReader.open(file)) {
      VerifySummary summary = reader.verify();
      LanceFileMetadata metadata = LanceFileMetadata.open(file);
      long pages = metadata.columns().stream().mapToLong(column -> column.pages().size()).sum();
      assertEquals(
          new VerifySummary(metadata.rows(), metadata.columns().size(), pages, metadata.bytes()),
          summary);
    }
  }
}
