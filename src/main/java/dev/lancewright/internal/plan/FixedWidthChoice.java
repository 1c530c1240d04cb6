package dev.lancewright.internal.plan;

import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.compression.FieldCompression.ByteStreamSplitMode;
import dev.lancewright.internal.codec.ByteStreamSplitCodec;
import dev.lancewright.internal.codec.CodecOptions;
import dev.lancewright.internal.codec.Compressions;
import dev.lancewright.internal.codec.FlatCodec;
import dev.lancewright.internal.codec.GeneralCompression;
import dev.lancewright.internal.codec.InlineBitpackingCodec;
import dev.lancewright.internal.codec.MiniBlockCodec;
import dev.lancewright.internal.codec.RleCodec;
import dev.lancewright.internal.codec.Scratch;
import dev.lancewright.internal.simd.Runs;

/** Chooses the encoding of fixed-width values in mini-blocks. */
final class FixedWidthChoice {
  /** General compression is not tried on fewer bytes, even if it is asked for. */
  private static final int MIN_COMPRESSED_BYTES = 4096;

  /**
   * The size of a chunk's values before compression in 2.1, where the compressed chunk must fit
   * into 32 KiB.
   */
  private static final int CHUNK_BYTES_2_1 = (32 << 10) + 1;

  /** The size of a chunk's values since 2.2, where only the number of values limits a chunk. */
  private static final int CHUNK_BYTES_2_2 = 1 << 20;

  private final CodecOptions options;
  private final FieldCompression field;
  private final Tuning tuning;
  private final int chunkBytes;
  private final Scratch scratch;
  private final Compressions compressions;
  private final Sample sample;

  FixedWidthChoice(
      CodecOptions options, Scratch scratch, Sample sample, Compressions compressions) {
    this.options = options;
    this.field = options.field();
    this.tuning = Tuning.of(options);
    this.chunkBytes = options.version().hasLargeChunks() ? CHUNK_BYTES_2_2 : CHUNK_BYTES_2_1;
    this.scratch = scratch;
    this.compressions = compressions;
    this.sample = sample;
  }

  Candidate choose(FixedWidthColumn column) {
    Candidate flat = flat(column, FlatCodec.MAX_CHUNK_BYTES);
    if (field.compression() == CompressionScheme.NONE) {
      return flat;
    }
    Candidate transparent = transparent(column, flat);
    if (column.valueBytes() < MIN_COMPRESSED_BYTES) {
      return transparent;
    }
    if (isGeneral(field.compression())) {
      return asked(column, transparent);
    }
    boolean wantsRuns = field.rleThreshold() != null && transparent.codec() instanceof RleCodec;
    return options.profile() == CompressionProfile.FASTEST || wantsRuns
        ? transparent
        : automatic(column, transparent);
  }

  private static Candidate plain(MiniBlockCodec codec, double bytes) {
    return new Candidate(codec, bytes, bytes);
  }

  static boolean isGeneral(CompressionScheme scheme) {
    return scheme == CompressionScheme.ZSTD || scheme == CompressionScheme.LZ4;
  }

  /** Chooses the encoding of booleans, which only general compression can make smaller. */
  MiniBlockCodec chooseBits(BoolColumn column) {
    FlatCodec flat = new FlatCodec(column);
    return isGeneral(field.compression())
        ? scratch.general(
            flat, flat, compressions.get(field.compression(), field.compressionLevel()))
        : flat;
  }

  /** Returns the smallest of run-length encoding, bit-packing and plain values. */
  private Candidate transparent(FixedWidthColumn column, Candidate flat) {
    if (!column.type().hasIntegerWidth() || column.length() == 0) {
      return flat;
    }
    InlineBitpackingCodec packed = new InlineBitpackingCodec(column, scratch.block, scratch.values);
    int valueBytes = column.type().byteWidth();
    long runs = Runs.count(column.values(), 0, column.length(), valueBytes, scratch.values);
    long inRuns = RleCodec.bytes(runs, column.length(), valueBytes);
    Double threshold = field.rleThreshold();
    boolean mayRun = threshold == null || runs < column.length() * threshold;
    if (mayRun && inRuns < flat.bytes() && inRuns <= packed.bytes()) {
      return plain(new RleCodec(column, scratch.values), (double) inRuns);
    }
    double packedCost = packed.bytes() + tuning.packing() * flat.bytes();
    return flat.orCheaper(new Candidate(packed, packed.bytes(), packedCost));
  }

