package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.ORDER;
import static dev.lancewright.internal.simd.VectorMemory.ALL;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ByteStreams} on vectors, or by {@link VectorWideByteStreams} if they are wide. A step
 * handles 16 values, which yield 16 bytes for each of four streams; for 8-byte values the lower
 * four streams come first, then the upper four.
 *
 * <p>Loops end with "!=", as in {@link VectorRuns}, and are unrolled by hand. Compilations have a
 * size limit, beyond which the JIT allocates vectors on the heap; loops as long as these are not
 * inlined, but compiled on their own.
 *
 * <p>Four vectors, each with the bytes of four values ordered by stream, are transposed as 4 by 4
 * groups of 4 bytes. Vectors have 128 bits, since machines without AVX-512 shuffle bytes only
 * within 128 bits.
 */
final class VectorByteStreams {
  private static final VectorSpecies<Byte> LANES = ByteVector.SPECIES_128;
  private static final int BYTES = LANES.vectorByteSize();

  /** The number of values in a step. */
  private static final int VALUES = BYTES;

  /** Orders the bytes of four values of 4 bytes by stream. */
  private static final VectorShuffle<Byte> BY_STREAM =
      VectorShuffle.fromOp(LANES, i -> i % 4 * 4 + i / 4);

  /** Orders the first four bytes of two values of 8 bytes by stream, with each pair twice. */
  private static final VectorShuffle<Byte> HALF_BY_STREAM =
      VectorShuffle.fromOp(LANES, i -> i % 2 * 8 + i / 4);

  private static final VectorShuffle<Byte> SWAP_4 = VectorShuffle.fromOp(LANES, i -> i ^ 4);
  private static final VectorShuffle<Byte> SWAP_8 = VectorShuffle.fromOp(LANES, i -> i ^ 8);
  private static final VectorMask<Byte> UPPER_2_OF_4 = VectorMask.fromLong(LANES, 0xCCCC);
  private static final VectorMask<Byte> UPPER_4_OF_8 = VectorMask.fromLong(LANES, 0xF0F0);
  private static final VectorMask<Byte> UPPER_8 = VectorMask.fromLong(LANES, 0xFF00);

  private static final boolean WIDE = VectorLanes.BYTES == 64;

  /**
   * Whether bytes can be widened to a vector at once; if not, joining is left to the scalar twin.
   */
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
      MemorySegment values,
      long at,
      int count,
      int bytes,
      MemorySegment target,
      long to,
      ValueBlock block) {
    long from = VectorMemory.source(values, at, (long) count * bytes);
    long next = VectorMemory.target(target, to, (long) count * bytes);
    int done = WIDE ? splitWide(from, count, bytes, next) : splitNarrow(from, count, bytes, next);
    VectorMemory.keep(values, target);
    ByteStreams.scalarSplit(values, at, done, count, bytes, target, to, block);
  }

  private static int splitWide(long from, int count, int bytes, long to) {
    int rounds = count / VectorWideByteStreams.SPLIT_VALUES;
    if (bytes == Integer.BYTES) {
      VectorWideByteStreams.splitInts(from, rounds, to, count);
    } else {
      VectorWideByteStreams.splitLowerHalves(from, rounds, to, count);
      VectorWideByteStreams.splitUpperHalves(from, rounds, to + 4L * count, count);
    }
    return rounds * VectorWideByteStreams.SPLIT_VALUES;
  }

  private static int splitNarrow(long from, int count, int bytes, long to) {
    // Vectors of upper halves extend into the next value, so there must be one.
    int rounds = Math.max(0, count - 1) / VALUES;
    if (bytes == Integer.BYTES) {
      splitInts(from, rounds, to, count);
    } else {
      splitHalves(from, rounds, to, count);
      splitHalves(from + Integer.BYTES, rounds, to + 4L * count, count);
    }
    return rounds * VALUES;
  }

  private static void splitInts(long from, int rounds, long to, long stride) {
    long stop = from + (long) rounds * VALUES * Integer.BYTES;
    long next = to;
    for (long at = from; at != stop; at += (long) VALUES * Integer.BYTES) {
      ByteVector a = load(at, BY_STREAM);
      ByteVector b = load(at + BYTES, BY_STREAM);
      ByteVector c = load(at + 2L * BYTES, BY_STREAM);
      ByteVector d = load(at + 3L * BYTES, BY_STREAM);
      ByteVector evenAb = a.blend(b.rearrange(SWAP_4), UPPER_4_OF_8);
      ByteVector oddAb = a.rearrange(SWAP_4).blend(b, UPPER_4_OF_8);
      ByteVector evenCd = c.blend(d.rearrange(SWAP_4), UPPER_4_OF_8);
      ByteVector oddCd = c.rearrange(SWAP_4).blend(d, UPPER_4_OF_8);
      store(evenAb.blend(evenCd.rearrange(SWAP_8), UPPER_8), next);
      store(oddAb.blend(oddCd.rearrange(SWAP_8), UPPER_8), next + stride);
      store(evenAb.rearrange(SWAP_8).blend(evenCd, UPPER_8), next + 2 * stride);
      store(oddAb.rearrange(SWAP_8).blend(oddCd, UPPER_8), next + 3 * stride);
      next += VALUES;
    }
  }

  /** Splits the first four bytes of values of 8 bytes. */
  private static void splitHalves(long from, int rounds, long to, long stride) {
    long stop = from + (long) rounds * VALUES * Long.BYTES;
    long next = to;
    for (long at = from; at != stop; at += (long) VALUES * Long.BYTES) {
      ByteVector a = load(at, HALF_BY_STREAM).blend(load(at + BYTES, HALF_BY_STREAM), UPPER_2_OF_4);
      ByteVector b =
          load(at + 2L * BYTES, HALF_BY_STREAM)
              .blend(load(at + 3L * BYTES, HALF_BY_STREAM), UPPER_2_OF_4);
      ByteVector c =
          load(at + 4L * BYTES, HALF_BY_STREAM)
              .blend(load(at + 5L * BYTES, HALF_BY_STREAM), UPPER_2_OF_4);
      ByteVector d =
          load(at + 6L * BYTES, HALF_BY_STREAM)
              .blend(load(at + 7L * BYTES, HALF_BY_STREAM), UPPER_2_OF_4);
      ByteVector evenAb = a.blend(b.rearrange(SWAP_4), UPPER_4_OF_8);
      ByteVector oddAb = a.rearrange(SWAP_4).blend(b, UPPER_4_OF_8);
      ByteVector evenCd = c.blend(d.rearrange(SWAP_4), UPPER_4_OF_8);
      ByteVector oddCd = c.rearrange(SWAP_4).blend(d, UPPER_4_OF_8);
      store(evenAb.blend(evenCd.rearrange(SWAP_8), UPPER_8), next);
      store(oddAb.blend(oddCd.rearrange(SWAP_8), UPPER_8), next + stride);
      store(evenAb.rearrange(SWAP_8).blend(evenCd, UPPER_8), next + 2 * stride);
      store(oddAb.rearrange(SWAP_8).blend(oddCd, UPPER_8), next + 3 * stride);
      next += VALUES;
    }
  }

  private static ByteVector load(long at, VectorShuffle<Byte> byStream) {
    return ByteVector.fromMemorySegment(LANES, ALL, at, ORDER).rearrange(byStream);
  }

  private static void store(ByteVector vector, long at) {
    vector.intoMemorySegment(ALL, at, ORDER);
  }
}
