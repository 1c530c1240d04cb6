package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;

final class VectorByteStreams {
  private VectorByteStreams() {}

  static void split(MemorySegment values, long at, int count, int bytes, MemorySegment target, long to) {
    ByteStreams.scalarSplit(values, at, 0, count, bytes, target, to);
  }

  static void join(MemorySegment streams, long at, int count, int bytes, MemorySegment target, long to) {
    ByteStreams.scalarJoin(streams, at, 0, count, bytes, target, to);
  }
}
