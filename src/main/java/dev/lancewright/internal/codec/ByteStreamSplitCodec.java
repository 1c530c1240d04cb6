package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.ByteStreamSplit;
import dev.lancewright.internal.simd.ByteStreams;
import dev.lancewright.internal.simd.ValueBlock;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * Byte-stream split of values of 32 and 64 bits: each chunk has byte 0 of all values, then byte 1
 * of all, and so on. It saves nothing by itself, but groups similar bytes for general compression.
 */
public final class ByteStreamSplitCodec implements MiniBlockCodec {
  private final FixedWidthColumn column;
  private final int valueBytes;
  private final int valuesPerChunk;
  private final ValueBlock block;

  /**
   * @param column the values, of 32 or 64 bits each
   * @param maxChunkBytes the size that the values of a chunk stay below
   * @param block scratch memory, which is overwritten
   */
  public ByteStreamSplitCodec(FixedWidthColumn column, int maxChunkBytes, ValueBlock block) {
    this.column = column;
    this.block = block;
    this.valueBytes = column.type().byteWidth();
    this.valuesPerChunk = FlatCodec.valuesPerChunk(valueBytes * 8L, 0, maxChunkBytes);
  }

  /** Returns whether values with the given number of bits can be split. */
  public static boolean supports(int bits) {
    return bits == 32 || bits == 64;
  }

  @Override
  public EncodingMessage encoding() {
    return Encodings.byteStreamSplit(valueBytes * Byte.SIZE);
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
    int values = (int) Math.min(Math.min(valuesPerChunk, maxValues), column.length() - first);
    chunk.begin(first, values, 1);
    chunk.setBytes(0, (long) values * valueBytes);
  }

  @Override
  public void encode(Chunk chunk, MemorySegment target) {
    long from = chunk.first() * valueBytes;
    ByteStreams.split(
        column.values(), from, chunk.values(), valueBytes, target, chunk.place(0), block);
  }

  /** Decodes the buffer of a chunk of {@code count} values. */
  public static void decode(
      MemorySegment streams, int valueBytes, int count, MemorySegment target, long at)
      throws LanceFormatException {
    if (streams.byteSize() != (long) count * valueBytes) {
      throw new LanceFormatException(
          "a chunk of %d values of %d bytes in byte streams has %d bytes"
              .formatted(count, valueBytes, streams.byteSize()));
    }
    ByteStreams.join(streams, 0, count, valueBytes, target, at);
  }

  /** Creates a decoder of values of 32 or 64 bits. */
  static ValueDecoder decoder(ByteStreamSplit split, DataType type, DecodeMemory memory)
      throws LanceFormatException {
    long bits = ValueDecoder.flatBits(split.getValues());
    DataType.FixedWidth fixed = ValueDecoder.fixedWidth("ByteStreamSplit", bits, type);
    if (!supports(fixed.bitWidth())) {
      throw new LanceFormatException(type + " cannot be split into streams of bytes");
    }
    return new Decoder(fixed, memory.take());
  }

  private static final class Decoder extends ValueDecoder {
    private final DataType.FixedWidth type;
    private final AppendBuffer block;

    Decoder(DataType.FixedWidth type, AppendBuffer block) {
      this.type = type;
      this.block = block;
    }

    @Override
    public int bufferCount() {
      return 1;
    }

    @Override
    long maxBytes(int values) {
      return (long) values * type.byteWidth();
    }

    @Override
    public Column decode(MemorySegment[] buffers, int first, int values)
        throws LanceFormatException {
      MemorySegment streams = buffers[first];
      block.clear();
      block.reserve(streams.byteSize());
      ByteStreamSplitCodec.decode(streams, type.byteWidth(), values, block.block(), 0);
      return new FixedWidthColumn(type, values, null, block.block());
    }
  }
}
