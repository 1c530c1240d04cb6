package dev.lancewright.internal.codec;

import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.simd.BitPacking;
import dev.lancewright.internal.simd.ValueBlock;
import java.lang.foreign.MemorySegment;

/**
 * Out-of-line bit-packing of values of 8 to 64 bits in one buffer, all to the same width, which the
 * layout states: blocks of 1024 values in FastLanes order, then the rest, padded with zeros to a
 * block or, if that is no shorter, unpacked.
 */
public final class OutOfLineBitpacking {
  private static final int BLOCK = InlineBitpackingCodec.BLOCK;

  private OutOfLineBitpacking() {}

  /**
   * Returns the size in bytes of {@code count} values of {@code bits} bits, packed to {@code
   * width}.
   */
  static long bytes(long count, int bits, int width) {
    long tail = count % BLOCK;
    long tailBytes = Math.min(tail * (bits / Byte.SIZE), blockBytes(width));
    return count / BLOCK * blockBytes(width) + tailBytes;
  }

  private static int blockBytes(int width) {
    return BLOCK / Byte.SIZE * width;
  }

  /**
   * Appends the values of a column; no other column is encoded in that buffer.
   *
   * @param block scratch memory, which is overwritten
   */
  static void encode(FixedWidthColumn column, int width, AppendBuffer packed, ValueBlock block) {
    int bits = column.type().bitWidth();
    int valueBytes = bits / Byte.SIZE;
    long first = 0;
    for (; first + BLOCK <= column.length(); first += BLOCK) {
      long at = packed.reserve(blockBytes(width));
      BitPacking.pack(column.values(), first * valueBytes, bits, width, packed.block(), at, block);
      packed.advance(blockBytes(width));
    }
    int tailBytes = (int) (column.length() - first) * valueBytes;
    if (tailBytes <= blockBytes(width)) {
      packed.append(column.values(), first * valueBytes, tailBytes);
      return;
    }
    long at = packed.reserve((long) blockBytes(width) + BLOCK * (long) valueBytes);
    long filled = at + blockBytes(width);
    MemorySegment.copy(column.values(), first * valueBytes, packed.block(), filled, tailBytes);
    packed.clear(filled + tailBytes, BLOCK * valueBytes - tailBytes);
    BitPacking.pack(packed.block(), filled, bits, width, packed.block(), at, block);
    packed.advance(blockBytes(width));
  }

  /**
   * Decodes {@code count} values.
   *
   * @param target the target, with room for whole blocks of values at {@code at}
   */
  public static void decode(
      MemorySegment packed, int bits, int width, long count, MemorySegment target, long at)
      throws LanceFormatException {
    int valueBytes = bits / Byte.SIZE;
    long blocks = count / BLOCK;
    long tail = count % BLOCK;
    long tailBytes = packed.byteSize() - blocks * blockBytes(width);
    if (width < 0
        || width > bits
        || (tailBytes != tail * valueBytes && (tail == 0 || tailBytes != blockBytes(width)))) {
      throw new LanceFormatException(
          "%d values of %d bits packed to %d take no %d bytes"
              .formatted(count, bits, width, packed.byteSize()));
    }
    for (long block = 0; block < blocks; block++) {
      BitPacking.unpack(
          packed, block * blockBytes(width), bits, width, target, at + block * BLOCK * valueBytes);
    }
    long from = blocks * blockBytes(width);
    long to = at + blocks * BLOCK * valueBytes;
    if (tailBytes == tail * valueBytes) {
      MemorySegment.copy(packed, from, target, to, tailBytes);
    } else {
      BitPacking.unpack(packed, from, bits, width, target, to);
    }
  }
}
