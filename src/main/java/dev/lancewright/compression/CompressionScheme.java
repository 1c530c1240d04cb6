package dev.lancewright.compression;

/** What can be asked for by the name of {@code lance-encoding:compression}. */
public enum CompressionScheme {
  ZSTD,
  LZ4,
  /** Values as they are: no general compression, and no transparent one either. */
  NONE,
  /** A table of frequent byte strings; for strings only. */
  FSST
}
