package dev.lancewright.internal.codec;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.Flat;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * Flat: values as they are, one after the other; booleans as bits, eight to a byte.
 *
 * <p>One value may stand for {@code itemsPerValue} elements of the column, as a fixed-size list
 * does.
 */
public final class FlatCodec implements MiniBlockCodec {
  /**
   * A chunk's values stay under this many bytes, twice what the reference makes of them: a reader
   * spends much of its time on what it does once a chunk.
   */
  public static final int MAX_CHUNK_BYTES = (16 << 10) + 1;

  private final Column column;
  private final int itemsPerValue;
  private final int itemBits;
  private final long values;
  private final int valuesPerChunk;

  /** A codec for the values of {@code column}. */
  public FlatCodec(Column column) {
    this(column, MAX_CHUNK_BYTES);
  }

  /** A codec whose chunks have up to {@code maxChunkBytes} bytes. */
  public FlatCodec(Column column, int maxChunkBytes) {
    this(column, 1, 0, maxChunkBytes);
  }

  /**
   * @param extraBytes bytes that a value takes in other buffers of its chunk: for eight values if
   *     values are not whole bytes
   */
  public FlatCodec(Column column, int itemsPerValue, int extraBytes) {
    this(column, itemsPerValue, extraBytes, MAX_CHUNK_BYTES);
  }

  private FlatCodec(Column column, int itemsPerValue, int extraBytes, int maxChunkBytes) {
    this.column = column;
    this.itemsPerValue = itemsPerValue;
    this.itemBits = bitWidth(column);
    this.values = column.length() / itemsPerValue;
    this.valuesPerChunk =
        valuesPerChunk((long) itemBits * itemsPerValue, extraBytes, maxChunkBytes);
  }

  private static int bitWidth(Column column) {
    return switch (column) {
      case FixedWidthColumn fixed -> fixed.type().bitWidth();
      case BoolColumn bool -> bool.type().bitWidth();
      default -> throw new IllegalArgumentException(column.type() + " has no fixed width");
    };
  }

  /**
   * Doubled from two values, or one byte of bits, while they fit. Beyond, as wide lists of bits can
   * be, even eight values are too many for a chunk.
   */
  static int valuesPerChunk(long valueBits, int extraBytes, int maxChunkBytes) {
    boolean wholeBytes = valueBits % 8 == 0;
    long bytes = 2 * ((wholeBytes ? valueBits / 8 : valueBits) + extraBytes);
    int count = wholeBytes ? 2 : 8;
    while (2 * bytes < maxChunkBytes && 2 * count <= MAX_CHUNK_VALUES) {
      bytes *= 2;
      count *= 2;
    }
    return bytes > maxChunkBytes ? 2 : count;
  }

  @Override
  public CompressiveEncoding encoding() {
    return Encodings.flat(itemBits);
  }

  @Override
  public long values() {
    return values;
  }

  @Override
  public int bufferCount() {
    return 1;
  }

  @Override
  public void plan(long first, int maxValues, Chunk chunk) {
    chunk.begin(first, chunkValues(first, maxValues), 1);
    chunk.setBytes(0, bytes(chunk.values()));
  }

  int chunkValues(long first, int maxValues) {
    return (int) Math.min(Math.min(valuesPerChunk, maxValues), values - first);
  }

  /** The bytes of {@code count} values. */
  long bytes(int count) {
    return Bitmap.bytesFor((long) count * itemsPerValue * itemBits);
  }

  @Override
  public void encode(Chunk chunk, MemorySegment target) {
    copy(chunk.first(), chunk.values(), target, chunk.place(0));
  }

  void copy(long first, int count, MemorySegment target, long at) {
    long from = first * itemsPerValue;
    long items = (long) count * itemsPerValue;
    switch (column) {
      case FixedWidthColumn fixed -> {
        int width = fixed.type().byteWidth();
        MemorySegment.copy(fixed.values(), from * width, target, at, items * width);
      }
      case BoolColumn bool -> Bits.copy(bool.values(), from, items, target, at * 8);
      default -> throw new AssertionError(column.type());
    }
  }

  /** A decoder of values of a fixed width, or of bits. */
  static ValueDecoder decoder(Flat flat, DataType type) throws LanceFormatException {
    return new Decoder(ValueDecoder.fixedWidth("Flat", flat.getBitsPerValue(), type));
  }

  /** A column of {@code count} values that lie at the start of {@code buffer}. */
  static Column view(DataType.FixedWidth type, long count, MemorySegment buffer)
      throws LanceFormatException {
    // Counts may come from a file: nothing here may overflow.
    if (count > buffer.byteSize() * 8 / type.bitWidth()) {
      throw new LanceFormatException(
          "%d values of %s do not fit into a buffer of %d bytes"
              .formatted(count, type, buffer.byteSize()));
    }
    return type instanceof DataType.Bool
        ? new BoolColumn(null, new Bitmap(buffer, 0, count))
        : new FixedWidthColumn(type, count, null, buffer);
  }

  private static final class Decoder extends ValueDecoder {
    private final DataType.FixedWidth type;

    Decoder(DataType.FixedWidth type) {
      this.type = type;
    }

    @Override
    public int bufferCount() {
      return 1;
    }

    @Override
    long maxBytes(int values) {
      return Bitmap.bytesFor((long) values * type.bitWidth());
    }

    @Override
    public Column decode(MemorySegment[] buffers, int first, int values)
        throws LanceFormatException {
      return view(type, values, buffers[first]);
    }
  }
}
