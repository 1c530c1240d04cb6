package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.BufferCompression;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.General;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * General compression over another encoding: the first buffer of each chunk is compressed, others
 * stay as they are.
 *
 * <p>What a chunk takes is known when it has been compressed. So the first to ask for its size has
 * it compressed, and asks for chunks in order; one that turns out too large may be asked for again
 * with fewer values. After {@link #pays} all chunks are there, and can be asked for in order again.
 */
public final class GeneralCodec implements MiniBlockCodec {
  /** Pages whose first buffers have fewer bytes are not worth it. */
  private static final int MIN_BYTES = 4096;

  private static final int ENTRY_BYTES = 32;

  /** Chunks that stay as small as one that was too large: what comes next is much like it. */
  private static final int CAUTIOUS_CHUNKS = 64;

  private final MiniBlockCodec inner;
  private final MiniBlockCodec instead;
  private final GeneralCompression compression;
  private final AppendBuffer plain;
  private final AppendBuffer compressed;

  /** First value and values of each chunk, where its compressed buffer begins, and plain bytes. */
  private final AppendBuffer chunks;

  private int most = MAX_CHUNK_VALUES;
  private int chunksOfMost;

  private boolean complete;
  private long current;

  /**
   * @param instead encodes the page if compression does not pay
   * @param plain overwritten, as are the other buffers
   */
  GeneralCodec(
      MiniBlockCodec inner,
      MiniBlockCodec instead,
      GeneralCompression compression,
      AppendBuffer plain,
      AppendBuffer compressed,
      AppendBuffer chunks) {
    this.inner = inner;
    this.instead = instead;
    this.compression = compression;
    this.plain = plain;
    this.compressed = compressed;
    this.chunks = chunks;
    compressed.clear();
    chunks.clear();
  }

  /** What is to encode the page if compression does not pay. */
  public MiniBlockCodec instead() {
    return instead;
  }

  /** Whether the page, of which all chunks have been asked for, is smaller for compression. */
  public boolean pays() {
    complete = true;
    current = 0;
    long plainBytes = 0;
    for (long at = 0; at < chunks.size(); at += ENTRY_BYTES) {
      plainBytes += chunks.block().get(LittleEndian.LONG, at + 24);
    }
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
    if (most < MAX_CHUNK_VALUES && ++chunksOfMost > CAUTIOUS_CHUNKS) {
      most *= 2;
      chunksOfMost = 0;
    }
    return Math.min(most, inner.chunkValues(first));
  }

  @Override
  public long bufferBytes(int buffer, long first, int values) {
    if (buffer > 0) {
      return inner.bufferBytes(buffer, first, values);
    }
    if (!complete) {
      compress(first, values);
    }
    return end(first) - start();
  }

  /** Compresses a chunk, if it is not the one that was compressed last. */
  private void compress(long first, int values) {
    long last = chunks.size() - ENTRY_BYTES;
    if (last >= 0 && chunks.block().get(LittleEndian.LONG, last) == first) {
      if (chunks.block().get(LittleEndian.LONG, last + 8) == values) {
        return;
      }
      compressed.truncate(chunks.block().get(LittleEndian.LONG, last + 16));
      chunks.truncate(last);
      most = values;
      chunksOfMost = 0;
    }
    long bytes = inner.bufferBytes(0, first, values);
    plain.clear();
    plain.reserve(bytes + SLACK_BYTES);
    inner.encode(0, first, values, plain.block(), 0);
    plain.advance(bytes);
    long at = chunks.reserve(ENTRY_BYTES);
    MemorySegment block = chunks.block();
    block.set(LittleEndian.LONG, at, first);
    block.set(LittleEndian.LONG, at + 8, values);
    block.set(LittleEndian.LONG, at + 16, compressed.size());
    block.set(LittleEndian.LONG, at + 24, bytes);
    chunks.advance(ENTRY_BYTES);
    compression.compress(plain, compressed);
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
    long next = current + ENTRY_BYTES;
    return next == chunks.size()
        ? compressed.size()
        : chunks.block().get(LittleEndian.LONG, next + 16);
  }

  private long start() {
    return chunks.block().get(LittleEndian.LONG, current + 16);
  }

  /** A decoder of whatever is compressed. */
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
