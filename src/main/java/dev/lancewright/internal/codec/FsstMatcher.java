package dev.lancewright.internal.codec;

/**
 * Finds the longest symbol that a text goes on with.
 *
 * <p>Symbols of one and two bytes are in a table by the next two bytes of the text. Longer ones are
 * in buckets by a hash of their first three bytes, {@value #WAYS} to a bucket; one that finds its
 * bucket full is refused. All candidates are compared without a branch, since no processor can
 * guess which one a text goes on with.
 *
 * <p>A text is looked at eight bytes at a time, the first in the lowest bits of a {@code long}.
 * Bytes behind its end are {@link #terminator}, which no symbol longer than a byte has.
 */
final class FsstMatcher {
  /** The most bytes of a symbol. */
  static final int MAX_SYMBOL_BYTES = 8;

  private static final int WAYS = 2;
  private static final int BUCKET_BITS = 10;
  private static final int BUCKET_LONGS = 2 * WAYS;
  private static final int BUCKET_MASK = (BUCKET_LONGS << BUCKET_BITS) - BUCKET_LONGS;
  private static final int PAIRS = 1 << 16;

  /** Symbol and entry of each way, the longest symbol first. */
  private final long[] buckets = new long[BUCKET_LONGS << BUCKET_BITS];

  private final int[] pairs = new int[PAIRS];
  private int terminator;

  /** Removes all symbols: each byte is a literal. */
  void clear(int newTerminator) {
    terminator = newTerminator;
    for (int i = 0; i < buckets.length; i += 2) {
      // A text that gets here does not start with a symbol of another bucket.
      buckets[i] = i < BUCKET_LONGS ? 1 : 0;
      buckets[i + 1] = 0;
    }
    for (int b = 0; b < 256; b++) {
      pairs[b] = entry(FsstTable.ESCAPE, 1, 2);
    }
    for (int second = 1; second < 256; second++) {
      System.arraycopy(pairs, 0, pairs, second << 8, 256);
    }
  }

  /** Byte that stands behind the end of a text. */
  int terminator() {
    return terminator;
  }

  /**
   * Adds a symbol, which must not be there yet.
   *
   * @return false if there is no room for it
   */
  boolean add(long symbol, int length, int id) {
    switch (length) {
      case 1 -> addByte((int) symbol, id);
      case 2 -> pairs[(int) symbol] = entry(id, 2, 1);
      default -> {
        return addLong(symbol, entry(id, length, 1));
      }
    }
    return true;
  }

  private void addByte(int first, int id) {
    for (int i = first; i < PAIRS; i += 256) {
      if (length(pairs[i]) == 1) {
        pairs[i] = entry(id, 1, 1);
      }
    }
  }

  private boolean addLong(long symbol, int entry) {
    int at = bucket(symbol);
    int last = at + BUCKET_LONGS - 2;
    if (buckets[last + 1] != 0) {
      return false;
    }
    int to = last;
    while (to > at && length(buckets[to - 1]) < length(entry)) {
      buckets[to] = buckets[to - 2];
      buckets[to + 1] = buckets[to - 1];
      to -= 2;
    }
    buckets[to] = symbol;
    buckets[to + 1] = entry;
    return true;
  }

  private static int bucket(long word) {
    return (int) (((word << 40) * 0x9E3779B97F4A7C15L) >>> (62 - BUCKET_BITS)) & BUCKET_MASK;
  }

  /** What stands for the start of {@code word}. */
  int match(long word) {
    int at = bucket(word);
    long first = buckets[at + 1];
    long second = buckets[at + 3];
    long entry = pairs[(int) word & 0xFFFF];
    entry = choose(word ^ buckets[at + 2], second, entry);
    return (int) choose(word ^ buckets[at], first, entry);
  }

  /** {@code found} if no byte of its symbol differs, else {@code other}. */
  private static long choose(long difference, long found, long other) {
    long differs = difference << found;
    return found ^ ((found ^ other) & ((differs | -differs) >> 63));
  }

  /** The low six bits are 64 less the bits of the symbol. */
  private static int entry(int id, int length, int codedBytes) {
    return id << 16 | codedBytes << 12 | length << 8 | (64 - 8 * length);
  }

  /** Bytes of the text. */
  static int length(long entry) {
    return (int) entry >>> 8 & 0xF;
  }

  /** Bytes of the code: 2 for a literal. */
  static int codedBytes(int entry) {
    return entry >>> 12 & 0xF;
  }

  /** Id of the symbol. */
  static int id(int entry) {
    return entry >>> 16;
  }

  static boolean isLiteral(int entry) {
    return codedBytes(entry) == 2;
  }
}
