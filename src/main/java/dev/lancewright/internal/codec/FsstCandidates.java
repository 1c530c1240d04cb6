package dev.lancewright.internal.codec;

import java.util.Arrays;

/** Strings of one to eight bytes with a score each, from which the best are taken. */
final class FsstCandidates {
  private static final int SLOT_BITS = 16;
  private static final int SLOTS = 1 << SLOT_BITS;

  /** Strings that come when so many are known are not counted. */
  private static final int MAX_CANDIDATES = SLOTS / 4 * 3;

  private final long[] strings = new long[SLOTS];
  private final byte[] lengths = new byte[SLOTS];
  private final int[] scores = new int[SLOTS];
  private final int[] slots = new int[MAX_CANDIDATES];
  private final long[] ranks = new long[MAX_CANDIDATES];
  private int size;
  private int ranked;

  void clear() {
    for (int i = 0; i < size; i++) {
      lengths[slots[i]] = 0;
    }
    size = 0;
  }

  /** Adds to the score of a string, whose first byte is in the lowest bits of {@code string}. */
  void add(long string, int length, int score) {
    int slot = (int) ((string * 8 + length) * 0x9E3779B97F4A7C15L >>> (64 - SLOT_BITS));
    while (lengths[slot] != 0) {
      if (strings[slot] == string && lengths[slot] == length) {
        scores[slot] += score;
        return;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (size < MAX_CANDIDATES) {
      strings[slot] = string;
      lengths[slot] = (byte) length;
      scores[slot] = score;
      slots[size++] = slot;
    }
  }

  /**
   * Ranks the strings whose score for each byte is {@code least} or more: by score, equal ones by
   * when they were first added.
   *
   * @return how many there are
   */
  int rank(int least) {
    ranked = 0;
    for (int i = 0; i < size; i++) {
      int slot = slots[i];
      if (scores[slot] >= least * lengths[slot]) {
        ranks[ranked++] = (long) -scores[slot] << 32 | i;
      }
    }
    Arrays.sort(ranks, 0, ranked);
    return ranked;
  }

  long string(int rank) {
    return strings[slots[(int) ranks[rank]]];
  }

  int length(int rank) {
    return lengths[slots[(int) ranks[rank]]];
  }
}
