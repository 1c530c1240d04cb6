package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.BYTES;
import static dev.lancewright.internal.simd.VectorLanes.LONG_LANES;
import static dev.lancewright.internal.simd.VectorLanes.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** {@link BitWidths} on vectors. */
final class VectorBitWidths {
  private static final int STEP = 4 * BYTES;

  private VectorBitWidths() {}

  static long or(MemorySegment values, long at, long bytes, ValueBlock block) {
    int steps = (int) (bytes / STEP);
    LongVector a = LongVector.zero(LONG_LANES);
    LongVector b = a;
    LongVector c = a;
    LongVector d = a;
    for (int i = 0; i < steps; i++) {
      long from = at + (long) i * STEP;
      a = a.or(LongVector.fromMemorySegment(LONG_LANES, values, from, ORDER));
      b = b.or(LongVector.fromMemorySegment(LONG_LANES, values, from + BYTES, ORDER));
      c = c.or(LongVector.fromMemorySegment(LONG_LANES, values, from + 2L * BYTES, ORDER));
      d = d.or(LongVector.fromMemorySegment(LONG_LANES, values, from + 3L * BYTES, ORDER));
    }
    long done = (long) steps * STEP;
    return a.or(b).or(c.or(d)).reduceLanes(VectorOperators.OR)
        | BitWidths.scalarOr(values, at + done, bytes - done, block);
  }
}
