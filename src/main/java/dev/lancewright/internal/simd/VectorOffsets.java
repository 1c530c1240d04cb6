package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;

final class VectorOffsets {
  private VectorOffsets() {}

  static void rebase(MemorySegment source, long at, int sourceWidth, long count, long delta, MemorySegment target, long to, int targetWidth) {
    Offsets.scalarRebase(source, at, sourceWidth, 0, count, delta, target, to, targetWidth);
  }

  static long maxLength(MemorySegment offsets, long at, int width, long count) {
    return Offsets.scalarMaxLength(offsets, at, width, 0, count);
  }
}
