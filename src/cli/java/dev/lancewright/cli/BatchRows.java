package dev.lancewright.cli;

import dev.lancewright.LanceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Determines the number of rows that a command reads at once. */
final class BatchRows {
  private static final int MOST = 8192;

  /** The number of bytes of the file for each batch, assuming rows of equal size. */
  private static final long BYTES = 16 << 20;

  private BatchRows() {}

  static int of(Path file, LanceReader reader) throws IOException {
    long bytesOfRow = Files.size(file) / Math.max(1, reader.rows());
    return (int) Math.clamp(BYTES / Math.max(1, bytesOfRow), 1L, MOST);
  }
}
