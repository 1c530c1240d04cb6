package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.BYTES;
import static dev.lancewright.internal.simd.VectorLanes.INT_LANES;
import static dev.lancewright.internal.simd.VectorLanes.LONG_LANES;
import static dev.lancewright.internal.simd.VectorLanes.ORDER;
import static dev.lancewright.internal.simd.VectorMemory.ALL;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link Offsets} on vectors. Loops end with "!=", as in {@link VectorRuns}. */
final class VectorOffsets {
  private static final int LONGS = LONG_LANES.length();
  private static final int INTS = INT_LANES.length();

  /** Vectors with as many ints as a vector has longs. */
  private static final VectorSpecies<Integer> HALF_INT_LANES =
      VectorSpecies.of(int.class, VectorShape.forBitSize(INT_LANES.vectorBitSize() / 2));

  private static final int HALF_BYTES = BYTES / 2;

  private VectorOffsets() {}

  static void rebase(
      MemorySegment source,
      long at,
      int sourceWidth,
      long count,
      long delta,
      MemorySegment target,
      long to,
      int targetWidth,
      ValueBlock block) {
    long from = VectorMemory.source(source, at, count * sourceWidth);
    long next = VectorMemory.target(target, to, count * targetWidth);
    long done;
    if (sourceWidth == Integer.BYTES) {
      done =
          targetWidth == Integer.BYTES
              ? ints(from, count, (int) delta, next)
              : widened(from, count, delta, next);
    } else {
      done =
          targetWidth == Integer.BYTES
              ? narrowed(from, count, delta, next)
              : longs(from, count, delta, next);
    }
    VectorMemory.keep(source, target);
    Offsets.scalarRebase(
        source, at, sourceWidth, done, count, delta, target, to, targetWidth, block);
  }

  private static long ints(long from, long count, int delta, long to) {
    long steps = count / INTS;
    long stop = from + steps * BYTES;
    long next = to;
    for (long at = from; at != stop; at += BYTES) {
      IntVector.fromMemorySegment(INT_LANES, ALL, at, ORDER)
          .add(delta)
          .intoMemorySegment(ALL, next, ORDER);
      next += BYTES;
    }
    return steps * INTS;
  }

  private static long longs(long from, long count, long delta, long to) {
    long steps = count / LONGS;
    long stop = from + steps * BYTES;
    long next = to;
    for (long at = from; at != stop; at += BYTES) {
      LongVector.fromMemorySegment(LONG_LANES, ALL, at, ORDER)
          .add(delta)
          .intoMemorySegment(ALL, next, ORDER);
      next += BYTES;
    }
    return steps * LONGS;
  }

  private static long widened(long from, long count, long delta, long to) {
    long steps = count / LONGS;
    long stop = from + steps * HALF_BYTES;
    long next = to;
    for (long at = from; at != stop; at += HALF_BYTES) {
      LongVector offsets =
          (LongVector)
              IntVector.fromMemorySegment(HALF_INT_LANES, ALL, at, ORDER).castShape(LONG_LANES, 0);
      offsets.add(delta).intoMemorySegment(ALL, next, ORDER);
      next += BYTES;
    }
    return steps * LONGS;
  }

  private static long narrowed(long from, long count, long delta, long to) {
    long steps = count / LONGS;
    long stop = from + steps * BYTES;
    long next = to;
    for (long at = from; at != stop; at += BYTES) {
      LongVector.fromMemorySegment(LONG_LANES, ALL, at, ORDER)
          .add(delta)
          .castShape(HALF_INT_LANES, 0)
          .intoMemorySegment(ALL, next, ORDER);
      next += HALF_BYTES;
    }
    return steps * LONGS;
  }

  static long maxLength(MemorySegment offsets, long at, int width, long count, ValueBlock block) {
    if (count == 0) {
      return 0;
    }
    long from = VectorMemory.source(offsets, at, (count + 1) * width);
    long steps = count / (BYTES / width);
    long stop = from + steps * BYTES;
    long most = width == Integer.BYTES ? maxOfInts(from, stop) : maxOfLongs(from, stop);
    VectorMemory.keep(offsets, offsets);
    long done = steps * (BYTES / width);
    return Math.max(most, Offsets.scalarMaxLength(offsets, at, width, done, count, block));
  }

  private static long maxOfInts(long from, long stop) {
    IntVector lengths = IntVector.zero(INT_LANES);
    for (long at = from; at != stop; at += BYTES) {
      IntVector starts = IntVector.fromMemorySegment(INT_LANES, ALL, at, ORDER);
      IntVector ends = IntVector.fromMemorySegment(INT_LANES, ALL, at + Integer.BYTES, ORDER);
      lengths = lengths.max(ends.sub(starts));
    }
    return lengths.reduceLanes(MAX);
  }

  private static long maxOfLongs(long from, long stop) {
    LongVector lengths = LongVector.zero(LONG_LANES);
    for (long at = from; at != stop; at += BYTES) {
      LongVector starts = LongVector.fromMemorySegment(LONG_LANES, ALL, at, ORDER);
      LongVector ends = LongVector.fromMemorySegment(LONG_LANES, ALL, at + Long.BYTES, ORDER);
      lengths = lengths.max(ends.sub(starts));
    }
    return lengths.reduceLanes(MAX);
  }
}
