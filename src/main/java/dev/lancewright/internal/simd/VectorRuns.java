package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.BYTES;
import static dev.lancewright.internal.simd.VectorLanes.BYTE_LANES;
import static dev.lancewright.internal.simd.VectorLanes.INT_LANES;
import static dev.lancewright.internal.simd.VectorLanes.LONG_LANES;
import static dev.lancewright.internal.simd.VectorLanes.ORDER;
import static dev.lancewright.internal.simd.VectorLanes.SHORT_LANES;
import static dev.lancewright.internal.simd.VectorMemory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static jdk.incubator.vector.VectorOperators.NE;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Runs} on vectors: values are compared with their successors, and a run ends where they
 * differ.
 *
 * <p>Loops end with "!=", which keeps them from being counted loops: of those the JIT would prove
 * that they stay within all memory, which takes longer than to check it.
 */
final class VectorRuns {
  private static final long EVERY_SECOND = 0x5555555555555555L;
  private static final int INTS = INT_LANES.length();
  private static final VectorSpecies<Byte> AS_MANY_BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(INTS, Long.BYTES) * Byte.SIZE));

  /** For each lane where a run ends that has its last value there. */
  private static final IntVector ENDS = IntVector.zero(INT_LANES).addIndex(1).add(1);

  /** Whether the machine can move the lanes of a mask together: with AVX-512 and SVE. */
  private static final boolean COMPRESSES = BYTES == 64;

  /** With fewer vectors for as many runs as a vector has lanes, runs are short. */
  private static final int SHORT_RUNS = 96;

  /** Behind so many vectors without an end a run of 255 may end within the next. */
  private static final int MOST_WITHOUT = (Runs.MAX_LENGTH + 1) / INTS - 1;

  private VectorRuns() {}

  static long count(MemorySegment values, long at, long count, int bytes) {
    if (count == 0) {
      return 0;
    }
    long from = VectorMemory.source(values, at, count * bytes);
    int perVector = BYTES / bytes;
    long steps = (count - 1) / perVector;
    long stop = from + steps * BYTES;
    long runs = 0;
    for (long place = from; place != stop; place += BYTES) {
      runs += Long.bitCount(ends(place, bytes));
    }
    VectorMemory.keep(values, values);
    long done = steps * perVector;
    return runs + Runs.scalarCount(values, at + done * bytes, count - done, bytes);
  }

  /** A bit for each value of a vector: whether the next differs from it. */
  private static long ends(long at, int bytes) {
    return switch (bytes) {
      case 1 -> bytes(at).compare(NE, bytes(at + 1)).toLong();
      case 2 -> shorts(at).compare(NE, shorts(at + 2)).toLong();
      case 4 -> ints(at).compare(NE, ints(at + 4)).toLong();
      case 8 -> longs(at).compare(NE, longs(at + 8)).toLong();
      default -> {
        long different = longs(at).compare(NE, longs(at + 16)).toLong();
        yield Long.compress(different | different >>> 1, EVERY_SECOND);
      }
    };
  }

  private static ByteVector bytes(long at) {
    return ByteVector.fromMemorySegment(BYTE_LANES, ALL, at, ORDER);
  }

  private static ShortVector shorts(long at) {
    return ShortVector.fromMemorySegment(SHORT_LANES, ALL, at, ORDER);
  }

  private static IntVector ints(long at) {
    return IntVector.fromMemorySegment(INT_LANES, ALL, at, ORDER);
  }

  private static LongVector longs(long at) {
    return LongVector.fromMemorySegment(LONG_LANES, ALL, at, ORDER);
  }

  static int pairs(MemorySegment values, long at, int count, int bytes) {
    long from = VectorMemory.source(values, at, (long) count * bytes);
    int perVector = BYTES / bytes;
    long stop = from + (long) steps(count, perVector) * BYTES;
    int start = 0;
    int entries = 0;
    int i = 0;
    for (long place = from; place != stop; place += BYTES, i += perVector) {
      long ends = ends(place, bytes);
      if (ends != 0) {
        int first = i + 1 + Long.numberOfTrailingZeros(ends);
        entries += Long.bitCount(ends) - 1 + Runs.entriesOf(first - start);
        start = i + Long.SIZE - Long.numberOfLeadingZeros(ends);
      }
    }
    VectorMemory.keep(values, values);
    return entries + Runs.scalarPairs(values, at, start, i, count, bytes);
  }

  /** Vectors of values that all have a successor. */
  private static int steps(int count, int perVector) {
    return Math.max(0, count - 1) / perVector;
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
    long from = VectorMemory.source(values, at, (long) count * bytes);
    long room = Math.min((runValues.byteSize() - valuesTo) / bytes, lengths.byteSize() - lengthsTo);
    long valuesAt = VectorMemory.target(runValues, valuesTo, room * bytes);
    long lengthsAt = VectorMemory.target(lengths, lengthsTo, room);
    int perVector = BYTES / bytes;
    int entries = 0;
    int i = 0;
    int start = 0;
    if (COMPRESSES && bytes == Integer.BYTES) {
      long done = splitShortRuns(from, count, room, valuesAt, lengthsAt);
      entries = (int) (done >>> Integer.SIZE);
      i = (int) done;
      start = startOf(i, lengthsAt, lengthsAt + entries);
    }
    long stop = from + (long) steps(count, perVector) * BYTES;
    for (long place = from + (long) i * bytes; place != stop; place += BYTES, i += perVector) {
      long ends = ends(place, bytes);
      if (ends == 0) {
        continue;
      }
      int first = i + 1 + Long.numberOfTrailingZeros(ends);
      for (; first - start > Runs.MAX_LENGTH; entries++) {
        Objects.checkIndex(entries, room);
        start += Runs.MAX_LENGTH;
        put(place, bytes, start, valuesAt, lengthsAt, entries);
      }
      Objects.checkFromIndexSize(entries, Long.bitCount(ends), room);
      do {
        int last = Long.numberOfTrailingZeros(ends);
        start = i + 1 + last;
        put(place + (long) last * bytes, bytes, start, valuesAt, lengthsAt, entries++);
        ends &= ends - 1;
      } while (ends != 0);
    }
    toLengths(lengthsAt, entries);
    VectorMemory.keep(runValues, lengths);
    return Runs.scalarSplit(
        values, at, start, i, count, bytes, runValues, valuesTo, lengths, lengthsTo, entries);
  }

  /** Writes an entry with the value at {@code place}, and where it ends in place of its length. */
  private static void put(long place, int bytes, int end, long valuesTo, long endsTo, int entry) {
    Runs.set(ALL, valuesTo + (long) entry * bytes, bytes, Runs.get(ALL, place, bytes));
    ALL.set(JAVA_BYTE, endsTo + entry, (byte) end);
  }

  /**
   * Splits what begins with short runs, without a branch for each, and leaves the rest. Where runs
   * end is written in place of their lengths, the lowest byte of it.
   *
   * <p>Each step writes whole vectors. What is not yet an entry is overwritten by entries to come,
   * as many as a vector has lanes.
   *
   * @return the number of values that are done, below the number of entries
   */
  private static long splitShortRuns(long from, int count, long room, long valuesTo, long endsTo) {
    int steps = steps(count, INTS);
    int rest = steps;
    for (int behind = 0; rest > 0 && behind < INTS; rest--) {
      behind +=
          endsOfInts(ints(from + (rest - 1L) * BYTES), from + (rest - 1L) * BYTES).trueCount();
    }
    if (steps - rest > SHORT_RUNS) {
      return 0;
    }
    long stop = from + (long) rest * BYTES;
    long lastRoom = endsTo + room - INTS - 1;
    long nextValue = valuesTo;
    long nextEnd = endsTo;
    int i = 0;
    int without = 0;
    long place = from;
    while (place != stop && nextEnd <= lastRoom) {
      IntVector values = ints(place);
      VectorMask<Integer> ends = endsOfInts(values, place);
      if (without >= MOST_WITHOUT) {
        int start = startOf(i, endsTo, nextEnd);
        if (i + 1 + Math.min(ends.firstTrue(), INTS) - start > Runs.MAX_LENGTH) {
          put(place, Integer.BYTES, start + Runs.MAX_LENGTH, nextValue, nextEnd, 0);
          nextValue += Integer.BYTES;
          nextEnd++;
          without = 0;
        }
      }
      values.compress(ends).intoMemorySegment(ALL, nextValue, ORDER);
      ENDS.add(i).compress(ends).castShape(AS_MANY_BYTES, 0).intoMemorySegment(ALL, nextEnd, ORDER);
      int found = ends.trueCount();
      nextValue += (long) found * Integer.BYTES;
      nextEnd += found;
      without = (without + 1) & (found - 1) >> 31;
      place += BYTES;
      i += INTS;
    }
    return (nextEnd - endsTo) << Integer.SIZE | i;
  }

  /** Where the run starts that value {@code i} belongs to, less than 256 before it. */
  private static int startOf(int i, long endsAt, long nextEnd) {
    int end = nextEnd == endsAt ? 0 : ALL.get(JAVA_BYTE, nextEnd - 1);
    return i - ((i - end) & 0xFF);
  }

  private static VectorMask<Integer> endsOfInts(IntVector values, long at) {
    return values.compare(NE, ints(at + Integer.BYTES));
  }

  /** Makes lengths of ends, no two of which are more than 255 apart. */
  private static void toLengths(long at, int entries) {
    int i = entries - BYTES;
    for (; i > 0; i -= BYTES) {
      bytes(at + i).sub(bytes(at + i - 1)).intoMemorySegment(ALL, at + i, ORDER);
    }
    for (i += BYTES - 1; i > 0; i--) {
      int length = ALL.get(JAVA_BYTE, at + i) - ALL.get(JAVA_BYTE, at + i - 1);
      ALL.set(JAVA_BYTE, at + i, (byte) length);
    }
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
    long valuesAt = VectorMemory.source(runValues, at, (long) entries * bytes);
    long lengthAt = VectorMemory.source(lengths, lengthsAt, entries);
    long next = VectorMemory.target(target, to, (long) count * bytes);
    long limit = next + (long) count * bytes;
    long ones = -1L >>> (Long.SIZE - bytes * Byte.SIZE);
    long everywhere = Long.divideUnsigned(-1L, ones);
    int entry = 0;
    for (; entry < entries; entry++) {
      long value = Runs.get(ALL, valuesAt + (long) entry * bytes, bytes);
      long end = next + (ALL.get(JAVA_BYTE, lengthAt + entry) & 0xFFL) * bytes;
      if (end > limit - 2L * BYTES) {
        break;
      }
      // What is written past the end of a run is overwritten by those that follow.
      LongVector vector = LongVector.broadcast(LONG_LANES, (value & ones) * everywhere);
      long place = next;
      do {
        vector.intoMemorySegment(ALL, place, ORDER);
        vector.intoMemorySegment(ALL, place + BYTES, ORDER);
        place += 2L * BYTES;
      } while (place < end);
      next = end;
    }
    int done = (int) ((next - limit) / bytes) + count;
    VectorMemory.keep(runValues, lengths);
    Runs.scalarExpand(
        runValues,
        at + (long) entry * bytes,
        lengths,
        lengthsAt + entry,
        entries - entry,
        bytes,
        target,
        to + (long) done * bytes,
        count - done);
  }
}
