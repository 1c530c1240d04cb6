package dev.lancewright.format;

import java.util.Locale;

/** A version of the Lance file format, with the pair of numbers that the footer carries. */
public enum FormatVersion {
  V2_0("2.0", 0, 3),
  V2_1("2.1", 2, 1),
  V2_2("2.2", 2, 2),
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
