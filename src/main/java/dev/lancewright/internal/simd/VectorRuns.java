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
 * where the bytes of a value are not all the same.
 */
final class VectorRuns {
  private VectorRuns() {}

  static long count(MemorySegment values, long at, long count, int bytes) {
    if (count == 0) {
      return 0;
    }
    long compared = (count - 1) * bytes;
    int steps = (int) (compared / BYTES);
    long runs = 1;
    for (int i = 0; i < steps; i++) {
      runs += Long.bitCount(ends(values, at + (long) i * BYTES, bytes));
    }
    long done = (long) steps * (BYTES / bytes);
    return runs + Runs.scalarCount(values, at + done * bytes, count - done, bytes) - 1;
  }

  /** For each value of a vector, at the bit of its first byte, whether the next differs from it. */
  private static long ends(MemorySegment values, long at, int bytes) {
    ByteVector these = ByteVector.fromMemorySegment(BYTE_LANES, values, at, ORDER);
    ByteVector next = ByteVector.fromMemorySegment(BYTE_LANES, values, at + bytes, ORDER);
    long different = these.compare(VectorOperators.NE, next).toLong();
    if (bytes > 1) {
      different |= different >>> 1;
    }
    if (bytes > 2) {
      different |= different >>> 2;
    }
    if (bytes > 4) {
      different |= different >>> 4;
    }
    if (bytes > 8) {
      different |= different >>> 8;
    }
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
    int start = 0;
    int entries = 0;
    int i = 0;
    for (; i + perVector < count; i += perVector) {
      long ends = ends(values, at + (long) i * bytes, bytes);
      if (ends != 0) {
        int first = i + 1 + Long.numberOfTrailingZeros(ends) / bytes;
        entries += Long.bitCount(ends) - 1 + Runs.entriesOf(first - start);
        start = i + 1 + (Long.SIZE - 1 - Long.numberOfLeadingZeros(ends)) / bytes;
      }
    }
    return entries;
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
    return Runs.scalarSplit(values, at, count, bytes, runValues, valuesTo, lengths, lengthsTo);
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
    Runs.scalarExpand(runValues, at, lengths, lengthsAt, entries, bytes, target, to, count);
  }
}
