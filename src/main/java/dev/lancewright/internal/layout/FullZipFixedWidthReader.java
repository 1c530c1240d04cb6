package dev.lancewright.internal.layout;

import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/** Reads values of whole bytes, all of one width. */
final class FullZipFixedWidthReader extends FullZipValueReader {
  private final DataType.FixedWidth type;
  private final AppendBuffer values;

  FullZipFixedWidthReader(DataType.FixedWidth type, DecodeMemory memory) {
    super(type.bitWidth());
    this.type = type;
    this.values = memory.take();
  }

  @Override
  long read(MemorySegment source, long at, long end) throws LanceFormatException {
    check(type.byteWidth(), at, end);
    values.append(source, at, type.byteWidth());
    return at + type.byteWidth();
  }

  @Override
  Column view(MemorySegment source, long count) {
    return new FixedWidthColumn(type, count, null, source);
  }

  @Override
  void readNothing() {
    values.appendZeros(type.byteWidth());
  }

  @Override
  long nothingBytes() {
    return type.byteWidth();
  }

  @Override
  Column column() {
    long count = values.size() / type.byteWidth();
    return new FixedWidthColumn(type, count, null, values.block());
  }

  @Override
  void clear() {
    values.clear();
  }
}
