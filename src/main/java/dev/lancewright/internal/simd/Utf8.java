package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Checks of UTF-8 text. */
public final class Utf8 {
  private static final Warmup ASCII_END = new Warmup(4L << 30);
  private static final Warmup IS_VALID = new Warmup(128L << 20);

  /** The size of the memory that {@link #isValid} needs on the heap. */
  public static final int SCRATCH_BYTES = 128;

  private static final long HIGH_BITS = 0x8080808080808080L;

  /** The first lead byte: continuation bytes are exactly those below it as signed bytes. */
  private static final byte FIRST_LEAD = (byte) 0xC0;

  private Utf8() {}

  /**
   * Returns the position of the first non-ASCII byte at or after {@code from}, or {@code to} if
   * there is none.
   */
  public static long asciiEnd(MemorySegment bytes, long from, long to) {
    return ASCII_END.vectors(bytes, bytes, to - from)
        ? VectorUtf8.asciiEnd(bytes, from, to)
        : scalarAsciiEnd(bytes, from, to);
  }

  static long scalarAsciiEnd(MemorySegment bytes, long from, long to) {
    long at = skipAscii(bytes, from, to);
    while (to - at >= 8 && (bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at) & HIGH_BITS) == 0) {
      at += 8;
    }
    while (at < to && bytes.get(ValueLayout.JAVA_BYTE, at) >= 0) {
      at++;
    }
    return at;
  }

  /** Skips ASCII bytes, except for some of the last ones. */
  private static long skipAscii(MemorySegment bytes, long from, long to) {
    long at = from;
    while (to - at >= 32 && isAscii32(bytes, at)) {
      at += 32;
    }
    return at;
  }

  private static boolean isAscii32(MemorySegment bytes, long at) {
    long any =
        bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at)
            | bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 8)
            | bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 16)
            | bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 24);
    return (any & HIGH_BITS) == 0;
  }

  /**
   * Returns whether the bytes from {@code from} to {@code to} are well-formed according to Unicode.
   *
   * @param scratch scratch memory of {@link #SCRATCH_BYTES} bytes
   */
  public static boolean isValid(MemorySegment bytes, long from, long to, byte[] scratch) {
    return IS_VALID.vectors(bytes, bytes, to - from)
        ? VectorUtf8.isValid(bytes, from, to, scratch)
        : scalarIsValid(bytes, from, to, scratch);
  }

  /**
   * Checks bytes by copying all but ASCII to the heap: until the JIT has compiled this, arrays are
   * several times faster than segments.
   */
  static boolean scalarIsValid(MemorySegment bytes, long from, long to, byte[] scratch) {
    long state = Utf8States.COMPLETE;
    long at = from;
    while (at < to && !Utf8States.isInvalid(state)) {
      if (Utf8States.isComplete(state)) {
        at = skipAscii(bytes, at, to);
      }
      int count = (int) Math.min(SCRATCH_BYTES, to - at);
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, scratch, 0, count);
      state = Utf8States.next(state, scratch, count);
      at += count;
    }
    return Utf8States.isComplete(state);
  }

  /**
   * Returns whether any of {@code count + 1} offsets lies within a character. All offsets must lie
   * between the first and the last, and the bytes between those two must be valid.
   *
   * @param width the number of bytes of an offset: 4 or 8
   */
  public static boolean cutsCharacters(
      MemorySegment bytes, MemorySegment offsets, int width, long first, long count) {
    long end = Offsets.get(offsets, (first + count) * width, width);
    for (long i = first; i < first + count; i++) {
      long offset = Offsets.get(offsets, i * width, width);
      if (offset < end && bytes.get(ValueLayout.JAVA_BYTE, offset) < FIRST_LEAD) {
        return true;
      }
    }
    return false;
  }
}
