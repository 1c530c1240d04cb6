package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * Decodes dictionaries: the inverse of {@link DictionaryBlock}, and apart from it so that writing
 * loads none of the classes that describe what is read.
 */
public final class DictionaryDecoder {
  private DictionaryDecoder() {}

  /**
   * Decodes a dictionary.
   *
   * @param block the buffer in native memory, which the column may be a view of
   * @return {@code count} values, none of them null, valid as long as {@code block}, and until
   *     {@code memory} is used for another page
   * @throws LanceFormatException if the block does not hold a dictionary of {@code count} values of
   *     that type
   */
  public static Column decode(
      CompressiveEncoding encoding,
      MemorySegment block,
      long count,
      DataType type,
      DecodeMemory memory)
      throws LanceFormatException {
    if (count <= 0) {
      throw new LanceFormatException(
          "a dictionary of %s values; there must be at least one"
              .formatted(Long.toUnsignedString(count)));
    }
    return switch (encoding.getCompressionCase()) {
      case FLAT ->
          FlatCodec.view(
              ValueDecoder.fixedWidth("Flat", encoding.getFlat().getBitsPerValue(), type),
              count,
              block);
      case VARIABLE -> decodeStrings(encoding, block, count, type);
      case INLINE_BITPACKING -> {
        ValueDecoder decoder =
            InlineBitpackingCodec.decoder(encoding.getInlineBitpacking(), type, memory);
        yield decoder.decode(
            new MemorySegment[] {block}, 0, (int) Math.min(count, Integer.MAX_VALUE));
      }
      case OUT_OF_LINE_BITPACKING -> decodePacked(encoding, block, count, type, memory.take());
      case GENERAL -> {
        Decompressor.checkScheme(encoding.getGeneral().getCompression());
        AppendBuffer plain = memory.take();
        memory
            .decompressor()
            .decompress(encoding.getGeneral().getCompression(), block, Long.MAX_VALUE, plain);
        if (encoding.getGeneral().getValues().hasGeneral()) {
          throw new LanceFormatException("a dictionary is compressed twice");
        }
        yield decode(encoding.getGeneral().getValues(), plain.bytes(), count, type, memory);
      }
      default ->
          throw new LanceFormatException(
              "a dictionary cannot have the encoding %s".formatted(encoding.getCompressionCase()));
    };
  }

  private static Column decodePacked(
      CompressiveEncoding encoding,
      MemorySegment block,
      long count,
      DataType type,
      AppendBuffer plain)
      throws LanceFormatException {
    long bits = encoding.getOutOfLineBitpacking().getUncompressedBitsPerValue();
    long width = ValueDecoder.flatBits(encoding.getOutOfLineBitpacking().getValues());
    DataType.FixedWidth fixed = ValueDecoder.fixedWidth("OutOfLineBitpacking", bits, type);
    // Distinct values take at least a bit each, except for a padded block.
    if (!fixed.hasIntegerWidth()
        || width < 0
        || width > bits
        || count / InlineBitpackingCodec.BLOCK > block.byteSize()) {
      throw new LanceFormatException(
          "%d values of %s cannot be packed to %d bits in %d bytes"
              .formatted(count, type, width, block.byteSize()));
    }
    plain.reserve((count + InlineBitpackingCodec.BLOCK) * fixed.byteWidth());
    OutOfLineBitpacking.decode(block, (int) bits, (int) width, count, plain.block(), 0);
    return new FixedWidthColumn(fixed, count, null, plain.block());
  }

  private static Column decodeStrings(
      CompressiveEncoding encoding, MemorySegment block, long count, DataType type)
      throws LanceFormatException {
    VariableCodec.decoder(encoding.getVariable(), type);
    DataType.VariableWidth strings = (DataType.VariableWidth) type;
    int width = strings.offsetWidth();
    long size = block.byteSize();
    // Two numbers, then one offset more than there are values.
    if (size / width < 3 || count > size / width - 3) {
      throw new LanceFormatException(
          "a dictionary of %d byte strings does not fit into %d bytes".formatted(count, size));
    }
    long bits = get(block, 0, width);
    long start = get(block, width, width);
    if (bits != width * 8L || start < (count + 3) * width || start > size) {
      throw new LanceFormatException(
          "a dictionary of %d byte strings in %d bytes says that its offsets have %d bits and its"
                  .formatted(count, size, bits)
              + " strings start at byte "
              + start);
    }
    return VariableCodec.view(
        strings, count, block.asSlice(2L * width, (count + 1) * width), block.asSlice(start), 0);
  }

  private static long get(MemorySegment block, long at, int width) {
    return width == 8 ? block.get(LittleEndian.LONG, at) : block.get(LittleEndian.INT, at);
  }
}
