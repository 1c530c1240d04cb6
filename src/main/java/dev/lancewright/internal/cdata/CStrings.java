package dev.lancewright.internal.cdata;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads text that C code owns, and writes text for it. */
public final class CStrings {
  private CStrings() {}

  /**
   * The UTF-8 text at {@code pointer}, up to its NUL.
   *
   * @param max bytes that the text may have
   * @param where begins the message of an error
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

  /** As {@link #read}, but takes any bytes and cuts what is too long: for messages. */
  public static String readLeniently(MemorySegment pointer, int max) {
    MemorySegment text = terminated(pointer, max);
    long length = Math.min(max, text.byteSize());
    return new String(
        text.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  /**
   * The text of which {@code bytes} are the UTF-8.
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

  /** The UTF-8 of {@code text} and a NUL; a NUL within it ends it for C code. */
  public static MemorySegment write(String text, NativeMemory memory) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    MemorySegment copy = memory.allocate(utf8.length + 1L, 1);
    MemorySegment.copy(utf8, 0, copy, ValueLayout.JAVA_BYTE, 0, utf8.length);
    copy.set(ValueLayout.JAVA_BYTE, utf8.length, (byte) 0);
    return copy;
  }

  /** The bytes before the NUL, or {@code max + 1} bytes when there is none among them. */
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
