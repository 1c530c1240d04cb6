package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.BYTES;
import static dev.lancewright.internal.simd.VectorLanes.BYTE_LANES;
import static dev.lancewright.internal.simd.VectorLanes.INT_LANES;
import static dev.lancewright.internal.simd.VectorLanes.LONG_LANES;
import static dev.lancewright.internal.simd.VectorLanes.ORDER;
import static dev.lancewright.internal.simd.VectorMemory.ALL;
import static dev.lancewright.internal.simd.VectorRunEnds.VALUES;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static jdk.incubator.vector.VectorOperators.NE;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Runs} on vectors: values are compared with their successors, and a run ends where they
 * differ.
 *
 * <p>Loops end with "!=", which keeps them from being counted loops. For those, C2 would attempt
 * range-check elimination against {@link VectorMemory#ALL}, which costs more than the checks.
 */
final class VectorRuns {
  private static final int INTS = INT_LANES.length();
  private static final VectorSpecies<Byte> AS_MANY_BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(INTS, Long.BYTES) * Byte.SIZE));

  /** For each lane the end of a run whose last value is in that lane. */
  private static final IntVector ENDS = IntVector.zero(INT_LANES).addIndex(1).add(1);

  /** Whether the machine can compress the lanes of a mask, as with AVX-512 and SVE. */
  private static final boolean COMPRESSES = BYTES == 64;

  /**
   * Runs are short if at most this number of vectors contain as many runs as a vector has lanes.
   */
  private static final int SHORT_RUNS = 96;

  /**
   * The number of vectors without an end after which a run may reach {@value Runs#MAX_LENGTH}
   * values in the next one.
   */
  private static final int MOST_WITHOUT = (Runs.MAX_LENGTH + 1) / INTS - 1;

  private VectorRuns() {}

  static long count(MemorySegment values, long at, long count, int bytes, ValueBlock block) {
    if (count <= VALUES) {
      return ScalarRuns.count(values, at, count, bytes, block);
    }
    long from = VectorMemory.source(values, at, count * bytes);
    long runs = 1;
    long i = 0;
    for (; i + VALUES < count; i += VALUES) {
      runs += VectorRunEnds.count(from + i * bytes, bytes);
    }
    if (i < count - 1) {
      runs += Long.bitCount(VectorRunEnds.find(from, i, count, bytes));
    }
    VectorMemory.keep(values, values);
    return runs;
  }

  static int pairs(MemorySegment values, long at, int count, int bytes, ValueBlock block) {
    if (count <= VALUES) {
      return ScalarRuns.pairs(values, at, count, bytes, block);
    }
    long from = VectorMemory.source(values, at, (long) count * bytes);
    long start = 0;
    int entries = 0;
    for (long i = 0; i < count - 1; i += VALUES) {
      long ends = VectorRunEnds.find(from, i, count, bytes);
      if (ends != 0) {
        long first = i + 1 + Long.numberOfTrailingZeros(ends);
        entries += Long.bitCount(ends) - 1 + Runs.entriesOf((int) (first - start));
        start = i + VALUES - Long.numberOfLeadingZeros(ends);
      }
    }
    VectorMemory.keep(values, values);
    return entries + Runs.entriesOf((int) (count - start));
  }

  static int split(
      MemorySegment values,
      long at,
      int count,
      int bytes,
      MemorySegment runValues,
      long valuesTo,
      MemorySegment lengths,
      long lengthsTo,
      ValueBlock block) {
    if (count <= VALUES) {
      return ScalarRuns.split(
          values, at, count, bytes, runValues, valuesTo, lengths, lengthsTo, block);
    }
    long from = VectorMemory.source(values, at, (long) count * bytes);
    long room = Math.min((runValues.byteSize() - valuesTo) / bytes, lengths.byteSize() - lengthsTo);
    long valuesAt = VectorMemory.target(runValues, valuesTo, room * bytes);
    long lengthsAt = VectorMemory.target(lengths, lengthsTo, room);
    long done =
        COMPRESSES && bytes == Integer.BYTES
            ? splitShortRuns(from, count, room, valuesAt, lengthsAt)
            : 0;
    int entries = splitRest(from, count, bytes, done, room, valuesAt, lengthsAt);
    VectorMemory.keep(values, values);
    VectorMemory.keep(runValues, lengths);
    return entries;
  }

  /**
   * Splits the values left by {@link #splitShortRuns}.
   *
   * @param done the number of values done in the lower half, and of their entries in the upper half
   * @return the number of all entries
   */
  private static int splitRest(
      long from, int count, int bytes, long done, long room, long valuesTo, long lengthsTo) {
    int entries = (int) (done >>> Integer.SIZE);
    long i = (int) done;
    long start = startOf((int) i, lengthsTo, lengthsTo + entries);
    toLengths(lengthsTo, entries);
    for (; i < count - 1; i += VALUES) {
      long ends = VectorRunEnds.find(from, i, count, bytes);
      if (ends == 0) {
        continue;
      }
      long first = i + 1 + Long.numberOfTrailingZeros(ends);
      for (; first - start > Runs.MAX_LENGTH; start += Runs.MAX_LENGTH) {
        Objects.checkIndex(entries, room);
        put(from + start * bytes, bytes, Runs.MAX_LENGTH, valuesTo, lengthsTo, entries++);
      }
      int found = Long.bitCount(ends);
      Objects.checkFromIndexSize(entries, found, room);
      putAll(ends, i, start, from, bytes, valuesTo, lengthsTo, entries);
      entries += found;
      start = i + VALUES - Long.numberOfLeadingZeros(ends);
    }
    Objects.checkFromIndexSize(entries, Runs.entriesOf((int) (count - start)), room);
    return Runs.write(
        Runs.get(ALL, from + start * bytes, bytes),
        (int) (count - start),
        bytes,
        ALL,
        valuesTo,
        ALL,
        lengthsTo,
        entries);
  }

  /** Writes entries with a loop for each width, so that none has to test it. */
  private static void putAll(
      long ends,
      long i,
      long start,
      long from,
      int bytes,
      long valuesTo,
      long lengthsTo,
      int entry) {
    switch (bytes) {
      case 1 -> putEach(ends, i, start, from, 1, valuesTo, lengthsTo, entry);
      case 2 -> putEach(ends, i, start, from, 2, valuesTo, lengthsTo, entry);
      case 4 -> putEach(ends, i, start, from, 4, valuesTo, lengthsTo, entry);
      default -> putEach(ends, i, start, from, 8, valuesTo, lengthsTo, entry);
    }
  }

  /**
   * Writes the entries of runs that end within a word.
   *
   * @param ends their ends, a bit for each value starting with {@code i}
   * @param start the start of the first run
   */
  private static void putEach(
      long ends,
      long i,
      long start,
      long from,
      int bytes,
      long valuesTo,
      long lengthsTo,
      int entry) {
    int next = entry;
    long begin = start;
    for (long left = ends; left != 0; left &= left - 1) {
      long end = i + 1 + Long.numberOfTrailingZeros(left);
      put(from + begin * bytes, bytes, (int) (end - begin), valuesTo, lengthsTo, next++);
      begin = end;
    }
  }

  private static ByteVector bytes(long at) {
    return ByteVector.fromMemorySegment(BYTE_LANES, ALL, at, ORDER);
  }

  private static IntVector ints(long at) {
    return IntVector.fromMemorySegment(INT_LANES, ALL, at, ORDER);
  }

  /** Writes an entry with the value at address {@code place}. */
  private static void put(
      long place, int bytes, int length, long valuesTo, long lengthsTo, int entry) {
    Runs.set(ALL, valuesTo + (long) entry * bytes, bytes, Runs.get(ALL, place, bytes));
    ALL.set(JAVA_BYTE, lengthsTo + entry, (byte) length);
  }

  /**
   * Splits a prefix of short runs without a branch for each, and leaves the rest. In place of the
   * lengths it writes the lowest byte of each run's end.
   *
   * <p>Each step writes whole vectors. Lanes that are not entries yet are overwritten by later
   * entries.
   *
   * @return the number of values done in the lower half, and of their entries in the upper half
   */
  private static long splitShortRuns(long from, int count, long room, long valuesTo, long endsTo) {
    int steps = (count - 1) / INTS; // all of whose values have a successor
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

  /**
   * Returns the start of the run that value {@code i} belongs to, less than 256 values before it.
   */
  private static int startOf(int i, long endsAt, long nextEnd) {
    int end = nextEnd == endsAt ? 0 : ALL.get(JAVA_BYTE, nextEnd - 1);
    return i - ((i - end) & 0xFF);
  }

  private static VectorMask<Integer> endsOfInts(IntVector values, long at) {
    return values.compare(NE, ints(at + Integer.BYTES));
  }

  /** Converts ends to lengths, of which none exceeds 255. */
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
      // Values written past the end of a run are overwritten by the following runs.
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
