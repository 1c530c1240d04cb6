package dev.lancewright.internal.fsst;

import java.util.Arrays;

/**
 * Finds the longest symbol at a position of a text, among those that fit into the tables.
 *
 * <p>Symbols of one and two bytes are in a table indexed by the next two bytes of the text; a
 * longer one is in the slot that its first three bytes hash to. Each match looks up both and
 * selects without a branch, which would be unpredictable.
 *
 * <p>A text is read eight bytes at a time, the first in the lowest bits of a {@code long}. The
 * bytes after its end are {@link #terminator}, which no symbol of several bytes contains.
 */
final class FsstMatcher {
  private static final int SLOT_BITS = 10;

  /** The number of slots for symbols of three or more bytes. */
  static final int SLOTS = 1 << SLOT_BITS;

  private static final int PAIRS = 1 << 16;

  /** The symbol and the entry of each slot. */
  private final long[] slots = new long[2 * SLOTS];

  private final int[] pairs = new int[PAIRS];
  private int terminator;

  /** Removes all symbols, so that each byte is a literal. */
  void clear(int newTerminator) {
    terminator = newTerminator;
    for (int slot = 0; slot < SLOTS; slot++) {
      // Eight bytes that hash to another slot, so that no text equals them.
      slots[2 * slot] = slot == slot(0) ? 1 : 0;
      slots[2 * slot + 1] = 0;
    }
    for (int b = 0; b < 256; b++) {
      Arrays.fill(pairs, b << 8, (b + 1) << 8, entry(FsstTable.ESCAPE | b << 8, 1, 2));
    }
  }

  /** Returns the byte that follows the end of a text. */
  int terminator() {
    return terminator;
  }

  /**
   * Adds a symbol, which must not have been added before.
   *
   * @return false if its slot is taken, or if it has several bytes and contains the terminator
   */
  boolean add(long symbol, int length, int id) {
    int entry = entry(id, length, 1);
    if (length == 1) {
      addByte((int) symbol, entry);
    } else if (FsstText.contains(symbol, length, terminator)) {
      return false;
    } else if (length == 2) {
      pairs[pair(symbol)] = entry;
    } else {
      int slot = slot(symbol);
      if (slots[2 * slot + 1] != 0) {
        return false;
      }
      slots[2 * slot] = symbol;
      slots[2 * slot + 1] = entry;
    }
    return true;
  }

  private void addByte(int first, int entry) {
    for (int pair = first << 8; pair < (first + 1) << 8; pair++) {
      if (length(pairs[pair]) == 1) {
        pairs[pair] = entry;
      }
    }
  }

  /** Returns the slot of a symbol, by its first three bytes. */
  static int slot(long symbol) {
    return (int) (((symbol << 40) * 0x9E3779B97F4A7C15L) >>> (64 - SLOT_BITS));
  }

  /** Returns the index of a text's first two bytes, those with the same first byte in a row. */
  private static int pair(long text) {
    return Short.toUnsignedInt(Short.reverseBytes((short) text));
  }

  /** Returns the entry of the symbol or literal that {@code text} starts with. */
  int match(long text) {
    int slot = 2 * slot(text);
    long found = slots[slot + 1];
    int other = pairs[pair(text)];
    long difference = (text ^ slots[slot]) << found;
    // All ones if there is a difference; a compiler might turn a conditional into a jump.
    long differs = (difference | -difference) >> 63;
    return (int) (found ^ ((found ^ other) & differs));
  }

  /**
   * Packs an entry, whose lowest bits are the shift that keeps only the symbol's bits of eight
   * bytes.
   */
  private static int entry(int code, int length, int codedBytes) {
    return codedBytes << 28 | length << 24 | code << 8 | (64 - 8 * length);
  }

  /** Returns the number of text bytes that an entry matches. */
  static int length(int entry) {
    return entry >>> 24 & 0xF;
  }

  /** Returns the number of bytes of an entry's code, which is two for a literal. */
  static int codedBytes(int entry) {
    return entry >>> 28;
  }

  /**
   * Returns the symbol's id, or the two bytes of a literal's code, the first in the lowest bits.
   */
  static int code(int entry) {
    return entry >>> 8 & 0xFFFF;
  }
}
