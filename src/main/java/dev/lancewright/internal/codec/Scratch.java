package dev.lancewright.internal.codec;

import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.simd.ValueBlock;

/** Memory that the codecs of one page write to on their way; off-heap, if it is not small. */
public final class Scratch {
  /** A block of values that is worked on. */
  public final ValueBlock values = new ValueBlock();

  /** A block of values that is filled up. */
  public final AppendBuffer block;

  /** A chunk before general compression. */
  public final AppendBuffer plain;

  /** A page's chunks after general compression. */
  final AppendBuffer prepared;

  /** A page's strings in FSST codes, or compressed individually. */
  public final AppendBuffer codedOffsets;

  public final AppendBuffer codedData;

  /** Samples of compressed chunks, to measure their size. */
  public final AppendBuffer sampled;

  final AppendBuffer dictionary;
  final AppendBuffer compressedDictionary;

  public Scratch(PagePool pool) {
    this.block = new AppendBuffer(pool);
    this.plain = new AppendBuffer(pool);
    this.prepared = new AppendBuffer(pool);
    this.codedOffsets = new AppendBuffer(pool);
    this.codedData = new AppendBuffer(pool);
    this.sampled = new AppendBuffer(pool);
    this.dictionary = new AppendBuffer(pool);
    this.compressedDictionary = new AppendBuffer(pool);
  }

  /** Returns a codec for general compression of chunks; only one can be used at a time. */
  public GeneralCodec general(
      MiniBlockCodec inner, MiniBlockCodec fallback, GeneralCompression compression) {
    return new GeneralCodec(inner, fallback, compression, plain, prepared);
  }

  /** Releases the memory that is as large as a page. */
  public void release() {
    plain.release();
    prepared.release();
    codedOffsets.release();
    codedData.release();
    dictionary.release();
    compressedDictionary.release();
  }
}
