package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.simd.BitWidths;
import dev.lancewright.internal.simd.Offsets;
import dev.lancewright.internal.simd.ValueBlock;
import dev.lancewright.schema.DataType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The values of a page's dictionary in one buffer: fixed-width values are flat or bit-packed, byte
 * strings are preceded by their offsets; since format 2.2, the buffer is compressed if that makes
 * it shorter.
 *
 * <pre>
 * byte strings:  bits of an offset | start of the bytes | n + 1 offsets, from 0 | bytes
 *                all but the bytes in the width of an offset
 * </pre>
 *
 * @param values the number of values
 * @param encoding the encoding of the buffer
 * @param bytes the buffer, borrowed from the planner's scratch memory
 */
public record DictionaryBlock(long values, CompressiveEncoding encoding, AppendBuffer bytes) {

  /** Encodes a dictionary. */
  public static DictionaryBlock of(
      Column values, CodecOptions options, Scratch scratch, Compressions compressions) {
    AppendBuffer plain = scratch.dictionary;
    plain.clear();
    CompressiveEncoding encoding =
        switch (values) {
          case FixedWidthColumn fixed ->
              encodeFixed(fixed, options.version().compressesDictionaries(), plain, scratch.values);
          case VariableWidthColumn strings -> encodeStrings(strings, plain, scratch.values);
          default -> throw new IllegalArgumentException(values.type() + " has no dictionaries");
        };
    CompressionScheme scheme = scheme(options);
    if (scheme == CompressionScheme.NONE || plain.size() > GeneralCompression.MAX_BYTES) {
      return new DictionaryBlock(values.length(), encoding, plain);
    }
    GeneralCompression compression =
        compressions.get(scheme, options.field().dictValuesCompressionLevel());
    AppendBuffer compressed = scratch.compressedDictionary;
    compressed.clear();
    return compression.compress(plain, compressed) < plain.size()
        ? new DictionaryBlock(
            values.length(), Encodings.general(compression.message(), encoding), compressed)
        : new DictionaryBlock(values.length(), encoding, plain);
  }

  private static CompressionScheme scheme(CodecOptions options) {
    if (!options.version().compressesDictionaries()) {
      return CompressionScheme.NONE;
    }
    if (options.field().dictValuesCompression() != null) {
      return options.field().dictValuesCompression();
    }
    return switch (options.profile()) {
      case FASTEST -> CompressionScheme.NONE;
      case BALANCED -> CompressionScheme.LZ4;
      case SMALLEST -> CompressionScheme.ZSTD;
    };
  }

  private static CompressiveEncoding encodeFixed(
      FixedWidthColumn values, boolean mayPack, AppendBuffer block, ValueBlock scratch) {
    int bits = values.type().bitWidth();
    long bytes = values.length() * values.type().byteWidth();
    if (mayPack && values.type().hasIntegerWidth()) {
      int width =
          BitWidths.max(values.values(), 0, Math.toIntExact(values.length()), bits, scratch);
      if (OutOfLineBitpacking.bytes(values.length(), bits, width) < bytes) {
        OutOfLineBitpacking.encode(values, width, block, scratch);
        return Encodings.outOfLineBitpacking(bits, width);
      }
    }
    block.append(values.values(), 0, bytes);
    return Encodings.flat(bits);
  }

  private static CompressiveEncoding encodeStrings(
      VariableWidthColumn values, AppendBuffer block, ValueBlock scratch) {
    int width = values.type().offsetWidth();
    long first = values.offset(0);
    block.reserve((values.length() + 3) * width);
    put(width * 8L, width, block);
    put(width * (values.length() + 3), width, block);
    long count = values.length() + 1;
    Offsets.rebase(
        values.offsets(), 0, width, count, -first, block.block(), block.size(), width, scratch);
    block.advance(count * width);
    block.append(values.data(), first, values.offset(values.length()) - first);
    return Encodings.variable(width * 8);
  }

  private static void put(long number, int width, AppendBuffer block) {
    if (width == 8) {
      block.block().set(LittleEndian.LONG, block.size(), number);
    } else {
      block.block().set(LittleEndian.INT, block.size(), (int) number);
    }
    block.advance(width);
  }

  /** Writes the buffer. */
  public void write(StagedOutput output) throws IOException {
    output.put(bytes.block(), 0, bytes.size());
  }

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
