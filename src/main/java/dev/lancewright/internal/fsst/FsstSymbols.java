package dev.lancewright.internal.fsst;

import java.util.Arrays;

/** Symbols being tried on a sample, possibly more than a table can hold. */
final class FsstSymbols {
  /**
   * The maximum number of symbols: all bytes, and for each slot of a matcher a symbol of two bytes
   * and a longer one.
   */
  static final int MAX = 256 + 2 * FsstMatcher.SLOTS;

  private final FsstMatcher matcher = new FsstMatcher();
  private final long[] strings = new long[MAX];
  private final byte[] lengths = new byte[MAX];
  private int size;

  void clear(int terminator) {
    matcher.clear(terminator);
    size = 0;
  }

  /** Adds a symbol if the matcher accepts it. Its id is the number of symbols before it. */
  void add(long string, int length) {
    if (matcher.add(string, length, size)) {
      strings[size] = string;
      lengths[size++] = (byte) length;
    }
  }

  int size() {
    return size;
  }

  long string(int id) {
    return strings[id];
  }

  int length(int id) {
    return lengths[id];
  }

  FsstMatcher matcher() {
    return matcher;
  }

  /** Returns the number of code bytes for the symbol's string if it were not a symbol. */
  int codedBytesWithout(int id) {
    int length = lengths[id];
    if (length == 1) {
      return 2;
    }
    long fill = FsstText.repeat(matcher.terminator());
    // Without its last byte, the string cannot match itself.
    int entry = matcher.match(FsstText.prefix(strings[id], length - 1, fill));
    int codedBytes = FsstMatcher.codedBytes(entry);
    for (int at = FsstMatcher.length(entry); at < length; at += FsstMatcher.length(entry)) {
      entry = matcher.match(FsstText.prefix(strings[id] >>> (8 * at), length - at, fill));
      codedBytes += FsstMatcher.codedBytes(entry);
    }
    return codedBytes;
  }

  FsstTable toTable() {
    return new FsstTable(
        Arrays.copyOf(strings, size), Arrays.copyOf(lengths, size), matcher.terminator());
  }
}
