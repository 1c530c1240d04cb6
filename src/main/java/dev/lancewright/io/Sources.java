package dev.lancewright.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Functions shared by the sources. */
final class Sources {
  private Sources() {}

  /** Opens a file for reading. */
  static FileChannel open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "is a directory, not a file");
    }
    return FileChannel.open(path);
  }

  static void checkRange(Source source, long position, long bytes) throws EOFException {
    if (position < 0) {
      throw new IllegalArgumentException(
          "%s: cannot read at position %d; it must not be negative"
              .formatted(source.name(), position));
    }
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "%s: cannot read %d bytes; the number must not be negative"
              .formatted(source.name(), bytes));
    }
    if (bytes > source.size() - position) {
      throw new EOFException(
          "%s: cannot read %d bytes at position %d; it ends at %d"
              .formatted(source.name(), bytes, position, source.size()));
    }
  }
}
