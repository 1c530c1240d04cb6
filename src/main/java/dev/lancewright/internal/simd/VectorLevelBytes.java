package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.BYTE_LANES;
import static dev.lancewright.internal.simd.VectorLanes.ORDER;
import static dev.lancewright.internal.simd.VectorMemory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link LevelBytes} on vectors. Loops that access {@link VectorMemory#ALL} end with "!=", as in
 * {@link VectorRuns}.
 */
final class VectorLevelBytes {
  private static final VectorShape SHAPE = VectorLanes.UP_TO_256;
  private static final VectorSpecies<Integer> INT_LANES = VectorSpecies.of(int.class, SHAPE);
  private static final VectorSpecies<Short> SHORT_LANES = VectorSpecies.of(short.class, SHAPE);

  /** Vectors with as many bytes as a vector has shorts. */
  private static final VectorSpecies<Byte> HALF_BYTE_LANES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SHAPE.vectorBitSize() / 2));

  private static final int SHORTS = SHORT_LANES.length();

  /** Whether masks are registers that can be loaded with 64 bits at once. */
  private static final boolean WIDE = VectorLanes.BYTES == 64;

  /** The number of levels in a vector of bytes. */
  private static final int LEVELS = WIDE ? 64 : INT_LANES.vectorByteSize();

  /** The number of bytes of their bits. */
  private static final int OCTETS = LEVELS / Byte.SIZE;

  /** The position of the first of four bits for each lane. */
  private static final IntVector FIRST_BITS = IntVector.zero(INT_LANES).addIndex(4);

  /** The factor that moves each of four bits to the lowest bit of its byte, among others. */
  private static final int SPREAD = 1 | 1 << 7 | 1 << 14 | 1 << 21;

  private static final int ONES = 0x01010101;

  private VectorLevelBytes() {}

  static boolean ofNulls(
      MemorySegment validity,
      long first,
      long count,
      int level,
      MemorySegment levels,
      long at,
      ValueBlock block) {
    long start = first >>> 3;
    // Each step reads nine bytes, more than it needs; the last ones are left to the scalar twin.
    long readable = (validity.byteSize() - start - 1 - Long.BYTES + OCTETS) / OCTETS;
    long steps = Math.clamp(readable, 0, count / LEVELS);
    long from = VectorMemory.source(validity, 0, validity.byteSize()) + start;
    long next = VectorMemory.target(levels, at, count);
    long all =
        WIDE
            ? ofMasks(from, (int) (first & 7), steps, level, next)
            : ofSpreadBits(from, (int) (first & 7), steps, level, next);
    VectorMemory.keep(validity, levels);
    long done = steps * LEVELS;
    boolean any = (~all & (-1L >>> (Long.SIZE - LEVELS))) != 0;
    any |=
        LevelBytes.scalarOfNulls(
            validity, first + done, count - done, level, levels, at + done, block);
    return any;
  }

  /** Writes 64 levels in each step; returns the bits that were set in all steps. */
  private static long ofMasks(long from, int shift, long steps, int level, long to) {
    ByteVector levels = ByteVector.broadcast(BYTE_LANES, level);
    long all = -1;
    long stop = from + steps * OCTETS;
    long next = to;
    for (long at = from; at != stop; at += OCTETS) {
      long above = ALL.get(JAVA_BYTE, at + Long.BYTES);
      long bits = ALL.get(LittleEndian.LONG, at) >>> shift | above << 1 << (Long.SIZE - 1 - shift);
      all &= bits;
      ByteVector.zero(BYTE_LANES)
          .blend(levels, VectorMask.fromLong(BYTE_LANES, ~bits))
          .intoMemorySegment(ALL, next, ORDER);
      next += LEVELS;
    }
    return all;
  }

  /** Writes four levels from each lane. */
  private static long ofSpreadBits(long from, int shift, long steps, int level, long to) {
    long all = -1;
    long stop = from + steps * OCTETS;
    long next = to;
    for (long at = from; at != stop; at += OCTETS) {
      long bits = ALL.get(LittleEndian.LONG, at) >>> shift;
      all &= bits;
      IntVector.broadcast(INT_LANES, (int) ~bits)
          .lanewise(LSHR, FIRST_BITS)
          .and(0xF)
          .mul(SPREAD)
          .and(ONES)
          .mul(level)
          .intoMemorySegment(ALL, next, ORDER);
      next += LEVELS;
    }
    return all;
  }

  static void widen(MemorySegment levels, long from, long count, MemorySegment target, long at) {
    int steps = (int) (count / SHORTS);
    for (int i = 0; i < steps; i++) {
      long done = (long) i * SHORTS;
      widened(levels, from + done).intoMemorySegment(target, at + done * Short.BYTES, ORDER);
    }
    long done = (long) steps * SHORTS;
    LevelBytes.scalarWiden(levels, from + done, count - done, target, at + done * Short.BYTES);
  }

  static void pack(byte[] levels, int width, MemorySegment target, long at) {
    for (int lane = 0; lane < BitPacking.BLOCK / Short.SIZE; lane += SHORTS) {
      packLanes(levels, lane, width, target, at + (long) lane * Short.BYTES);
    }
  }

  private static void packLanes(byte[] levels, int from, int width, MemorySegment target, long at) {
    ShortVector words = ShortVector.zero(SHORT_LANES);
    int used = 0;
    long next = at;
    for (int row = 0; row < Short.SIZE; row++) {
      ShortVector level = widened(levels, from + LevelBytes.rowAt(row));
      words = words.or(level.lanewise(LSHL, used));
      used += width;
      if (used >= Short.SIZE) {
        words.intoMemorySegment(target, next, ORDER);
        next += BitPacking.ROW_BYTES;
        used -= Short.SIZE;
        words = level.lanewise(LSHR, width - used);
      }
    }
  }

  private static ShortVector widened(byte[] levels, int at) {
    return (ShortVector)
        ByteVector.fromArray(HALF_BYTE_LANES, levels, at).castShape(SHORT_LANES, 0);
  }

  private static ShortVector widened(MemorySegment levels, long at) {
    return (ShortVector)
        ByteVector.fromMemorySegment(HALF_BYTE_LANES, levels, at, ORDER).castShape(SHORT_LANES, 0);
  }
}
