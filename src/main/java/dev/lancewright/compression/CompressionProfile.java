package dev.lancewright.compression;

import java.util.Locale;

/** What the writer aims for where a field's settings leave the choice. */
public enum CompressionProfile {
  /** Small files that are read as fast as plain ones; general compression where it saves much. */
  BALANCED,
  /** Transparent encodings only: no zstd, no LZ4. */
  FASTEST,
  /** The smallest files, however long it takes to write and read them. */
  SMALLEST;

  /** The name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
