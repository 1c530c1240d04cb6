package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Values cut into streams: first the lowest byte of each value, then the next of each, and so on.
 */
public final class ByteStreams {
  private ByteStreams() {}

  /**
   * Puts byte {@code j} of value {@code i} at {@code to + j * count + i}.
   *
   * @param values native memory
   * @param bytes of a value: 4 or 8
   * @param target native memory
   */
  public static void split(
      MemorySegment values, long at, int count, int bytes, MemorySegment target, long to) {
    if (Simd.vectors(values, target)) {
      VectorByteStreams.split(values, at, count, bytes, target, to);
    } else {
      scalarSplit(values, at, 0, count, bytes, target, to);
    }
  }

  /** As {@link #split}, for values from {@code from} on. */
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
   * Puts values that were {@link #split} together again.
   *
   * @param streams native memory
   * @param bytes of a value: 4 or 8
   * @param target native memory
   */
  public static void join(
      MemorySegment streams, long at, int count, int bytes, MemorySegment target, long to) {
    if (Simd.vectors(streams, target)) {
      VectorByteStreams.join(streams, at, count, bytes, target, to);
    } else {
      scalarJoin(streams, at, 0, count, bytes, target, to);
    }
  }

  /** As {@link #join}, for values from {@code from} on. */
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
