package dev.lancewright.internal.plan;

import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.internal.codec.CodecOptions;

/**
 * What a profile aims for. Costs are what decoding takes the reference longer than copying does, as
 * a share of the plain bytes that come out: a page is encoded so only if it gets smaller by more.
 * They are measured: a byte of which decoding takes a nanosecond longer is worth an eighth of a
 * byte in the file.
 *
 * @param sampling what a sample must be able to save to be worth its time
 * @param packing of bits
 * @param lz4 of fixed width
 * @param lz4Split of fixed width, over bytes that were split
 * @param lz4Strings of strings
 * @param zstd of fixed width
 * @param zstdSplit of fixed width, over bytes that were split
 * @param zstdStrings of strings, which are slow to read anyhow
 * @param zstdValue bytes for each string that is compressed by itself
 * @param fsst of strings
 * @param fsstValue bytes for each string
 * @param dictionary bytes for each value of fixed width
 * @param stringDictionary bytes for each string
 * @param zstdLevel where a column does not say; null for the library's default
 */
record Tuning(
    double sampling,
    double packing,
    double lz4,
    double lz4Split,
    double lz4Strings,
    double zstd,
    double zstdSplit,
    double zstdStrings,
    double zstdValue,
    double fsst,
    double fsstValue,
    double dictionary,
    double stringDictionary,
    Integer zstdLevel) {
  /** Readers set up zstd anew for each chunk, and chunks of 2.1 are small. */
  private static final Tuning BALANCED_2_1 =
      new Tuning(0.01, 0.01, 0.22, 0.42, 0.06, 0.60, 0.88, 0.25, 2000, 0.05, 1.5, 1, 4, null);

  /** Level 1 of zstd leaves 2 to 5 % more than its default, and takes half of the time. */
  private static final Tuning BALANCED_2_2 =
      new Tuning(0.01, 0.01, 0.06, 0.26, 0.06, 0.35, 0.55, 0.15, 2000, 0.05, 1.5, 0.8, 4, 1);

  private static final Tuning SMALLEST = new Tuning(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9);

  static Tuning of(CodecOptions options) {
    if (options.profile() == CompressionProfile.SMALLEST) {
      return SMALLEST;
    }
    return options.version().hasLargeChunks() ? BALANCED_2_2 : BALANCED_2_1;
  }

  Integer level(CompressionScheme scheme) {
    return scheme == CompressionScheme.ZSTD ? zstdLevel : null;
  }
}
