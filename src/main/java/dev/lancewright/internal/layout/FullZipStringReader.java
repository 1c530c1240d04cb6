package dev.lancewright.internal.layout;

import dev.lancewright.column.Column;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.codec.FullZipStrings;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.simd.Offsets;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/** Reads strings and binaries, each after its length, and decodes them all at once. */
final class FullZipStringReader extends FullZipValueReader {
  private final DataType.VariableWidth type;
  private final FullZipStrings.Decoder decoder;
  private final AppendBuffer offsets;
  private final AppendBuffer data;

  FullZipStringReader(
      DataType.VariableWidth type, long bits, FullZipStrings.Decoder decoder, DecodeMemory memory) {
    super(bits == type.offsetWidth() * 8L ? bits : -1);
    this.type = type;
    this.decoder = decoder;
    this.offsets = memory.take();
    this.data = memory.take();
    clear();
  }

  @Override
  boolean haveLengths() {
    return true;
  }

  @Override
  long read(MemorySegment source, long at, long end)
      throws LanceFormatException, BatchTooLargeException {
    // A length is as wide as an offset of the type, but it is unsigned and counts one value, while
    // offsets are signed and count all. So many values of valid lengths can be too many for 32-bit
    // offsets: that is no fault of the file, and fewer rows are tried.
    long from = at + type.offsetWidth();
    check(type.offsetWidth(), at, end);
    long bytes = length(source, at, bits);
    check(bytes, from, end);
    if (!type.large() && bytes > Integer.MAX_VALUE - data.size()) {
      throw new BatchTooLargeException();
    }
    data.append(source, from, bytes);
    // A null is an offset without data, so a value ends like one.
    readNothing();
    return from + bytes;
  }

  @Override
  void readNothing() {
    long to = offsets.reserve(type.offsetWidth());
    Offsets.set(offsets.block(), to, type.offsetWidth(), data.size());
    offsets.advance(type.offsetWidth());
  }

  @Override
  long nothingBytes() {
    return type.offsetWidth();
  }

  @Override
  Column column() throws LanceFormatException, BatchTooLargeException {
    long count = offsets.size() / type.offsetWidth() - 1;
    return decoder.decode(
        new VariableWidthColumn(type, count, null, offsets.block(), data.bytes()));
  }

  @Override
  void clear() {
    data.clear();
    offsets.clear();
    offsets.appendZeros(type.offsetWidth());
  }
}
