package dev.lancewright.compression;

import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.Require;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * A user's compression settings for one leaf field. A member that is null is not set, which leaves
 * the choice to the writer.
 *
 * <p>The same settings can be made in a field's metadata, where a member such as {@code
 * dictSizeRatio} is named {@code lance-encoding:dict-size-ratio}. Metadata applies on the leaf that
 * has the values, such as the item of a list; {@code structural-encoding} applies on the column, to
 * all its leaves, and {@code packed} on the struct. Elsewhere it is checked but has no effect.
 *
 * <p>Settings that do not apply to a field have no effect either: a level without zstd, {@code
 * fsst} for other types than strings, a layout that cannot hold the values, dictionary settings
 * where no dictionary is built.
 *
 * @param compression the compression of mini-block values, and whether the values of a full-zip
 *     page are compressed
 * @param compressionLevel the zstd level, from -131072 to 22, where 0 is the default level; other
 *     schemes ignore it
 * @param rleThreshold the share of the values below which the number of runs must stay for
 *     run-length encoding to be used
 * @param bss when byte-stream split is used beneath general compression
 * @param minichunkSize the target for the maximum size of a chunk of strings in bytes: up to 16
 *     KiB, or up to 256 MiB since format 2.2
 * @param dictDivisor the minimum number of rows for each value of a dictionary; 0 acts as 1
 * @param dictSizeRatio the maximum size of a dictionary and its indices as a share of the plain
 *     values, above 0 and at most 1
 * @param dictValuesCompression the compression of a dictionary's values, since format 2.2; not fsst
 * @param dictValuesCompressionLevel the zstd level for a dictionary's values, like {@code
 *     compressionLevel}
 * @param structuralEncoding the layout to prefer
 * @param packed whether a struct's fields are stored as one value; readers look for this in the
 *     struct's metadata, so it cannot be set elsewhere
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

  /** Nothing set. */
  public static final FieldCompression UNSET = builder().build();

  private static final int MIN_LEVEL = -131_072;
  private static final int MAX_LEVEL = 22;

  /** A chunk of format 2.1 has up to 32 KiB, including its levels. */
  private static final long MAX_MINICHUNK_2_1 = 16 << 10;

  /** Keeps chunk sizes far below the limit of 32 bits, even if compression makes chunks larger. */
  private static final long MAX_MINICHUNK = 256 << 20;

  /** The name of {@code packed} before it had a prefix. Values other than true are ignored. */
  private static final String BARE_PACKED = "packed";

  /** When byte-stream split is used. */
  public enum ByteStreamSplitMode {
    /** Never. */
    OFF,
    /** Wherever values of 32 or 64 bits are compressed by a general scheme. */
    ON,
    /** Where it pays off for the values of a page. */
    AUTO
  }

  /** The page layouts that can be requested. */
  public enum StructuralEncoding {
    /** Values in chunks of a few KiB, each compressed and read as a whole. */
    MINIBLOCK,
    /** Values stored individually, so that each can be read alone. */
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
   * Parses one setting, given its name in metadata without the prefix {@code lance-encoding:}.
   *
   * @throws IllegalArgumentException if there is no such setting, or if it cannot have such a
   *     value; the message says what is allowed
   */
  public static FieldCompression parse(String key, String value) {
    Require.nonNull(value, "value");
    return Setting.of(Require.nonNull(key, "key")).parse(key, value);
  }

  /**
   * Returns the settings in a field's metadata. Keys that are not settings are ignored.
   *
   * @throws IllegalArgumentException if a setting has a value that is not allowed; the message
   *     names the key, the value and what is allowed
   */
  public static FieldCompression ofMetadata(Map<String, String> metadata) {
    // Most fields have none, and a schema may have thousands of them.
    return Require.nonNull(metadata, "metadata").isEmpty()
        ? UNSET
        : ofMetadata(metadata, EnumSet.allOf(Setting.class));
  }

  /** Returns some of the settings in a field's metadata, like {@link #ofMetadata(Map)}. */
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

  /** Returns these settings, overridden by those that are set in {@code over}. */
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
   * Checks the settings that depend on the version of the format.
   *
   * @throws IllegalArgumentException if {@code version} does not allow what is set
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

    /** Sets the limit on the number of runs for run-length encoding, as a share of the values. */
    public Builder rleThreshold(double threshold) {
      rleThreshold = threshold;
      return this;
    }

    /** Sets when byte-stream split is used. */
    public Builder bss(ByteStreamSplitMode mode) {
      bss = Require.nonNull(mode, "mode");
      return this;
    }

    /** Sets the target for the maximum size of a chunk of strings, in bytes. */
    public Builder minichunkSize(long bytes) {
      minichunkSize = bytes;
      return this;
    }

    /** Sets the minimum number of rows for each value of a dictionary. */
    public Builder dictDivisor(long divisor) {
      dictDivisor = divisor;
      return this;
    }

    /** Sets the maximum size of a dictionary and its indices, as a share of the plain values. */
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
     * Returns the settings so far.
     *
     * @throws IllegalArgumentException if a number is out of its range; the message names the
     *     setting, the value and what is allowed
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
