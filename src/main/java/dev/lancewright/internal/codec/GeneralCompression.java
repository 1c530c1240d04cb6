package dev.lancewright.internal.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Objects;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/**
 * General compression of one buffer: the uncompressed length, in 8 bytes for zstd and 4 bytes for
 * LZ4, followed by a zstd frame or an LZ4 block.
 *
 * <p>It works on off-heap memory, and is closed when its page has been written, so that idle
 * writers hold no native memory.
 */
public abstract sealed class GeneralCompression implements AutoCloseable {
  /** The maximum number of bytes that fit into a direct byte buffer, together with a prefix. */
  public static final long MAX_BYTES = Integer.MAX_VALUE - (16L << 20);

  private final Integer level;
  private final BlockView source = new BlockView();
  private final BlockView target = new BlockView();

  private GeneralCompression(Integer level) {
    this.level = level;
  }

  /**
   * Opens a compression, which must be closed.
   *
   * @param scheme the scheme, zstd or LZ4
   * @param level the zstd level, or null for the library's default; LZ4 has none, but files may
   *     state one
   */
  public static GeneralCompression open(CompressionScheme scheme, Integer level) {
    return switch (scheme) {
      case ZSTD -> new ZstdFrames(level);
      case LZ4 -> new Lz4Blocks(level);
      case NONE, FSST ->
          throw new IllegalArgumentException(scheme + " is not a general compression");
    };
  }

  boolean is(CompressionScheme otherScheme, Integer otherLevel) {
    return scheme() == otherScheme && Objects.equals(level, otherLevel);
  }

  /** Returns the encoding of values that are encoded as {@code values}, then compressed. */
  public EncodingMessage over(EncodingMessage values) {
    return Encodings.general(scheme(), level, values);
  }

  abstract CompressionScheme scheme();

  /** Returns the number of bytes of the length that precedes the compressed bytes. */
  abstract int prefixBytes();

  abstract long maxCompressedBytes(long bytes);

  abstract int compress(ByteBuffer in, int from, int bytes, ByteBuffer out, int to, int room);

  /** Returns the maximum size of {@code bytes} bytes once compressed. */
  public long maxBytes(long bytes) {
    return prefixBytes() + maxCompressedBytes(bytes);
  }

  /**
   * Compresses the contents of {@code bytes}, at most {@link #MAX_BYTES}, and appends the result.
   *
   * @return the number of bytes appended
   */
  public long compress(AppendBuffer bytes, AppendBuffer compressed) {
    int length = Math.toIntExact(bytes.size());
    int room = Math.toIntExact(maxCompressedBytes(length));
    // The libraries accept no null pointer, not even for zero bytes.
    bytes.reserve(1);
    long at = compressed.reserve(prefixBytes() + (long) room);
    MemorySegment block = compressed.block();
    if (prefixBytes() == Long.BYTES) {
      block.set(LittleEndian.LONG, at, length);
    } else {
      block.set(LittleEndian.INT, at, length);
    }
    long to = at + prefixBytes();
    int size;
    if (to + room > Integer.MAX_VALUE) {
      ByteBuffer part = block.asSlice(to, room).asByteBuffer();
      size = compress(source.of(bytes.block()), 0, length, part, 0, room);
    } else {
      size = compress(source.of(bytes.block()), 0, length, target.of(block), (int) to, room);
    }
    compressed.advance(prefixBytes() + (long) size);
    return prefixBytes() + (long) size;
  }

  /**
   * A cached view of a block's first 2 GiB as a byte buffer; the block changes only when the
   * previous one was full.
   */
  private static final class BlockView {
    private long address;
    private long size;
    private ByteBuffer buffer;

    ByteBuffer of(MemorySegment block) {
      if (buffer == null || block.address() != address || block.byteSize() != size) {
        address = block.address();
        size = block.byteSize();
        buffer = asByteBuffer(block);
      }
      return buffer;
    }
  }

  private static ByteBuffer asByteBuffer(MemorySegment block) {
    return block.asSlice(0, Math.min(block.byteSize(), Integer.MAX_VALUE)).asByteBuffer();
  }

  @Override
  public void close() {}

  private static final class ZstdFrames extends GeneralCompression {
    private final ZstdCompressCtx context = new ZstdCompressCtx();

    ZstdFrames(Integer level) {
      super(level);
      context.setLevel(level == null || level == 0 ? Zstd.defaultCompressionLevel() : level);
    }

    @Override
    CompressionScheme scheme() {
      return CompressionScheme.ZSTD;
    }

    @Override
    int prefixBytes() {
      return Long.BYTES;
    }

    @Override
    long maxCompressedBytes(long bytes) {
      return Zstd.compressBound(bytes);
    }

    @Override
    int compress(ByteBuffer in, int from, int bytes, ByteBuffer out, int to, int room) {
      return context.compressDirectByteBuffer(out, to, room, in, from, bytes);
    }

    @Override
    public void close() {
      context.close();
    }
  }

  private static final class Lz4Blocks extends GeneralCompression {
    private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();

    Lz4Blocks(Integer level) {
      super(level);
    }

    @Override
    CompressionScheme scheme() {
      return CompressionScheme.LZ4;
    }

    @Override
    int prefixBytes() {
      return Integer.BYTES;
    }

    @Override
    long maxCompressedBytes(long bytes) {
      return compressor.maxCompressedLength(Math.toIntExact(bytes));
    }

    @Override
    int compress(ByteBuffer in, int from, int bytes, ByteBuffer out, int to, int room) {
      return compressor.compress(in, from, bytes, out, to, room);
    }
  }
}
