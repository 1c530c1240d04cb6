package dev.lancewright.internal.plan;

import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.codec.Chunk;
import dev.lancewright.internal.codec.GeneralCompression;
import dev.lancewright.internal.codec.MiniBlockCodec;
import dev.lancewright.internal.codec.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Estimates for all chunks of a page from a few evenly spaced ones. */
final class Sample {
  /** The number of chunks in the sample. */
  private static final int CHUNKS = 4;

  /** The number of values in a chunk whose bytes are counted. */
  private static final int COUNTED_VALUES = 512;

  /**
   * The number of strings that are compressed individually, and the maximum number of their bytes.
   */
  private static final int VALUES = 48;

  private static final long MAX_VALUE_BYTES = 256 << 10;

  private final Scratch scratch;
  private final Chunk chunk = new Chunk();
  private final int[] counts = new int[256];

  Sample(Scratch scratch) {
    this.scratch = scratch;
  }

  /**
   * Estimates the size in bytes if the first buffers of all chunks are compressed.
   *
   * @param bytes the size of all buffers of all chunks
   */
  double bytes(MiniBlockCodec codec, double bytes, GeneralCompression compression) {
    long values = codec.values();
    long before = 0;
    long after = 0;
    long step = Math.max(1, values / CHUNKS);
    long next = 0;
    for (long first = 0; first < values; first = Math.max(next, first + step)) {
      codec.plan(first, MiniBlockCodec.MAX_CHUNK_VALUES, chunk);
      long end = chunk.arrange(0, 1);
      scratch.plain.clear();
      scratch.plain.reserve(end + MiniBlockCodec.SLACK_BYTES);
      codec.encode(chunk, scratch.plain.block());
      scratch.plain.advance(chunk.bytes(0));
      scratch.sampled.clear();
      // Other buffers are not compressed.
      after += compression.compress(scratch.plain, scratch.sampled) + end - chunk.bytes(0);
      before += end;
      next = first + chunk.values();
    }
    return before == 0 ? bytes : bytes * after / before;
  }

  /**
   * Estimates the compression ratio of strings, including offsets, if each is compressed
   * individually.
   */
  double ratioOfValues(VariableWidthColumn column, GeneralCompression compression) {
    long offset = column.type().offsetWidth();
    long before = 0;
    long after = 0;
    long step = Math.max(1, column.length() / VALUES);
    for (long row = 0; row < column.length() && before < MAX_VALUE_BYTES; row += step) {
      long start = column.offset(row);
      long bytes = Math.min(column.offset(row + 1) - start, MAX_VALUE_BYTES);
      if (!column.isNull(row)) {
        scratch.plain.clear();
        scratch.plain.append(column.data(), start, bytes);
        scratch.sampled.clear();
        after += compression.compress(scratch.plain, scratch.sampled) + offset;
        before += bytes + offset;
      }
    }
    return before == 0 ? 1 : (double) after / before;
  }

  /**
   * Estimates the entropy of a value in bits, from the frequency of each byte at its position,
   * which is close to the result of byte-stream split and an entropy coder.
   */
  double entropyBits(FixedWidthColumn column) {
    int width = column.type().byteWidth();
    long step = Math.max(COUNTED_VALUES, column.length() / CHUNKS);
    double bits = 0;
    for (int position = 0; position < width; position++) {
      bits += entropyBits(column, position, step);
    }
    return bits;
  }

  private double entropyBits(FixedWidthColumn column, int position, long step) {
    MemorySegment values = column.values();
    int width = column.type().byteWidth();
    double total = 0;
    int chunks = 0;
    for (long first = 0; first < column.length(); first += step) {
      Arrays.fill(counts, 0);
      int count = (int) Math.min(COUNTED_VALUES, column.length() - first);
      for (int i = 0; i < count; i++) {
        counts[values.get(ValueLayout.JAVA_BYTE, (first + i) * width + position) & 0xFF]++;
      }
      double sum = 0;
      for (int c : counts) {
        sum += c == 0 ? 0 : c * Math.log(c);
      }
      total += (Math.log(count) - sum / count) / Math.log(2);
      chunks++;
    }
    return total / chunks;
  }
}
