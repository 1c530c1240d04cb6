package dev.lancewright.compression;

import java.util.Locale;

/** What the writer optimizes for where a field's settings leave it the choice. */
public enum CompressionProfile {
  /**
   * Small files that read as fast as uncompressed ones; general compression only where it saves
   * much.
   */
  BALANCED,
  /** Transparent encodings only: no zstd, no LZ4. */
  FASTEST,
  /** The smallest files, however long it takes to write and read them. */
  SMALLEST;

  /** Returns the name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
