package dev.lancewright.ffi;

import dev.lancewright.internal.cdata.CStrings;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory of the caller, by its address: checks what can be checked of a pointer, which is that it
 * is not NULL. Messages begin with the name of the argument.
 */
final class CMemory {
  private static final long WORD = ValueLayout.JAVA_LONG.byteSize();

  /** The greatest size of a struct that is believed; what is beyond it was never set. */
  private static final long MAX_STRUCT_BYTES = 1 << 12;

  private static final int MAX_TEXT_BYTES = 1 << 20;

  private CMemory() {}

  /** Returns memory whose address is known to be right. */
  @SuppressWarnings("restricted")
  static MemorySegment at(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /**
   * @throws IllegalArgumentException if an address is NULL
   */
  static void require(long address, String name) {
    if (address == 0) {
      throw new IllegalArgumentException(name + " is NULL");
    }
  }

  /**
   * Returns the memory that a pointer and a size describe.
   *
   * @throws IllegalArgumentException if there cannot be such memory
   */
  static MemorySegment bytes(long address, long size, String name) {
    if (size < 0) {
      throw new IllegalArgumentException(
          "%s has %s bytes, which is more than memory can hold"
              .formatted(name, Long.toUnsignedString(size)));
    }
    if (size == 0) {
      return MemorySegment.NULL;
    }
    require(address, name);
    return at(address, size);
  }

  /**
   * Returns the numbers that a pointer and a count describe.
   *
   * @throws IllegalArgumentException if there cannot be so many
   */
  static MemorySegment longs(long address, long count, String name) {
    if (count < 0 || count > Integer.MAX_VALUE / WORD) {
      throw new IllegalArgumentException(
          "there are %s %s; at most %d are allowed"
              .formatted(Long.toUnsignedString(count), name, Integer.MAX_VALUE / WORD));
    }
    return bytes(address, count * WORD, name);
  }

  /** Sets the number that an argument points to. */
  static void setLong(long address, String name, long value) {
    require(address, name);
    at(address, WORD).set(ValueLayout.JAVA_LONG_UNALIGNED, 0, value);
  }

  /**
   * Returns the members of a struct that begins with its size, and has words only.
   *
   * @param words how many members this version of the library knows
   * @throws IllegalArgumentException if there is none, or its size cannot be right
   */
  static MemorySegment struct(long address, int words, String name) {
    require(address, name);
    long size = at(address, WORD).get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    if (size < words * WORD || size > MAX_STRUCT_BYTES) {
      throw new IllegalArgumentException(
          "struct_size of %s is %s; set it to sizeof the struct, which is %d"
              .formatted(name, Long.toUnsignedString(size), words * WORD));
    }
    return at(address, words * WORD);
  }

  /** Returns a member of a struct that has words only. */
  static long member(MemorySegment struct, int index) {
    return struct.get(ValueLayout.JAVA_LONG_UNALIGNED, index * WORD);
  }

  /** Sets the members of a struct after its size. */
  static void setMembers(MemorySegment struct, long... values) {
    for (int i = 0; i < values.length; i++) {
      struct.set(ValueLayout.JAVA_LONG_UNALIGNED, (1 + i) * WORD, values[i]);
    }
  }

  /**
   * @throws IllegalArgumentException if the text is NULL, too long or not UTF-8
   */
  static String text(long address, String name) {
    require(address, name);
    return CStrings.read(MemorySegment.ofAddress(address), MAX_TEXT_BYTES, name);
  }

  /**
   * Returns the texts of a C array of pointers, or null if the array is NULL.
   *
   * @throws IllegalArgumentException if there cannot be so many, or as {@link #text}
   */
  static List<String> texts(long address, long count, String name) {
    if (address == 0) {
      if (count != 0) {
        throw new IllegalArgumentException("%s is NULL, but there are %d".formatted(name, count));
      }
      return null;
    }
    long most = MAX_TEXT_BYTES;
    if (count < 0 || count > most) {
      throw new IllegalArgumentException(
          "there are %s %s; at most %d are allowed"
              .formatted(Long.toUnsignedString(count), name, most));
    }
    MemorySegment pointers = bytes(address, count * WORD, name);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(text(member(pointers, i), "element %d of %s".formatted(i, name)));
    }
    return texts;
  }
}
