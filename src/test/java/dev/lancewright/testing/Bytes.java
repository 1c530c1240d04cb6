package dev.lancewright.testing;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Bytes that grow at the end. */
final class Bytes {
  private byte[] array;
  private int size;

  Bytes(int expected) {
    array = new byte[Math.max(8, expected)];
  }

  int size() {
    return size;
  }

  void append(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, array, size, bytes.length);
    size += bytes.length;
  }

  void append(int octet) {
    reserve(1);
    array[size++] = (byte) octet;
  }

  /** Appends the lowest {@code count} bytes of {@code value}, the lowest first, sign-extended. */
  void appendNumber(long value, int count) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      array[size++] = (byte) (value >> Math.min(63, 8 * i));
    }
  }

  void appendRandom(int count, RandomGenerator random) {
    int left = count;
    for (; left >= 8; left -= 8) {
      appendNumber(random.nextLong(), 8);
    }
    appendNumber(random.nextLong(), left);
  }

  byte[] toArray() {
    return Arrays.copyOf(array, size);
  }

  /** A copy that lives as long as {@code arena}. */
  MemorySegment toSegment(Arena arena) {
    MemorySegment segment = arena.allocate(size, 1);
    MemorySegment.copy(array, 0, segment, ValueLayout.JAVA_BYTE, 0, size);
    return segment;
  }

  private void reserve(int count) {
    if (count > array.length - size) {
      array = Arrays.copyOf(array, Math.max(size + count, 2 * array.length));
    }
  }
}
