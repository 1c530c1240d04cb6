package dev.lancewright.internal.codec;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.proto.Encodings21Proto.FixedSizeList;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Fixed-size lists, each of which is one value. Each layer with nullable items has a buffer of
 * their validity bits, outermost first, before the buffer of items.
 */
public final class FixedSizeListCodec implements MiniBlockCodec {
  private final FixedSizeLists lists;
  private final List<FixedSizeLists.Layer> nullable;
  private final FlatCodec items;

  public FixedSizeListCodec(FixedSizeListColumn column) {
    this.lists = new FixedSizeLists(column);
    this.nullable = lists.layers().stream().filter(layer -> layer.validity() != null).toList();
    int size = Math.toIntExact(lists.itemsPerValue());
    boolean wholeBytes = (long) lists.itemBits() * size % 8 == 0;
    int validityBytes = Math.toIntExact(lists.validityBytes());
    this.items = new FlatCodec(lists.flatItems(), size, validityBytes * (wholeBytes ? 1 : 8));
  }

  @Override
  public EncodingMessage encoding() {
    return lists.encoding();
  }

  @Override
  public long values() {
    return lists.length();
  }

  @Override
  public int bufferCount() {
    return nullable.size() + 1;
  }

  @Override
  public void plan(long first, int maxValues, Chunk chunk) {
    int values = items.chunkValues(first, maxValues);
    chunk.begin(first, values, bufferCount());
    for (int i = 0; i < nullable.size(); i++) {
      chunk.setBytes(i, Bitmap.bytesFor(values * nullable.get(i).items()));
    }
    chunk.setBytes(nullable.size(), items.bytes(values));
  }

  @Override
  public void encode(Chunk chunk, MemorySegment target) {
    for (int i = 0; i < nullable.size(); i++) {
      FixedSizeLists.Layer layer = nullable.get(i);
      long from = chunk.first() * layer.items();
      long bits = chunk.values() * layer.items();
      Bits.copy(layer.validity(), from, bits, target, chunk.place(i) * 8);
    }
    items.copy(chunk.first(), chunk.values(), target, chunk.place(nullable.size()));
  }

  /** Creates a decoder of fixed-size lists. */
  static ValueDecoder decoder(FixedSizeList list, DataType type) throws LanceFormatException {
    return new Decoder(FixedSizeListShape.of(list, type));
  }

  private static final class Decoder extends ValueDecoder {
    private final FixedSizeListShape shape;

    Decoder(FixedSizeListShape shape) {
      this.shape = shape;
    }

    @Override
    public int bufferCount() {
      return shape.nullableLayers() + 1;
    }

    @Override
    long maxBytes(int values) {
      return Long.MAX_VALUE;
    }

    @Override
    public Column decode(MemorySegment[] buffers, int first, int values)
        throws LanceFormatException {
      return shape.column(values, buffers, first);
    }
  }
}
