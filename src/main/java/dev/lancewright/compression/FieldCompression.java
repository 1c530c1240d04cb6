package dev.lancewright.compression;

/**
 * What a user says about the compression of one leaf field. A member that is null is not set: the
 * writer decides.
 *
 * @param compression of mini-block values, and whether values of a full-zip page are compressed
 * @param compressionLevel of zstd; others ignore it
 * @param rleThreshold run-length encoding needs fewer runs than this share of the values
 * @param bss whether byte-stream split is used beneath general compression
 * @param minichunkSize bytes that a chunk of strings is to stay within
 * @param dictDivisor a dictionary has at most one value for so many rows
 * @param dictSizeRatio a dictionary and its indices take at most this share of the plain values
 * @param dictValuesCompression of a dictionary's values, from format 2.2 on
 * @param dictValuesCompressionLevel of zstd
 * @param structuralEncoding the layout to prefer
 * @param packed whether a struct's fields are stored as one value
 */
public record FieldCompression(
    CompressionScheme compression,
    Integer compressionLevel,
    Double rleThreshold,
    ByteStreamSplitMode bss,
    Long minichunkSize,
    Long dictDivisor,
    Double dictSizeRatio,
    CompressionScheme dictValuesCompression,
    Integer dictValuesCompressionLevel,
    StructuralEncoding structuralEncoding,
    boolean packed) {

  /** Nothing said. */
  public static final FieldCompression UNSET =
      new FieldCompression(null, null, null, null, null, null, null, null, null, null, false);

  /** When byte-stream split is used. */
  public enum ByteStreamSplitMode {
    OFF,
    ON,
    AUTO
  }

  /** Page layouts that can be asked for. */
  public enum StructuralEncoding {
    MINIBLOCK,
    FULLZIP
  }
}
