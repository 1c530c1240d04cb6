package dev.lancewright.format;

import java.util.Locale;

/** A version of the Lance file format, with the pair of numbers that the footer carries. */
public enum FormatVersion {
  /** Files of it can be inspected, but neither written nor read. */
  V2_0("2.0", 0, 3),
  /** Files are of it unless another version is asked for. */
  V2_1("2.1", 2, 1),
  /** Adds maps, larger chunks and compressed dictionaries to 2.1. */
  V2_2("2.2", 2, 2),
  /** Files of it can be read, but not written. */
  V2_3("2.3", 2, 3);

  private final String text;
  private final int major;
  private final int minor;

  FormatVersion(String text, int major, int minor) {
    this.text = text;
    this.major = major;
    this.minor = minor;
  }

  /** The footer's major number; format 2.0 says 0. */
  public int major() {
    return major;
  }

  /** The footer's minor number; format 2.0 says 3. */
  public int minor() {
    return minor;
  }

  /**
   * Whether chunks of mini-block pages may have up to 2 GiB: since 2.2 their sizes and those of
   * their value buffers have 32 bits. Before, they have 16 bits, and a chunk up to 32 KiB.
   */
  public boolean hasLargeChunks() {
    return isAtLeast(V2_2);
  }

  /** Whether levels of mini-block pages may be run-length encoded, as readers of 2.2 know them. */
  public boolean hasLevelRuns() {
    return isAtLeast(V2_2);
  }

  /** Whether levels of pages that have nothing else may be bit-packed, as since 2.2. */
  public boolean packsLevelsAlone() {
    return isAtLeast(V2_2);
  }

  /** Whether there is a layout for pages whose valid values are all equal, as since 2.2. */
  public boolean hasConstantValues() {
    return isAtLeast(V2_2);
  }

  /**
   * Whether the writer may give values of 64 bits a dictionary, as since 2.2. In 2.1 only values of
   * 128 bits and byte strings have one that the column's type does not ask for.
   */
  public boolean hasDictionariesOf64Bits() {
    return isAtLeast(V2_2);
  }

  /**
   * Whether the values of a dictionary may be bit-packed and compressed, as since 2.2. Early
   * readers of 2.1 stop at dictionaries that are not plain.
   */
  public boolean compressesDictionaries() {
    return isAtLeast(V2_2);
  }

  /** Whether columns may have maps, as since 2.2. */
  public boolean hasMaps() {
    return isAtLeast(V2_2);
  }

  /** Whether the items of a fixed_size_list may be structs, as since 2.2. */
  public boolean hasFixedSizeListsOfStructs() {
    return isAtLeast(V2_2);
  }

  /**
   * Whether packed structs may have children of variable width and fixed_size_lists, as since 2.2.
   * In 2.1 all children have a fixed width.
   */
  public boolean packsVariableWidths() {
    return isAtLeast(V2_2);
  }

  private boolean isAtLeast(FormatVersion first) {
    return compareTo(first) >= 0;
  }

  /**
   * The version of a name such as {@code 2.1}, or of the aliases that the reference implementation
   * has: stable for 2.1, next for 2.3.
   *
   * @throws IllegalArgumentException if no version has that name
   */
  public static FormatVersion parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
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
   * The version of a footer. Readers take both 0.3 and 2.0 for format 2.0.
   *
   * @throws LanceFormatException if the pair is no known version of format 2
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
