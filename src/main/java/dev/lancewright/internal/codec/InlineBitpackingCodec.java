package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.InlineBitpacking;
import dev.lancewright.internal.simd.BitPacking;
import dev.lancewright.internal.simd.BitWidths;
import dev.lancewright.internal.simd.ValueBlock;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Inline bit-packing of values of 8 to 64 bits, treated as unsigned: each chunk has the width,
 * stored as a value, then {@value #BLOCK} values of that width in FastLanes order. A shorter chunk
 * is padded with zeros.
 */
public final class InlineBitpackingCodec implements MiniBlockCodec {
  /** The number of values packed together. */
  public static final int BLOCK = 1024;

  private final FixedWidthColumn column;
  private final int bits;
  private final AppendBuffer scratch;
  private final ValueBlock block;

  /** The packed width of each block of the column. */
  private final byte[] widths;

  private final long bytes;

  /**
   * Creates a codec, which measures the values in one pass.
   *
   * @param column the values, of 8, 16, 32 or 64 bits each
   * @param scratch scratch memory, which is overwritten
   * @param block scratch memory, which is overwritten
   */
  public InlineBitpackingCodec(FixedWidthColumn column, AppendBuffer scratch, ValueBlock block) {
    this.column = column;
    this.bits = column.type().bitWidth();
    this.scratch = scratch;
    this.block = block;
    this.widths = new byte[Math.toIntExact(Math.ceilDiv(column.length(), BLOCK))];
    long sum = 0;
    for (int i = 0; i < widths.length; i++) {
      long first = (long) i * BLOCK;
      widths[i] = (byte) measure(first, blockValues(first));
      sum += chunkBytes(bits, widths[i]);
    }
    this.bytes = sum;
  }

  /** Returns the size of all chunks in bytes, without levels and headers. */
  public long bytes() {
    return bytes;
  }

  private int blockValues(long first) {
    return (int) Math.min(BLOCK, column.length() - first);
  }

  private int measure(long first, int count) {
    return BitWidths.max(column.values(), first * bits / Byte.SIZE, count, bits, block);
  }

  /**
   * Returns the size in bytes of a chunk of values of {@code bits} bits, packed to {@code width}.
   */
  static int chunkBytes(int bits, int width) {
    return bits / Byte.SIZE + BLOCK / Byte.SIZE * width;
  }

  @Override
  public EncodingMessage encoding() {
    return Encodings.inlineBitpacking(bits);
  }

  @Override
  public long values() {
    return column.length();
  }

  @Override
  public int bufferCount() {
    return 1;
  }

  @Override
  public void plan(long first, int maxValues, Chunk chunk) {
    int values = Math.min(blockValues(first), maxValues);
    chunk.begin(first, values, 1);
    chunk.setBytes(0, chunkBytes(bits, width(first, values)));
  }

  /**
   * Returns the packed width of values, which are a block unless levels leave no room for that
   * many.
   */
  private int width(long first, int values) {
    boolean isBlock = first % BLOCK == 0 && values == blockValues(first);
    return isBlock ? widths[(int) (first / BLOCK)] : measure(first, values);
  }

  @Override
  public void encode(Chunk chunk, MemorySegment target) {
    int values = chunk.values();
    long at = chunk.place(0);
    int width = widthOf(chunk.bytes(0));
    int valueBytes = bits / Byte.SIZE;
    putWidth(target, at, width);
    MemorySegment source = column.values();
    long from = chunk.first() * valueBytes;
    if (values < BLOCK) {
      source = filledUp(source, from, values * valueBytes);
      from = 0;
    }
    BitPacking.pack(source, from, bits, width, target, at + valueBytes, block);
  }

  /** Returns the packed width of a chunk's values, which its size implies. */
  private int widthOf(long chunkBytes) {
    return (int) (chunkBytes - bits / Byte.SIZE) / (BLOCK / Byte.SIZE);
  }

  private MemorySegment filledUp(MemorySegment source, long from, int bytes) {
    scratch.clear();
    scratch.append(source, from, bytes);
    scratch.appendZeros(BLOCK * (bits / Byte.SIZE) - bytes);
    return scratch.block();
  }

  private void putWidth(MemorySegment target, long at, int width) {
    switch (bits) {
      case 8 -> target.set(ValueLayout.JAVA_BYTE, at, (byte) width);
      case 16 -> target.set(LittleEndian.SHORT, at, (short) width);
      case 32 -> target.set(LittleEndian.INT, at, width);
      default -> target.set(LittleEndian.LONG, at, width);
    }
  }

  /**
   * Decodes the buffer of a chunk.
   *
   * @param target the target, with room for {@value #BLOCK} values at {@code at}, regardless of the
   *     chunk's number of values
   */
  public static void decode(MemorySegment chunk, int bits, MemorySegment target, long at)
      throws LanceFormatException {
    int valueBytes = bits / Byte.SIZE;
    long size = chunk.byteSize();
    long width = size < valueBytes ? -1 : readWidth(chunk, bits);
    if (width < 0 || width > bits || size != chunkBytes(bits, (int) width)) {
      throw new LanceFormatException(
          "a bit-packed chunk of %d-bit values has %d bytes and says that they are packed to %d bits"
              .formatted(bits, size, width));
    }
    BitPacking.unpack(chunk, valueBytes, bits, (int) width, target, at);
  }

  private static long readWidth(MemorySegment chunk, int bits) {
    return switch (bits) {
      case 8 -> chunk.get(ValueLayout.JAVA_BYTE, 0) & 0xFF;
      case 16 -> chunk.get(LittleEndian.SHORT, 0) & 0xFFFF;
      case 32 -> chunk.get(LittleEndian.INT, 0) & 0xFFFFFFFFL;
      default -> chunk.get(LittleEndian.LONG, 0);
    };
  }

  /** Creates a decoder of values of 8 to 64 bits. */
  static ValueDecoder decoder(InlineBitpacking packing, DataType type, DecodeMemory memory)
      throws LanceFormatException {
    long bits = packing.getUncompressedBitsPerValue();
    DataType.FixedWidth fixed = ValueDecoder.fixedWidth("InlineBitpacking", bits, type);
    if (!fixed.hasIntegerWidth()) {
      throw new LanceFormatException(type + " cannot be bit-packed");
    }
    return new Decoder(fixed, memory.take());
  }

  private static final class Decoder extends ValueDecoder {
    private final DataType.FixedWidth type;
    private final AppendBuffer block;

    Decoder(DataType.FixedWidth type, AppendBuffer block) {
      this.type = type;
      this.block = block;
      block.reserve((long) BLOCK * type.byteWidth());
    }

    @Override
    public int bufferCount() {
      return 1;
    }

    @Override
    long maxBytes(int values) {
      return chunkBytes(type.bitWidth(), type.bitWidth());
    }

    @Override
    public Column decode(MemorySegment[] buffers, int first, int values)
        throws LanceFormatException {
      if (values > BLOCK) {
        throw new LanceFormatException(
            "a bit-packed chunk has %d values, but must have at most %d".formatted(values, BLOCK));
      }
      InlineBitpackingCodec.decode(buffers[first], type.bitWidth(), block.block(), 0);
      return new FixedWidthColumn(type, values, null, block.block());
    }
  }
}
