package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.Rle;
import dev.lancewright.internal.simd.Runs;
import dev.lancewright.internal.simd.ValueBlock;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Run-length encoding of values of 8 to 64 bits: each chunk has a buffer of the runs' values and
 * one of their lengths, a byte each. Runs are cut at {@value Runs#MAX_LENGTH} values, and at the
 * ends of chunks.
 */
public final class RleCodec implements MiniBlockCodec {
  /** The maximum size of a chunk's values and lengths in bytes. */
  private static final int MAX_CHUNK_BYTES = 8186;

  private final FixedWidthColumn column;
  private final int valueBytes;
  private final int maxRuns;
  private final ValueBlock block;

  /**
   * @param column the values, of 8, 16, 32 or 64 bits each
   * @param block scratch memory, which is overwritten
   */
  public RleCodec(FixedWidthColumn column, ValueBlock block) {
    this.column = column;
    this.block = block;
    this.valueBytes = column.type().byteWidth();
    this.maxRuns = MAX_CHUNK_BYTES / (valueBytes + 1);
  }

  /**
   * Returns an upper bound for the size in bytes of {@code values} values in {@code runCount} runs,
   * including cuts of long ones.
   */
  public static long bytes(long runCount, long values, int valueBytes) {
    return Math.min(values, runCount + values / Runs.MAX_LENGTH) * (valueBytes + 1L);
  }

  @Override
  public EncodingMessage encoding() {
    return Encodings.rle(valueBytes * Byte.SIZE);
  }

  @Override
  public long values() {
    return column.length();
  }

  @Override
  public int bufferCount() {
    return 2;
  }

  @Override
  public void plan(long first, int maxValues, Chunk chunk) {
    int values = (int) Math.min(maxValues, column.length() - first);
    int runs = runs(first, values);
    while (values > 2 && areTooMany(runs, first, values)) {
      values = Integer.highestOneBit(values - 1);
      runs = runs(first, values);
    }
    chunk.begin(first, values, 2);
    chunk.setBytes(0, (long) runs * valueBytes);
    chunk.setBytes(1, runs);
  }

  /**
   * Counts the runs that values are split into, which takes a fraction of the time of splitting
   * them.
   */
  private int runs(long first, int values) {
    return Runs.pairs(column.values(), first * valueBytes, values, valueBytes, block);
  }

  /**
   * Returns whether a chunk may have too many runs. That counts runs of any length plus the maximum
   * number of cuts, slightly more than {@code runs}.
   */
  private boolean areTooMany(int runs, long first, int values) {
    int cuts = values / Runs.MAX_LENGTH;
    if (runs > maxRuns || runs + cuts <= maxRuns) {
      return runs > maxRuns;
    }
    long uncut = Runs.count(column.values(), first * valueBytes, values, valueBytes, block);
    return uncut + cuts > maxRuns;
  }

  @Override
  public void encode(Chunk chunk, MemorySegment target) {
    long from = chunk.first() * valueBytes;
    Runs.split(
        column.values(),
        from,
        chunk.values(),
        valueBytes,
        target,
        chunk.place(0),
        target,
        chunk.place(1),
        block);
  }

  /** Decodes the buffers of a chunk of {@code count} values; any excess of the runs is ignored. */
  public static void decode(
      MemorySegment runValues,
      MemorySegment lengths,
      int valueBytes,
      int count,
      MemorySegment target,
      long at)
      throws LanceFormatException {
    long entries = lengths.byteSize();
    long values = 0;
    boolean empty = false;
    for (long i = 0; i < entries; i++) {
      int length = lengths.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
      empty |= length == 0;
      values += length;
    }
    if (empty
        || values < count
        || entries > Integer.MAX_VALUE
        || runValues.byteSize() != entries * valueBytes) {
      throw new LanceFormatException(
          "a run-length encoded chunk of %d values has %d lengths%s that sum up to %d, and %d bytes"
                  .formatted(
                      count, entries, empty ? ", one of them 0," : "", values, runValues.byteSize())
              + " of run values of %d bytes each".formatted(valueBytes));
    }
    Runs.expand(runValues, 0, lengths, 0, (int) entries, valueBytes, target, at, count);
  }

  /** Creates a decoder of values of 8 to 64 bits. */
  static ValueDecoder decoder(Rle rle, DataType type, DecodeMemory memory)
      throws LanceFormatException {
    long bits = ValueDecoder.flatBits(rle.getValues());
    DataType.FixedWidth fixed = ValueDecoder.fixedWidth("Rle", bits, type);
    if (!fixed.hasIntegerWidth() || ValueDecoder.flatBits(rle.getRunLengths()) != Byte.SIZE) {
      throw new LanceFormatException(
          "Rle of %s must have run lengths of 8 bits, and values of 8 to 64".formatted(type));
    }
    return new Decoder(fixed, memory.take());
  }

  private static final class Decoder extends ValueDecoder {
    private final DataType.FixedWidth type;
    private final AppendBuffer block;

    Decoder(DataType.FixedWidth type, AppendBuffer block) {
      this.type = type;
      this.block = block;
    }

    @Override
    public int bufferCount() {
      return 2;
    }

    @Override
    long maxBytes(int values) {
      return Long.MAX_VALUE;
    }

    @Override
    public Column decode(MemorySegment[] buffers, int first, int values)
        throws LanceFormatException {
      MemorySegment lengths = buffers[first + 1];
      if (values / Runs.MAX_LENGTH > lengths.byteSize()) {
        throw new LanceFormatException(
            "%d runs cannot have %d values".formatted(lengths.byteSize(), values));
      }
      block.clear();
      block.reserve((long) values * type.byteWidth());
      RleCodec.decode(buffers[first], lengths, type.byteWidth(), values, block.block(), 0);
      return new FixedWidthColumn(type, values, null, block.block());
    }
  }
}
