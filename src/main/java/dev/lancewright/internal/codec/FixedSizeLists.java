package dev.lancewright.internal.codec;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.schema.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Fixed-size lists of values of fixed width, or of such lists: all items of a list are one value.
 * Where the items of a layer can be null, their validity is stored with the value.
 */
public final class FixedSizeLists {
  /**
   * One depth of nesting.
   *
   * @param size of the lists
   * @param items in one value, at this depth
   * @param validity of the items; null if none of them is null
   */
  public record Layer(int size, long items, Bitmap validity) {}

  private final long length;
  private final List<Layer> layers = new ArrayList<>();
  private final Column items;

  public FixedSizeLists(FixedSizeListColumn column) {
    this.length = column.length();
    Column below = column;
    long count = 1;
    while (below instanceof FixedSizeListColumn list) {
      int size = list.type().size();
      count *= size;
      below = list.items();
      layers.add(new Layer(size, count, below.nullCount() == 0 ? null : below.validity()));
    }
    this.items = below;
  }

  public long length() {
    return length;
  }

  /** The outermost first. */
  public List<Layer> layers() {
    return layers;
  }

  /** Items of a value at the innermost depth. */
  public long itemsPerValue() {
    return layers.getLast().items();
  }

  /** The innermost items, whatever their type. */
  Column flatItems() {
    return items;
  }

  /** The innermost items, of whole bytes. */
  public FixedWidthColumn items() {
    return (FixedWidthColumn) items;
  }

  int itemBits() {
    return items instanceof BoolColumn ? 1 : ((DataType.FixedWidth) items.type()).bitWidth();
  }

  /** Bytes of all items of a value. */
  public long valueBytes() {
    return itemsPerValue() * itemBits() / 8;
  }

  /** Bytes of the validity of a value's items when each layer starts with a whole byte. */
  public long validityBytes() {
    long bytes = 0;
    for (Layer layer : layers) {
      bytes += layer.validity() == null ? 0 : Bitmap.bytesFor(layer.items());
    }
    return bytes;
  }

  public CompressiveEncoding encoding() {
    CompressiveEncoding encoding = Encodings.flat(itemBits());
    for (Layer layer : layers.reversed()) {
      encoding = Encodings.fixedSizeList(layer.size(), layer.validity() != null, encoding);
    }
    return encoding;
  }
}
