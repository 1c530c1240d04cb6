package dev.lancewright.internal.codec;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * Fixed-size list: the items of a list are one value. Where items can be null, a buffer of their
 * validity bits comes before the items.
 */
public final class FixedSizeListCodec implements MiniBlockCodec {
  private final Bitmap validity;
  private final int size;
  private final FlatCodec items;

  public FixedSizeListCodec(FixedSizeListColumn column) {
    this.validity = column.items().validity();
    this.size = column.type().size();
    boolean wholeBytes =
        column.items().type() instanceof DataType.FixedWidth fixed
            && (long) fixed.bitWidth() * size % 8 == 0;
    int validityBytes = validity == null ? 0 : (int) Bitmap.bytesFor(size);
    this.items = new FlatCodec(column.items(), size, validityBytes * (wholeBytes ? 1 : 8));
  }

  @Override
  public CompressiveEncoding encoding() {
    return Encodings.fixedSizeList(size, validity != null, items.encoding());
  }

  @Override
  public int bufferCount() {
    return validity == null ? 1 : 2;
  }

  @Override
  public int chunkValues(long first) {
    return items.chunkValues(first);
  }

  @Override
  public int bufferBytes(int buffer, long first, int values) {
    return isValidity(buffer)
        ? Math.toIntExact(Bitmap.bytesFor((long) values * size))
        : items.bufferBytes(0, first, values);
  }

  @Override
  public void encode(int buffer, long first, int values, MemorySegment target, long at) {
    if (isValidity(buffer)) {
      validity.copyTo(first * size, (long) values * size, target, at * 8);
    } else {
      items.encode(0, first, values, target, at);
    }
  }

  private boolean isValidity(int buffer) {
    return validity != null && buffer == 0;
  }
}
