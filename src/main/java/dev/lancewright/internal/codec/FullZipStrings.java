package dev.lancewright.internal.codec;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.BufferCompression;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.simd.Offsets;
import dev.lancewright.schema.DataType;

/**
 * Strings to be stored one by one.
 *
 * @param column the strings, or what they are in codes or compressed
 * @param encoding how the column's bytes came about
 */
public record FullZipStrings(VariableWidthColumn column, CompressiveEncoding encoding) {
  /** Strings as they are. */
  public static FullZipStrings plain(VariableWidthColumn column) {
    return new FullZipStrings(column, Encodings.variable(column.type().offsetWidth() * Byte.SIZE));
  }

  /** Turns strings as they are stored one by one into what they stand for. */
  @FunctionalInterface
  public interface Decoder {
    /** The strings; valid as long as those that are stored, until the next call. */
    VariableWidthColumn decode(VariableWidthColumn stored)
        throws LanceFormatException, BatchTooLargeException;
  }

  /**
   * A decoder of strings of a type.
   *
   * @throws LanceFormatException if they cannot be stored one by one in that encoding
   */
  public static Decoder decoder(CompressiveEncoding encoding, DataType type, DecodeMemory memory)
      throws LanceFormatException {
    return switch (encoding.getCompressionCase()) {
      case VARIABLE -> {
        VariableCodec.decoder(encoding.getVariable(), type);
        yield stored -> stored;
      }
      case FSST -> {
        FsstDecoder.checkValues(encoding.getFsst());
        Decoder inner = inner(encoding.getFsst().getValues(), type, memory);
        FsstDecoder codes = new FsstDecoder(encoding.getFsst(), memory);
        yield stored -> codes.decode(inner.decode(stored));
      }
      case GENERAL -> {
        Decompressor.checkScheme(encoding.getGeneral().getCompression());
        Decoder inner = inner(encoding.getGeneral().getValues(), type, memory);
        GeneralStrings compressed =
            new GeneralStrings(encoding.getGeneral().getCompression(), memory);
        yield stored -> inner.decode(compressed.decode(stored));
      }
      default ->
          throw new LanceFormatException(
              "values of %s one by one have the encoding %s, which is not one of theirs"
                  .formatted(type, encoding.getCompressionCase()));
    };
  }

  private static Decoder inner(CompressiveEncoding encoding, DataType type, DecodeMemory memory)
      throws LanceFormatException {
    if (encoding.hasGeneral()) {
      throw new LanceFormatException("values one by one are compressed twice");
    }
    return decoder(encoding, type, memory);
  }

  /** Strings that are compressed each by itself; nulls have no bytes at all. */
  private static final class GeneralStrings implements Decoder {
    private final BufferCompression compression;
    private final Decompressor decompressor;
    private final AppendBuffer offsets;
    private final AppendBuffer data;

    GeneralStrings(BufferCompression compression, DecodeMemory memory) {
      this.compression = compression;
      this.decompressor = memory.decompressor();
      this.offsets = memory.take();
      this.data = memory.take();
    }

    @Override
    public VariableWidthColumn decode(VariableWidthColumn stored)
        throws LanceFormatException, BatchTooLargeException {
      DataType.VariableWidth type = stored.type();
      int width = type.offsetWidth();
      offsets.clear();
      data.clear();
      offsets.appendZeros(width);
      for (long i = 0; i < stored.length(); i++) {
        long start = stored.offset(i);
        long bytes = stored.offset(i + 1) - start;
        if (bytes > 0) {
          long most = type.large() ? Long.MAX_VALUE : Integer.MAX_VALUE - data.size();
          decompressor.decompress(compression, stored.data().asSlice(start, bytes), most, data);
        }
        if (i > 0 && data.size() > BatchTooLargeException.MAX_BYTES) {
          throw new BatchTooLargeException();
        }
        long at = offsets.reserve(width);
        Offsets.set(offsets.block(), at, width, data.size());
        offsets.advance(width);
      }
      return new VariableWidthColumn(type, stored.length(), null, offsets.block(), data.block());
    }
  }
}
