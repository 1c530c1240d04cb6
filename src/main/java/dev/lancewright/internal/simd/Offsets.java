package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Offsets of variable-width values: signed integers of 4 or 8 bytes. */
public final class Offsets {
  private Offsets() {}

  /**
   * Writes {@code count} offsets with {@code delta} added to each. The caller must ensure that they
   * fit a narrower target, which otherwise truncates them.
   *
   * @param source the source in native memory
   * @param sourceWidth the number of bytes of an offset in the source: 4 or 8
   * @param target the target in native memory
   * @param targetWidth the number of bytes of an offset in the target: 4 or 8
   */
  public static void rebase(
      MemorySegment source,
      long at,
      int sourceWidth,
      long count,
      long delta,
      MemorySegment target,
      long to,
      int targetWidth) {
    if (Simd.vectors(source, target)) {
      VectorOffsets.rebase(source, at, sourceWidth, count, delta, target, to, targetWidth);
    } else {
      scalarRebase(source, at, sourceWidth, 0, count, delta, target, to, targetWidth);
    }
  }

  /** Writes offsets like {@link #rebase}, starting with offset {@code from}. */
  static void scalarRebase(
      MemorySegment source,
      long at,
      int sourceWidth,
      long from,
      long count,
      long delta,
      MemorySegment target,
      long to,
      int targetWidth) {
    for (long i = from; i < count; i++) {
      long offset = get(source, at + i * sourceWidth, sourceWidth) + delta;
      set(target, to + i * targetWidth, targetWidth, offset);
    }
  }

  /**
   * Returns the length of the longest of {@code count} values, or 0 if there are none.
   *
   * @param offsets native memory with {@code count + 1} offsets, which must not be negative or
   *     decrease
   * @param width the number of bytes of an offset: 4 or 8
   */
  public static long maxLength(MemorySegment offsets, long at, int width, long count) {
    return Simd.vectors(offsets, offsets)
        ? VectorOffsets.maxLength(offsets, at, width, count)
        : scalarMaxLength(offsets, at, width, 0, count);
  }

  /** Returns the maximum length like {@link #maxLength}, starting with value {@code from}. */
  static long scalarMaxLength(MemorySegment offsets, long at, int width, long from, long count) {
    long most = 0;
    for (long i = from; i < count; i++) {
      long start = get(offsets, at + i * width, width);
      most = Math.max(most, get(offsets, at + (i + 1) * width, width) - start);
    }
    return most;
  }

  /** Returns the offset of {@code width} bytes, 4 or 8, at byte {@code at}. */
  public static long get(MemorySegment offsets, long at, int width) {
    return width == Integer.BYTES
        ? offsets.get(LittleEndian.INT, at)
        : offsets.get(LittleEndian.LONG, at);
  }

  /** Writes an offset of {@code width} bytes, 8 or 4, which it must fit, at byte {@code at}. */
  public static void set(MemorySegment offsets, long at, int width, long offset) {
    if (width == Integer.BYTES) {
      offsets.set(LittleEndian.INT, at, (int) offset);
    } else {
      offsets.set(LittleEndian.LONG, at, offset);
    }
  }
}
