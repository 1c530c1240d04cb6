package dev.lancewright.internal.layout;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.Bits;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads bools: some writers give each a byte in full-zip pages. */
final class FullZipBoolReader extends FullZipValueReader {
  private final AppendBuffer values;
  private long count;

  FullZipBoolReader(DecodeMemory memory) {
    super(Byte.SIZE);
    this.values = memory.take();
  }

  @Override
  long read(MemorySegment source, long at, long end) throws LanceFormatException {
    check(1, at, end);
    put(source.get(ValueLayout.JAVA_BYTE, at) != 0);
    return at + 1;
  }

  private void put(boolean value) {
    Bits.reserve(values, count + 1);
    Bits.put(values.block(), count++, value ? 1 : 0);
  }

  @Override
  void readNothing() {
    put(false);
  }

  @Override
  long nothingBytes() {
    return 1;
  }

  @Override
  Column column() {
    return new BoolColumn(null, new Bitmap(values.block(), 0, count));
  }

  @Override
  void clear() {
    values.clear();
    count = 0;
  }
}
