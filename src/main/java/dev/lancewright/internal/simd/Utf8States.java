package dev.lancewright.internal.simd;

/**
 * A state machine for UTF-8 text, with a step for each byte, according to Unicode's definition of
 * well-formed text (table 3-7 of the standard).
 *
 * <p>A state is a bit position. The transitions of a byte are a long, which has the next state, in
 * six bits, at the position of the current state. A step is thus a shift, which ignores all but the
 * lowest six bits of the position, and has no branch.
 */
final class Utf8States {
  private static final int BITS = 6;

  /** Something was not well-formed; this state is final. */
  private static final int INVALID = 0;

  /** All characters are complete. */
  static final int COMPLETE = BITS;

  private static final int ONE_MISSING = 2 * BITS;
  private static final int TWO_MISSING = 3 * BITS;
  private static final int THREE_MISSING = 4 * BITS;

  // After these leads the second byte has other bounds, which exclude overlong forms, surrogates
  // and anything beyond U+10FFFF.
  private static final int AFTER_E0 = 5 * BITS;
  private static final int AFTER_ED = 6 * BITS;
  private static final int AFTER_F0 = 7 * BITS;
  private static final int AFTER_F4 = 8 * BITS;

  private static final long[] NEXT = new long[256];

  static {
    set(COMPLETE, 0x00, 0x7F, COMPLETE);
    set(COMPLETE, 0xC2, 0xDF, ONE_MISSING);
    set(COMPLETE, 0xE0, 0xE0, AFTER_E0);
    set(COMPLETE, 0xE1, 0xEF, TWO_MISSING);
    set(COMPLETE, 0xED, 0xED, AFTER_ED);
    set(COMPLETE, 0xF0, 0xF0, AFTER_F0);
    set(COMPLETE, 0xF1, 0xF3, THREE_MISSING);
    set(COMPLETE, 0xF4, 0xF4, AFTER_F4);
    set(ONE_MISSING, 0x80, 0xBF, COMPLETE);
    set(TWO_MISSING, 0x80, 0xBF, ONE_MISSING);
    set(THREE_MISSING, 0x80, 0xBF, TWO_MISSING);
    set(AFTER_E0, 0xA0, 0xBF, ONE_MISSING);
    set(AFTER_ED, 0x80, 0x9F, ONE_MISSING);
    set(AFTER_F0, 0x90, 0xBF, TWO_MISSING);
    set(AFTER_F4, 0x80, 0x8F, TWO_MISSING);
  }

  private Utf8States() {}

  private static void set(int state, int firstByte, int lastByte, long next) {
    long mask = (1L << BITS) - 1;
    for (int value = firstByte; value <= lastByte; value++) {
      NEXT[value] = (NEXT[value] & ~(mask << state)) | next << state;
    }
  }

  /** Returns the state after one more byte. */
  static long next(long state, byte value) {
    return NEXT[value & 0xFF] >>> state;
  }

  /** Returns the state after {@code count} more bytes. */
  static long next(long state, byte[] values, int count) {
    long last = state;
    for (int i = 0; i < count; i++) {
      last = NEXT[values[i] & 0xFF] >>> last;
    }
    return last;
  }

  static boolean isComplete(long state) {
    return (state & (1L << BITS) - 1) == COMPLETE;
  }

  static boolean isInvalid(long state) {
    return (state & (1L << BITS) - 1) == INVALID;
  }
}
