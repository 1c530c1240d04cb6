package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.VectorLanes.ORDER;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link LevelBytes} on vectors. */
final class VectorLevelBytes {
  private static final VectorShape SHAPE = VectorLanes.UP_TO_256;
  private static final VectorSpecies<Integer> INT_LANES = VectorSpecies.of(int.class, SHAPE);
  private static final VectorSpecies<Short> SHORT_LANES = VectorSpecies.of(short.class, SHAPE);

  /** As many bytes as there are shorts in a vector. */
  private static final VectorSpecies<Byte> HALF_BYTE_LANES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SHAPE.vectorBitSize() / 2));

  private static final int SHORTS = SHORT_LANES.length();

  /** Levels of a vector of bytes. */
  private static final int LEVELS = INT_LANES.vectorByteSize();

  /** Bytes of their bits. */
  private static final int OCTETS = LEVELS / Byte.SIZE;

  /** Lane {@code i} takes four bits from bit {@code 4 * i} on. */
  private static final IntVector FIRST_BITS = IntVector.zero(INT_LANES).addIndex(4);

  /** Puts each of four bits into the lowest of its byte, among others. */
  private static final int SPREAD = 1 | 1 << 7 | 1 << 14 | 1 << 21;

  private static final int ONES = 0x01010101;

  private VectorLevelBytes() {}

  static boolean ofNulls(
      MemorySegment validity, long first, long count, int level, MemorySegment levels, long at) {
    long start = first >>> 3;
    int shift = (int) (first & 7);
    // Each step reads eight bytes, more than it needs: the last ones are left to the scalar twin.
    long readable = (validity.byteSize() - start - Long.BYTES + OCTETS) / OCTETS;
    int steps = (int) Math.clamp(readable, 0, count / LEVELS);
    long all = -1;
    for (int i = 0; i < steps; i++) {
      long bits = validity.get(LittleEndian.LONG, start + (long) i * OCTETS) >>> shift;
      all &= bits;
      IntVector.broadcast(INT_LANES, (int) ~bits)
          .lanewise(LSHR, FIRST_BITS)
          .and(0xF)
          .mul(SPREAD)
          .and(ONES)
          .mul(level)
          .intoMemorySegment(levels, at + (long) i * LEVELS, ORDER);
    }
    long done = (long) steps * LEVELS;
    boolean any = (~all & ((1L << LEVELS) - 1)) != 0;
    any |= LevelBytes.scalarOfNulls(validity, first + done, count - done, level, levels, at + done);
    return any;
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

  static void pack(MemorySegment levels, long from, int width, MemorySegment target, long at) {
    for (int lane = 0; lane < BitPacking.BLOCK / Short.SIZE; lane += SHORTS) {
      packLanes(levels, from + lane, width, target, at + (long) lane * Short.BYTES);
    }
  }

  private static void packLanes(
      MemorySegment levels, long from, int width, MemorySegment target, long at) {
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

  private static ShortVector widened(MemorySegment levels, long at) {
    return (ShortVector)
        ByteVector.fromMemorySegment(HALF_BYTE_LANES, levels, at, ORDER).castShape(SHORT_LANES, 0);
  }
}
