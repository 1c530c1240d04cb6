package dev.lancewright.internal.codec;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.BufferCompression;
import dev.lancewright.internal.proto.Encodings21Proto.CompressionScheme;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Decompresses buffers: the inverse of {@link GeneralCompression}. A buffer's declared size is
 * trusted only up to what its blocks can hold, so that a few damaged bytes do not cost gigabytes of
 * memory.
 */
public final class Decompressor implements AutoCloseable {
  /** The maximum number of bytes by which a byte of an LZ4 block extends a copy. */
  private static final long MAX_LZ4_RATIO = 255;

  private final LZ4SafeDecompressor lz4 = LZ4Factory.fastestInstance().safeDecompressor();
  private ZstdDecompressCtx zstd;

  /**
   * Checks that the scheme is known.
   *
   * @throws LanceFormatException if it is not
   */
  public static void checkScheme(BufferCompression compression) throws LanceFormatException {
    switch (compression.getScheme()) {
      case COMPRESSION_ALGORITHM_LZ4, COMPRESSION_ALGORITHM_ZSTD -> {}
      case COMPRESSION_ALGORITHM_UNSPECIFIED, UNRECOGNIZED ->
          throw new LanceFormatException("general compression by an unknown scheme");
    }
  }

  /**
   * Decompresses a buffer and appends its contents to {@code bytes}.
   *
   * @param maxBytes the maximum size of the contents; more is rejected before memory is allocated
   *     for it
   */
  public void decompress(
      BufferCompression compression, MemorySegment compressed, long maxBytes, AppendBuffer bytes)
      throws LanceFormatException {
    boolean isZstd = compression.getScheme() == CompressionScheme.COMPRESSION_ALGORITHM_ZSTD;
    int prefix = isZstd ? Long.BYTES : Integer.BYTES;
    if (compressed.byteSize() == 0 && isZstd) {
      return;
    }
    if (compressed.byteSize() < prefix || compressed.byteSize() > GeneralCompression.MAX_BYTES) {
      throw new LanceFormatException(
          "a compressed buffer has %d bytes; it must have %d to %d"
              .formatted(compressed.byteSize(), prefix, GeneralCompression.MAX_BYTES));
    }
    long length =
        isZstd
            ? compressed.get(LittleEndian.LONG, 0)
            : compressed.get(LittleEndian.INT, 0) & 0xFFFFFFFFL;
    MemorySegment blocks = compressed.asSlice(prefix);
    long held = isZstd ? ZstdBlocks.mostBytes(blocks) : blocks.byteSize() * MAX_LZ4_RATIO;
    long most = Math.min(Math.min(maxBytes, GeneralCompression.MAX_BYTES), held);
    if (length < 0 || length > most) {
      throw new LanceFormatException(
          "a compressed buffer says that it holds %d bytes, but may hold %d at most"
              .formatted(length, most));
    }
    long at = bytes.reserve(length + 1);
    ByteBuffer in = blocks.asByteBuffer();
    ByteBuffer out = bytes.block().asSlice(at, length).asByteBuffer();
    long found = isZstd ? decompressZstd(in, out) : decompressLz4(in, out);
    if (found != length) {
      throw new LanceFormatException(
          "a compressed buffer that says it holds %d bytes holds %d".formatted(length, found));
    }
    bytes.advance(length);
  }

  private long decompressZstd(ByteBuffer in, ByteBuffer out) throws LanceFormatException {
    if (zstd == null) {
      zstd = new ZstdDecompressCtx();
    }
    try {
      return zstd.decompressDirectByteBuffer(out, 0, out.capacity(), in, 0, in.capacity());
    } catch (ZstdException e) {
      throw new LanceFormatException("a buffer is not a zstd frame: " + e.getMessage(), e);
    }
  }

  private long decompressLz4(ByteBuffer in, ByteBuffer out) throws LanceFormatException {
    try {
      return lz4.decompress(in, 0, in.capacity(), out, 0, out.capacity());
    } catch (LZ4Exception e) {
      throw new LanceFormatException("a buffer is not an LZ4 block: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
      zstd = null;
    }
  }
}
