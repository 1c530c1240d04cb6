package dev.lancewright.compression;

import java.util.Locale;

/** The values of the setting {@code lance-encoding:compression}. */
public enum CompressionScheme {
  /** Zstandard: smaller files. */
  ZSTD,
  /** LZ4: faster reads. */
  LZ4,
  /** No compression at all, neither general nor transparent. */
  NONE,
  /** FSST, a table of frequent byte strings; for strings only, ignored for other types. */
  FSST;

  /** Returns the name in lower case, as metadata spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
