package dev.lancewright.internal.plan;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.internal.codec.CodecOptions;
import dev.lancewright.internal.codec.Compressions;
import dev.lancewright.internal.codec.Encodings;
import dev.lancewright.internal.codec.FullZipStrings;
import dev.lancewright.internal.codec.GeneralCompression;
import dev.lancewright.internal.codec.MiniBlockCodec;
import dev.lancewright.internal.codec.Scratch;
import dev.lancewright.internal.codec.VariableCodec;
import dev.lancewright.internal.fsst.FsstEncoder;
import dev.lancewright.internal.fsst.FsstTable;
import dev.lancewright.internal.fsst.FsstTrainer;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.simd.Offsets;

/** Chooses the encoding of byte strings in mini-blocks and full-zip pages. */
final class StringChoice {
  /**
   * FSST is not tried on strings that general compression leaves less of: it seldom halves them,
   * and training takes as long as encoding.
   */
  private static final double SMALL_ENOUGH = 0.45;

  /** General compression of single strings is not tried on fewer bytes, even if it is asked for. */
  private static final int MIN_COMPRESSED_BYTES = 4096;

  /** FSST is not tried on fewer bytes, as its symbol table has 2 KiB. */
  private static final int MIN_FSST_BYTES = 32 << 10;

  /** The best ratio that FSST may achieve on text. */
  private static final double BEST_FSST = 0.35;

  /** The size of strings that are compressed together; in 2.1 the result must fit into 32 KiB. */
  private static final int CHUNK_BYTES = 64 << 10;

  private static final int CHUNK_BYTES_SMALLEST = 512 << 10;

  /** The maximum average length of strings that are compressed together. */
  private static final int MAX_TOGETHER_BYTES = 4 << 10;

  /** The maximum compression ratio of long strings for them to be compressed together. */
  private static final double TOGETHER = 0.7;

  private final CodecOptions options;
  private final FieldCompression field;
  private final Tuning tuning;
  private final Scratch scratch;
  private final Sample sample;
  private final Compressions compressions;
  private final int chunkBytes;

  /** Created when first needed, like the encoder: each has several MiB of scratch memory. */
  private FsstTrainer trainer;

  private FsstEncoder encoder;

  StringChoice(CodecOptions options, Scratch scratch, Sample sample, Compressions compressions) {
    this.options = options;
    this.field = options.field();
    this.tuning = Tuning.of(options);
    this.scratch = scratch;
    this.sample = sample;
    this.compressions = compressions;
    this.chunkBytes = chunkBytes(options);
  }

  private static int chunkBytes(CodecOptions options) {
    boolean large =
        options.profile() == CompressionProfile.SMALLEST && options.version().hasLargeChunks();
    return large ? CHUNK_BYTES_SMALLEST : CHUNK_BYTES;
  }

  /**
   * Returns whether even long strings should be compressed together, which needs mini-blocks. A
   * reader of a single string then decompresses a chunk, which takes less time than fetching it
   * from storage.
   */
  boolean prefersTogether(VariableWidthColumn column) {
    if (!mayCompress(column) || column.valueBytes() / column.length() > MAX_TOGETHER_BYTES) {
      return false;
    }
    return options.profile() == CompressionProfile.SMALLEST
        || costCompressed(column) < TOGETHER * column.valueBytes();
  }

  private boolean mayCompress(VariableWidthColumn column) {
    return field.compression() == null
        && options.profile() != CompressionProfile.FASTEST
        && column.valueBytes() >= tuning.minCompressedBytes();
  }

  /** Chooses the encoding in mini-blocks. */
  MiniBlockCodec choose(VariableWidthColumn column) {
    VariableCodec variable =
        new VariableCodec(column, target(VariableCodec.TARGET_CHUNK_BYTES), scratch.values);
    CompressionScheme asked = field.compression();
    if (asked == CompressionScheme.NONE) {
      return variable;
    }
    if (FixedWidthChoice.isGeneral(asked)) {
      return compressed(column, asked, field.compressionLevel()).codec();
    }
    double plain = column.valueBytes();
    Candidate best = new Candidate(variable, plain, plain);
    if (mayCompress(column)) {
      best = best.orCheaper(compressed(column, CompressionScheme.LZ4, null));
      best = best.orCheaper(compressed(column, CompressionScheme.ZSTD, tuning.zstdLevel()));
    }
    if (asked == null && best.bytes() < SMALL_ENOUGH * plain) {
      return best.codec();
    }
    FullZipStrings coded = coded(column, best.cost());
    return coded == null
        ? best.codec()
        : new VariableCodec(
            coded.column(),
            target(VariableCodec.TARGET_CHUNK_BYTES),
            coded.encoding(),
            scratch.values);
  }

  /**
   * Returns the cost of LZ4 over strings that are compressed together, or infinity if they may not
   * be.
   */
  double costCompressed(VariableWidthColumn column) {
    return mayCompress(column)
        ? compressed(column, CompressionScheme.LZ4, null).cost()
        : Double.POSITIVE_INFINITY;
  }

