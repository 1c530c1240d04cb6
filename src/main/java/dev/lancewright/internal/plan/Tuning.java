package dev.lancewright.internal.plan;

import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.internal.codec.CodecOptions;

/**
 * The trade-offs of a profile. A cost is the additional time that the reference takes to decode
 * rather than copy, as a share of the plain bytes: an encoding is used only if it saves more than
 * that. Costs are measured, and an additional nanosecond for each byte equals an eighth of a byte
 * in the file.
 *
 * @param sampling the potential savings that make a sample worth its time
 * @param packing the cost of bit-packing
 * @param lz4 the cost of LZ4 over fixed-width values
 * @param lz4Split the cost of LZ4 over byte-stream split fixed-width values
 * @param lz4Strings the cost of LZ4 over strings
 * @param zstd the cost of zstd over fixed-width values
 * @param zstdSplit the cost of zstd over byte-stream split fixed-width values
 * @param zstdStrings the cost of zstd over strings, which are slow to read anyway
 * @param zstdValue the cost of zstd for each individually compressed string, in bytes
 * @param fsst the cost of FSST over strings
 * @param fsstValue the cost of FSST for each string, in bytes
 * @param dictionary the cost of a dictionary for each fixed-width value, in bytes
 * @param stringDictionary the cost of a dictionary for each string, in bytes
 * @param minCompressedBytes the size from which general compression of a page is tried
 * @param zstdLevel the zstd level unless a column sets it; null for the zstd library's default
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
    int minCompressedBytes,
    Integer zstdLevel) {
  /** Opening a compression takes longer than encoding a small page, which would save little. */
  private static final int WORTH_OPENING = 32 << 10;

  /** Zstd costs more in 2.1: readers set it up for each chunk, and chunks are small. */
  private static final Tuning BALANCED_2_1 =
      new Tuning(
          0.01,
          0.01,
          0.22,
          0.42,
          0.06,
          0.60,
          0.88,
          0.25,
          2000,
          0.05,
          1.5,
          1,
          4,
          WORTH_OPENING,
          null);

  /** Level 1 of zstd leaves 2 to 5 % more than its default, and takes half of the time. */
  private static final Tuning BALANCED_2_2 =
      new Tuning(
          0.01,
          0.01,
          0.06,
          0.26,
          0.06,
          0.35,
          0.55,
          0.15,
          2000,
          0.05,
          1.5,
          0.8,
          4,
          WORTH_OPENING,
          1);

  private static final Tuning SMALLEST = new Tuning(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4096, 9);

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
