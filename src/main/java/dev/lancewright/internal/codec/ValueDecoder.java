package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * Decodes the mini-block chunks of one page: the inverse of {@link MiniBlockCodec}. What it reads
 * may be anything, so every size, width and offset is checked before it is used.
 */
public abstract class ValueDecoder {
  /** Compression of what is compressed multiplies what a byte can stand for: two kinds at most. */
  private static final int MAX_DEPTH = 2;

  /** Value buffers of each chunk. */
  public abstract int bufferCount();

  /** Bytes that the first buffer of a chunk may have; {@link Long#MAX_VALUE} if any number. */
  abstract long maxBytes(int values);

  /**
   * Decodes a chunk.
   *
   * @param buffers of the chunk, native memory; those of this decoder from {@code first} on
   * @param values how many the chunk has
   * @return so many values, none of them null at the top; valid as long as the buffers, until the
   *     next call
   * @throws LanceFormatException if the buffers do not hold so many values
   */
  public abstract Column decode(MemorySegment[] buffers, int first, int values)
      throws LanceFormatException;

  /**
   * A decoder of values of a type.
   *
   * @param memory that decoded values lie in
   * @throws LanceFormatException if values of that type have no such encoding in mini-blocks
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
          "values of %s in mini-blocks have the encoding %s, which is not one of theirs"
              .formatted(type, encoding.getCompressionCase()));
    }
    return decoder;
  }

  /**
   * The bits of the integers that an encoding is of, which stand for values of a dictionary.
   *
   * @throws LanceFormatException if it is no encoding of integers
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
    throw new LanceFormatException("the indices of a dictionary are no integers");
  }

  /**
   * Checks that an encoding is of values of a type.
   *
   * @param bits of a value, as the encoding says
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

  /** The bits of a flat encoding; 0 if it is none. */
  public static long flatBits(CompressiveEncoding encoding) {
    return encoding.hasFlat() ? encoding.getFlat().getBitsPerValue() : 0;
  }
}
