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
  /** The number of chunks that are compressed. */
  private static final int CHUNKS = 2;

  /** A chunk has at most one of so many values of the page. */
  private static final int MAX_SHARE = 16;

  /** The number of values that a chunk may have in any case. */
  private static final int FEW_VALUES = 2048;

  /** How much larger than worth it the estimate from one chunk may be for the next to count. */
  private static final double HOPE = 1.1;

  /** The number of stretches of a page, and of values in each, whose bytes are counted. */
  private static final int STRETCHES = 4;

  private static final int COUNTED_VALUES = 512;

  /** Each number of equal bytes in a stretch, times its logarithm. */
  private static final double[] TIMES_LOG = timesLog();

  /**
   * The number of strings that are compressed individually, and the maximum number of their bytes.
   */
  private static final int VALUES = 48;

  private static final long MAX_VALUE_BYTES = 256 << 10;

  private final Scratch scratch;
  private final Chunk chunk = new Chunk();
  private final int[] counts = new int[256];
  private byte[] stretch = {};

  Sample(Scratch scratch) {
    this.scratch = scratch;
  }

  private static double[] timesLog() {
    double[] products = new double[COUNTED_VALUES + 1];
    for (int count = 1; count <= COUNTED_VALUES; count++) {
      products[count] = count * Math.log(count);
    }
    return products;
  }

  /**
   * Estimates the size in bytes if the first buffers of all chunks are compressed.
   *
   * @param bytes the size of all buffers of all chunks
   * @param worth the size from which compression is of no use; if a first chunk is far from it, the
   *     estimate is left at that
   */
  double bytes(MiniBlockCodec codec, double bytes, GeneralCompression compression, double worth) {
    long values = codec.values();
    int most = Math.clamp(values / MAX_SHARE, FEW_VALUES, MiniBlockCodec.MAX_CHUNK_VALUES);
    long before = 0;
    long after = 0;
    long step = Math.max(1, values / CHUNKS);
    long next = 0;
    for (long first = 0; first < values; first = Math.max(next, first + step)) {
      codec.plan(first, most, chunk);
      long end = chunk.arrange(0, 1);
      scratch.plain.clear();
      scratch.plain.reserve(end + MiniBlockCodec.SLACK_BYTES);
      codec.encode(chunk, scratch.plain.block());
      scratch.plain.advance(chunk.bytes(0));
      scratch.sampled.clear();
      // Other buffers are not compressed.
      after += compression.compress(scratch.plain, scratch.sampled) + end - chunk.bytes(0);
      before += end;
      if (bytes * after > HOPE * worth * before) {
        break;
      }
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
    if (stretch.length < COUNTED_VALUES * width) {
      stretch = new byte[COUNTED_VALUES * width];
    }
    long step = Math.max(COUNTED_VALUES, column.length() / STRETCHES);
    double bits = 0;
    int stretches = 0;
    for (long first = 0; first < column.length(); first += step) {
      int count = (int) Math.min(COUNTED_VALUES, column.length() - first);
      int bytes = count * width;
      MemorySegment.copy(column.values(), ValueLayout.JAVA_BYTE, first * width, stretch, 0, bytes);
      for (int position = 0; position < width; position++) {
        bits += entropyBits(position, width, count);
      }
      stretches++;
    }
    return bits / stretches;
  }

  private double entropyBits(int position, int width, int values) {
    Arrays.fill(counts, 0);
    for (int at = position; at < values * width; at += width) {
      counts[stretch[at] & 0xFF]++;
    }
    double sum = 0;
    for (int count : counts) {
      sum += TIMES_LOG[count];
    }
    return (Math.log(values) - sum / values) / Math.log(2);
  }
}
