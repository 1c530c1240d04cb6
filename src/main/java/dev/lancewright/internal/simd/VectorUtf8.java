package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.ORDER;
import static dev.lancewright.internal.simd.VectorMemory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Utf8} on vectors, by the method of Keiser and Lemire, "Validating UTF-8 In Less Than One
 * Instruction Per Byte" (2021): the halves of a byte and the upper half of the next are looked up
 * in three tables of 16 entries, which contain the possible faults of two such bytes. Two bytes
 * have the faults that are in all three tables.
 *
 * <p>Vectors have at most 256 bits, since some machines cannot look up bytes in longer ones. The
 * bytes before those of a vector are loaded from memory, which is faster than shifting vectors.
 * Loops end with "!=", as in {@link VectorRuns}.
 */
final class VectorUtf8 {
  private static final VectorSpecies<Byte> LANES =
      VectorSpecies.of(byte.class, VectorLanes.UP_TO_256);

  private static final int BYTES = LANES.vectorByteSize();

  /** The number of bytes that are skipped together if they are ASCII. */
  private static final int STEP = 4 * BYTES;

  /** The maximum distance of a byte from the start of its character. */
  private static final int BEFORE = 3;

  /** The mask of indices into tables, which are repeated to fill a vector. */
  private static final byte PLACES = (byte) (BYTES - 1);

  private static final ByteVector UPPER_HALVES;
  private static final ByteVector LOWER_HALVES;
  private static final ByteVector NEXT_UPPER_HALVES;

  static {
    FaultTables tables = new FaultTables();
    UPPER_HALVES = ByteVector.fromArray(LANES, tables.upper, 0);
    LOWER_HALVES = ByteVector.fromArray(LANES, tables.lower, 0);
    NEXT_UPPER_HALVES = ByteVector.fromArray(LANES, tables.nextUpper, 0);
  }

  private VectorUtf8() {}

  /** Tables with a bit for each fault of two bytes, indexed by a half of one of them. */
  private static final class FaultTables {
    private static final int ANY = range(0x0, 0xF);
    private static final int ASCII = range(0x0, 0x7);
    private static final int CONTINUATION = range(0x8, 0xB);
    private static final int LEAD = range(0xC, 0xF);

    final byte[] upper = new byte[BYTES];
    final byte[] lower = new byte[BYTES];
    final byte[] nextUpper = new byte[BYTES];

    FaultTables() {
      // Characters that are too short, and continuations without a lead.
      add(0, LEAD, ANY, ASCII | LEAD);
      add(1, ASCII, ANY, CONTINUATION);
      // Overlong forms: C0 and C1, E0 up to 9F, F0 up to 8F, the last with fault 6.
      add(2, range(0xC, 0xC), range(0x0, 0x1), CONTINUATION);
      add(3, range(0xE, 0xE), range(0x0, 0x0), range(0x8, 0x9));
      // Surrogates: ED from A0.
      add(4, range(0xE, 0xE), range(0xD, 0xD), range(0xA, 0xB));
      // Beyond U+10FFFF: F4 from 90, and F5 to FF.
      add(5, range(0xF, 0xF), range(0x4, 0xF), range(0x9, 0xB));
      add(6, range(0xF, 0xF), range(0x0, 0x0) | range(0x5, 0xF), range(0x8, 0x8));
      // Two continuations, which are valid after the lead of three or four bytes.
      add(7, CONTINUATION, ANY, CONTINUATION);
    }

    private static int range(int first, int last) {
      return (2 << last) - (1 << first);
    }

    /** Adds a fault of two bytes whose halves are all among the given ones. */
    private void add(int fault, int uppers, int lowers, int nextUppers) {
      for (int i = 0; i < BYTES; i++) {
        int half = i % 16;
        upper[i] |= (byte) ((uppers >>> half & 1) << fault);
        lower[i] |= (byte) ((lowers >>> half & 1) << fault);
        nextUpper[i] |= (byte) ((nextUppers >>> half & 1) << fault);
      }
    }
  }

