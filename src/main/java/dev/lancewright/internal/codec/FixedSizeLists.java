package dev.lancewright.internal.codec;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.schema.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Fixed-size lists of fixed-width values, or of such lists, each of which is one value. If the
 * items of a layer can be null, their validity is stored with the value.
 */
public final class FixedSizeLists {
  /**
   * One level of nesting.
   *
   * @param size the size of the lists
   * @param items the number of items in one value at this level
   * @param validity the validity of the items, or null if none of them is null
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

  /** Returns the layers, outermost first. */
  public List<Layer> layers() {
    return layers;
  }

  /** Returns the number of items in a value at the innermost level. */
  public long itemsPerValue() {
    return layers.getLast().items();
  }

  /** Returns the innermost items, whatever their type. */
  Column flatItems() {
    return items;
  }

  /** Returns the innermost items, which must be of whole bytes. */
  public FixedWidthColumn items() {
    return (FixedWidthColumn) items;
  }

  int itemBits() {
    return items instanceof BoolColumn ? 1 : ((DataType.FixedWidth) items.type()).bitWidth();
  }

  /** Returns the number of bytes in all items of a value. */
  public long valueBytes() {
    return itemsPerValue() * itemBits() / 8;
  }

  /**
   * Returns the number of bytes for the validity of a value's items if each layer starts on a byte
   * boundary.
   */
  public long validityBytes() {
    long bytes = 0;
    for (Layer layer : layers) {
      bytes += layer.validity() == null ? 0 : Bitmap.bytesFor(layer.items());
    }
    return bytes;
  }

  public EncodingMessage encoding() {
    EncodingMessage encoding = Encodings.flat(itemBits());
    for (Layer layer : layers.reversed()) {
      encoding = Encodings.fixedSizeList(layer.size(), layer.validity() != null, encoding);
    }
    return encoding;
  }
}
