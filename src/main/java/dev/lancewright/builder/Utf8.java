package dev.lancewright.builder;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Encodes strings directly into segments, without intermediate objects. */
final class Utf8 {
  private Utf8() {}

  /**
   * Returns the number of bytes of the text in UTF-8, or, if it has an unpaired surrogate, which
   * has no UTF-8 form, the bitwise complement of the surrogate's index.
   */
  static long byteLength(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        continue;
      }
      bytes += unit < 0x800 ? 1 : 2;
      if (Character.isSurrogate(unit)) {
        if (text.codePointAt(i) == unit) {
          return ~i;
        }
        i++;
      }
    }
    return bytes;
  }

  /** Writes text of a known {@link #byteLength} to {@code target} at {@code at}. */
  static void write(String text, MemorySegment target, long at) {
    long to = at;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        put(target, to++, unit);
      } else if (unit < 0x800) {
        put(target, to++, 0xC0 | (unit >> 6));
        putTail(target, to++, unit);
      } else if (Character.isSurrogate(unit)) {
        int codePoint = text.codePointAt(i++);
        put(target, to++, 0xF0 | (codePoint >> 18));
        putTail(target, to++, codePoint >> 12);
        putTail(target, to++, codePoint >> 6);
        putTail(target, to++, codePoint);
      } else {
        put(target, to++, 0xE0 | (unit >> 12));
        putTail(target, to++, unit >> 6);
        putTail(target, to++, unit);
      }
    }
  }

  private static void putTail(MemorySegment target, long at, int bits) {
    put(target, at, 0x80 | (bits & 0x3F));
  }

  private static void put(MemorySegment target, long at, int octet) {
    target.set(ValueLayout.JAVA_BYTE, at, (byte) octet);
  }
}
