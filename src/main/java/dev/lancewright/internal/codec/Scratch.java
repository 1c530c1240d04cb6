package dev.lancewright.internal.codec;

import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;

/** Off-heap memory that the codecs of one page write to on their way. */
public final class Scratch {
  /** A block of values that is filled up. */
  public final AppendBuffer block;

  /** Values and lengths of the runs of a chunk. */
  final AppendBuffer runValues;

  final AppendBuffer runLengths;

  /** Whose runs they are. */
  RleCodec runs;

  /** A chunk before and after general compression, and where compressed chunks are. */
  public final AppendBuffer plain;

  final AppendBuffer compressed;
  final AppendBuffer chunks;

  /** A page's strings in codes, or compressed one by one. */
  public final AppendBuffer codedOffsets;

  public final AppendBuffer codedData;

  /** Samples: chunks are compressed to see what is left of them. */
  public final AppendBuffer sampled;

  final AppendBuffer dictionary;
  final AppendBuffer compressedDictionary;

  public Scratch(PagePool pool) {
    this.block = new AppendBuffer(pool);
    this.runValues = new AppendBuffer(pool);
    this.runLengths = new AppendBuffer(pool);
    this.plain = new AppendBuffer(pool);
    this.compressed = new AppendBuffer(pool);
    this.chunks = new AppendBuffer(pool);
    this.codedOffsets = new AppendBuffer(pool);
    this.codedData = new AppendBuffer(pool);
    this.sampled = new AppendBuffer(pool);
    this.dictionary = new AppendBuffer(pool);
    this.compressedDictionary = new AppendBuffer(pool);
  }

  /** General compression of chunks, one codec at a time. */
  public GeneralCodec general(
      MiniBlockCodec inner, MiniBlockCodec instead, GeneralCompression compression) {
    return new GeneralCodec(inner, instead, compression, plain, compressed, chunks);
  }

  /** Gives back what is as large as a page. */
  public void release() {
    plain.release();
    compressed.release();
    codedOffsets.release();
    codedData.release();
    dictionary.release();
    compressedDictionary.release();
  }
}
