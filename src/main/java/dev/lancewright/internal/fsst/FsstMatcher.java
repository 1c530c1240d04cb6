package dev.lancewright.internal.fsst;

/**
 * Finds the longest symbol that a text goes on with, of those that found room.
 *
 * <p>Symbols of one and two bytes are in a table by the next two bytes of the text; a longer one
 * has the slot that its first three bytes hash to. Both are looked up for each code and chosen from
 * without a branch, since nobody can guess which one a text goes on with.
 *
 * <p>A text is looked at eight bytes at a time, the first in the lowest bits of a {@code long}.
 * Bytes behind its end are {@link #terminator}, which no symbol of several bytes has.
 */
final class FsstMatcher {
  private static final int SLOT_BITS = 10;

  /** Slots for symbols of three bytes and more. */
  static final int SLOTS = 1 << SLOT_BITS;

  private static final int PAIRS = 1 << 16;

  /** The symbol and the entry of each slot. */
  private final long[] slots = new long[2 * SLOTS];

  private final int[] pairs = new int[PAIRS];
  private int terminator;

  /** Removes all symbols: each byte is a literal. */
  void clear(int newTerminator) {
    terminator = newTerminator;
    for (int slot = 0; slot < SLOTS; slot++) {
      // Eight bytes that have another slot, so that no text is equal to them.
      slots[2 * slot] = slot == slot(0) ? 1 : 0;
      slots[2 * slot + 1] = 0;
    }
    for (int b = 0; b < 256; b++) {
      pairs[b] = entry(FsstTable.ESCAPE | b << 8, 1, 2);
    }
    for (int second = 1; second < 256; second++) {
      System.arraycopy(pairs, 0, pairs, second << 8, 256);
    }
  }

  /** The byte behind the end of a text. */
  int terminator() {
    return terminator;
  }

  /**
   * Adds a symbol, which must not be there yet.
   *
   * @return false if its slot is taken, or if it has several bytes with the terminator among them
   */
  boolean add(long symbol, int length, int id) {
    int entry = entry(id, length, 1);
    if (length == 1) {
      addByte((int) symbol, entry);
    } else if (FsstText.contains(symbol, length, terminator)) {
      return false;
    } else if (length == 2) {
      pairs[(int) symbol] = entry;
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
    for (int pair = first; pair < PAIRS; pair += 256) {
      if (length(pairs[pair]) == 1) {
        pairs[pair] = entry;
      }
    }
  }

  /** The slot of a symbol by its first three bytes. */
  static int slot(long symbol) {
    return (int) (((symbol << 40) * 0x9E3779B97F4A7C15L) >>> (64 - SLOT_BITS));
  }

  /** The entry of what {@code text} starts with. */
  int match(long text) {
    int slot = 2 * slot(text);
    long found = slots[slot + 1];
    int other = pairs[(int) text & 0xFFFF];
    long difference = (text ^ slots[slot]) << found;
    // All ones unless there is no difference. A compiler may turn a conditional into a jump.
    long differs = (difference | -difference) >> 63;
    return (int) (found ^ ((found ^ other) & differs));
  }

  /** In the lowest bits is the shift that leaves only the symbol's bits of eight bytes. */
  private static int entry(int code, int length, int codedBytes) {
    return codedBytes << 28 | length << 24 | code << 8 | (64 - 8 * length);
  }

  /** Bytes of the text. */
  static int length(int entry) {
    return entry >>> 24 & 0xF;
  }

  /** Bytes of its code: two for a literal. */
  static int codedBytes(int entry) {
    return entry >>> 28;
  }

  static boolean isLiteral(int entry) {
    return codedBytes(entry) == 2;
  }

  /** The symbol's id, or the two bytes of a literal, the first in the lowest bits. */
  static int code(int entry) {
    return entry >>> 8 & 0xFFFF;
  }
}
