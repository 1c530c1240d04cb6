package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Checks of text in UTF-8. */
public final class Utf8 {
  /** The size of the memory that {@link #isValid} needs on the heap. */
  public static final int SCRATCH_BYTES = 128;

  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Bytes from here on are no continuations; below it, as signed bytes, are all that are. */
  private static final byte FIRST_LEAD = (byte) 0xC0;

  private Utf8() {}

  /** The place of the first byte from {@code from} on that is not ASCII; {@code to} if all are. */
  public static long asciiEnd(MemorySegment bytes, long from, long to) {
    return Simd.vectors(bytes, bytes)
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

  /** Skips what is ASCII, but for some of its last bytes. */
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
   * Whether the bytes from {@code from} to {@code to} are whole characters, as Unicode has it.
   *
   * @param scratch {@link #SCRATCH_BYTES} bytes, which are overwritten
   */
  public static boolean isValid(MemorySegment bytes, long from, long to, byte[] scratch) {
    return Simd.vectors(bytes, bytes)
        ? VectorUtf8.isValid(bytes, from, to, scratch)
        : scalarIsValid(bytes, from, to, scratch);
  }

  /**
   * Copies what is not ASCII to the heap: until the JIT has compiled this, arrays are several times
   * faster than segments.
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
   * Whether any of {@code count + 1} offsets lies within a character. The first and the last must
   * not be after others, and the bytes between them valid.
   *
   * @param width the bytes of an offset: 4 or 8
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
