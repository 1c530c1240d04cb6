package dev.lancewright.internal.fsst;

import java.util.Arrays;

/** Strings of one to eight bytes with the number of their occurrences. */
final class FsstCandidates {
  private static final int MAX_SLOT_BITS = 15;

  /**
   * The maximum number of different strings; there are twice as many slots to keep probes short.
   */
  private static final int MAX = FsstSample.MAX_BYTES + FsstSymbols.MAX + 256;

  /** For each slot the number of its string plus one, or 0. */
  private final short[] slots = new short[1 << MAX_SLOT_BITS];

  private final long[] strings = new long[MAX];

  /** For each string its count, shifted left by four bits for its length. */
  private final int[] counts = new int[MAX];

  private int slotBits;
  private int size;

  /**
   * Removes all strings.
   *
   * @param most the maximum number of different strings to come; few slots stay in the cache
   */
  void clear(int most) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * most - 1);
    slotBits = Math.min(bits, MAX_SLOT_BITS);
    Arrays.fill(slots, 0, 1 << slotBits, (short) 0);
    size = 0;
  }

  /** Adds {@code count} occurrences of a string, whose first byte is in the lowest bits. */
  void add(long string, int length, int count) {
    if (count == 0) {
      return;
    }
    int mask = (1 << slotBits) - 1;
    int slot = (int) (((string + length) * 0x9E3779B97F4A7C15L) >>> (64 - slotBits));
    for (int found = slots[slot] - 1; found >= 0; found = slots[slot] - 1) {
      if (strings[found] == string && length(found) == length) {
        counts[found] += count << 4;
        return;
      }
      slot = (slot + 1) & mask;
    }
    strings[size] = string;
    counts[size] = count << 4 | length;
    slots[slot] = (short) ++size;
  }

  /** Returns the number of different strings, which are indexed in the order of insertion. */
  int size() {
    return size;
  }

  long string(int index) {
    return strings[index];
  }

  int length(int index) {
    return counts[index] & 0xF;
  }

  int count(int index) {
    return counts[index] >>> 4;
  }

  /** Returns the total number of bytes of a string's occurrences. */
  int bytes(int index) {
    return count(index) * length(index);
  }
}
