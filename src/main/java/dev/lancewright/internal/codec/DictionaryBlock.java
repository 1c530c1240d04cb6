package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.internal.simd.BitWidths;
import dev.lancewright.internal.simd.Offsets;
import dev.lancewright.internal.simd.ValueBlock;
import java.io.IOException;

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
public record DictionaryBlock(long values, EncodingMessage encoding, AppendBuffer bytes) {

  /** Encodes a dictionary. */
  public static DictionaryBlock of(
      Column values, CodecOptions options, Scratch scratch, Compressions compressions) {
    AppendBuffer plain = scratch.dictionary;
    plain.clear();
    EncodingMessage encoding =
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
        ? new DictionaryBlock(values.length(), compression.over(encoding), compressed)
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

  private static EncodingMessage encodeFixed(
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

  private static EncodingMessage encodeStrings(
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
}
