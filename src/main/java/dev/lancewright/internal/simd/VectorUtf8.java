package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.BYTES;
import static dev.lancewright.internal.simd.VectorLanes.BYTE_LANES;
import static dev.lancewright.internal.simd.VectorLanes.ORDER;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;

/** {@link Utf8} on vectors. */
final class VectorUtf8 {
  private static final int STEP = 4 * BYTES;

  private VectorUtf8() {}

  static boolean isAscii(MemorySegment bytes, long from, long to) {
    int steps = (int) ((to - from) / STEP);
    for (int i = 0; i < steps; i++) {
      long at = from + (long) i * STEP;
      ByteVector any =
          load(bytes, at)
              .or(load(bytes, at + BYTES))
              .or(load(bytes, at + 2L * BYTES).or(load(bytes, at + 3L * BYTES)));
      if (any.compare(LT, (byte) 0).anyTrue()) {
        return false;
      }
    }
    return Utf8.scalarIsAscii(bytes, from + (long) steps * STEP, to);
  }

  private static ByteVector load(MemorySegment bytes, long at) {
    return ByteVector.fromMemorySegment(BYTE_LANES, bytes, at, ORDER);
  }
}
