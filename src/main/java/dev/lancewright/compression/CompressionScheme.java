package dev.lancewright.compression;

import java.util.Locale;

/** What can be asked for by the name of {@code lance-encoding:compression}. */
public enum CompressionScheme {
  /** Zstandard: the smaller files. */
  ZSTD,
  /** LZ4: the faster reads. */
  LZ4,
  /** Values as they are: no general compression, and no transparent one either. */
  NONE,
  /** A table of frequent byte strings; for strings only, on others it is as if nothing was said. */
  FSST;

  /** The name in lower case, as metadata spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
