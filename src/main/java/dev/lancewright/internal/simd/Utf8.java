package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Checks of text in UTF-8. */
public final class Utf8 {
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Whether the bytes from {@code from} to {@code to} are all ASCII. */
  public static boolean isAscii(MemorySegment bytes, long from, long to) {
    return Simd.vectors() ? VectorUtf8.isAscii(bytes, from, to) : scalarIsAscii(bytes, from, to);
  }

  static boolean scalarIsAscii(MemorySegment bytes, long from, long to) {
    long at = from;
    for (; to - at >= 32; at += 32) {
      long any =
          bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at)
              | bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 8)
              | bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 16)
              | bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 24);
      if ((any & HIGH_BITS) != 0) {
        return false;
      }
    }
    byte any = 0;
    for (; at < to; at++) {
      any |= bytes.get(ValueLayout.JAVA_BYTE, at);
    }
    return any >= 0;
  }

  /** Whether the bytes from {@code from} to {@code to} are whole characters, as Unicode has it. */
  public static boolean isValid(MemorySegment bytes, long from, long to) {
    for (long at = from; at < to; ) {
      if (to - at >= 8 && (bytes.get(ValueLayout.JAVA_LONG_UNALIGNED, at) & HIGH_BITS) == 0) {
        at += 8;
        continue;
      }
      int length = sequenceLength(bytes, at, to);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** Bytes of the character at {@code at}; 0 if there is none that is well-formed. */
  private static int sequenceLength(MemorySegment bytes, long at, long to) {
    int lead = bytes.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (lead < 0xC2 || lead > 0xF4 || to - at < length) {
      return 0;
    }
    int second = bytes.get(ValueLayout.JAVA_BYTE, at + 1) & 0xFF;
    // No overlong forms, no surrogates, nothing past U+10FFFF.
    int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes.get(ValueLayout.JAVA_BYTE, at + i) & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
