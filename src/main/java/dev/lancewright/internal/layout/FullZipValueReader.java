package dev.lancewright.internal.layout;

import dev.lancewright.column.Column;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.codec.FixedSizeListShape;
import dev.lancewright.internal.codec.FullZipStrings;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * Collects values that lie one by one in a full-zip page; the inverse of {@link
 * FullZipValueWriter}.
 */
abstract sealed class FullZipValueReader
    permits FullZipFixedWidthReader,
        FullZipBoolReader,
        FullZipFixedSizeListReader,
        FullZipStringReader,
        FullZipPackedStructReader {
  /** Bits of a value, or of its length if values have lengths. */
  final long bits;

  FullZipValueReader(long bits) {
    this.bits = bits;
  }

  /**
   * A reader of values of a type.
   *
   * @param haveLengths whether each value is behind its length
   * @param bits of a value, or of its length
   * @throws LanceFormatException if values of that type cannot lie there in that encoding
   */
  static FullZipValueReader of(
      CompressiveEncoding encoding,
      DataType type,
      boolean haveLengths,
      long bits,
      DecodeMemory memory)
      throws LanceFormatException {
    FullZipValueReader reader =
        switch (type) {
          case DataType.Bool _ when encoding.getFlat().getBitsPerValue() == Byte.SIZE ->
              new FullZipBoolReader(memory);
          case DataType.FixedWidth fixed
              when encoding.hasFlat()
                  && encoding.getFlat().getBitsPerValue() == fixed.bitWidth()
                  && fixed.byteWidth() > 0 ->
              new FullZipFixedWidthReader(fixed, memory);
          case DataType.FixedSizeList _ when encoding.hasFixedSizeList() ->
              new FullZipFixedSizeListReader(
                  FixedSizeListShape.of(encoding.getFixedSizeList(), type), memory);
          case DataType.VariableWidth strings ->
              new FullZipStringReader(
                  strings, bits, FullZipStrings.decoder(encoding, type, memory), memory);
          case DataType.Struct struct when encoding.hasVariablePackedStruct() ->
              FullZipPackedStructReader.of(
                  struct, bits, encoding.getVariablePackedStruct(), memory);
          default -> null;
        };
    if (reader == null || reader.haveLengths() != haveLengths || reader.bits != bits) {
      throw new LanceFormatException(
          "values of %s cannot lie one by one in the encoding %s with %s bits for each %s"
              .formatted(
                  type,
                  encoding.getCompressionCase(),
                  Long.toUnsignedString(bits),
                  haveLengths ? "length" : "value"));
    }
    return reader;
  }

  boolean haveLengths() {
    return false;
  }

  /** Bytes of each value; only of those without lengths. */
  final long valueBytes() {
    return bits / Byte.SIZE;
  }

  /**
   * Collects the value at {@code at}.
   *
   * @param end what no value may reach beyond
   * @return the position behind it
   */
  abstract long read(MemorySegment source, long at, long end)
      throws LanceFormatException, BatchTooLargeException;

  /** Collects what stands for a null that takes no bytes. */
  abstract void readNothing() throws BatchTooLargeException;

  /** Bytes that {@link #readNothing} collects. */
  abstract long nothingBytes();

  /** Bytes collected since the last {@link #clear} that are not in the file and may be many. */
  long fillerBytes() {
    return 0;
  }

  /** Values that lie there without levels; only of those without lengths. */
  Column view(MemorySegment source, long count)
      throws LanceFormatException, BatchTooLargeException {
    clear();
    long at = 0;
    for (long i = 0; i < count; i++) {
      at = read(source, at, source.byteSize());
    }
    return column();
  }

  /** The values collected, until the next call of any other method. */
  abstract Column column() throws LanceFormatException, BatchTooLargeException;

  abstract void clear();

  static void check(long bytes, long at, long end) throws LanceFormatException {
    if (bytes < 0 || bytes > end - at) {
      throw new LanceFormatException(
          "a value of %s bytes, but only %d are left"
              .formatted(Long.toUnsignedString(bytes), end - at));
    }
  }

  static long length(MemorySegment source, long at, long bits) {
    return bits == 64
        ? source.get(LittleEndian.LONG, at)
        : source.get(LittleEndian.INT, at) & 0xFFFFFFFFL;
  }
}
