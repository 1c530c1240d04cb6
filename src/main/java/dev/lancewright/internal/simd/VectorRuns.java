package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;

final class VectorRuns {
  private VectorRuns() {}

  static long count(MemorySegment values, long at, long count, int bytes) {
    return Runs.scalarCount(values, at, count, bytes);
  }

  static int pairs(MemorySegment values, long at, int count, int bytes) {
    return Runs.scalarPairs(values, at, count, bytes);
  }

  static int split(MemorySegment values, long at, int count, int bytes, MemorySegment runValues, long valuesTo, MemorySegment lengths, long lengthsTo) {
    return Runs.scalarSplit(values, at, count, bytes, runValues, valuesTo, lengths, lengthsTo);
  }

  static void expand(MemorySegment runValues, long at, MemorySegment lengths, long lengthsAt, int entries, int bytes, MemorySegment target, long to, int count) {
    Runs.scalarExpand(runValues, at, lengths, lengthsAt, entries, bytes, target, to, count);
  }
}
