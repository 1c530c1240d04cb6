package dev.lancewright.internal.fsst;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Up to eight bytes of text in a {@code long}, the first in the lowest bits. */
final class FsstText {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private FsstText() {}

  static long getLong(byte[] source, int at) {
    return (long) LONG.get(source, at);
  }

  static void putLong(byte[] target, int at, long value) {
    LONG.set(target, at, value);
  }

  static void putShort(byte[] target, int at, int value) {
    SHORT.set(target, at, (short) value);
  }

  /** Returns a word of eight equal bytes. */
  static long repeat(int value) {
    return value * 0x0101010101010101L;
  }

  /** Returns the first {@code length} of eight bytes, followed by zeros. */
  static long prefix(long text, int length) {
    return text & (-1L >>> (64 - 8 * length));
  }

  /**
   * Returns the first {@code length} of eight bytes, followed by the remaining bytes of {@code
   * fill}.
   */
  static long prefix(long text, int length, long fill) {
    return fill ^ prefix(text ^ fill, length);
  }

  /** Returns whether a byte is among the first {@code length} of eight bytes. */
  static boolean contains(long text, int length, int value) {
    long zero = text ^ repeat(value);
    long zeros = (zero - repeat(0x01)) & ~zero & repeat(0x80);
    return prefix(zeros, length) != 0;
  }
}