  private long target(long defaultBytes) {
    return field.minichunkSize() == null ? defaultBytes : field.minichunkSize();
  }

  private Candidate compressed(
      VariableWidthColumn column, CompressionScheme scheme, Integer level) {
    VariableCodec variable = new VariableCodec(column, target(chunkBytes), scratch.values);
    GeneralCompression compression = compressions.get(scheme, level);
    VariableCodec fallback =
        new VariableCodec(column, target(VariableCodec.TARGET_CHUNK_BYTES), scratch.values);
    double plain = column.valueBytes();
    double bytes = sample.bytes(variable, plain, compression, plain);
    double readCost = scheme == CompressionScheme.LZ4 ? tuning.lz4Strings() : tuning.zstdStrings();
    return new Candidate(
        scratch.general(variable, fallback, compression), bytes, bytes + readCost * plain);
  }

  /** Chooses the encoding in a full-zip page. */
  FullZipStrings chooseZipped(VariableWidthColumn column) {
    CompressionScheme asked = field.compression();
    FullZipStrings plain = FullZipStrings.plain(column);
    if (asked == CompressionScheme.NONE) {
      return plain;
    }
    double limit = column.valueBytes();
    GeneralCompression compression = valueCompression(column);
    if (compression != null) {
      double readCost = asked == null ? tuning.zstdValue() * column.length() : 0;
      double bytes = column.valueBytes() * sample.ratioOfValues(column, compression) + readCost;
      compression = bytes < limit ? compression : null;
      limit = Math.min(limit, bytes);
    }
    FullZipStrings coded = coded(column, limit);
    if (coded != null) {
      return coded;
    }
    return compression == null ? plain : compressedValues(column, compression, plain);
  }

  /**
   * Returns the compression to try on individual strings, or null: zstd, since readers fail on
   * nulls in LZ4.
   */
  private GeneralCompression valueCompression(VariableWidthColumn column) {
    if (column.valueBytes() < MIN_COMPRESSED_BYTES) {
      return null;
    }
    if (FixedWidthChoice.isGeneral(field.compression())) {
      return compressions.get(CompressionScheme.ZSTD, field.compressionLevel());
    }
    return mayCompress(column)
        ? compressions.get(CompressionScheme.ZSTD, tuning.zstdLevel())
        : null;
  }

  /** Compresses each string individually; returns {@code plain} unless that saves space overall. */
  private FullZipStrings compressedValues(
      VariableWidthColumn column, GeneralCompression compression, FullZipStrings plain) {
    AppendBuffer data = scratch.codedData;
    AppendBuffer offsets = scratch.codedOffsets;
    int width = column.type().offsetWidth();
    data.clear();
    offsets.clear();
    offsets.appendZeros(width);
    long limit = column.offset(column.length()) - column.offset(0);
    for (long row = 0; row < column.length(); row++) {
      long start = column.offset(row);
      long bytes = column.offset(row + 1) - start;
      if (!column.isNull(row)) {
        if (bytes > GeneralCompression.MAX_BYTES) {
          return plain;
        }
        scratch.plain.clear();
        scratch.plain.append(column.data(), start, bytes);
        compression.compress(scratch.plain, data);
      }
      if (data.size() >= limit) {
        return plain;
      }
      long at = offsets.reserve(width);
      Offsets.set(offsets.block(), at, width, data.size());
      offsets.advance(width);
    }
    VariableWidthColumn compressed =
        new VariableWidthColumn(
            column.type(), column.length(), column.validity(), offsets.bytes(), data.bytes());
    return new FullZipStrings(compressed, compression.over(plain.encoding()));
  }

  /** Returns the strings in FSST codes if they cost less than {@code limit}, or null. */
  private FullZipStrings coded(VariableWidthColumn column, double limit) {
    long data = column.offset(column.length()) - column.offset(0);
    boolean asked = field.compression() == CompressionScheme.FSST;
    double readCost = tuning.fsst() * data + tuning.fsstValue() * column.length();
    double maxRatio = asked ? Double.POSITIVE_INFINITY : maxRatio(column, data, limit - readCost);
    if (data < MIN_FSST_BYTES
        || FixedWidthChoice.isGeneral(field.compression())
        || maxRatio < BEST_FSST) {
      return null;
    }
    if (trainer == null) {
      trainer = new FsstTrainer();
      encoder = new FsstEncoder();
    }
    FsstTable table = trainer.train(column, maxRatio);
    if (table == null) {
      return null;
    }
    scratch.codedOffsets.clear();
    scratch.codedData.clear();
    VariableWidthColumn coded =
        encoder.encode(table, column, scratch.codedOffsets, scratch.codedData);
    return coded == null
        ? null
        : new FullZipStrings(
            coded, Encodings.fsst(table.serialized(), FullZipStrings.plain(column).encoding()));
  }

  /** Returns the ratio of coded to plain strings at which a column takes {@code limit} bytes. */
  private static double maxRatio(VariableWidthColumn column, long data, double limit) {
    double others = column.valueBytes() - data + FsstTable.SERIALIZED_BYTES;
    return (limit - others) / data;
  }
}
