package dev.lancewright.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory of this JVM below the build's output, deleted at the end; when a JVM is killed, the
 * next one deletes what it left. The reference implementation unpacks 180 MB at each start.
 */
record ScratchDirectory(Path path) implements AutoCloseable {

  static ScratchDirectory create() throws IOException {
    Path parent = buildOutput().resolve("reference");
    Files.createDirectories(parent);
    deleteStale(parent);
    String owner = ProcessHandle.current().pid() + "-";
    return new ScratchDirectory(Files.createTempDirectory(parent, owner));
  }

  /** {@code target}, the parent of the directory that this class was loaded from. */
  private static Path buildOutput() {
    try {
      return Path.of(
              ScratchDirectory.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void deleteStale(Path parent) throws IOException {
    try (Stream<Path> directories = Files.list(parent)) {
      for (Path directory : directories.toList()) {
        String name = directory.getFileName().toString();
        long owner = Long.parseLong(name.substring(0, name.indexOf('-')));
        if (ProcessHandle.of(owner).isEmpty()) {
          delete(directory);
        }
      }
    }
  }

  static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(directory)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }

  @Override
  public void close() {
    try {
      delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
