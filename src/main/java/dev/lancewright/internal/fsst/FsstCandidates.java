package dev.lancewright.internal.fsst;

/** Strings of one to eight bytes with the number of their occurrences. */
final class FsstCandidates {
  private static final int SLOT_BITS = 15;
  private static final int SLOTS = 1 << SLOT_BITS;

  /**
   * The maximum number of different strings; there are twice as many slots to keep probes short.
   */
  private static final int MAX = FsstSample.MAX_BYTES + FsstSymbols.MAX + 256;

  /** For each slot the string, then its count, shifted left by four bits for its length. */
  private final long[] table = new long[2 * SLOTS];

  /** The position of each string in the table, in the order of insertion. */
  private final int[] slots = new int[MAX];

  private int size;

  void clear() {
    for (int i = 0; i < size; i++) {
      table[slots[i] + 1] = 0;
    }
    size = 0;
  }

  /** Adds {@code count} occurrences of a string, whose first byte is in the lowest bits. */
  void add(long string, int length, int count) {
    if (count == 0) {
      return;
    }
    int slot = (int) (((string + length) * 0x9E3779B97F4A7C15L) >>> (63 - SLOT_BITS)) & -2;
    long entry = table[slot + 1];
    while (entry != 0) {
      if (table[slot] == string && (entry & 0xF) == length) {
        table[slot + 1] = entry + ((long) count << 4);
        return;
      }
      slot = (slot + 2) & (2 * SLOTS - 1);
      entry = table[slot + 1];
    }
    table[slot] = string;
    table[slot + 1] = (long) count << 4 | length;
    slots[size++] = slot;
  }

  /** Returns the number of different strings, which are indexed in the order of insertion. */
  int size() {
    return size;
  }

  long string(int index) {
    return table[slots[index]];
  }

  int length(int index) {
    return (int) table[slots[index] + 1] & 0xF;
  }

  int count(int index) {
    return (int) (table[slots[index] + 1] >>> 4);
  }

  /** Returns the total number of bytes of a string's occurrences. */
  int bytes(int index) {
    return count(index) * length(index);
  }
}
