package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Offsets of variable-width values: signed integers of 4 or 8 bytes. */
public final class Offsets {
  private Offsets() {}

  /**
   * Writes {@code count} offsets with {@code delta} added to each. Those that do not fit a narrower
   * target lose their upper half: the caller knows that they fit.
   *
   * @param source native memory
   * @param sourceWidth bytes of an offset there: 4 or 8
   * @param target native memory
   * @param targetWidth bytes of an offset there: 4 or 8
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

  /** As {@link #rebase}, for offsets from {@code from} on. */
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
   * The length of the longest of {@code count} values; 0 if there is none.
   *
   * @param offsets native memory with {@code count + 1} offsets, none of them smaller than the one
   *     before and none negative
   * @param width bytes of an offset: 4 or 8
   */
  public static long maxLength(MemorySegment offsets, long at, int width, long count) {
    return Simd.vectors(offsets, offsets)
        ? VectorOffsets.maxLength(offsets, at, width, count)
        : scalarMaxLength(offsets, at, width, 0, count);
  }

  /** As {@link #maxLength}, for values from {@code from} on. */
  static long scalarMaxLength(MemorySegment offsets, long at, int width, long from, long count) {
    long most = 0;
    for (long i = from; i < count; i++) {
      long start = get(offsets, at + i * width, width);
      most = Math.max(most, get(offsets, at + (i + 1) * width, width) - start);
    }
    return most;
  }

  /** The offset at byte {@code at}; {@code width} bytes: 4 or 8. */
  public static long get(MemorySegment offsets, long at, int width) {
    return width == Integer.BYTES
        ? offsets.get(LittleEndian.INT, at)
        : offsets.get(LittleEndian.LONG, at);
  }

  /** Writes an offset at byte {@code at}; {@code width} bytes: 4, which it must fit, or 8. */
  public static void set(MemorySegment offsets, long at, int width, long offset) {
    if (width == Integer.BYTES) {
      offsets.set(LittleEndian.INT, at, (int) offset);
    } else {
      offsets.set(LittleEndian.LONG, at, offset);
    }
  }
}
