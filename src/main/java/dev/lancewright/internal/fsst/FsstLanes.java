package dev.lancewright.internal.fsst;

/**
 * Encodes texts. The position of the next match depends on the match before it, a dependency chain
 * that keeps a processor waiting; therefore the pieces are distributed over three lanes, which are
 * encoded in an interleaved loop.
 */
final class FsstLanes {
  private static final int LANES = 3;

  /**
   * The codes; while lanes are encoded, the text at {@code at} has its codes at twice that
   * position.
   */
  private final byte[] codes;

  private final int[] ends;

  /** Creates lanes for texts that fit into {@code pieces}. */
  FsstLanes(FsstPieces pieces) {
    codes = new byte[2 * pieces.text().length];
    ends = new int[pieces.capacity()];
  }

  /** Returns the codes of all pieces, concatenated. */
  byte[] codes() {
    return codes;
  }

  /** Returns the number of bytes in the codes of the first {@code pieces} pieces. */
  int bytes(int pieces) {
    return pieces == 0 ? 0 : ends[pieces - 1];
  }

  void encode(FsstMatcher matcher, FsstPieces pieces) {
    int bytes = pieces.start(pieces.count());
    int second = pieces.pieceAt(bytes / LANES);
    int third = pieces.pieceAt(bytes / LANES * 2);
    encodeLanes(matcher, pieces, second, third);
    moveLane(pieces, second, third);
    moveLane(pieces, third, pieces.count());
  }

  /** Moves the codes of a lane to directly after those of the preceding pieces. */
  private void moveLane(FsstPieces pieces, int first, int last) {
    if (first == last) {
      return;
    }
    int from = 2 * pieces.start(first);
    int to = bytes(first);
    System.arraycopy(codes, from, codes, to, ends[last - 1] - from);
    for (int piece = first; piece < last; piece++) {
      ends[piece] -= from - to;
    }
  }

  /** Encodes three lanes together until one is done, then each of the others. */
  private void encodeLanes(FsstMatcher matcher, FsstPieces pieces, int second, int third) {
    byte[] text = pieces.text();
    int count = pieces.count();
    int a = 0;
    int b = second;
    int c = third;
    int atA = pieces.start(a);
    int atB = pieces.start(b);
    int atC = pieces.start(c);
    int toA = 2 * atA;
    int toB = 2 * atB;
    int toC = 2 * atC;
    while (a < second && b < third && c < count) {
      int endA = pieces.end(a);
      int endB = pieces.end(b);
      int endC = pieces.end(c);
      do {
        int entryA = matcher.match(FsstText.getLong(text, atA));
        FsstText.putShort(codes, toA, FsstMatcher.code(entryA));
        toA += FsstMatcher.codedBytes(entryA);
        atA += FsstMatcher.length(entryA);
        int entryB = matcher.match(FsstText.getLong(text, atB));
        FsstText.putShort(codes, toB, FsstMatcher.code(entryB));
        toB += FsstMatcher.codedBytes(entryB);
        atB += FsstMatcher.length(entryB);
        int entryC = matcher.match(FsstText.getLong(text, atC));
        FsstText.putShort(codes, toC, FsstMatcher.code(entryC));
        toC += FsstMatcher.codedBytes(entryC);
        atC += FsstMatcher.length(entryC);
      } while (atA != endA && atB != endB && atC != endC);
      if (atA == endA) {
        ends[a++] = toA;
        atA = pieces.start(a);
      }
      if (atB == endB) {
        ends[b++] = toB;
        atB = pieces.start(b);
      }
      if (atC == endC) {
        ends[c++] = toC;
        atC = pieces.start(c);
      }
    }
    encodeLane(matcher, pieces, a, second, atA, toA);
    encodeLane(matcher, pieces, b, third, atB, toB);
    encodeLane(matcher, pieces, c, count, atC, toC);
  }

  /** Encodes pieces {@code first} to {@code last}, resuming the first one at {@code at}. */
  private void encodeLane(
      FsstMatcher matcher, FsstPieces pieces, int first, int last, int firstAt, int firstTo) {
    byte[] text = pieces.text();
    int at = firstAt;
    int to = firstTo;
    for (int piece = first; piece < last; piece++) {
      int end = pieces.end(piece);
      while (at < end) {
        int entry = matcher.match(FsstText.getLong(text, at));
        FsstText.putShort(codes, to, FsstMatcher.code(entry));
        to += FsstMatcher.codedBytes(entry);
        at += FsstMatcher.length(entry);
      }
      ends[piece] = to;
      at = pieces.start(piece + 1);
    }
  }
}
