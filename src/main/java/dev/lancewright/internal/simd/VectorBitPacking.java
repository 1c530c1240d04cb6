package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;

final class VectorBitPacking {
  private VectorBitPacking() {}

  static void pack(MemorySegment values, long at, int bits, int width, MemorySegment target, long to) {
    BitPacking.scalarPack(values, at, bits, width, target, to);
  }

  static void unpack(MemorySegment packed, long at, int bits, int width, MemorySegment target, long to) {
    BitPacking.scalarUnpack(packed, at, bits, width, target, to);
  }
}
