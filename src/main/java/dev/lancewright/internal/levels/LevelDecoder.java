package dev.lancewright.internal.levels;

import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.codec.Decompressor;
import dev.lancewright.internal.codec.InlineBitpackingCodec;
import dev.lancewright.internal.codec.OutOfLineBitpacking;
import dev.lancewright.internal.codec.RleCodec;
import dev.lancewright.internal.codec.ValueDecoder;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.Flat;
import dev.lancewright.internal.simd.LevelBits;
import java.lang.foreign.MemorySegment;

/**
 * Decodes blocks of repetition or definition levels that are flat, bit-packed, run-length encoded
 * or compressed. Levels have 16 bits in the file; here they have a byte and other numbers.
 */
public final class LevelDecoder {
  private static final int LEVEL_BYTES = 2;
  private static final int LEVEL_BITS = 16;
  private static final int RUNS_HEADER_BYTES = 8;
  private static final int BLOCK = 1024;

  /**
   * The number of levels that is accepted whatever their encoded size, as chunks count levels in 16
   * bits.
   */
  private static final int MAX_LEVELS_OF_NO_BYTES = 0xFFFF;

  /** The maximum number of levels for each byte of a compressed block. */
  private static final long MAX_COMPRESSED_LEVELS = 32768 / LEVEL_BYTES;

  private static final CompressiveEncoding FLAT =
      CompressiveEncoding.newBuilder()
          .setFlat(Flat.newBuilder().setBitsPerValue(LEVEL_BITS))
          .build();

  private final CompressiveEncoding encoding;
  private final byte[] numbers;
  private final Decompressor decompressor;
  private final AppendBuffer wide;
  private final LevelDecoder inner;
  private final AppendBuffer plain;

  private LevelDecoder(CompressiveEncoding encoding, byte[] numbers, DecodeMemory memory)
      throws LanceFormatException {
    this.encoding = encoding;
    this.numbers = numbers;
    this.decompressor = memory.decompressor();
    this.wide = memory.take();
    boolean compressed = encoding.hasGeneral();
    if (compressed) {
      Decompressor.checkScheme(encoding.getGeneral().getCompression());
      if (encoding.getGeneral().getValues().hasGeneral()) {
        throw new LanceFormatException("levels are compressed twice");
      }
    }
    this.plain = compressed ? memory.take() : null;
    this.inner =
        compressed ? new LevelDecoder(encoding.getGeneral().getValues(), numbers, memory) : null;
    if (!compressed && !isKnown(encoding)) {
      throw new LanceFormatException(
          "levels cannot have the encoding %s".formatted(encoding.getCompressionCase()));
    }
  }

  private static boolean isKnown(CompressiveEncoding encoding) {
    return switch (encoding.getCompressionCase()) {
      case FLAT -> encoding.getFlat().getBitsPerValue() == LEVEL_BITS;
      case INLINE_BITPACKING ->
          encoding.getInlineBitpacking().getUncompressedBitsPerValue() == LEVEL_BITS;
      case OUT_OF_LINE_BITPACKING -> {
        long width = ValueDecoder.flatBits(encoding.getOutOfLineBitpacking().getValues());
        yield encoding.getOutOfLineBitpacking().getUncompressedBitsPerValue() == LEVEL_BITS
            && width >= 0
            && width <= LEVEL_BITS;
      }
      case RLE ->
          ValueDecoder.flatBits(encoding.getRle().getValues()) == LEVEL_BITS
              && ValueDecoder.flatBits(encoding.getRle().getRunLengths()) == Byte.SIZE;
      default -> false;
    };
  }

  /**
   * Creates a decoder of levels.
   *
   * @param numbers the level here for each level of the file, in ascending order; levels of the
   *     file beyond these are rejected
   */
  public static LevelDecoder of(CompressiveEncoding encoding, byte[] numbers, DecodeMemory memory)
      throws LanceFormatException {
    return new LevelDecoder(encoding, numbers, memory);
  }