  static long asciiEnd(MemorySegment bytes, long from, long to) {
    long begin = VectorMemory.source(bytes, from, to - from);
    long stop = begin + (to - from) / STEP * STEP;
    long at = begin;
    while (at != stop && isAscii(load(at), at)) {
      at += STEP;
    }
    VectorMemory.keep(bytes, bytes);
    return Utf8.scalarAsciiEnd(bytes, from + (at - begin), to);
  }

  /** Returns whether the bytes of a step and of another vector are all ASCII. */
  private static boolean isAscii(ByteVector others, long at) {
    ByteVector a = load(at).or(load(at + BYTES));
    ByteVector b = load(at + 2L * BYTES).or(load(at + 3L * BYTES));
    return !others.or(a.or(b)).lt((byte) 0).anyTrue();
  }

  static boolean isValid(MemorySegment bytes, long from, long to, byte[] scratch) {
    if (to - from < 2L * STEP) {
      return Utf8.scalarIsValid(bytes, from, to, scratch);
    }
    long begin = VectorMemory.source(bytes, from, to - from);
    long end = begin + (to - from);
    long first = afterFirstCharacters(begin);
    boolean valid = first > 0;
    if (valid) {
      long stop = first + (end - first) / STEP * STEP;
      valid = areValid(first, stop) && areValid(end - STEP, end) && isComplete(end);
    }
    VectorMemory.keep(bytes, bytes);
    return valid;
  }

  /**
   * Returns an address with enough characters before it for vectors to look back, or 0 if those are
   * invalid.
   */
  private static long afterFirstCharacters(long begin) {
    long state = Utf8States.COMPLETE;
    long at = begin;
    while (at < begin + BEFORE || !Utf8States.isComplete(state)) {
      state = Utf8States.next(state, ALL.get(JAVA_BYTE, at));
      if (Utf8States.isInvalid(state)) {
        return 0;
      }
      at++;
    }
    return at;
  }

  /** Returns whether whole steps are valid, except for a character that may continue after them. */
  private static boolean areValid(long from, long stop) {
    ByteVector faults = ByteVector.zero(LANES);
    for (long step = from; step != stop; step += STEP) {
      if (!isAscii(load(step - BEFORE), step)) {
        for (long at = step; at != step + STEP; at += BYTES) {
          faults = faults.or(faults(at));
        }
      }
    }
    return faults.eq((byte) 0).allTrue();
  }

  private static ByteVector faults(long at) {
    ByteVector bytes = load(at);
    ByteVector previous = load(at - 1);
    ByteVector pairs =
        upperHalves(previous)
            .selectFrom(UPPER_HALVES)
            .and(previous.and(PLACES).selectFrom(LOWER_HALVES))
            .and(upperHalves(bytes).selectFrom(NEXT_UPPER_HALVES));
    // The highest bit is set if the byte two before is E0 or greater, or the one three before F0 or
    // greater.
    ByteVector leadsOf3 = load(at - 2);
    ByteVector leadsOf4 = load(at - 3);
    ByteVector continued =
        leadsOf3
            .sub((byte) 0x60)
            .and(leadsOf3)
            .or(leadsOf4.sub((byte) 0x70).and(leadsOf4))
            .and((byte) 0x80);
    return pairs.lanewise(XOR, continued);
  }

  /**
   * Returns the upper halves of bytes, with another bit if {@link #PLACES} has it, as bytes cannot
   * be shifted on their own.
   */
  private static ByteVector upperHalves(ByteVector bytes) {
    return bytes.reinterpretAsShorts().lanewise(LSHR, 4).reinterpretAsBytes().and(PLACES);
  }

  /** Returns whether no character continues after {@code end}. */
  private static boolean isComplete(long end) {
    return (ALL.get(JAVA_BYTE, end - 1) & 0xFF) < 0xC0
        && (ALL.get(JAVA_BYTE, end - 2) & 0xFF) < 0xE0
        && (ALL.get(JAVA_BYTE, end - 3) & 0xFF) < 0xF0;
  }

  private static ByteVector load(long at) {
    return ByteVector.fromMemorySegment(LANES, ALL, at, ORDER);
  }
}
