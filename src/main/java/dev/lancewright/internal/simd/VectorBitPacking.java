package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.BitPacking.ROW_BYTES;
import static dev.lancewright.internal.simd.VectorLanes.ORDER;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link BitPacking} on vectors, four to a column.
 *
 * <p>What a vector costs beside its arithmetic are the checks of its memory access. Rows that fit a
 * word together are therefore put together first, up to eight of them, and go the way of one wide
 * row.
 */
final class VectorBitPacking {
  /** Four vectors must not be more than a row. */
  private static final VectorSpecies<Long> LANES =
      VectorSpecies.of(long.class, VectorLanes.UP_TO_256);

  private static final int BYTES = LANES.vectorByteSize();
  private static final int COLUMN_BYTES = 4 * BYTES;

  private VectorBitPacking() {}

  static void pack(
      MemorySegment values, long at, int bits, int width, MemorySegment target, long to) {
    for (int column = 0; column < ROW_BYTES; column += COLUMN_BYTES) {
      packColumn(values, at + column, bits, width, target, to + column);
    }
  }

  private static void packColumn(
      MemorySegment values, long at, int bits, int width, MemorySegment target, long to) {
    long ones = BitPacking.lowestBits(bits);
    int rows = rowsAtOnce(bits, width);
    int wide = rows * width;
    long stride = BitPacking.rowAt(1, bits);
    LongVector a = LongVector.zero(LANES);
    LongVector b = a;
    LongVector c = a;
    LongVector d = a;
    int used = 0;
    long next = to;
    for (int row = 0; row < bits; row += rows) {
      long from = at + BitPacking.rowAt(row, bits);
      LongVector valueA = load(values, from, rows, stride, width);
      LongVector valueB = load(values, from + BYTES, rows, stride, width);
      LongVector valueC = load(values, from + 2L * BYTES, rows, stride, width);
      LongVector valueD = load(values, from + 3L * BYTES, rows, stride, width);
      int left = bits - used;
      if (wide < left) {
        a = a.or(valueA.lanewise(LSHL, used));
        b = b.or(valueB.lanewise(LSHL, used));
        c = c.or(valueC.lanewise(LSHL, used));
        d = d.or(valueD.lanewise(LSHL, used));
        used += wide;
      } else {
        long low = ones * (-1L >>> (Long.SIZE - left));
        a.or(valueA.and(low).lanewise(LSHL, used)).intoMemorySegment(target, next, ORDER);
        b.or(valueB.and(low).lanewise(LSHL, used)).intoMemorySegment(target, next + BYTES, ORDER);
        c.or(valueC.and(low).lanewise(LSHL, used))
            .intoMemorySegment(target, next + 2L * BYTES, ORDER);
        d.or(valueD.and(low).lanewise(LSHL, used))
            .intoMemorySegment(target, next + 3L * BYTES, ORDER);
        next += ROW_BYTES;
        used = wide - left;
        long high = (ones << used) - ones;
        a = valueA.lanewise(LSHR, left).and(high);
        b = valueB.lanewise(LSHR, left).and(high);
        c = valueC.lanewise(LSHR, left).and(high);
        d = valueD.lanewise(LSHR, left).and(high);
      }
    }
  }

  private static int rowsAtOnce(int bits, int width) {
    return width <= bits / 8 ? 8 : width <= bits / 4 ? 4 : width <= bits / 2 ? 2 : 1;
  }

  /** One row or, put together, up to eight. */
  private static LongVector load(MemorySegment values, long at, int rows, long stride, int width) {
    return switch (rows) {
      case 8 -> load8(values, at, stride, width);
      case 4 -> load4(values, at, stride, width);
      case 2 -> load2(values, at, stride, width);
      default -> load(values, at);
    };
  }

  private static LongVector load8(MemorySegment values, long at, long stride, int width) {
    LongVector upper = load4(values, at + 4 * stride, stride, width);
    return load4(values, at, stride, width).or(upper.lanewise(LSHL, 4L * width));
  }

  private static LongVector load4(MemorySegment values, long at, long stride, int width) {
    LongVector upper = load2(values, at + 2 * stride, stride, width);
    return load2(values, at, stride, width).or(upper.lanewise(LSHL, 2L * width));
  }

  private static LongVector load2(MemorySegment values, long at, long stride, int width) {
    LongVector upper = load(values, at + stride);
    return load(values, at).or(upper.lanewise(LSHL, width));
  }

  private static LongVector load(MemorySegment segment, long at) {
    return LongVector.fromMemorySegment(LANES, segment, at, ORDER);
  }

  static void unpack(
      MemorySegment packed, long at, int bits, int width, MemorySegment target, long to) {
    for (int column = 0; column < ROW_BYTES; column += COLUMN_BYTES) {
      unpackColumn(packed, at + column, bits, width, target, to + column);
    }
  }

  private static void unpackColumn(
      MemorySegment packed, long at, int bits, int width, MemorySegment target, long to) {
    long ones = BitPacking.lowestBits(bits);
    long all = ones * (-1L >>> (Long.SIZE - width));
    LongVector a = LongVector.zero(LANES);
    LongVector b = a;
    LongVector c = a;
    LongVector d = a;
    int left = 0;
    long next = at;
    for (int row = 0; row < bits; row++) {
      int used = bits - left;
      LongVector valueA = a.lanewise(LSHR, used);
      LongVector valueB = b.lanewise(LSHR, used);
      LongVector valueC = c.lanewise(LSHR, used);
      LongVector valueD = d.lanewise(LSHR, used);
      if (width <= left) {
        left -= width;
      } else {
        a = load(packed, next);
        b = load(packed, next + BYTES);
        c = load(packed, next + 2L * BYTES);
        d = load(packed, next + 3L * BYTES);
        next += ROW_BYTES;
        long low = (ones << left) - ones;
        valueA = valueA.and(low).or(a.lanewise(LSHL, left).and(~low));
        valueB = valueB.and(low).or(b.lanewise(LSHL, left).and(~low));
        valueC = valueC.and(low).or(c.lanewise(LSHL, left).and(~low));
        valueD = valueD.and(low).or(d.lanewise(LSHL, left).and(~low));
        left += bits - width;
      }
      long place = to + BitPacking.rowAt(row, bits);
      valueA.and(all).intoMemorySegment(target, place, ORDER);
      valueB.and(all).intoMemorySegment(target, place + BYTES, ORDER);
      valueC.and(all).intoMemorySegment(target, place + 2L * BYTES, ORDER);
      valueD.and(all).intoMemorySegment(target, place + 3L * BYTES, ORDER);
    }
  }
}
