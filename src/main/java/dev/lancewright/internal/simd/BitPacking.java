package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * Bit-packing of blocks of {@value #BLOCK} unsigned values in FastLanes order.
 *
 * <p>Each row of a block has 1024 bits, whatever the width of its values: {@code 1024 / bits}
 * lanes, and as many rows as a value has bits. Each lane packs its values consecutively into words
 * of its own, and a packed row holds one word of each lane. Lanes are thus independent, and both
 * twins process as many at a time as fit into their registers: a column of the block.
 */
public final class BitPacking {
  private static final Warmup PACK = new Warmup(4L << 30);

  /** The number of values in a block. */
  public static final int BLOCK = 1024;

  /** The number of bytes in a row, whether of values or of packed words. */
  static final int ROW_BYTES = BLOCK / Byte.SIZE;

  private static final int ROW_WORDS = BLOCK / Long.SIZE;

  /** Where each eight rows begin, in 16ths of 128 values; a digit each, from the lowest on. */
  private static final int ROW_ORDER = 0x73516240;

  private BitPacking() {}

  /** Returns the size of a packed block in bytes. */
  public static int bytes(int width) {
    return ROW_BYTES * width;
  }

  /**
   * Packs a block into {@link #bytes} bytes.
   *
   * @param values native memory; none of them may be wider than {@code width}
   * @param bits of a value as it lies there: 8, 16, 32 or 64
   * @param width 0 to {@code bits}
   * @param target native memory
   * @param block scratch memory, which is overwritten
   */
  public static void pack(
      MemorySegment values,
      long at,
      int bits,
      int width,
      MemorySegment target,
      long to,
      ValueBlock block) {
    if (PACK.vectors(values, target, (long) BLOCK * bits / Byte.SIZE)) {
      VectorBitPacking.pack(values, at, bits, width, target, to);
    } else {
      scalarPack(values, at, bits, width, target, to, block);
    }
  }

  static void scalarPack(
      MemorySegment values,
      long at,
      int bits,
      int width,
      MemorySegment target,
      long to,
      ValueBlock block) {
    ValueBlock.read(values, at, ROW_BYTES * bits, block.words());
    pack(block.words(), bits, width, block.others());
    MemorySegment.copy(block.others(), 0, target, LittleEndian.LONG, to, ROW_WORDS * width);
  }

  /** Packs a block on the heap, words of values into words. */
  static void pack(long[] values, int bits, int width, long[] packed) {
    for (int column = 0; column < ROW_WORDS; column += 4) {
      packColumns(values, column, bits, width, packed);
    }
  }

  /** Packs four columns. */
  private static void packColumns(long[] values, int column, int bits, int width, long[] packed) {
    long ones = lowestBits(bits);
    long a = 0;
    long b = 0;
    long c = 0;
    long d = 0;
    int used = 0;
    int next = column;
    for (int row = 0; row < bits; row++) {
      int at = column + rowAt(row, bits) / Long.BYTES;
      int left = bits - used;
      long low = ones * (-1L >>> (Long.SIZE - Math.min(left, width)));
      a |= (values[at] & low) << used;
      b |= (values[at + 1] & low) << used;
      c |= (values[at + 2] & low) << used;
      d |= (values[at + 3] & low) << used;
      used += width;
      if (width < left) {
        continue;
      }
      packed[next] = a;
      packed[next + 1] = b;
      packed[next + 2] = c;
      packed[next + 3] = d;
      next += ROW_WORDS;
      used -= bits;
      long high = (ones << used) - ones;
      a = values[at] >>> left & high;
      b = values[at + 1] >>> left & high;
      c = values[at + 2] >>> left & high;
      d = values[at + 3] >>> left & high;
    }
  }

  /**
   * Unpacks a block: the inverse of {@link #pack}.
   *
   * @param packed the packed block in native memory
   * @param bits the number of bits of an unpacked value: 8, 16, 32 or 64
   * @param target the target in native memory
   */
  public static void unpack(
      MemorySegment packed, long at, int bits, int width, MemorySegment target, long to) {
    if (Simd.vectors(packed, target)) {
      VectorBitPacking.unpack(packed, at, bits, width, target, to);
    } else {
      scalarUnpack(packed, at, bits, width, target, to);
    }
  }

  static void scalarUnpack(
      MemorySegment packed, long at, int bits, int width, MemorySegment target, long to) {
    for (int column = 0; column < ROW_BYTES; column += Long.BYTES) {
      unpackColumn(packed, at + column, bits, width, target, to + column);
    }
  }

  private static void unpackColumn(
      MemorySegment packed, long at, int bits, int width, MemorySegment target, long to) {
    long ones = lowestBits(bits);
    long all = ones * (-1L >>> (Long.SIZE - width));
    long words = 0;
    int left = 0;
    long next = at;
    for (int row = 0; row < bits; row++) {
      long value = words >>> (bits - left);
      if (width <= left) {
        left -= width;
      } else {
        long low = (ones << left) - ones;
        words = packed.get(LittleEndian.LONG, next);
        next += ROW_BYTES;
        value = (value & low) | (words << left & ~low);
        left += bits - width;
      }
      target.set(LittleEndian.LONG, to + rowAt(row, bits), value & all);
    }
  }

  /** Returns the start of a row of values, in bytes from the start of the block. */
  static int rowAt(int row, int bits) {
    int eighth = ROW_ORDER >>> ((row >>> 3) * 4) & 7;
    return bits * (2 * eighth + 16 * (row & 7));
  }

  /** Returns a word with the lowest bit of each value set. */
  static long lowestBits(int bits) {
    return switch (bits) {
      case 8 -> 0x0101010101010101L;
      case 16 -> 0x0001000100010001L;
      case 32 -> 0x0000000100000001L;
      default -> 1;
    };
  }
}
