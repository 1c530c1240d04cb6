package dev.lancewright.internal.fsst;

/** Strings of one to eight bytes, and how often each was seen. */
final class FsstCandidates {
  private static final int SLOT_BITS = 15;
  private static final int SLOTS = 1 << SLOT_BITS;

  /** The most different strings; the slots are twice as many to keep searches short. */
  private static final int MAX = FsstSample.MAX_BYTES + FsstSymbols.MAX + 256;

  /** Of each slot the string, then its count above four bits with its length. */
  private final long[] table = new long[2 * SLOTS];

  /** Where in the table the strings are, in the order they came. */
  private final int[] slots = new int[MAX];

  private int size;

  void clear() {
    for (int i = 0; i < size; i++) {
      table[slots[i] + 1] = 0;
    }
    size = 0;
  }

  /** Counts {@code count} more of a string, whose first byte is in the lowest bits. */
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

  /** How many different strings were added. They have indexes in the order they came. */
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

  /** Bytes of all occurrences. */
  int bytes(int index) {
    return count(index) * length(index);
  }
}
