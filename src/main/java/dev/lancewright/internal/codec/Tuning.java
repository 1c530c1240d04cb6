package dev.lancewright.internal.codec;

import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.CompressionScheme;

/**
 * What a profile aims for. Costs are what decoding takes a reader longer, as a share of the plain
 * bytes that come out: a page is encoded so only if it gets smaller by more than that.
 *
 * @param zstdLevel where a column does not say; null for the library's default
 */
record Tuning(
    double lz4Cost,
    double zstdCost,
    double splitCost,
    double fsstCost,
    double dictionaryCost,
    Integer zstdLevel) {
  private static final Tuning BALANCED = new Tuning(0.06, 0.35, 0.06, 0.10, 0.06, null);
  private static final Tuning SMALLEST = new Tuning(0, 0, 0, 0, 0, 9);

  static Tuning of(CompressionProfile profile) {
    return switch (profile) {
      case FASTEST, BALANCED -> BALANCED;
      case SMALLEST -> SMALLEST;
    };
  }

  double cost(CompressionScheme scheme) {
    return scheme == CompressionScheme.LZ4 ? lz4Cost : zstdCost;
  }

  Integer level(CompressionScheme scheme) {
    return scheme == CompressionScheme.ZSTD ? zstdLevel : null;
  }
}