  /** Returns the requested scheme over whichever encoding it compresses best. */
  private Candidate asked(FixedWidthColumn column, Candidate transparent) {
    CompressionScheme scheme = field.compression();
    GeneralCompression compression = compressions.get(scheme, field.compressionLevel());
    boolean canSplit = ByteStreamSplitCodec.supports(column.type().bitWidth());
    if (canSplit && field.bss() == ByteStreamSplitMode.ON) {
      return requested(split(column), transparent, compression);
    }
    Candidate best = requested(transparent, transparent, compression);
    if (field.rleThreshold() != null && transparent.codec() instanceof RleCodec) {
      return best;
    }
    best = best.orCheaper(requested(flat(column, chunkBytes), transparent, compression));
    return canSplit && field.bss() != ByteStreamSplitMode.OFF
        ? best.orCheaper(requested(split(column), transparent, compression))
        : best;
  }

  /** Returns general compression if its savings outweigh the additional time to read. */
  private Candidate automatic(FixedWidthColumn column, Candidate transparent) {
    double plain = column.valueBytes();
    if (plain < tuning.minCompressedBytes()
        || transparent.cost() < (tuning.lz4() + tuning.sampling()) * plain) {
      return transparent;
    }
    Candidate best = orCompressed(transparent, transparent, column, CompressionScheme.LZ4);
    return zstdCannotPay(column, transparent, best)
        ? best
        : orCompressed(best, transparent, column, CompressionScheme.ZSTD);
  }

  /** Returns whether a zstd sample is not worth its time, as no size could be small enough. */
  private boolean zstdCannotPay(FixedWidthColumn column, Candidate transparent, Candidate best) {
    double plain = column.valueBytes();
    double room = best.cost() / plain - tuning.zstd() - tuning.sampling();
    boolean repeats = !best.equals(transparent);
    return room <= 0 || (!repeats && sample.entropyBits(column) > room * column.type().bitWidth());
  }

  private Candidate orCompressed(
      Candidate so, Candidate transparent, FixedWidthColumn column, CompressionScheme scheme) {
    GeneralCompression compression = compressions.get(scheme, tuning.level(scheme));
    boolean lz4 = scheme == CompressionScheme.LZ4;
    double readCost = (lz4 ? tuning.lz4() : tuning.zstd()) * column.valueBytes();
    Candidate best = orCompressed(so, flat(column, chunkBytes), transparent, compression, readCost);
    if (transparent.codec() instanceof RleCodec) {
      best = orCompressed(best, transparent, transparent, compression, readCost);
    }
    if (!ByteStreamSplitCodec.supports(column.type().bitWidth())
        || field.bss() == ByteStreamSplitMode.OFF) {
      return best;
    }
    double splitCost = (lz4 ? tuning.lz4Split() : tuning.zstdSplit()) * column.valueBytes();
    if (best.cost() < splitCost + tuning.sampling() * column.valueBytes()) {
      return best;
    }
    return orCompressed(best, split(column), transparent, compression, splitCost);
  }

  private static Candidate flat(FixedWidthColumn column, int chunkBytes) {
    return plain(new FlatCodec(column, chunkBytes), (double) column.valueBytes());
  }

  private Candidate split(FixedWidthColumn column) {
    return plain(
        new ByteStreamSplitCodec(column, chunkBytes, scratch.values), (double) column.valueBytes());
  }

  private Candidate orCompressed(
      Candidate so,
      Candidate inner,
      Candidate fallback,
      GeneralCompression compression,
      double readCost) {
    return so.orCheaper(compressed(inner, fallback, compression, readCost, so.cost() - readCost));
  }

  private Candidate requested(Candidate inner, Candidate fallback, GeneralCompression compression) {
    return compressed(inner, fallback, compression, 0, Double.POSITIVE_INFINITY);
  }

  private Candidate compressed(
      Candidate inner,
      Candidate fallback,
      GeneralCompression compression,
      double readCost,
      double worth) {
    double bytes = sample.bytes(inner.codec(), inner.bytes(), compression, worth);
    return new Candidate(
        scratch.general(inner.codec(), fallback.codec(), compression), bytes, bytes + readCost);
  }
}
