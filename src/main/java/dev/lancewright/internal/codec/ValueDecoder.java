package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * Decodes the mini-block chunks of one page: the inverse of {@link MiniBlockCodec}. Its input is
 * untrusted, so every size, width and offset is checked before it is used.
 */
public abstract class ValueDecoder {
  /**
   * The maximum nesting depth: each compression on top of another multiplies what a byte can expand
   * to.
   */
  private static final int MAX_DEPTH = 2;

  /** Returns the number of value buffers in each chunk. */
  public abstract int bufferCount();

  /**
   * Returns the maximum size in bytes of a chunk's first buffer, or {@link Long#MAX_VALUE} if it is
   * unlimited.
   */
  abstract long maxBytes(int values);

  /**
   * Decodes a chunk.
   *
   * @param buffers the buffers of the chunk in native memory; those of this decoder start at {@code
   *     first}
   * @param values the number of values in the chunk
   * @return the values, none of them null at the top level, valid as long as the buffers, and until
   *     the next call
   * @throws LanceFormatException if the buffers do not hold {@code values} values
   */
  public abstract Column decode(MemorySegment[] buffers, int first, int values)
      throws LanceFormatException;

  /**
   * Creates a decoder of values of the given type.
   *
   * @param memory the memory for decoded values
   * @throws LanceFormatException if values of that type cannot have that encoding in mini-blocks
   */
  public static ValueDecoder of(CompressiveEncoding encoding, DataType type, DecodeMemory memory)
      throws LanceFormatException {
    return of(encoding, type, memory, 0);
  }

  static ValueDecoder of(
      CompressiveEncoding encoding, DataType type, DecodeMemory memory, int depth)
      throws LanceFormatException {
    if (depth > MAX_DEPTH) {
      throw new LanceFormatException("encodings are nested more than %d deep".formatted(MAX_DEPTH));
    }
    ValueDecoder decoder =
        switch (encoding.getCompressionCase()) {
          case FLAT -> FlatCodec.decoder(encoding.getFlat(), type);
          case VARIABLE -> VariableCodec.decoder(encoding.getVariable(), type);
          case INLINE_BITPACKING ->
              InlineBitpackingCodec.decoder(encoding.getInlineBitpacking(), type, memory);
          case RLE -> RleCodec.decoder(encoding.getRle(), type, memory);
          case BYTE_STREAM_SPLIT ->
              ByteStreamSplitCodec.decoder(encoding.getByteStreamSplit(), type, memory);
          case GENERAL -> GeneralCodec.decoder(encoding.getGeneral(), type, memory, depth);
          case FSST -> FsstDecoder.ofChunks(encoding.getFsst(), type, memory, depth);
          case FIXED_SIZE_LIST -> FixedSizeListCodec.decoder(encoding.getFixedSizeList(), type);
          case PACKED_STRUCT -> PackedStructCodec.decoder(encoding.getPackedStruct(), type, memory);
          case CONSTANT,
              OUT_OF_LINE_BITPACKING,
              DICTIONARY,
              VARIABLE_PACKED_STRUCT,
              COMPRESSION_NOT_SET ->
              null;
        };
    if (decoder == null) {
      throw new LanceFormatException(
          "values of %s in mini-blocks cannot have the encoding %s"
              .formatted(type, encoding.getCompressionCase()));
    }
    return decoder;
  }

  /**
   * Returns the number of bits of the dictionary indices that an encoding describes.
   *
   * @throws LanceFormatException if it is not an encoding of integers
   */
  public static int indexBits(CompressiveEncoding encoding) throws LanceFormatException {
    CompressiveEncoding inner = encoding;
    for (int depth = 0; depth <= MAX_DEPTH; depth++) {
      long bits;
      switch (inner.getCompressionCase()) {
        case GENERAL -> {
          inner = inner.getGeneral().getValues();
          continue;
        }
        case RLE -> {
          inner = inner.getRle().getValues();
          continue;
        }
        case BYTE_STREAM_SPLIT -> {
          inner = inner.getByteStreamSplit().getValues();
          continue;
        }
        case FLAT -> bits = inner.getFlat().getBitsPerValue();
        case INLINE_BITPACKING -> bits = inner.getInlineBitpacking().getUncompressedBitsPerValue();
        default -> bits = 0;
      }
      if (bits == 8 || bits == 16 || bits == 32 || bits == 64) {
        return (int) bits;
      }
      break;
    }
    throw new LanceFormatException("the indices of a dictionary are not integers");
  }

  /**
   * Checks that an encoding matches a type.
   *
   * @param bits the number of bits of a value according to the encoding
   */
  static DataType.FixedWidth fixedWidth(String encoding, long bits, DataType type)
      throws LanceFormatException {
    if (bits > 0 && type instanceof DataType.FixedWidth fixed && fixed.bitWidth() == bits) {
      return fixed;
    }
    throw new LanceFormatException(
        "%s of %s bits cannot hold values of %s"
            .formatted(encoding, Long.toUnsignedString(bits), type));
  }

  /** Returns the number of bits of a flat encoding's values, or 0 if the encoding is not flat. */
  public static long flatBits(CompressiveEncoding encoding) {
    return encoding.hasFlat() ? encoding.getFlat().getBitsPerValue() : 0;
  }
}
