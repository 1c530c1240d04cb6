package dev.lancewright.io;

import java.io.EOFException;

/** Checks that the sources share. */
final class Sources {
  private Sources() {}

  static void checkRange(Source source, long position, long bytes) throws EOFException {
    if (position < 0) {
      throw new IllegalArgumentException(
          "%s: cannot read at position %d; it must not be negative"
              .formatted(source.name(), position));
    }
    if (bytes > source.size() - position) {
      throw new EOFException(
          "%s: cannot read %d bytes at position %d; it ends at %d"
              .formatted(source.name(), bytes, position, source.size()));
    }
  }
}
