package dev.lancewright.internal.codec;

import java.util.Arrays;

/**
 * Texts as they are matched: cut into pieces, one after the other in an array, with terminators in
 * the gaps between them, so that eight bytes can be looked at everywhere and no match goes on
 * behind the end of a text.
 */
final class FsstPieces {
  /** What is left of a piece may be less; a long text is cut so that it can be shared out. */
  static final int MAX_PIECE_BYTES = 2 << 10;

  /** Bytes that an array must have behind the texts that are taken from it. */
  static final int SLACK_BYTES = 4 * Long.BYTES;

  private static final int GAP_BYTES = Long.BYTES;

  private final byte[] text;
  private final int[] ends;
  private int count;

  /** For up to {@code texts} texts of {@code bytes} bytes in all. */
  FsstPieces(int texts, int bytes) {
    int pieces = texts + bytes / MAX_PIECE_BYTES;
    ends = new int[pieces];
    text = new byte[bytes + pieces * GAP_BYTES + SLACK_BYTES];
  }

  void clear() {
    count = 0;
  }

  /** Adds a text of {@code bytes} bytes, as no pieces if it is empty. */
  void add(byte[] source, int from, int bytes) {
    int left = bytes;
    while (left > 0) {
      int piece = Math.min(left, MAX_PIECE_BYTES);
      int to = start(count);
      copy(source, from + bytes - left, to, piece);
      ends[count++] = to + piece;
      left -= piece;
    }
  }

  /** Copies up to 31 bytes more, which is faster for what is short. */
  private void copy(byte[] source, int from, int to, int bytes) {
    for (int i = 0; i < bytes; i += 4 * Long.BYTES) {
      FsstText.putLong(text, to + i, FsstText.getLong(source, from + i));
      FsstText.putLong(text, to + i + 8, FsstText.getLong(source, from + i + 8));
      FsstText.putLong(text, to + i + 16, FsstText.getLong(source, from + i + 16));
      FsstText.putLong(text, to + i + 24, FsstText.getLong(source, from + i + 24));
    }
  }

  /** Fills the gaps. */
  void terminate(int terminator) {
    long fill = FsstText.repeat(terminator);
    for (int piece = 0; piece < count; piece++) {
      FsstText.putLong(text, ends[piece], fill);
    }
  }

  /** How many pieces there is room for. */
  int capacity() {
    return ends.length;
  }

  int count() {
    return count;
  }

  byte[] text() {
    return text;
  }

  /** Where in {@link #text} a piece starts; {@code piece} may be {@link #count}. */
  int start(int piece) {
    return piece == 0 ? 0 : ends[piece - 1] + GAP_BYTES;
  }

  int end(int piece) {
    return ends[piece];
  }

  /** The first piece that ends at {@code at} in {@link #text} or behind. */
  int pieceAt(int at) {
    int found = Arrays.binarySearch(ends, 0, count, at);
    return found < 0 ? -found - 1 : found;
  }
}
