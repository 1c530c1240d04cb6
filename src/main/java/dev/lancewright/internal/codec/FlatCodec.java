package dev.lancewright.internal.codec;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.proto.Encodings21Proto.Flat;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * Flat encoding: plain contiguous values, and booleans as bits, eight to a byte.
 *
 * <p>One value may consist of {@code itemsPerValue} elements of the column, as a fixed-size list
 * does.
 */
public final class FlatCodec implements MiniBlockCodec {
  /**
   * The exclusive limit on the size of a chunk's values in bytes, twice that of the reference: a
   * reader spends much of its time on work per chunk.
   */
  public static final int MAX_CHUNK_BYTES = (16 << 10) + 1;

  private final Column column;
  private final int itemsPerValue;
  private final int itemBits;
  private final long values;
  private final int valuesPerChunk;

  /** Creates a codec for the values of {@code column}. */
  public FlatCodec(Column column) {
    this(column, MAX_CHUNK_BYTES);
  }

  /** Creates a codec whose chunks have up to {@code maxChunkBytes} bytes. */
  public FlatCodec(Column column, int maxChunkBytes) {
    this(column, 1, 0, maxChunkBytes);
  }

  /**
   * Creates a codec for values with additional buffers.
   *
   * @param extraBytes the number of bytes that a value, or eight values if they are not whole
   *     bytes, has in other buffers of its chunk
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
   * Returns the number of values in a chunk: two, or eight if they are not whole bytes, doubled as
   * long as they fit. If even eight are too many, as for wide lists of bits, it is two.
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
  public EncodingMessage encoding() {
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

  /** Returns the size of {@code count} values in bytes. */
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

  /** Creates a decoder of fixed-width values or of bits. */
  static ValueDecoder decoder(Flat flat, DataType type) throws LanceFormatException {
    return new Decoder(ValueDecoder.fixedWidth("Flat", flat.getBitsPerValue(), type));
  }

  /** Returns a view of the {@code count} values at the start of {@code buffer}. */
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
