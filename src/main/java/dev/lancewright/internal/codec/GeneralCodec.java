package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.BufferCompression;
import dev.lancewright.internal.proto.Encodings21Proto.General;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * General compression over another encoding: the first buffer of each chunk is compressed, others
 * are not.
 *
 * <p>The size of a chunk is known only once it is compressed. So chunks are compressed when they
 * are planned, and kept in memory until all of them are planned and it is known whether compression
 * {@link #pays}.
 */
public final class GeneralCodec implements MiniBlockCodec {
  /** The minimum size of a page's first buffers for compression to be worth it. */
  private static final int MIN_BYTES = 4096;

  /**
   * The number of chunks that remain small after one that was too large, since the following values
   * are probably similar.
   */
  private static final int CAUTIOUS_CHUNKS = 64;

  private final MiniBlockCodec inner;
  private final MiniBlockCodec fallback;
  private final GeneralCompression compression;

  /** The buffers of one chunk before compression. */
  private final AppendBuffer plain;

  /** The buffers of all chunks, the first of each compressed. */
  private final AppendBuffer prepared;

  private int maxChunkValues = MAX_CHUNK_VALUES;
  private int cautiousChunks;

  /**
   * The size of first buffers before and after compression, and that of the last chunk's before it.
   */
  private long plainBytes;

  private long compressedBytes;
  private long lastPlainBytes;

  /**
   * Creates a codec.
   *
   * @param fallback the codec for the page if compression does not pay off
   * @param plain scratch memory, like {@code prepared}
   */
  GeneralCodec(
      MiniBlockCodec inner,
      MiniBlockCodec fallback,
      GeneralCompression compression,
      AppendBuffer plain,
      AppendBuffer prepared) {
    this.inner = inner;
    this.fallback = fallback;
    this.compression = compression;
    this.plain = plain;
    this.prepared = prepared;
    prepared.clear();
  }

  /** Returns the codec for the page if compression does not pay off. */
  public MiniBlockCodec fallback() {
    return fallback;
  }

  /**
   * Returns whether compression makes the page smaller; all of its chunks must have been planned.
   */
  public boolean pays() {
    return plainBytes >= MIN_BYTES && compressedBytes < plainBytes;
  }

  @Override
  public EncodingMessage encoding() {
    return compression.over(inner.encoding());
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
  public void plan(long first, int maxValues, Chunk chunk) {
    if (maxChunkValues < MAX_CHUNK_VALUES && ++cautiousChunks > CAUTIOUS_CHUNKS) {
      maxChunkValues *= 2;
      cautiousChunks = 0;
    }
    compress(first, Math.min(maxChunkValues, maxValues), chunk);
  }

  @Override
  public void shrink(Chunk chunk, int maxValues, boolean tooLarge) {
    if (tooLarge) {
      maxChunkValues = maxValues;
      cautiousChunks = 0;
    }
    prepared.truncate(chunk.prepared());
    plainBytes -= lastPlainBytes;
    compressedBytes -= chunk.bytes(0);
    compress(chunk.first(), maxValues, chunk);
  }

  /** Plans a chunk and appends its buffers to the prepared ones. */
  private void compress(long first, int maxValues, Chunk chunk) {
    inner.plan(first, maxValues, chunk);
    long end = chunk.arrange(0, 1);
    plain.clear();
    plain.reserve(end + SLACK_BYTES);
    inner.encode(chunk, plain.block());
    lastPlainBytes = chunk.bytes(0);
    plain.advance(lastPlainBytes);
    chunk.setPrepared(prepared.size());
    chunk.setBytes(0, compression.compress(plain, prepared));
    for (int i = 1; i < chunk.buffers(); i++) {
      prepared.append(plain.block(), chunk.place(i), chunk.bytes(i));
    }
    plainBytes += lastPlainBytes;
    compressedBytes += chunk.bytes(0);
  }

  @Override
  public void encode(Chunk chunk, MemorySegment target) {
    long from = chunk.prepared();
    for (int i = 0; i < chunk.buffers(); i++) {
      MemorySegment.copy(prepared.block(), from, target, chunk.place(i), chunk.bytes(i));
      from += chunk.bytes(i);
    }
  }

  /** Creates a decoder of compressed values in any encoding. */
  static ValueDecoder decoder(General general, DataType type, DecodeMemory memory, int depth)
      throws LanceFormatException {
    Decompressor.checkScheme(general.getCompression());
    if (general.getValues().hasGeneral()) {
      throw new LanceFormatException("values are compressed twice");
    }
    ValueDecoder inner = ValueDecoder.of(general.getValues(), type, memory, depth + 1);
    return new Decoder(general.getCompression(), inner, memory);
  }

  private static final class Decoder extends ValueDecoder {
    private final BufferCompression compression;
    private final ValueDecoder inner;
    private final Decompressor decompressor;
    private final AppendBuffer plain;

    Decoder(BufferCompression compression, ValueDecoder inner, DecodeMemory memory) {
      this.compression = compression;
      this.inner = inner;
      this.decompressor = memory.decompressor();
      this.plain = memory.take();
    }

    @Override
    public int bufferCount() {
      return inner.bufferCount();
    }

    @Override
    long maxBytes(int values) {
      return Long.MAX_VALUE;
    }

    @Override
    public Column decode(MemorySegment[] buffers, int first, int values)
        throws LanceFormatException {
      plain.clear();
      decompressor.decompress(compression, buffers[first], inner.maxBytes(values), plain);
      buffers[first] = plain.bytes();
      return inner.decode(buffers, first, values);
    }
  }
}
