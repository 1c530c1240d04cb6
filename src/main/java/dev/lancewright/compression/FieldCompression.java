package dev.lancewright.compression;

import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.Require;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What a user says about the compression of one leaf field. A member that is null is not set: the
 * writer decides.
 *
 * <p>The same can be said in a field's metadata, where a member such as {@code dictSizeRatio} is
 * named {@code lance-encoding:dict-size-ratio}. Metadata counts on the leaf that has the values,
 * such as the item of a list; {@code structural-encoding} counts on the column, for all its leaves,
 * and {@code packed} on the struct. Elsewhere it is checked and has no effect.
 *
 * <p>What does not apply to a field has no effect either: a level without zstd, {@code fsst} where
 * there are no strings, a layout that cannot hold the values, settings of dictionaries where none
 * is made.
 *
 * @param compression of mini-block values, and whether values of a full-zip page are compressed
 * @param compressionLevel of zstd, from -131072 to 22, where 0 is its default; others ignore it
 * @param rleThreshold run-length encoding needs fewer runs than this share of the values
 * @param bss whether byte-stream split is used beneath general compression
 * @param minichunkSize bytes that a chunk of strings is to stay within: up to 16 KiB, and 256 MiB
 *     from format 2.2 on
 * @param dictDivisor a dictionary has at most one value for so many rows; 0 acts as 1
 * @param dictSizeRatio a dictionary and its indices take at most this share of the plain values,
 *     above 0 and at most 1
 * @param dictValuesCompression of a dictionary's values, from format 2.2 on; not fsst
 * @param dictValuesCompressionLevel of zstd, like {@code compressionLevel}
 * @param structuralEncoding the layout to prefer
 * @param packed whether a struct's fields are stored as one value; readers look for this in the
 *     struct's metadata, so that it cannot be set elsewhere
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
  public static final FieldCompression UNSET = builder().build();

  private static final int MIN_LEVEL = -131_072;
  private static final int MAX_LEVEL = 22;

  /** With its levels, a chunk of format 2.1 has 32 KiB. */
  private static final long MAX_MINICHUNK_2_1 = 16 << 10;

  /** Sizes of chunks stay far from where 32 bits end, also when compression makes them larger. */
  private static final long MAX_MINICHUNK = 256 << 20;

  /** The name of {@code packed} before it had a prefix. Other uses of the word are let be. */
  private static final String BARE_PACKED = "packed";

  /** When byte-stream split is used. */
  public enum ByteStreamSplitMode {
    /** Never. */
    OFF,
    /** Wherever values have 32 or 64 bits and general compression is used. */
    ON,
    /** Where the values of a page make it pay. */
    AUTO
  }

  /** Page layouts that can be asked for. */
  public enum StructuralEncoding {
    /** Values in chunks of a few KiB, which are compressed and read as a whole. */
    MINIBLOCK,
    /** Values one by one, each of which can be read alone. */
    FULLZIP
  }

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public FieldCompression {
    Setting.COMPRESSION_LEVEL.require(isLevel(compressionLevel), compressionLevel);
    Setting.RLE_THRESHOLD.require(isWithin(rleThreshold, 0, Double.MAX_VALUE), rleThreshold);
    Setting.MINICHUNK_SIZE.require(isWithin(minichunkSize, 1, MAX_MINICHUNK), minichunkSize);
    Setting.DICT_DIVISOR.require(isWithin(dictDivisor, 0, Long.MAX_VALUE), dictDivisor);
    Setting.DICT_SIZE_RATIO.require(isWithin(dictSizeRatio, Double.MIN_VALUE, 1), dictSizeRatio);
    Setting.DICT_VALUES_COMPRESSION.require(
        dictValuesCompression != CompressionScheme.FSST, dictValuesCompression);
    Setting.DICT_VALUES_COMPRESSION_LEVEL.require(
        isLevel(dictValuesCompressionLevel), dictValuesCompressionLevel);
  }

  private static boolean isLevel(Integer level) {
    return level == null || (level >= MIN_LEVEL && level <= MAX_LEVEL);
  }

  private static boolean isWithin(Long value, long least, long most) {
    return value == null || (value >= least && value <= most);
  }

  private static boolean isWithin(Double value, double least, double most) {
    return value == null || (value >= least && value <= most);
  }

  /** Returns a builder that has nothing set. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * One setting by its name in metadata, without {@code lance-encoding:} before it.
   *
   * @throws IllegalArgumentException naming what is allowed, if there is no such setting, or if it
   *     cannot have such a value
   */
  public static FieldCompression parse(String key, String value) {
    Require.nonNull(value, "value");
    return Setting.of(Require.nonNull(key, "key")).parse(key, value);
  }

  /**
   * What a field's metadata says. Keys that are no settings are ignored.
   *
   * @throws IllegalArgumentException naming the key, its value and what is allowed, if it cannot
   *     have such a value
   */
  public static FieldCompression ofMetadata(Map<String, String> metadata) {
    return ofMetadata(Require.nonNull(metadata, "metadata"), EnumSet.allOf(Setting.class));
  }

  /** {@link #ofMetadata(Map)}, of some settings alone. */
  static FieldCompression ofMetadata(Map<String, String> metadata, Set<Setting> settings) {
    FieldCompression found = UNSET;
    for (Setting setting : settings) {
      String key = Setting.PREFIX + setting.key();
      String value = metadata.get(key);
      if (value != null) {
        found = found.merge(setting.parse(key, value));
      }
    }
    boolean packed =
        settings.contains(Setting.PACKED) && "true".equalsIgnoreCase(metadata.get(BARE_PACKED));
    return packed ? found.merge(builder().packed(true).build()) : found;
  }

  /** These settings, except where {@code over} has others. */
  public FieldCompression merge(FieldCompression over) {
    Require.nonNull(over, "over");
    return new FieldCompression(
        either(over.compression, compression),
        either(over.compressionLevel, compressionLevel),
        either(over.rleThreshold, rleThreshold),
        either(over.bss, bss),
        either(over.minichunkSize, minichunkSize),
        either(over.dictDivisor, dictDivisor),
        either(over.dictSizeRatio, dictSizeRatio),
        either(over.dictValuesCompression, dictValuesCompression),
        either(over.dictValuesCompressionLevel, dictValuesCompressionLevel),
        either(over.structuralEncoding, structuralEncoding),
        over.packed || packed);
  }

  private static <T> T either(T first, T second) {
    return first == null ? second : first;
  }

  /**
   * Checks what depends on the version of the format.
   *
   * @throws IllegalArgumentException if {@code version} has no room for what is set
   */
  public void check(FormatVersion version) {
    if (!Require.nonNull(version, "version").hasLargeChunks()
        && !isWithin(minichunkSize, 1, MAX_MINICHUNK_2_1)) {
      throw new IllegalArgumentException(
          "%s is '%d'; in format %s it must be at most %d"
              .formatted(Setting.MINICHUNK_SIZE.key(), minichunkSize, version, MAX_MINICHUNK_2_1));
    }
  }

  /** Collects settings; see {@link FieldCompression} for each. */
  public static final class Builder {
    private CompressionScheme compression;
    private Integer compressionLevel;
    private Double rleThreshold;
    private ByteStreamSplitMode bss;
    private Long minichunkSize;
    private Long dictDivisor;
    private Double dictSizeRatio;
    private CompressionScheme dictValuesCompression;
    private Integer dictValuesCompressionLevel;
    private StructuralEncoding structuralEncoding;
    private boolean packed;

    private Builder() {}

    /** Sets the compression of values. */
    public Builder compression(CompressionScheme scheme) {
      compression = Require.nonNull(scheme, "scheme");
      return this;
    }

    /** Sets the level of zstd, from -131072 to 22; 0 is its default. */
    public Builder compressionLevel(int level) {
      compressionLevel = level;
      return this;
    }

    /** Sets how many runs run-length encoding may have, as a share of the values. */
    public Builder rleThreshold(double threshold) {
      rleThreshold = threshold;
      return this;
    }

    /** Sets when byte-stream split is used. */
    public Builder bss(ByteStreamSplitMode mode) {
      bss = Require.nonNull(mode, "mode");
      return this;
    }

    /** Sets how many bytes a chunk of strings is to stay within. */
    public Builder minichunkSize(long bytes) {
      minichunkSize = bytes;
      return this;
    }

    /** Sets for how many rows a dictionary may have one value. */
    public Builder dictDivisor(long divisor) {
      dictDivisor = divisor;
      return this;
    }

    /** Sets how large a dictionary and its indices may be, as a share of the plain values. */
    public Builder dictSizeRatio(double ratio) {
      dictSizeRatio = ratio;
      return this;
    }

    /** Sets the compression of the values of dictionaries. */
    public Builder dictValuesCompression(CompressionScheme scheme) {
      dictValuesCompression = Require.nonNull(scheme, "scheme");
      return this;
    }

    /** Sets the level of zstd for the values of dictionaries. */
    public Builder dictValuesCompressionLevel(int level) {
      dictValuesCompressionLevel = level;
      return this;
    }

    /** Sets the layout to prefer. */
    public Builder structuralEncoding(StructuralEncoding layout) {
      structuralEncoding = Require.nonNull(layout, "layout");
      return this;
    }

    Builder packed(boolean packed) {
      this.packed = packed;
      return this;
    }

    /**
     * The settings so far.
     *
     * @throws IllegalArgumentException naming the setting, its value and what is allowed, if a
     *     number is out of its range
     */
    public FieldCompression build() {
      return new FieldCompression(
          compression,
          compressionLevel,
          rleThreshold,
          bss,
          minichunkSize,
          dictDivisor,
          dictSizeRatio,
          dictValuesCompression,
          dictValuesCompressionLevel,
          structuralEncoding,
          packed);
    }
  }
}
