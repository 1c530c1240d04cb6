package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.BYTES;
import static dev.lancewright.internal.simd.VectorLanes.BYTE_LANES;
import static dev.lancewright.internal.simd.VectorLanes.LONG_LANES;
import static dev.lancewright.internal.simd.VectorLanes.ORDER;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Runs} on vectors: values are compared with their successors byte by byte, and a run ends
 * where not all bytes of a value are the same.
 */
final class VectorRuns {
  private VectorRuns() {}

  static long count(MemorySegment values, long at, long count, int bytes) {
    if (count == 0) {
      return 0;
    }
    int perVector = BYTES / bytes;
    int steps = (int) ((count - 1) / perVector);
    long runs = 0;
    for (int i = 0; i < steps; i++) {
      runs += Long.bitCount(ends(values, at + (long) i * BYTES, bytes));
    }
    long done = (long) steps * perVector;
    return runs + Runs.scalarCount(values, at + done * bytes, count - done, bytes);
  }

  /** For each value of a vector, at the bit of its first byte, whether the next differs from it. */
  private static long ends(MemorySegment values, long at, int bytes) {
    ByteVector these = ByteVector.fromMemorySegment(BYTE_LANES, values, at, ORDER);
    ByteVector next = ByteVector.fromMemorySegment(BYTE_LANES, values, at + bytes, ORDER);
    long different = these.compare(VectorOperators.NE, next).toLong();
    // Shifts by nothing where values are narrower, rather than branches.
    int half = bytes >>> 1;
    different |= different >>> half;
    different |= different >>> (half >>> 1);
    different |= different >>> (half >>> 2);
    different |= different >>> (half >>> 3);
    return different & firstBytes(bytes);
  }

  /** The bits of the first bytes of values. */
  private static long firstBytes(int bytes) {
    return switch (bytes) {
      case 1 -> -1L;
      case 2 -> 0x5555555555555555L;
      case 4 -> 0x1111111111111111L;
      case 8 -> 0x0101010101010101L;
      default -> 0x0001000100010001L;
    };
  }

  static int pairs(MemorySegment values, long at, int count, int bytes) {
    int perVector = BYTES / bytes;
    int shift = Integer.numberOfTrailingZeros(bytes);
    int start = 0;
    int entries = 0;
    int i = 0;
    for (; i < count - perVector; i += perVector) {
      long ends = ends(values, at + (long) i * bytes, bytes);
      if (ends != 0) {
        int first = i + 1 + (Long.numberOfTrailingZeros(ends) >>> shift);
        entries += Long.bitCount(ends) - 1 + Runs.entriesOf(first - start);
        start = i + 1 + ((Long.SIZE - 1 - Long.numberOfLeadingZeros(ends)) >>> shift);
      }
    }
    return entries + Runs.scalarPairs(values, at, start, i, count, bytes);
  }

  static int split(
      MemorySegment values,
      long at,
      int count,
      int bytes,
      MemorySegment runValues,
      long valuesTo,
      MemorySegment lengths,
      long lengthsTo) {
    int perVector = BYTES / bytes;
    int shift = Integer.numberOfTrailingZeros(bytes);
    int start = 0;
    int entries = 0;
    int i = 0;
    for (; i < count - perVector; i += perVector) {
      for (long ends = ends(values, at + (long) i * bytes, bytes); ends != 0; ends &= ends - 1) {
        int end = i + 1 + (Long.numberOfTrailingZeros(ends) >>> shift);
        long value = Runs.get(values, at + (long) start * bytes, bytes);
        entries =
            Runs.write(value, end - start, bytes, runValues, valuesTo, lengths, lengthsTo, entries);
        start = end;
      }
    }
    return Runs.scalarSplit(
        values, at, start, i, count, bytes, runValues, valuesTo, lengths, lengthsTo, entries);
  }

  static void expand(
      MemorySegment runValues,
      long at,
      MemorySegment lengths,
      long lengthsAt,
      int entries,
      int bytes,
      MemorySegment target,
      long to,
      int count) {
    long limit = to + (long) count * bytes;
    long ones = -1L >>> (Long.SIZE - bytes * Byte.SIZE);
    long everywhere = Long.divideUnsigned(-1L, ones);
    long next = to;
    for (int entry = 0; entry < entries && next < limit; entry++) {
      long value = Runs.get(runValues, at + (long) entry * bytes, bytes);
      long length = lengths.get(ValueLayout.JAVA_BYTE, lengthsAt + entry) & 0xFFL;
      long end = Math.min(limit, next + length * bytes);
      LongVector vector = LongVector.broadcast(LONG_LANES, (value & ones) * everywhere);
      // What is written past the end of a run is overwritten by those that follow.
      long place = next;
      for (; place < end && place <= limit - BYTES; place += BYTES) {
        vector.intoMemorySegment(target, place, ORDER);
      }
      for (; place < end; place += bytes) {
        Runs.set(target, place, bytes, value);
      }
      next = end;
    }
  }
}
