package dev.lancewright.internal.codec;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.FixedSizeList;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of fixed-size lists as described by a page: the reading counterpart of {@link
 * FixedSizeLists}.
 *
 * @param layers the layers, outermost first
 * @param itemType the type of the innermost items
 */
public record FixedSizeListShape(List<Layer> layers, DataType.FixedWidth itemType) {
  /**
   * One level of nesting.
   *
   * @param type the type of the lists at this level
   * @param items the number of items in one value at this level
   * @param nullable whether the items have validity bits
   */
  public record Layer(DataType.FixedSizeList type, long items, boolean nullable) {}

  public FixedSizeListShape {
    layers = List.copyOf(layers);
  }

  /**
   * Returns the shape of lists of the given type.
   *
   * @throws LanceFormatException if the encoding does not match the type
   */
  public static FixedSizeListShape of(FixedSizeList encoding, DataType type)
      throws LanceFormatException {
    List<Layer> layers = new ArrayList<>();
    FixedSizeList list = encoding;
    DataType below = type;
    long items = 1;
    while (true) {
      if (!(below instanceof DataType.FixedSizeList listType)
          || listType.size() != list.getItemsPerValue()) {
        throw mismatch(type);
      }
      items = Math.multiplyHigh(items, listType.size()) == 0 ? items * listType.size() : -1;
      layers.add(new Layer(listType, items, list.getHasValidity()));
      below = listType.item().type();
      CompressiveEncoding values = list.getValues();
      if (!values.hasFixedSizeList()) {
        DataType.FixedWidth itemType =
            ValueDecoder.fixedWidth("FixedSizeList", ValueDecoder.flatBits(values), below);
        if (items < 0 || items > Long.MAX_VALUE / itemType.bitWidth() / Integer.MAX_VALUE) {
          throw mismatch(type);
        }
        return new FixedSizeListShape(layers, itemType);
      }
      list = values.getFixedSizeList();
    }
  }

  private static LanceFormatException mismatch(DataType type) {
    return new LanceFormatException(
        "values of %s have the encoding of fixed-size lists of another kind".formatted(type));
  }

  /** Returns the number of layers with validity bits. */
  public int nullableLayers() {
    return (int) layers.stream().filter(Layer::nullable).count();
  }

  /** Returns the number of bits in the innermost items of a value. */
  public long valueBits() {
    return layers.getLast().items() * itemType.bitWidth();
  }

  /**
   * Returns lists as a view of buffers.
   *
   * @param buffers the buffers, starting at {@code first}: the validity bits of each nullable
   *     layer, then the items
   * @throws LanceFormatException if one of the buffers is too short
   */
  public Column column(long values, MemorySegment[] buffers, int first)
      throws LanceFormatException {
    int buffer = first + nullableLayers();
    Column below = FlatCodec.view(itemType, values * layers.getLast().items(), buffers[buffer]);
    for (Layer layer : layers.reversed()) {
      if (layer.nullable()) {
        buffer--;
        below = below.withValidity(validity(values * layer.items(), buffers[buffer]));
      }
      below =
          new FixedSizeListColumn(
              layer.type(),
              values * (layer.items() / Math.max(1, layer.type().size())),
              null,
              below);
    }
    return below;
  }

  private static Bitmap validity(long items, MemorySegment bits) throws LanceFormatException {
    if (Bitmap.bytesFor(items) > bits.byteSize()) {
      throw new LanceFormatException(
          "the validity of %d items of fixed-size lists does not fit into %d bytes"
              .formatted(items, bits.byteSize()));
    }
    return new Bitmap(bits, 0, items);
  }
}
