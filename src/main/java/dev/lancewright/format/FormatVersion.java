package dev.lancewright.format;

import dev.lancewright.internal.Require;
import java.util.Locale;

/** A version of the Lance file format, with the pair of numbers in the footer. */
public enum FormatVersion {
  /** Version 2.0, whose files can be inspected, but neither written nor read. */
  V2_0("2.0", 0, 3),
  /** Version 2.1, the default. */
  V2_1("2.1", 2, 1),
  /** Version 2.2, which adds maps, larger chunks and compressed dictionaries. */
  V2_2("2.2", 2, 2),
  /** Version 2.3, whose files can be read, but not written. */
  V2_3("2.3", 2, 3);

  private final String text;
  private final int major;
  private final int minor;

  FormatVersion(String text, int major, int minor) {
    this.text = text;
    this.major = major;
    this.minor = minor;
  }

  /** Returns the major number in the footer, which is 0 for format 2.0. */
  public int major() {
    return major;
  }

  /** Returns the minor number in the footer, which is 3 for format 2.0. */
  public int minor() {
    return minor;
  }

  /**
   * Returns whether chunks of mini-block pages may have up to 2 GiB. Since 2.2 the sizes of chunks
   * and value buffers have 32 bits; in 2.1 they have 16 bits, which limits a chunk to 32 KiB.
   */
  public boolean hasLargeChunks() {
    return isAtLeast(V2_2);
  }

  /**
   * Returns whether levels of mini-block pages may be run-length encoded, which readers support
   * since 2.2.
   */
  public boolean hasLevelRuns() {
    return isAtLeast(V2_2);
  }

  /**
   * Returns whether the levels of pages that have nothing but levels may be bit-packed, as since
   * 2.2.
   */
  public boolean packsLevelsAlone() {
    return isAtLeast(V2_2);
  }

  /**
   * Returns whether there is a layout for pages whose non-null values are all equal, as since 2.2.
   */
  public boolean hasConstantValues() {
    return isAtLeast(V2_2);
  }

  /**
   * Returns whether the writer may dictionary-encode 64-bit values, as since 2.2. In 2.1, only
   * values of 128 bits and byte strings have a dictionary that the column's type does not imply.
   */
  public boolean hasDictionariesOf64Bits() {
    return isAtLeast(V2_2);
  }

  /**
   * Returns whether the values of a dictionary may be bit-packed and compressed, as since 2.2.
   * Early readers of 2.1 fail on dictionaries that are not plain.
   */
  public boolean compressesDictionaries() {
    return isAtLeast(V2_2);
  }

  /** Returns whether columns may be or contain maps, as since 2.2. */
  public boolean hasMaps() {
    return isAtLeast(V2_2);
  }

  /** Returns whether the items of a fixed_size_list may be structs, as since 2.2. */
  public boolean hasFixedSizeListsOfStructs() {
    return isAtLeast(V2_2);
  }

  /**
   * Returns whether packed structs may have children of variable width and fixed_size_lists, as
   * since 2.2. In 2.1, all children have a fixed width.
   */
  public boolean packsVariableWidths() {
    return isAtLeast(V2_2);
  }

  private boolean isAtLeast(FormatVersion first) {
    return compareTo(first) >= 0;
  }

  /**
   * Returns the version with a name such as {@code 2.1}, or with an alias of the reference
   * implementation: stable for 2.1, next for 2.3.
   *
   * @throws IllegalArgumentException if there is no such version, or if the text is null
   */
  public static FormatVersion parse(String text) {
    return switch (Require.nonNull(text, "text").toLowerCase(Locale.ROOT)) {
      case "2.0", "0.3" -> V2_0;
      case "2.1", "stable" -> V2_1;
      case "2.2" -> V2_2;
      case "2.3", "next" -> V2_3;
      default ->
          throw new IllegalArgumentException(
              "unknown format version '" + text + "'; known are 2.0, 2.1, 2.2, 2.3, stable, next");
    };
  }

  /**
   * Returns the version with the given numbers in the footer. Both 0.3 and 2.0 mean format 2.0.
   *
   * @throws LanceFormatException if the numbers are not those of a known version
   */
  public static FormatVersion ofFooter(int major, int minor) throws LanceFormatException {
    if (major == 2 && minor == 0) {
      return V2_0;
    }
    for (FormatVersion version : values()) {
      if (version.major == major && version.minor == minor) {
        return version;
      }
    }
    throw new LanceFormatException(
        "file version %d.%d is not supported; known are 2.0, 2.1, 2.2 and 2.3"
            .formatted(major, minor));
  }

  @Override
  public String toString() {
    return text;
  }
}
