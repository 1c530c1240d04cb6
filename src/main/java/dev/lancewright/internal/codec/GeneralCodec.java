package dev.lancewright.internal.codec;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import java.lang.foreign.MemorySegment;

/**
 * General compression over another encoding: the first buffer of each chunk is compressed, others
 * stay as they are.
 *
 * <p>Sizes are known only when a chunk has been compressed. So chunks are cut as if nothing could
 * be, then all are compressed, in order, and then written.
 */
public final class GeneralCodec implements MiniBlockCodec {
  /** Pages whose first buffers have fewer bytes are not worth it. */
  private static final int MIN_BYTES = 4096;

  private static final int ENTRY_BYTES = 24;

  private final MiniBlockCodec inner;
  private final GeneralCompression compression;
  private final AppendBuffer plain;
  private final AppendBuffer compressed;

  /** First value of each chunk, and where its compressed buffer begins and ends. */
  private final AppendBuffer chunks;

  private boolean complete;
  private long plainBytes;
  private long current;

  /**
   * @param plain overwritten, as are the other buffers
   */
  GeneralCodec(
      MiniBlockCodec inner,
      GeneralCompression compression,
      AppendBuffer plain,
      AppendBuffer compressed,
      AppendBuffer chunks) {
    this.inner = inner;
    this.compression = compression;
    this.plain = plain;
    this.compressed = compressed;
    this.chunks = chunks;
    compressed.clear();
    chunks.clear();
  }

  /** What is compressed. */
  public MiniBlockCodec inner() {
    return inner;
  }

  /** Compresses the chunk that follows the one compressed last. */
  public void compress(long first, int values) {
    long bytes = inner.bufferBytes(0, first, values);
    plainBytes += bytes;
    plain.clear();
    plain.reserve(bytes + SLACK_BYTES);
    inner.encode(0, first, values, plain.block(), 0);
    plain.advance(bytes);
    long start = compressed.size();
    compression.compress(plain, compressed);
    long at = chunks.reserve(ENTRY_BYTES);
    chunks.block().set(LittleEndian.LONG, at, first);
    chunks.block().set(LittleEndian.LONG, at + 8, start);
    chunks.block().set(LittleEndian.LONG, at + 16, compressed.size());
    chunks.advance(ENTRY_BYTES);
  }

  /** Ends compressing; whether the page is smaller for it. Otherwise it is to be written plain. */
  public boolean pays() {
    complete = true;
    return plainBytes >= MIN_BYTES && compressed.size() < plainBytes;
  }

  @Override
  public CompressiveEncoding encoding() {
    return Encodings.general(compression.message(), inner.encoding());
  }

  @Override
  public long values() {
    return inner.values();
  }

  @Override
  public int bufferCount() {
    return inner.bufferCount();
  }

  @Override
  public int chunkValues(long first) {
    return inner.chunkValues(first);
  }

  @Override
  public long bufferBytes(int buffer, long first, int values) {
    if (buffer > 0) {
      return inner.bufferBytes(buffer, first, values);
    }
    if (!complete) {
      return compression.maxBytes(inner.bufferBytes(0, first, values));
    }
    return end(first) - start();
  }

  @Override
  public void encode(int buffer, long first, int values, MemorySegment target, long at) {
    if (buffer > 0) {
      inner.encode(buffer, first, values, target, at);
      return;
    }
    long end = end(first);
    MemorySegment.copy(compressed.block(), start(), target, at, end - start());
  }

  /** Turns to a chunk, and tells where its compressed buffer ends. */
  private long end(long first) {
    while (chunks.block().get(LittleEndian.LONG, current) != first) {
      current += ENTRY_BYTES;
    }
    return chunks.block().get(LittleEndian.LONG, current + 16);
  }

  private long start() {
    return chunks.block().get(LittleEndian.LONG, current + 8);
  }
}
