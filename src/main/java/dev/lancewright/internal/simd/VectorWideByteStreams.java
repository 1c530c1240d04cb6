package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.INT_LANES;
import static dev.lancewright.internal.simd.VectorLanes.ORDER;
import static dev.lancewright.internal.simd.VectorMemory.ALL;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ByteStreams} on vectors of 256 bits or more.
 *
 * <p>To split, four vectors of 256 bits, each with the bytes of eight values ordered by stream, are
 * transposed as 4 by 4 groups of 8 bytes; for 8-byte values the lower four streams come first, then
 * the upper four. That is for machines with AVX-512, as others shuffle bytes only within 128 bits.
 * To join, bytes are widened, shifted and combined by OR.
 *
 * <p>Loops are unrolled by hand, as in {@link VectorByteStreams}.
 */
final class VectorWideByteStreams {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_256;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_256;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final int SIZE = 32;

  /** The number of values split in a step. */
  static final int SPLIT_VALUES = SIZE;

  /** Orders the bytes of eight values of 4 bytes by stream. */
  private static final VectorShuffle<Byte> BY_STREAM =
      VectorShuffle.fromOp(BYTES, i -> i % 8 * 4 + i / 8);

  /** Orders the lower bytes of four values of 8 bytes by stream, with each four of them twice. */
  private static final VectorShuffle<Byte> LOWER_BY_STREAM =
      VectorShuffle.fromOp(BYTES, i -> i % 4 * 8 + i / 8);

  private static final VectorShuffle<Byte> UPPER_BY_STREAM =
      VectorShuffle.fromOp(BYTES, i -> i % 4 * 8 + i / 8 + 4);

  private static final VectorMask<Integer> UPPER_1_OF_2_INTS = VectorMask.fromLong(INTS, 0xAA);
  private static final VectorShuffle<Long> SWAP_1 = VectorShuffle.fromOp(LONGS, i -> i ^ 1);
  private static final VectorShuffle<Long> SWAP_2 = VectorShuffle.fromOp(LONGS, i -> i ^ 2);
  private static final VectorMask<Long> UPPER_1_OF_2 = VectorMask.fromLong(LONGS, 0xA);
  private static final VectorMask<Long> UPPER_2_OF_4 = VectorMask.fromLong(LONGS, 0xC);

  /** The number of values joined in a step. */
  static final int JOIN_VALUES = INT_LANES.length();

  private static final VectorSpecies<Byte> JOIN_BYTES =
      VectorSpecies.of(
          byte.class, VectorShape.forBitSize(Math.max(JOIN_VALUES, Long.BYTES) * Byte.SIZE));

  private static final int HALF = JOIN_VALUES / 2;
  private static final VectorShuffle<Integer> SWAP_HALVES =
      VectorShuffle.fromOp(INT_LANES, i -> i ^ HALF);
  private static final VectorMask<Integer> UPPER_HALF = VectorMask.fromLong(INT_LANES, -1L << HALF);

  /** Interleaves the lanes of the lower and the upper half. */
  private static final VectorShuffle<Integer> IN_TURN =
      VectorShuffle.fromOp(INT_LANES, i -> i / 2 + i % 2 * HALF);

  private VectorWideByteStreams() {}

  static void splitInts(long from, int rounds, long to, long stride) {
    long stop = from + (long) rounds * 4 * SIZE;
    long next = to;
    for (long at = from; at != stop; at += 4 * SIZE) {
      LongVector a = bytes(at).rearrange(BY_STREAM).reinterpretAsLongs();
      LongVector b = bytes(at + SIZE).rearrange(BY_STREAM).reinterpretAsLongs();
      LongVector c = bytes(at + 2 * SIZE).rearrange(BY_STREAM).reinterpretAsLongs();
      LongVector d = bytes(at + 3 * SIZE).rearrange(BY_STREAM).reinterpretAsLongs();
      LongVector evenAb = a.blend(b.rearrange(SWAP_1), UPPER_1_OF_2);
      LongVector oddAb = a.rearrange(SWAP_1).blend(b, UPPER_1_OF_2);
      LongVector evenCd = c.blend(d.rearrange(SWAP_1), UPPER_1_OF_2);
      LongVector oddCd = c.rearrange(SWAP_1).blend(d, UPPER_1_OF_2);
      store(evenAb.blend(evenCd.rearrange(SWAP_2), UPPER_2_OF_4), next);
      store(oddAb.blend(oddCd.rearrange(SWAP_2), UPPER_2_OF_4), next + stride);
      store(evenAb.rearrange(SWAP_2).blend(evenCd, UPPER_2_OF_4), next + 2 * stride);
      store(oddAb.rearrange(SWAP_2).blend(oddCd, UPPER_2_OF_4), next + 3 * stride);
      next += SIZE;
    }
  }

