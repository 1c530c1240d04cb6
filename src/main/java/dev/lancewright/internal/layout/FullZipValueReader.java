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
 * Collects the individually stored values of a full-zip page; the inverse of {@link
 * FullZipValueWriter}.
 */
abstract sealed class FullZipValueReader
    permits FullZipFixedWidthReader,
        FullZipBoolReader,
        FullZipFixedSizeListReader,
        FullZipStringReader,
        FullZipPackedStructReader {
  /** The bits of a length if values have lengths, else of a value; -1 if no page can have them. */
  final long bits;

  FullZipValueReader(long bits) {
    this.bits = bits;
  }

  /**
   * Makes the reader for a type and an encoding.
   *
   * @param haveLengths whether each value comes after its length
   * @param bits the bits of a length if there are lengths, else of a value
   * @throws LanceFormatException if values of that type cannot lie there in that encoding
   */
  static FullZipValueReader of(
      CompressiveEncoding encoding,
      DataType type,
      boolean haveLengths,
      long bits,
      DecodeMemory memory)
      throws LanceFormatException {
    // The encoding picks the reader, but what the page says of widths need not agree with it. So a
    // reader states its own, -1 if its shape fits no page at all, and one check for all of them
    // follows; later reads take width and shape for granted. A file can say -1 too.
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
    boolean fits = reader != null && reader.haveLengths() == haveLengths && reader.bits == bits;
    if (!fits || bits < 0) {
      throw new LanceFormatException(
          "values of %s cannot be stored individually in the encoding %s with %s bits for each %s"
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
   * @param end the end of the source, or of the value that this one is a part of
   * @return the position after it
   */
  abstract long read(MemorySegment source, long at, long end)
      throws LanceFormatException, BatchTooLargeException;

  /** Collects the placeholder for a null that takes no bytes in the page. */
  abstract void readNothing() throws BatchTooLargeException;

  /** Bytes that {@link #readNothing} collects. */
  abstract long nothingBytes();

  /** Bytes collected since the last {@link #clear} that are not in the file and may be many. */
  long fillerBytes() {
    return 0;
  }

  /**
   * Views or collects all values of {@code source}, which lie there without levels; only for values
   * without lengths.
   */
  Column view(MemorySegment source, long count)
      throws LanceFormatException, BatchTooLargeException {
    clear();
    long at = 0;
    for (long i = 0; i < count; i++) {
      at = read(source, at, source.byteSize());
    }
    return column();
  }

  /** Returns the values collected; valid until the next call of any other method. */
  abstract Column column() throws LanceFormatException, BatchTooLargeException;

  abstract void clear();

  /** Checks that a value fits between {@code at} and {@code end}. */
  static void check(long bytes, long at, long end) throws LanceFormatException {
    // A length of 64 bits may be negative, and the sum of a position and a length may overflow;
    // what is left does not.
    if (bytes < 0 || bytes > end - at) {
      throw new LanceFormatException(
          "a value of %s bytes, but only %d are left"
              .formatted(Long.toUnsignedString(bytes), end - at));
    }
  }

  /** Reads a length, which is unsigned if it has 32 bits. */
  static long length(MemorySegment source, long at, long bits) {
    return bits == 64
        ? source.get(LittleEndian.LONG, at)
        : source.get(LittleEndian.INT, at) & 0xFFFFFFFFL;
  }
}
