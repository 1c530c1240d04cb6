package dev.lancewright.internal.file;

import dev.lancewright.format.LanceFormatException;
import dev.lancewright.io.Source;
import dev.lancewright.schema.Field;
import java.io.IOException;

/** Reads all values of a file and checks what readers take on trust. */
public final class FileCheck {
  private final FileTail tail;
  private final Source source;
  private final long readAheadBytes;

  /**
   * @param source stays the caller's
   * @param readAheadBytes that each column reads ahead at most
   */
  public FileCheck(FileTail tail, Source source, long readAheadBytes) {
    this.tail = tail;
    this.source = source;
    this.readAheadBytes = readAheadBytes;
  }

  /**
   * Checks everything, one top-level field after the other, in memory for some rows of one of them.
   *
   * @return pages that were read
   * @throws LanceFormatException naming the file and the place of the first fault
   */
  public long run() throws IOException {
    return FileText.prefixed(FileText.prefix(source), this::check);
  }

  private long check() throws IOException {
    // First of all, for what cannot be read may lie where padding is looked for.
    Projection.of(tail, null);
    new BufferCheck(tail, source).run();
    long pages = 0;
    for (Field field : tail.descriptor().schema().fields()) {
      try (FieldCheck check = new FieldCheck(tail, source, field, readAheadBytes)) {
        pages += check.run();
      }
    }
    return pages;
  }
}
