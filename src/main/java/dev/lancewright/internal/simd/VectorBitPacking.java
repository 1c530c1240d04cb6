package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.BitPacking.ROW_BYTES;
import static dev.lancewright.internal.simd.VectorLanes.ORDER;
import static dev.lancewright.internal.simd.VectorMemory.ALL;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link BitPacking} on vectors, two to a column.
 *
 * <p>Apart from arithmetic, a step costs counters and jumps, so two rows that fit into a word
 * together take one step. There is a loop for each lane type: if the type were a variable, the JIT
 * would allocate vectors on the heap.
 */
final class VectorBitPacking {
  /** The vector shape, of which two must not exceed a row. */
  private static final VectorShape SHAPE =
      VectorShape.forBitSize(Math.min(VectorLanes.BYTES, ROW_BYTES / 2) * Byte.SIZE);

  private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SHAPE);
  private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
  private static final int BYTES = LONGS.vectorByteSize();
  private static final int COLUMN_BYTES = 2 * BYTES;

  /** The starts that rows of one-bit values would have. */
  private static final byte[] ROWS = new byte[Long.SIZE];

  static {
    for (int row = 0; row < Long.SIZE; row++) {
      ROWS[row] = (byte) BitPacking.rowAt(row, 1);
    }
  }

  private VectorBitPacking() {}

  /**
   * Packs or unpacks a column. The loops are objects, which keeps the JIT from inlining them all
   * into one method: compilations have a size limit, beyond which vectors are allocated on the
   * heap.
   */
  private interface Loop {
    void run(long at, int bits, int width, long to);
  }

  private static final Loop PACK_INTS = (at, bits, width, to) -> packInts(at, width, to);
  private static final Loop PACK_LONGS = (at, bits, width, to) -> packLongs(at, width, to);
  private static final Loop PACK_SMALL = VectorBitPacking::packSmall;
  private static final Loop PACK_WHOLE = (at, bits, width, to) -> packWhole(at, bits, to);
  private static final Loop UNPACK_INTS = (at, bits, width, to) -> unpackInts(at, width, to);
  private static final Loop UNPACK_LONGS = (at, bits, width, to) -> unpackLongs(at, width, to);
  private static final Loop UNPACK_SMALL = VectorBitPacking::unpackSmall;
  private static final Loop UNPACK_WHOLE = (at, bits, width, to) -> unpackWhole(at, bits, to);

  private static Loop packing(int bits) {
    return bits == Integer.SIZE ? PACK_INTS : bits == Long.SIZE ? PACK_LONGS : PACK_SMALL;
  }

  private static Loop unpacking(int bits) {
    return bits == Integer.SIZE ? UNPACK_INTS : bits == Long.SIZE ? UNPACK_LONGS : UNPACK_SMALL;
  }

  static void pack(
      MemorySegment values, long at, int bits, int width, MemorySegment target, long to) {
    long source = VectorMemory.source(values, at, BitPacking.bytes(bits));
    long packed = VectorMemory.target(target, to, BitPacking.bytes(width));
    Loop loop = width == bits ? PACK_WHOLE : packing(bits);
    for (int column = 0; column < ROW_BYTES; column += COLUMN_BYTES) {
      loop.run(source + column, bits, width, packed + column);
    }
    VectorMemory.keep(values, target);
  }

  private static void packInts(long at, int width, long to) {
    boolean two = 2 * width < Integer.SIZE;
    int rows = two ? 2 : 1;
    int wide = rows * width;
    IntVector a = IntVector.zero(INTS);
    IntVector b = a;
    int used = 0;
    long next = to;
    for (int row = 0; row < Integer.SIZE; row += rows) {
      long from = at + ROWS[row] * Integer.SIZE;
      IntVector valueA = two ? twoInts(from, width) : ints(from);
      IntVector valueB = two ? twoInts(from + BYTES, width) : ints(from + BYTES);
      a = a.or(valueA.lanewise(LSHL, used));
      b = b.or(valueB.lanewise(LSHL, used));
      int left = Integer.SIZE - used;
      used += wide;
      if (wide >= left) {
        a.intoMemorySegment(ALL, next, ORDER);
        b.intoMemorySegment(ALL, next + BYTES, ORDER);
        next += ROW_BYTES;
        used = wide - left;
        a = valueA.lanewise(LSHR, left);
        b = valueB.lanewise(LSHR, left);
      }
    }
  }

  private static IntVector ints(long at) {
    return IntVector.fromMemorySegment(INTS, ALL, at, ORDER);
  }

  /** Returns two rows combined. */
  private static IntVector twoInts(long at, int width) {
    IntVector upper = ints(at + BitPacking.rowAt(1, Integer.SIZE));
    return ints(at).or(upper.lanewise(LSHL, width));
  }

  private static void packLongs(long at, int width, long to) {
    boolean two = 2 * width < Long.SIZE;
    int rows = two ? 2 : 1;
    int wide = rows * width;
    LongVector a = LongVector.zero(LONGS);
    LongVector b = a;
    int used = 0;
    long next = to;
    for (int row = 0; row < Long.SIZE; row += rows) {
      long from = at + ROWS[row] * Long.SIZE;
      LongVector valueA = two ? twoLongs(from, Long.SIZE, width) : longs(from);
      LongVector valueB = two ? twoLongs(from + BYTES, Long.SIZE, width) : longs(from + BYTES);
      a = a.or(valueA.lanewise(LSHL, used));
      b = b.or(valueB.lanewise(LSHL, used));
      int left = Long.SIZE - used;
      used += wide;
      if (wide >= left) {
        a.intoMemorySegment(ALL, next, ORDER);
        b.intoMemorySegment(ALL, next + BYTES, ORDER);
        next += ROW_BYTES;
        used = wide - left;
        a = valueA.lanewise(LSHR, left);
        b = valueB.lanewise(LSHR, left);
      }
    }
  }

  private static LongVector longs(long at) {
    return LongVector.fromMemorySegment(LONGS, ALL, at, ORDER);
  }

  private static LongVector twoLongs(long at, int bits, int width) {
    LongVector upper = longs(at + BitPacking.rowAt(1, bits));
    return longs(at).or(upper.lanewise(LSHL, width));
  }

  /** Packs values of 8 and 16 bits, of which a lane has several, separated by masks. */
  private static void packSmall(long at, int bits, int width, long to) {
    long ones = BitPacking.lowestBits(bits);
    boolean two = 2 * width < bits;
    int rows = two ? 2 : 1;
    int wide = rows * width;
    LongVector a = LongVector.zero(LONGS);
    LongVector b = a;
    int used = 0;
    long next = to;
    for (int row = 0; row < bits; row += rows) {
      long from = at + ROWS[row] * bits;
      LongVector valueA = two ? twoLongs(from, bits, width) : longs(from);
      LongVector valueB = two ? twoLongs(from + BYTES, bits, width) : longs(from + BYTES);
      int left = bits - used;
      long low = ones * (-1L >>> (Long.SIZE - left));
      a = a.or(valueA.and(low).lanewise(LSHL, used));
      b = b.or(valueB.and(low).lanewise(LSHL, used));
      used += wide;
      if (wide >= left) {
        a.intoMemorySegment(ALL, next, ORDER);
        b.intoMemorySegment(ALL, next + BYTES, ORDER);
        next += ROW_BYTES;
        used = wide - left;
        long high = (ones << used) - ones;
        a = valueA.lanewise(LSHR, left).and(high);
        b = valueB.lanewise(LSHR, left).and(high);
      }
    }
  }

  private static void packWhole(long at, int bits, long to) {
    for (int row = 0; row < bits; row++) {
      copy(at + ROWS[row] * bits, to + (long) row * ROW_BYTES);
    }
  }

  private static void unpackWhole(long at, int bits, long to) {
    for (int row = 0; row < bits; row++) {
      copy(at + (long) row * ROW_BYTES, to + ROWS[row] * bits);
    }
  }

  private static void copy(long at, long to) {
    longs(at).intoMemorySegment(ALL, to, ORDER);
    longs(at + BYTES).intoMemorySegment(ALL, to + BYTES, ORDER);
  }

  static void unpack(
      MemorySegment packed, long at, int bits, int width, MemorySegment target, long to) {
    long source = VectorMemory.source(packed, at, BitPacking.bytes(width));
    long values = VectorMemory.target(target, to, BitPacking.bytes(bits));
    if (width == 0) {
      target.asSlice(to, BitPacking.bytes(bits)).fill((byte) 0);
      return;
    }
    Loop loop = width == bits ? UNPACK_WHOLE : unpacking(bits);
    for (int column = 0; column < ROW_BYTES; column += COLUMN_BYTES) {
      loop.run(source + column, bits, width, values + column);
    }
    VectorMemory.keep(packed, target);
  }

  private static void unpackInts(long at, int width, long to) {
    boolean two = 2 * width < Integer.SIZE;
    int rows = two ? 2 : 1;
    int wide = rows * width;
    int mask = -1 >>> (Integer.SIZE - width);
    long last = at + (long) (width - 1) * ROW_BYTES;
    long next = at;
    IntVector a = ints(next);
    IntVector b = ints(next + BYTES);
    int used = 0;
    for (int row = 0; row < Integer.SIZE; row += rows) {
      IntVector valueA = a.lanewise(LSHR, used);
      IntVector valueB = b.lanewise(LSHR, used);
      int left = Integer.SIZE - used;
      used += wide;
      if (wide >= left) {
        // There is nothing after the last word; it is read again and masked out.
        next = Math.min(next + ROW_BYTES, last);
        a = ints(next);
        b = ints(next + BYTES);
        used = wide - left;
        valueA = valueA.or(a.lanewise(LSHL, left));
        valueB = valueB.or(b.lanewise(LSHL, left));
      }
      long place = to + ROWS[row] * Integer.SIZE;
      valueA.and(mask).intoMemorySegment(ALL, place, ORDER);
      valueB.and(mask).intoMemorySegment(ALL, place + BYTES, ORDER);
      if (two) {
        place += BitPacking.rowAt(1, Integer.SIZE);
        valueA.lanewise(LSHR, width).and(mask).intoMemorySegment(ALL, place, ORDER);
        valueB.lanewise(LSHR, width).and(mask).intoMemorySegment(ALL, place + BYTES, ORDER);
      }
    }
  }

  private static void unpackLongs(long at, int width, long to) {
    boolean two = 2 * width < Long.SIZE;
    int rows = two ? 2 : 1;
    int wide = rows * width;
    long mask = -1L >>> (Long.SIZE - width);
    long last = at + (long) (width - 1) * ROW_BYTES;
    long next = at;
    LongVector a = longs(next);
    LongVector b = longs(next + BYTES);
    int used = 0;
    for (int row = 0; row < Long.SIZE; row += rows) {
      LongVector valueA = a.lanewise(LSHR, used);
      LongVector valueB = b.lanewise(LSHR, used);
      int left = Long.SIZE - used;
      used += wide;
      if (wide >= left) {
        next = Math.min(next + ROW_BYTES, last);
        a = longs(next);
        b = longs(next + BYTES);
        used = wide - left;
        valueA = valueA.or(a.lanewise(LSHL, left));
        valueB = valueB.or(b.lanewise(LSHL, left));
      }
      long place = to + ROWS[row] * Long.SIZE;
      valueA.and(mask).intoMemorySegment(ALL, place, ORDER);
      valueB.and(mask).intoMemorySegment(ALL, place + BYTES, ORDER);
      if (two) {
        place += BitPacking.rowAt(1, Long.SIZE);
        valueA.lanewise(LSHR, width).and(mask).intoMemorySegment(ALL, place, ORDER);
        valueB.lanewise(LSHR, width).and(mask).intoMemorySegment(ALL, place + BYTES, ORDER);
      }
    }
  }

  private static void unpackSmall(long at, int bits, int width, long to) {
    long ones = BitPacking.lowestBits(bits);
    long mask = ones * (-1L >>> (Long.SIZE - width));
    long last = at + (long) (width - 1) * ROW_BYTES;
    long next = at;
    LongVector a = longs(next);
    LongVector b = longs(next + BYTES);
    int used = 0;
    for (int row = 0; row < bits; row++) {
      int left = bits - used;
      LongVector valueA = a.lanewise(LSHR, used);
      LongVector valueB = b.lanewise(LSHR, used);
      used += width;
      if (width >= left) {
        long low = (ones << left) - ones;
        next = Math.min(next + ROW_BYTES, last);
        a = longs(next);
        b = longs(next + BYTES);
        used = width - left;
        valueA = valueA.and(low).or(a.lanewise(LSHL, left).and(~low));
        valueB = valueB.and(low).or(b.lanewise(LSHL, left).and(~low));
      }
      long place = to + ROWS[row] * bits;
      valueA.and(mask).intoMemorySegment(ALL, place, ORDER);
      valueB.and(mask).intoMemorySegment(ALL, place + BYTES, ORDER);
    }
  }
}
