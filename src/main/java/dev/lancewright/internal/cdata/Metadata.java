package dev.lancewright.internal.cdata;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes the metadata of an ArrowSchema: the number of pairs, then length and bytes of
 * each key and value, every number an {@code int32_t} at any alignment. The last of several equal
 * keys wins.
 */
public final class Metadata {
  /** The maximum size of metadata, which exposes corrupt lengths. */
  private static final int MAX_BYTES = 64 << 20;

  private final MemorySegment bytes;
  private final String where;
  private int position;

  private Metadata(MemorySegment bytes, String where) {
    this.bytes = bytes;
    this.where = where;
  }

  /**
   * Reads the pairs at {@code pointer}; there are none if it is NULL.
   *
   * @param where the beginning of an error message
   * @throws IllegalArgumentException if a number is negative or too large, or text is not UTF-8
   */
  @SuppressWarnings("restricted")
  public static Map<String, String> read(MemorySegment pointer, String where) {
    return Structs.isNull(pointer)
        ? Map.of()
        : new Metadata(pointer.reinterpret(MAX_BYTES + Integer.BYTES), where).pairs();
  }

  /** Writes {@code pairs}; returns NULL if there are none. */
  public static MemorySegment write(Map<String, String> pairs, NativeMemory memory) {
    if (pairs.isEmpty()) {
      return MemorySegment.NULL;
    }
    List<byte[]> texts = new ArrayList<>();
    long size = Integer.BYTES;
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      for (String text : List.of(pair.getKey(), pair.getValue())) {
        texts.add(text.getBytes(StandardCharsets.UTF_8));
        size += Integer.BYTES + texts.getLast().length;
      }
    }
    MemorySegment bytes = memory.allocate(size, Integer.BYTES);
    bytes.set(ValueLayout.JAVA_INT_UNALIGNED, 0, pairs.size());
    long at = Integer.BYTES;
    for (byte[] text : texts) {
      bytes.set(ValueLayout.JAVA_INT_UNALIGNED, at, text.length);
      MemorySegment.copy(text, 0, bytes, ValueLayout.JAVA_BYTE, at + Integer.BYTES, text.length);
      at += Integer.BYTES + text.length;
    }
    return bytes;
  }

  private Map<String, String> pairs() {
    Map<String, String> pairs = new LinkedHashMap<>();
    int count = number("the number of pairs");
    for (int i = 0; i < count; i++) {
      String key = text("key", i);
      pairs.put(key, text("value", i));
    }
    return pairs;
  }

  private String text(String kind, int pair) {
    int length = number("the length of " + kind + " " + pair);
    MemorySegment text = bytes.asSlice(position, length);
    position += length;
    return CStrings.decode(text, "%s, %s %d of the metadata".formatted(where, kind, pair));
  }

  private int number(String what) {
    int number = bytes.get(ValueLayout.JAVA_INT_UNALIGNED, position);
    position += Integer.BYTES;
    if (number < 0 || number > MAX_BYTES - position) {
      throw new IllegalArgumentException(
          ("%s: %s of the metadata is %d; it must not be negative, and all metadata must fit in"
                  + " %d bytes")
              .formatted(where, what, number, MAX_BYTES));
    }
    return number;
  }
}
