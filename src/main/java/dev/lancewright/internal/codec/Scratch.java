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

  /** A page's strings in codes, or compressed one by one. */
  public final AppendBuffer codedOffsets;

  public final AppendBuffer codedData;

  /** Samples: chunks are compressed to see what is left of them. */
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

  /** General compression of chunks, one codec at a time. */
  public GeneralCodec general(
      MiniBlockCodec inner, MiniBlockCodec fallback, GeneralCompression compression) {
    return new GeneralCodec(inner, fallback, compression, plain, prepared);
  }

  /** Gives back what is as large as a page. */
  public void release() {
    plain.release();
    prepared.release();
    codedOffsets.release();
    codedData.release();
    dictionary.release();
    compressedDictionary.release();
  }
}
