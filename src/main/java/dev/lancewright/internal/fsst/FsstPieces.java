package dev.lancewright.internal.fsst;

import java.util.Arrays;

/**
 * Texts prepared for matching: cut into consecutive pieces of one array, with terminators in the
 * gaps between them, so that eight bytes can be read at any position and no match extends beyond
 * the end of a text.
 */
final class FsstPieces {
  /** Longer texts are cut, so that they can be distributed over lanes. */
  private static final int MAX_PIECE_BYTES = 2 << 10;

  private static final int GAP_BYTES = Long.BYTES;

  private final byte[] text;
  private final int[] ends;
  private int count;

  /** Creates room for up to {@code texts} texts of {@code bytes} bytes in all. */
  FsstPieces(int texts, int bytes) {
    int pieces = texts + bytes / MAX_PIECE_BYTES;
    ends = new int[pieces];
    text = new byte[bytes + pieces * GAP_BYTES];
  }

  void clear() {
    count = 0;
  }

  /** Adds a text of {@code bytes} bytes; an empty one adds no piece. */
  void add(byte[] source, int from, int bytes) {
    int left = bytes;
    while (left > 0) {
      int piece = Math.min(left, MAX_PIECE_BYTES);
      int to = start(count);
      System.arraycopy(source, from + bytes - left, text, to, piece);
      ends[count++] = to + piece;
      left -= piece;
    }
  }

  /** Fills the gaps with the terminator. */
  void terminate(int terminator) {
    long fill = FsstText.repeat(terminator);
    for (int piece = 0; piece < count; piece++) {
      FsstText.putLong(text, ends[piece], fill);
    }
  }

  /** Returns the maximum number of pieces. */
  int capacity() {
    return ends.length;
  }

  int count() {
    return count;
  }

  byte[] text() {
    return text;
  }

  /**
   * Returns the position in {@link #text} where a piece starts; {@code piece} may be {@link
   * #count}.
   */
  int start(int piece) {
    return piece == 0 ? 0 : ends[piece - 1] + GAP_BYTES;
  }

  int end(int piece) {
    return ends[piece];
  }

  /** Returns the number of bytes of every {@code step}th piece. */
  int bytes(int step) {
    int bytes = 0;
    for (int piece = 0; piece < count; piece += step) {
      bytes += end(piece) - start(piece);
    }
    return bytes;
  }

  /** Returns the first piece that ends at or after position {@code at} of {@link #text}. */
  int pieceAt(int at) {
    int found = Arrays.binarySearch(ends, 0, count, at);
    return found < 0 ? -found - 1 : found;
  }
}
