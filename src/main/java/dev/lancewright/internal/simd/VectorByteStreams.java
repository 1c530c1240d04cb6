package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.ORDER;
import static dev.lancewright.internal.simd.VectorMemory.ALL;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ByteStreams} on vectors, by {@link VectorWideByteStreams} where they are wide: 16 values
 * at a time, of which four streams get 16 bytes each; of values of 8 bytes first the lower four
 * streams, then the upper four.
 *
 * <p>Four vectors are brought together with the bytes of four values each, ordered by stream, and
 * transposed as 4 times 4 groups of 4 bytes. Vectors are of 128 bits, since machines without
 * AVX-512 shuffle bytes only within so many.
 */
final class VectorByteStreams {
  private static final VectorSpecies<Byte> LANES = ByteVector.SPECIES_128;
  private static final int BYTES = LANES.vectorByteSize();

  /** Values at a time. */
  private static final int VALUES = BYTES;

  /** Orders the bytes of four values of 4 bytes by stream. */
  private static final VectorShuffle<Byte> BY_STREAM =
      VectorShuffle.fromOp(LANES, i -> i % 4 * 4 + i / 4);

  /** Orders the lower bytes of two values of 8 bytes by stream, each two of them twice. */
  private static final VectorShuffle<Byte> LOWER_BY_STREAM =
      VectorShuffle.fromOp(LANES, i -> i % 2 * 8 + i / 4);

  private static final VectorShuffle<Byte> UPPER_BY_STREAM =
      VectorShuffle.fromOp(LANES, i -> i % 2 * 8 + i / 4 + 4);

  private static final VectorShuffle<Byte> SWAP_4 = VectorShuffle.fromOp(LANES, i -> i ^ 4);
  private static final VectorShuffle<Byte> SWAP_8 = VectorShuffle.fromOp(LANES, i -> i ^ 8);
  private static final VectorMask<Byte> UPPER_2_OF_4 = VectorMask.fromLong(LANES, 0xCCCC);
  private static final VectorMask<Byte> UPPER_4_OF_8 = VectorMask.fromLong(LANES, 0xF0F0);
  private static final VectorMask<Byte> UPPER_8 = VectorMask.fromLong(LANES, 0xFF00);

  private static final boolean WIDE = VectorLanes.BYTES == 64;

  /** Where bytes cannot be widened to a vector at once, joining them is left to the scalar twin. */
  private static final boolean JOINS = VectorLanes.BYTES >= 32;

  private VectorByteStreams() {}

  static void join(
      MemorySegment streams, long at, int count, int bytes, MemorySegment target, long to) {
    long from = VectorMemory.source(streams, at, (long) count * bytes);
    long next = VectorMemory.target(target, to, (long) count * bytes);
    int rounds = JOINS ? count / VectorWideByteStreams.JOIN_VALUES : 0;
    if (bytes == Integer.BYTES) {
      VectorWideByteStreams.joinInts(from, rounds, next, count);
    } else {
      VectorWideByteStreams.joinLongs(from, rounds, next, count);
    }
    VectorMemory.keep(streams, target);
    int done = rounds * VectorWideByteStreams.JOIN_VALUES;
    ByteStreams.scalarJoin(streams, at, done, count, bytes, target, to);
  }

  static void split(
      MemorySegment values, long at, int count, int bytes, MemorySegment target, long to) {
    long from = VectorMemory.source(values, at, (long) count * bytes);
    long next = VectorMemory.target(target, to, (long) count * bytes);
    int perRound = WIDE ? VectorWideByteStreams.SPLIT_VALUES : VALUES;
    int rounds = count / perRound;
    if (bytes == Integer.BYTES) {
      splitInts(from, rounds, next, count);
    } else {
      splitLowerHalves(from, rounds, next, count);
      splitUpperHalves(from, rounds, next + 4L * count, count);
    }
    VectorMemory.keep(values, target);
    ByteStreams.scalarSplit(values, at, rounds * perRound, count, bytes, target, to);
  }

  // A loop for each, and the shuffle no parameter: only constant shuffles become instructions, and
  // two loops in one method are more than the JIT is willing to inline.

