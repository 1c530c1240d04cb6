package dev.lancewright.internal.cdata;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads text owned by C code, and writes text for it. */
public final class CStrings {
  private CStrings() {}

  /**
   * Returns the UTF-8 text at {@code pointer}, up to its NUL.
   *
   * @param max the maximum number of bytes
   * @param where the beginning of an error message
   * @throws IllegalArgumentException if the text is longer, or is not UTF-8
   */
  public static String read(MemorySegment pointer, int max, String where) {
    MemorySegment text = terminated(pointer, max);
    if (text.byteSize() > max) {
      throw new IllegalArgumentException(
          "%s has no NUL within %d bytes; no longer text is read".formatted(where, max));
    }
    return decode(text, where);
  }

  /** Reads text for messages: like {@link #read}, but accepts any bytes and truncates long text. */
  public static String readLeniently(MemorySegment pointer, int max) {
    MemorySegment text = terminated(pointer, max);
    long length = Math.min(max, text.byteSize());
    return new String(
        text.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  /**
   * Decodes UTF-8.
   *
   * @throws IllegalArgumentException if they are not UTF-8
   */
  static String decode(MemorySegment bytes, String where) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.asByteBuffer()).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(where + " is not UTF-8", e);
    }
  }

  /** Writes {@code text} in UTF-8, followed by a NUL; a NUL within the text ends it for C code. */
  public static MemorySegment write(String text, NativeMemory memory) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    MemorySegment copy = memory.allocate(utf8.length + 1L, 1);
    MemorySegment.copy(utf8, 0, copy, ValueLayout.JAVA_BYTE, 0, utf8.length);
    copy.set(ValueLayout.JAVA_BYTE, utf8.length, (byte) 0);
    return copy;
  }

  /**
   * Writes {@code text} in UTF-8, followed by a NUL, and leaves out its end if it is too long.
   *
   * @param target the memory to fill, of one byte at least
   */
  public static void writeShortened(String text, MemorySegment target) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int length = (int) Math.min(utf8.length, target.byteSize() - 1);
    // Only whole characters: what follows the first byte of one begins with the bits 10.
    while (length < utf8.length && length > 0 && (utf8[length] & 0xc0) == 0x80) {
      length--;
    }
    MemorySegment.copy(utf8, 0, target, ValueLayout.JAVA_BYTE, 0, length);
    target.set(ValueLayout.JAVA_BYTE, length, (byte) 0);
  }

  /** Returns the bytes before the NUL, or {@code max + 1} bytes if there is none among them. */
  @SuppressWarnings("restricted")
  private static MemorySegment terminated(MemorySegment pointer, int max) {
    MemorySegment text = pointer.reinterpret(max + 1L);
    long length = 0;
    while (length <= max && text.get(ValueLayout.JAVA_BYTE, length) != 0) {
      length++;
    }
    return text.asSlice(0, length);
  }
}
