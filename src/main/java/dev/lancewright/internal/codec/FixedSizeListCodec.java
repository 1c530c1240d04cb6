package dev.lancewright.internal.codec;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.FixedSizeList;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Fixed-size list: the items of a list are one value. Each layer whose items can be null has a
 * buffer of their validity bits, outermost first, before the buffer of items.
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
  public CompressiveEncoding encoding() {
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
  public int chunkValues(long first) {
    return items.chunkValues(first);
  }

  @Override
  public long bufferBytes(int buffer, long first, int values) {
    return buffer < nullable.size()
        ? Bitmap.bytesFor(values * nullable.get(buffer).items())
        : items.bufferBytes(0, first, values);
  }

  @Override
  public void encode(int buffer, long first, int values, MemorySegment target, long at) {
    if (buffer == nullable.size()) {
      items.encode(0, first, values, target, at);
      return;
    }
    FixedSizeLists.Layer layer = nullable.get(buffer);
    Bits.copy(layer.validity(), first * layer.items(), values * layer.items(), target, at * 8);
  }

  /** A decoder of lists of one size. */
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