  private static void splitInts(long from, int rounds, long to, long stride) {
    if (WIDE) {
      VectorWideByteStreams.splitInts(from, rounds, to, stride);
      return;
    }
    long stop = from + (long) rounds * VALUES * Integer.BYTES;
    long next = to;
    for (long at = from; at != stop; at += (long) VALUES * Integer.BYTES, next += VALUES) {
      transpose(
          load(at, BY_STREAM),
          load(at + BYTES, BY_STREAM),
          load(at + 2L * BYTES, BY_STREAM),
          load(at + 3L * BYTES, BY_STREAM),
          next,
          stride);
    }
  }

  private static void splitLowerHalves(long from, int rounds, long to, long stride) {
    if (WIDE) {
      VectorWideByteStreams.splitLowerHalves(from, rounds, to, stride);
      return;
    }
    long stop = from + (long) rounds * VALUES * Long.BYTES;
    long next = to;
    for (long at = from; at != stop; at += (long) VALUES * Long.BYTES, next += VALUES) {
      transpose(
          loadTwo(at, LOWER_BY_STREAM),
          loadTwo(at + 2L * BYTES, LOWER_BY_STREAM),
          loadTwo(at + 4L * BYTES, LOWER_BY_STREAM),
          loadTwo(at + 6L * BYTES, LOWER_BY_STREAM),
          next,
          stride);
    }
  }

  private static void splitUpperHalves(long from, int rounds, long to, long stride) {
    if (WIDE) {
      VectorWideByteStreams.splitUpperHalves(from, rounds, to, stride);
      return;
    }
    long stop = from + (long) rounds * VALUES * Long.BYTES;
    long next = to;
    for (long at = from; at != stop; at += (long) VALUES * Long.BYTES, next += VALUES) {
      transpose(
          loadTwo(at, UPPER_BY_STREAM),
          loadTwo(at + 2L * BYTES, UPPER_BY_STREAM),
          loadTwo(at + 4L * BYTES, UPPER_BY_STREAM),
          loadTwo(at + 6L * BYTES, UPPER_BY_STREAM),
          next,
          stride);
    }
  }

  private static ByteVector loadTwo(long at, VectorShuffle<Byte> byStream) {
    return load(at, byStream).blend(load(at + BYTES, byStream), UPPER_2_OF_4);
  }

  private static ByteVector load(long at, VectorShuffle<Byte> byStream) {
    return ByteVector.fromMemorySegment(LANES, ALL, at, ORDER).rearrange(byStream);
  }

  /** Writes the first group of each vector, then the second, each a stride further. */
  private static void transpose(
      ByteVector a, ByteVector b, ByteVector c, ByteVector d, long to, long stride) {
    ByteVector evenAb = lower(a, b, SWAP_4, UPPER_4_OF_8);
    ByteVector evenCd = lower(c, d, SWAP_4, UPPER_4_OF_8);
    lower(evenAb, evenCd, SWAP_8, UPPER_8).intoMemorySegment(ALL, to, ORDER);
    upper(evenAb, evenCd, SWAP_8, UPPER_8).intoMemorySegment(ALL, to + 2 * stride, ORDER);
    ByteVector oddAb = upper(a, b, SWAP_4, UPPER_4_OF_8);
    ByteVector oddCd = upper(c, d, SWAP_4, UPPER_4_OF_8);
    lower(oddAb, oddCd, SWAP_8, UPPER_8).intoMemorySegment(ALL, to + stride, ORDER);
    upper(oddAb, oddCd, SWAP_8, UPPER_8).intoMemorySegment(ALL, to + 3 * stride, ORDER);
  }

  /** The lower parts of both vectors. */
  private static ByteVector lower(
      ByteVector a, ByteVector b, VectorShuffle<Byte> swap, VectorMask<Byte> upper) {
    return a.blend(b.rearrange(swap), upper);
  }

  /** The upper parts of both vectors. */
  private static ByteVector upper(
      ByteVector a, ByteVector b, VectorShuffle<Byte> swap, VectorMask<Byte> upper) {
    return a.rearrange(swap).blend(b, upper);
  }
}