  /** Creates a decoder of plain levels. */
  public static LevelDecoder flat(byte[] numbers, DecodeMemory memory) throws LanceFormatException {
    return new LevelDecoder(FLAT, numbers, memory);
  }

  /**
   * Checks that {@code bytes} bytes can encode {@code count} levels, so that memory may be
   * allocated for them.
   */
  public void check(long bytes, long count) throws LanceFormatException {
    long ratio = encoding.hasGeneral() ? MAX_COMPRESSED_LEVELS : 2L * Byte.MAX_VALUE;
    if (count < 0
        || count > Math.max(MAX_LEVELS_OF_NO_BYTES, bytes * ratio)
        || count > Integer.MAX_VALUE) {
      throw wrongSize(bytes, count);
    }
  }

  /**
   * Decodes a block of exactly {@code count} levels.
   *
   * @param target the target for a byte per level, starting at {@code at}
   */
  public void decode(MemorySegment block, long count, MemorySegment target, long at)
      throws LanceFormatException {
    switch (encoding.getCompressionCase()) {
      case FLAT -> {
        if (block.byteSize() != count * LEVEL_BYTES) {
          throw wrongSize(block.byteSize(), count);
        }
        narrow(block, count, target, at);
      }
      case GENERAL -> {
        plain.clear();
        decompressor.decompress(
            encoding.getGeneral().getCompression(), block, maxBytes(count), plain);
        inner.decode(plain.bytes(), count, target, at);
      }
      default -> {
        check(block.byteSize(), count);
        wide.clear();
        wide.reserve((count + BLOCK) * LEVEL_BYTES);
        widen(block, count);
        narrow(wide.block(), count, target, at);
      }
    }
  }

  /**
   * Returns the maximum size of {@code count} levels in any encoding; runs of one level each are
   * the longest.
   */
  private static long maxBytes(long count) {
    return RUNS_HEADER_BYTES + count * (LEVEL_BYTES + 1) + (BLOCK + 1) * LEVEL_BYTES;
  }

  private static LanceFormatException wrongSize(long bytes, long count) {
    return new LanceFormatException("%d levels cannot take %d bytes".formatted(count, bytes));
  }

  private void widen(MemorySegment block, long count) throws LanceFormatException {
    MemorySegment target = wide.block();
    switch (encoding.getCompressionCase()) {
      case INLINE_BITPACKING -> {
        if (count > BLOCK) {
          throw wrongSize(block.byteSize(), count);
        }
        InlineBitpackingCodec.decode(block, LEVEL_BITS, target, 0);
      }
      case OUT_OF_LINE_BITPACKING -> {
        int width = (int) ValueDecoder.flatBits(encoding.getOutOfLineBitpacking().getValues());
        OutOfLineBitpacking.decode(block, LEVEL_BITS, width, count, target, 0);
      }
      case RLE -> {
        long bytes = block.byteSize() < RUNS_HEADER_BYTES ? -1 : block.get(LittleEndian.LONG, 0);
        if (bytes < 0 || bytes > block.byteSize() - RUNS_HEADER_BYTES) {
          throw wrongSize(block.byteSize(), count);
        }
        RleCodec.decode(
            block.asSlice(RUNS_HEADER_BYTES, bytes),
            block.asSlice(RUNS_HEADER_BYTES + bytes),
            LEVEL_BYTES,
            Math.toIntExact(count),
            target,
            0);
      }
      default -> throw new AssertionError(encoding.getCompressionCase());
    }
  }

  private void narrow(MemorySegment levels, long count, MemorySegment target, long at)
      throws LanceFormatException {
    if (!LevelBits.narrow(levels, count, numbers, target, at)) {
      throw new LanceFormatException(
          "a level is greater than %d, which is the greatest that the page's layers have"
              .formatted(numbers.length - 1));
    }
  }
}
