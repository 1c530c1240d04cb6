package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.INT_LANES;
import static dev.lancewright.internal.simd.VectorLanes.LONG_LANES;
import static dev.lancewright.internal.simd.VectorLanes.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link Offsets} on vectors. */
final class VectorOffsets {
  private static final int LONGS = LONG_LANES.length();
  private static final int INTS = INT_LANES.length();

  /** As many as there are in a vector of longs. */
  private static final VectorSpecies<Integer> HALF_INT_LANES =
      VectorSpecies.of(int.class, VectorShape.forBitSize(INT_LANES.vectorBitSize() / 2));

  private VectorOffsets() {}

  static void rebase(
      MemorySegment source,
      long at,
      int sourceWidth,
      long count,
      long delta,
      MemorySegment target,
      long to,
      int targetWidth) {
    long done;
    if (sourceWidth == Integer.BYTES) {
      done =
          targetWidth == Integer.BYTES
              ? ints(source, at, count, (int) delta, target, to)
              : widened(source, at, count, delta, target, to);
    } else {
      done =
          targetWidth == Integer.BYTES
              ? narrowed(source, at, count, delta, target, to)
              : longs(source, at, count, delta, target, to);
    }
    Offsets.scalarRebase(source, at, sourceWidth, done, count, delta, target, to, targetWidth);
  }

  private static long ints(
      MemorySegment source, long at, long count, int delta, MemorySegment target, long to) {
    int steps = (int) (count / INTS);
    for (int i = 0; i < steps; i++) {
      long place = (long) i * INTS * Integer.BYTES;
      IntVector.fromMemorySegment(INT_LANES, source, at + place, ORDER)
          .add(delta)
          .intoMemorySegment(target, to + place, ORDER);
    }
    return (long) steps * INTS;
  }

  private static long longs(
      MemorySegment source, long at, long count, long delta, MemorySegment target, long to) {
    int steps = (int) (count / LONGS);
    for (int i = 0; i < steps; i++) {
      long place = (long) i * LONGS * Long.BYTES;
      LongVector.fromMemorySegment(LONG_LANES, source, at + place, ORDER)
          .add(delta)
          .intoMemorySegment(target, to + place, ORDER);
    }
    return (long) steps * LONGS;
  }

  private static long widened(
      MemorySegment source, long at, long count, long delta, MemorySegment target, long to) {
    int steps = (int) (count / LONGS);
    for (int i = 0; i < steps; i++) {
      long first = (long) i * LONGS;
      LongVector offsets =
          (LongVector)
              IntVector.fromMemorySegment(HALF_INT_LANES, source, at + first * Integer.BYTES, ORDER)
                  .castShape(LONG_LANES, 0);
      offsets.add(delta).intoMemorySegment(target, to + first * Long.BYTES, ORDER);
    }
    return (long) steps * LONGS;
  }

  private static long narrowed(
      MemorySegment source, long at, long count, long delta, MemorySegment target, long to) {
    int steps = (int) (count / LONGS);
    for (int i = 0; i < steps; i++) {
      long first = (long) i * LONGS;
      LongVector.fromMemorySegment(LONG_LANES, source, at + first * Long.BYTES, ORDER)
          .add(delta)
          .castShape(HALF_INT_LANES, 0)
          .intoMemorySegment(target, to + first * Integer.BYTES, ORDER);
    }
    return (long) steps * LONGS;
  }

  static long maxLength(MemorySegment offsets, long at, int width, long count) {
    long most;
    long done;
    if (width == Integer.BYTES) {
      IntVector lengths = IntVector.zero(INT_LANES);
      int steps = (int) (count / INTS);
      for (int i = 0; i < steps; i++) {
        long place = at + (long) i * INTS * Integer.BYTES;
        IntVector starts = IntVector.fromMemorySegment(INT_LANES, offsets, place, ORDER);
        IntVector ends =
            IntVector.fromMemorySegment(INT_LANES, offsets, place + Integer.BYTES, ORDER);
        lengths = lengths.max(ends.sub(starts));
      }
      most = lengths.reduceLanes(VectorOperators.MAX);
      done = (long) steps * INTS;
    } else {
      LongVector lengths = LongVector.zero(LONG_LANES);
      int steps = (int) (count / LONGS);
      for (int i = 0; i < steps; i++) {
        long place = at + (long) i * LONGS * Long.BYTES;
        LongVector starts = LongVector.fromMemorySegment(LONG_LANES, offsets, place, ORDER);
        LongVector ends =
            LongVector.fromMemorySegment(LONG_LANES, offsets, place + Long.BYTES, ORDER);
        lengths = lengths.max(ends.sub(starts));
      }
      most = lengths.reduceLanes(VectorOperators.MAX);
      done = (long) steps * LONGS;
    }
    return Math.max(most, Offsets.scalarMaxLength(offsets, at, width, done, count));
  }
}
