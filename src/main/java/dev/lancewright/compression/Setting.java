package dev.lancewright.compression;

import dev.lancewright.compression.FieldCompression.ByteStreamSplitMode;
import dev.lancewright.compression.FieldCompression.StructuralEncoding;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The members of {@link FieldCompression}, with their names in metadata and their allowed values.
 */
enum Setting {
  COMPRESSION("compression", "zstd, lz4, none or fsst"),
  COMPRESSION_LEVEL("compression-level", "a whole number from -131072 to 22"),
  RLE_THRESHOLD("rle-threshold", "a number that is at least 0"),
  BSS("bss", "off, on or auto"),
  MINICHUNK_SIZE("minichunk-size", "a whole number from 1 to 268435456"),
  DICT_DIVISOR("dict-divisor", "a whole number that is at least 0"),
  DICT_SIZE_RATIO("dict-size-ratio", "a number above 0 and at most 1"),
  DICT_VALUES_COMPRESSION("dict-values-compression", "zstd, lz4 or none"),
  DICT_VALUES_COMPRESSION_LEVEL(
      "dict-values-compression-level", "a whole number from -131072 to 22"),
  STRUCTURAL_ENCODING("structural-encoding", "miniblock or fullzip"),
  PACKED("packed", "true or false");

  /** The prefix of the names in metadata. */
  static final String PREFIX = "lance-encoding:";

  /** The settings read from a column's metadata, for all its leaves. */
  static final Set<Setting> OF_COLUMNS = Set.of(STRUCTURAL_ENCODING);

  /** The settings read from the metadata of the leaf that is encoded. */
  static final Set<Setting> OF_LEAVES = EnumSet.complementOf(EnumSet.copyOf(OF_COLUMNS));

  private final String key;
  private final String allowed;

  Setting(String key, String allowed) {
    this.key = key;
    this.allowed = allowed;
  }

  /** Returns the name, without the prefix that it has in metadata. */
  String key() {
    return key;
  }

  /**
   * Returns the setting with the given name, among those that may be set outside metadata.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  static Setting of(String key) {
    Set<Setting> settings = EnumSet.complementOf(EnumSet.of(PACKED));
    for (Setting setting : settings) {
      if (setting.key.equals(key)) {
        return setting;
      }
    }
    throw new IllegalArgumentException(
        "there is no setting '%s'; there are %s"
            .formatted(key, settings.stream().map(Setting::key).collect(Collectors.joining(", "))));
  }

  /**
   * Parses a value.
   *
   * @param shownKey the name of the setting in messages
   * @return this setting alone
   * @throws IllegalArgumentException if the value is not allowed; the message says what is
   */
  FieldCompression parse(String shownKey, String text) {
    try {
      FieldCompression.Builder builder = FieldCompression.builder();
      set(builder, text);
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(refusal(shownKey, text), e);
    }
  }

  private void set(FieldCompression.Builder builder, String text) {
    switch (this) {
      case COMPRESSION -> builder.compression(choice(CompressionScheme.values(), text));
      case COMPRESSION_LEVEL -> builder.compressionLevel(Integer.parseInt(text));
      case RLE_THRESHOLD -> builder.rleThreshold(decimal(text));
      case BSS -> builder.bss(choice(ByteStreamSplitMode.values(), lowerCase(text)));
      case MINICHUNK_SIZE -> builder.minichunkSize(Long.parseLong(text));
      case DICT_DIVISOR -> builder.dictDivisor(Long.parseLong(text));
      case DICT_SIZE_RATIO -> builder.dictSizeRatio(decimal(text));
      case DICT_VALUES_COMPRESSION ->
          builder.dictValuesCompression(choice(CompressionScheme.values(), text));
      case DICT_VALUES_COMPRESSION_LEVEL ->
          builder.dictValuesCompressionLevel(Integer.parseInt(text));
      case STRUCTURAL_ENCODING ->
          builder.structuralEncoding(choice(StructuralEncoding.values(), lowerCase(text)));
      case PACKED -> builder.packed(bool(lowerCase(text)));
    }
  }

  private static <E extends Enum<E>> E choice(E[] values, String text) {
    for (E value : values) {
      if (lowerCase(value.name()).equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException("unknown choice");
  }

  /**
   * Parses a number without the suffixes, hexadecimal digits and blanks that {@link Double}
   * accepts.
   */
  private static double decimal(String text) {
    if (!text.matches("[-+.0-9eE]+")) {
      throw new NumberFormatException("not a decimal number");
    }
    return Double.parseDouble(text);
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /**
   * Checks a value.
   *
   * @throws IllegalArgumentException unless {@code holds}; the message says what is allowed
   */
  void require(boolean holds, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(refusal(key, value));
    }
  }

  private String refusal(String shownKey, Object value) {
    return "%s is '%s'; it must be %s".formatted(shownKey, value, allowed);
  }
}
