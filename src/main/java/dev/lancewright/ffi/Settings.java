package dev.lancewright.ffi;

import java.util.ArrayList;
import java.util.List;

/** Options as text: one {@code key=value} a line. Lines that are blank mean nothing. */
record Settings(List<Entry> entries) {
  /** One line. */
  record Entry(String key, String value) {
    /**
     * @throws IllegalArgumentException if the value is not a positive number
     */
    long positive() {
      try {
        long number = Long.parseLong(value);
        if (number > 0) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw refusal("a positive number of bytes", e);
      }
      throw refusal("a positive number of bytes", null);
    }

    /**
     * @throws IllegalArgumentException if the value is neither true nor false
     */
    boolean flag() {
      return switch (value) {
        case "true" -> true;
        case "false" -> false;
        default -> throw refusal("true or false", null);
      };
    }

    IllegalArgumentException refusal(String allowed, Throwable cause) {
      return new IllegalArgumentException(
          "option %s is '%s'; it must be %s".formatted(key, value, allowed), cause);
    }
  }

  /**
   * Reads the text at an address.
   *
   * @param address of the text, or 0 for none
   * @throws IllegalArgumentException if a line has no {@code =}
   */
  static Settings at(long address) {
    return address == 0 ? new Settings(List.of()) : parse(CMemory.text(address, "options"));
  }

  static Settings parse(String text) {
    List<Entry> entries = new ArrayList<>();
    for (String line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
      int equals = line.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException(
            "option '%s' does not have the form KEY=VALUE".formatted(line));
      }
      entries.add(new Entry(line.substring(0, equals), line.substring(equals + 1)));
    }
    return new Settings(entries);
  }

  /** Returns the error for a key that is not known here. */
  static IllegalArgumentException unknown(Entry entry, String known) {
    return new IllegalArgumentException(
        "there is no option '%s' here; there are %s".formatted(entry.key(), known));
  }
}