  static void splitLowerHalves(long from, int rounds, long to, long stride) {
    long stop = from + (long) rounds * 8 * SIZE;
    long next = to;
    for (long at = from; at != stop; at += 8 * SIZE) {
      LongVector a =
          ints(at, LOWER_BY_STREAM)
              .blend(ints(at + SIZE, LOWER_BY_STREAM), UPPER_1_OF_2_INTS)
              .reinterpretAsLongs();
      LongVector b =
          ints(at + 2 * SIZE, LOWER_BY_STREAM)
              .blend(ints(at + 3 * SIZE, LOWER_BY_STREAM), UPPER_1_OF_2_INTS)
              .reinterpretAsLongs();
      LongVector c =
          ints(at + 4 * SIZE, LOWER_BY_STREAM)
              .blend(ints(at + 5 * SIZE, LOWER_BY_STREAM), UPPER_1_OF_2_INTS)
              .reinterpretAsLongs();
      LongVector d =
          ints(at + 6 * SIZE, LOWER_BY_STREAM)
              .blend(ints(at + 7 * SIZE, LOWER_BY_STREAM), UPPER_1_OF_2_INTS)
              .reinterpretAsLongs();
      LongVector evenAb = a.blend(b.rearrange(SWAP_1), UPPER_1_OF_2);
      LongVector oddAb = a.rearrange(SWAP_1).blend(b, UPPER_1_OF_2);
      LongVector evenCd = c.blend(d.rearrange(SWAP_1), UPPER_1_OF_2);
      LongVector oddCd = c.rearrange(SWAP_1).blend(d, UPPER_1_OF_2);
      store(evenAb.blend(evenCd.rearrange(SWAP_2), UPPER_2_OF_4), next);
      store(oddAb.blend(oddCd.rearrange(SWAP_2), UPPER_2_OF_4), next + stride);
      store(evenAb.rearrange(SWAP_2).blend(evenCd, UPPER_2_OF_4), next + 2 * stride);
      store(oddAb.rearrange(SWAP_2).blend(oddCd, UPPER_2_OF_4), next + 3 * stride);
      next += SIZE;
    }
  }

  static void splitUpperHalves(long from, int rounds, long to, long stride) {
    long stop = from + (long) rounds * 8 * SIZE;
    long next = to;
    for (long at = from; at != stop; at += 8 * SIZE) {
      LongVector a =
          ints(at, UPPER_BY_STREAM)
              .blend(ints(at + SIZE, UPPER_BY_STREAM), UPPER_1_OF_2_INTS)
              .reinterpretAsLongs();
      LongVector b =
          ints(at + 2 * SIZE, UPPER_BY_STREAM)
              .blend(ints(at + 3 * SIZE, UPPER_BY_STREAM), UPPER_1_OF_2_INTS)
              .reinterpretAsLongs();
      LongVector c =
          ints(at + 4 * SIZE, UPPER_BY_STREAM)
              .blend(ints(at + 5 * SIZE, UPPER_BY_STREAM), UPPER_1_OF_2_INTS)
              .reinterpretAsLongs();
      LongVector d =
          ints(at + 6 * SIZE, UPPER_BY_STREAM)
              .blend(ints(at + 7 * SIZE, UPPER_BY_STREAM), UPPER_1_OF_2_INTS)
              .reinterpretAsLongs();
      LongVector evenAb = a.blend(b.rearrange(SWAP_1), UPPER_1_OF_2);
      LongVector oddAb = a.rearrange(SWAP_1).blend(b, UPPER_1_OF_2);
      LongVector evenCd = c.blend(d.rearrange(SWAP_1), UPPER_1_OF_2);
      LongVector oddCd = c.rearrange(SWAP_1).blend(d, UPPER_1_OF_2);
      store(evenAb.blend(evenCd.rearrange(SWAP_2), UPPER_2_OF_4), next);
      store(oddAb.blend(oddCd.rearrange(SWAP_2), UPPER_2_OF_4), next + stride);
      store(evenAb.rearrange(SWAP_2).blend(evenCd, UPPER_2_OF_4), next + 2 * stride);
      store(oddAb.rearrange(SWAP_2).blend(oddCd, UPPER_2_OF_4), next + 3 * stride);
      next += SIZE;
    }
  }

