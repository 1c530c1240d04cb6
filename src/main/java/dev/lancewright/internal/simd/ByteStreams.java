package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Byte-stream split: first the lowest byte of each value, then the next byte of each, and so on.
 */
public final class ByteStreams {
  private ByteStreams() {}

  /**
   * Splits values: byte {@code j} of value {@code i} goes to {@code to + j * count + i}.
   *
   * @param values the values in native memory
   * @param bytes the number of bytes of a value: 4 or 8
   * @param target the target in native memory
   */
  public static void split(
      MemorySegment values, long at, int count, int bytes, MemorySegment target, long to) {
    if (Simd.vectors(values, target)) {
      VectorByteStreams.split(values, at, count, bytes, target, to);
    } else {
      scalarSplit(values, at, 0, count, bytes, target, to);
    }
  }

  /** Splits values like {@link #split}, starting with value {@code from}. */
  static void scalarSplit(
      MemorySegment values,
      long at,
      int from,
      int count,
      int bytes,
      MemorySegment target,
      long to) {
    for (int i = from; i < count; i++) {
      long value = get(values, at + (long) i * bytes, bytes);
      for (int j = 0; j < bytes; j++) {
        long place = to + (long) j * count + i;
        target.set(ValueLayout.JAVA_BYTE, place, (byte) (value >>> (j * Byte.SIZE)));
      }
    }
  }

  /**
   * Joins values: the inverse of {@link #split}.
   *
   * @param streams the streams in native memory
   * @param bytes the number of bytes of a value: 4 or 8
   * @param target the target in native memory
   */
  public static void join(
      MemorySegment streams, long at, int count, int bytes, MemorySegment target, long to) {
    if (Simd.vectors(streams, target)) {
      VectorByteStreams.join(streams, at, count, bytes, target, to);
    } else {
      scalarJoin(streams, at, 0, count, bytes, target, to);
    }
  }

  /** Joins values like {@link #join}, starting with value {@code from}. */
  static void scalarJoin(
      MemorySegment streams,
      long at,
      int from,
      int count,
      int bytes,
      MemorySegment target,
      long to) {
    for (int i = from; i < count; i++) {
      long value = 0;
      for (int j = 0; j < bytes; j++) {
        long octet = streams.get(ValueLayout.JAVA_BYTE, at + (long) j * count + i) & 0xFF;
        value |= octet << (j * Byte.SIZE);
      }
      if (bytes == Integer.BYTES) {
        target.set(LittleEndian.INT, to + (long) i * bytes, (int) value);
      } else {
        target.set(LittleEndian.LONG, to + (long) i * bytes, value);
      }
    }
  }

  private static long get(MemorySegment values, long at, int bytes) {
    return bytes == Integer.BYTES
        ? values.get(LittleEndian.INT, at)
        : values.get(LittleEndian.LONG, at);
  }
}
