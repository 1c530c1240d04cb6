package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;

final class VectorBitWidths {
  private VectorBitWidths() {}

  static long or(MemorySegment values, long at, long bytes) {
    return BitWidths.or(values, at, bytes);
  }
}
