package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ByteStreams} on vectors: 16 values at a time, of which four streams get 16 bytes each; of
 * values of 8 bytes first the lower four streams, then the upper four.
 *
 * <p>Four vectors are brought together with the bytes of four values each, ordered by stream, and
 * transposed as 4 times 4 groups of 4 bytes. Vectors are of 128 bits everywhere, since machines
 * without AVX-512 shuffle bytes only within so many.
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

  private VectorByteStreams() {}

  // A loop for each, and the shuffle no parameter: only constant shuffles become instructions, and
  // two loops in one method are more than the JIT is willing to inline.
  static void split(
      MemorySegment values, long at, int count, int bytes, MemorySegment target, long to) {
    int rounds = count / VALUES;
    if (bytes == Integer.BYTES) {
      splitInts(values, at, rounds, target, to, count);
    } else {
      splitLowerHalves(values, at, rounds, target, to, count);
      splitUpperHalves(values, at, rounds, target, to + 4L * count, count);
    }
    ByteStreams.scalarSplit(values, at, rounds * VALUES, count, bytes, target, to);
  }

  private static void splitInts(
      MemorySegment values, long at, int rounds, MemorySegment target, long to, long stride) {
    for (int round = 0; round < rounds; round++) {
      long from = at + (long) round * VALUES * Integer.BYTES;
      transpose(
          load(values, from, BY_STREAM),
          load(values, from + BYTES, BY_STREAM),
          load(values, from + 2L * BYTES, BY_STREAM),
          load(values, from + 3L * BYTES, BY_STREAM),
          target,
          to + (long) round * VALUES,
          stride);
    }
  }

  private static void splitLowerHalves(
      MemorySegment values, long at, int rounds, MemorySegment target, long to, long stride) {
    for (int round = 0; round < rounds; round++) {
      long from = at + (long) round * VALUES * Long.BYTES;
      transpose(
          loadTwo(values, from, LOWER_BY_STREAM),
          loadTwo(values, from + 2L * BYTES, LOWER_BY_STREAM),
          loadTwo(values, from + 4L * BYTES, LOWER_BY_STREAM),
          loadTwo(values, from + 6L * BYTES, LOWER_BY_STREAM),
          target,
          to + (long) round * VALUES,
          stride);
    }
  }

  private static void splitUpperHalves(
      MemorySegment values, long at, int rounds, MemorySegment target, long to, long stride) {
    for (int round = 0; round < rounds; round++) {
      long from = at + (long) round * VALUES * Long.BYTES;
      transpose(
          loadTwo(values, from, UPPER_BY_STREAM),
          loadTwo(values, from + 2L * BYTES, UPPER_BY_STREAM),
          loadTwo(values, from + 4L * BYTES, UPPER_BY_STREAM),
          loadTwo(values, from + 6L * BYTES, UPPER_BY_STREAM),
          target,
          to + (long) round * VALUES,
          stride);
    }
  }

  private static ByteVector loadTwo(MemorySegment values, long at, VectorShuffle<Byte> byStream) {
    return load(values, at, byStream).blend(load(values, at + BYTES, byStream), UPPER_2_OF_4);
  }

  private static ByteVector load(MemorySegment values, long at, VectorShuffle<Byte> byStream) {
    return ByteVector.fromMemorySegment(LANES, values, at, ORDER).rearrange(byStream);
  }

  /** Writes the first group of each vector, then the second, each a stride further. */
  private static void transpose(
      ByteVector a,
      ByteVector b,
      ByteVector c,
      ByteVector d,
      MemorySegment target,
      long to,
      long stride) {
    ByteVector evenAb = lower(a, b, SWAP_4, UPPER_4_OF_8);
    ByteVector evenCd = lower(c, d, SWAP_4, UPPER_4_OF_8);
    lower(evenAb, evenCd, SWAP_8, UPPER_8).intoMemorySegment(target, to, ORDER);
    upper(evenAb, evenCd, SWAP_8, UPPER_8).intoMemorySegment(target, to + 2 * stride, ORDER);
    ByteVector oddAb = upper(a, b, SWAP_4, UPPER_4_OF_8);
    ByteVector oddCd = upper(c, d, SWAP_4, UPPER_4_OF_8);
    lower(oddAb, oddCd, SWAP_8, UPPER_8).intoMemorySegment(target, to + stride, ORDER);
    upper(oddAb, oddCd, SWAP_8, UPPER_8).intoMemorySegment(target, to + 3 * stride, ORDER);
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
