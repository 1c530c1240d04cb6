package dev.lancewright.internal.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Texts as {@link FsstMatcher} looks at them: eight bytes at a time, filled up at their end. */
final class FsstText {
  /** Bytes that an array must have behind the texts in it. */
  static final int SLACK_BYTES = 7;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private FsstText() {}

  /** The next bytes of a text that ends at {@code end > at}; {@code fill} is eight terminators. */
  static long word(byte[] text, int at, int end, long fill) {
    long word = (long) LONG.get(text, at);
    int missing = Math.max(0, 64 - 8 * (end - at));
    return fill ^ ((word ^ fill) & (-1L >>> missing));
  }

  /** Eight times the byte. */
  static long fill(int value) {
    return value * 0x0101010101010101L;
  }

  /** The first {@code length} bytes of a word. */
  static long prefix(long word, int length) {
    return word & (-1L >>> (64 - 8 * length));
  }

  static void putShort(byte[] target, int at, int value) {
    SHORT.set(target, at, (short) value);
  }
}
