package dev.lancewright.internal.codec;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.BufferCompression;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.simd.Offsets;
import dev.lancewright.schema.DataType;

/**
 * The strings of a full-zip page, which are stored individually.
 *
 * @param column the strings, plain, compressed or in FSST codes
 * @param encoding the encoding of the column's bytes
 */
public record FullZipStrings(VariableWidthColumn column, EncodingMessage encoding) {
  /** Returns plain strings. */
  public static FullZipStrings plain(VariableWidthColumn column) {
    return new FullZipStrings(column, Encodings.variable(column.type().offsetWidth() * Byte.SIZE));
  }

  /** Decodes the strings of a full-zip page. */
  @FunctionalInterface
  public interface Decoder {
    /** Decodes strings, which are valid as long as the stored ones, and until the next call. */
    VariableWidthColumn decode(VariableWidthColumn stored)
        throws LanceFormatException, BatchTooLargeException;
  }

  /**
   * Creates a decoder of strings of the given type.
   *
   * @throws LanceFormatException if a full-zip page cannot have that encoding
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
              "values of %s in a full-zip page cannot have the encoding %s"
                  .formatted(type, encoding.getCompressionCase()));
    };
  }

  private static Decoder inner(CompressiveEncoding encoding, DataType type, DecodeMemory memory)
      throws LanceFormatException {
    if (encoding.hasGeneral()) {
      throw new LanceFormatException("values in a full-zip page are compressed twice");
    }
    return decoder(encoding, type, memory);
  }

  /** Decodes strings that are compressed individually; nulls have no bytes at all. */
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
