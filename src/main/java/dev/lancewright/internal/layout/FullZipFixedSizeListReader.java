package dev.lancewright.internal.layout;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.codec.FixedSizeListShape;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.Bits;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads fixed-size lists. The validity bits of a list's items, for each layer that has nulls, come
 * before the items.
 */
final class FullZipFixedSizeListReader extends FullZipValueReader {
  private final FixedSizeListShape shape;

  /** The bits that a value has in each buffer. */
  private final long[] itemBits;

  private final AppendBuffer[] buffers;
  private long count;

  FullZipFixedSizeListReader(FixedSizeListShape shape, DecodeMemory memory) {
    super(bits(shape));
    this.shape = shape;
    List<Long> sizes = new ArrayList<>();
    shape.layers().stream()
        .filter(FixedSizeListShape.Layer::nullable)
        .forEach(layer -> sizes.add(layer.items()));
    sizes.add(shape.valueBits());
    this.itemBits = sizes.stream().mapToLong(Long::longValue).toArray();
    this.buffers = new AppendBuffer[itemBits.length];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = memory.take();
    }
  }

  /** The bits of a value; -1 if its items are not whole bytes, which no page can express. */
  private static long bits(FixedSizeListShape shape) {
    if (shape.valueBits() % Byte.SIZE != 0) {
      return -1;
    }
    long bits = shape.valueBits();
    for (FixedSizeListShape.Layer layer : shape.layers()) {
      bits += layer.nullable() ? Bitmap.bytesFor(layer.items()) * Byte.SIZE : 0;
    }
    return bits;
  }

  @Override
  long read(MemorySegment source, long at, long end) throws LanceFormatException {
    check(valueBytes(), at, end);
    // In the page every part of a value starts at a byte, in a column bits follow each other. So
    // validity is shifted, value by value. Items are whole bytes and come through the same loop,
    // which makes all buffers alike and leaves the fast way to view, where nothing is shifted.
    long from = at;
    for (int i = 0; i < buffers.length; i++) {
      Bits.reserve(buffers[i], (count + 1) * itemBits[i]);
      Bitmap items = new Bitmap(source, from * Byte.SIZE, itemBits[i]);
      Bits.copy(items, 0, itemBits[i], buffers[i].block(), count * itemBits[i]);
      from += Bitmap.bytesFor(itemBits[i]);
    }
    count++;
    return from;
  }

  @Override
  Column view(MemorySegment source, long values)
      throws LanceFormatException, BatchTooLargeException {
    return buffers.length > 1
        ? super.view(source, values)
        : shape.column(values, new MemorySegment[] {source}, 0);
  }

  @Override
  void readNothing() {
    for (int i = 0; i < buffers.length; i++) {
      Bits.reserve(buffers[i], (count + 1) * itemBits[i]);
      Bits.fill(buffers[i].block(), count * itemBits[i], itemBits[i], false);
    }
    count++;
  }

  @Override
  long nothingBytes() {
    return valueBytes();
  }

  @Override
  Column column() throws LanceFormatException {
    MemorySegment[] segments = new MemorySegment[buffers.length];
    for (int i = 0; i < segments.length; i++) {
      segments[i] = buffers[i].block();
    }
    return shape.column(count, segments, 0);
  }

  @Override
  void clear() {
    for (AppendBuffer buffer : buffers) {
      buffer.clear();
    }
    count = 0;
  }
}