  private static IntVector ints(long at, VectorShuffle<Byte> byStream) {
    return bytes(at).rearrange(byStream).reinterpretAsInts();
  }

  private static ByteVector bytes(long at) {
    return ByteVector.fromMemorySegment(BYTES, ALL, at, ORDER);
  }

  private static void store(LongVector vector, long at) {
    vector.intoMemorySegment(ALL, at, ORDER);
  }

  static void joinInts(long from, int rounds, long to, long stride) {
    long stop = from + (long) rounds * JOIN_VALUES;
    long next = to;
    for (long at = from; at != stop; at += JOIN_VALUES) {
      octets(at)
          .convertShape(ZERO_EXTEND_B2I, INT_LANES, 0)
          .reinterpretAsInts()
          .or(
              octets(at + stride)
                  .convertShape(ZERO_EXTEND_B2I, INT_LANES, 0)
                  .reinterpretAsInts()
                  .lanewise(LSHL, 8))
          .or(
              octets(at + 2 * stride)
                  .convertShape(ZERO_EXTEND_B2I, INT_LANES, 0)
                  .reinterpretAsInts()
                  .lanewise(LSHL, 16))
          .or(
              octets(at + 3 * stride)
                  .convertShape(ZERO_EXTEND_B2I, INT_LANES, 0)
                  .reinterpretAsInts()
                  .lanewise(LSHL, 24))
          .intoMemorySegment(ALL, next, ORDER);
      next += (long) JOIN_VALUES * Integer.BYTES;
    }
  }

  static void joinLongs(long from, int rounds, long to, long stride) {
    long stop = from + (long) rounds * JOIN_VALUES;
    long next = to;
    for (long at = from; at != stop; at += JOIN_VALUES) {
      IntVector lower =
          octets(at)
              .convertShape(ZERO_EXTEND_B2I, INT_LANES, 0)
              .reinterpretAsInts()
              .or(
                  octets(at + stride)
                      .convertShape(ZERO_EXTEND_B2I, INT_LANES, 0)
                      .reinterpretAsInts()
                      .lanewise(LSHL, 8))
              .or(
                  octets(at + 2 * stride)
                      .convertShape(ZERO_EXTEND_B2I, INT_LANES, 0)
                      .reinterpretAsInts()
                      .lanewise(LSHL, 16))
              .or(
                  octets(at + 3 * stride)
                      .convertShape(ZERO_EXTEND_B2I, INT_LANES, 0)
                      .reinterpretAsInts()
                      .lanewise(LSHL, 24));
      IntVector upper =
          octets(at + 4 * stride)
              .convertShape(ZERO_EXTEND_B2I, INT_LANES, 0)
              .reinterpretAsInts()
              .or(
                  octets(at + 5 * stride)
                      .convertShape(ZERO_EXTEND_B2I, INT_LANES, 0)
                      .reinterpretAsInts()
                      .lanewise(LSHL, 8))
              .or(
                  octets(at + 6 * stride)
                      .convertShape(ZERO_EXTEND_B2I, INT_LANES, 0)
                      .reinterpretAsInts()
                      .lanewise(LSHL, 16))
              .or(
                  octets(at + 7 * stride)
                      .convertShape(ZERO_EXTEND_B2I, INT_LANES, 0)
                      .reinterpretAsInts()
                      .lanewise(LSHL, 24));
      lower
          .blend(upper.rearrange(SWAP_HALVES), UPPER_HALF)
          .rearrange(IN_TURN)
          .intoMemorySegment(ALL, next, ORDER);
      lower
          .rearrange(SWAP_HALVES)
          .blend(upper, UPPER_HALF)
          .rearrange(IN_TURN)
          .intoMemorySegment(ALL, next + (long) HALF * Long.BYTES, ORDER);
      next += (long) JOIN_VALUES * Long.BYTES;
    }
  }

  private static ByteVector octets(long at) {
    return ByteVector.fromMemorySegment(JOIN_BYTES, ALL, at, ORDER);
  }
}
