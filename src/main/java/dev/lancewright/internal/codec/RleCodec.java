package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.Rle;
import dev.lancewright.internal.simd.Runs;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Run-length encoding of values of 8 to 64 bits: in each chunk a buffer of the runs' values and one
 * of their lengths, a byte each. Longer runs are cut at {@value #MAX_RUN}, and at ends of chunks.
 */
public final class RleCodec implements MiniBlockCodec {
  private static final int MAX_RUN = 255;

  /** A chunk's values and lengths stay within this many bytes. */
  private static final int MAX_CHUNK_BYTES = 8186;

  private final FixedWidthColumn column;
  private final int valueBytes;
  private final int maxRuns;
  private final Scratch scratch;
  private long splitFirst = -1;
  private int splitValues;
  private int runs;

  /**
   * @param column of 8, 16, 32 or 64 bits
   */
  public RleCodec(FixedWidthColumn column, Scratch scratch) {
    this.column = column;
    this.valueBytes = column.type().byteWidth();
    this.maxRuns = MAX_CHUNK_BYTES / (valueBytes + 1);
    this.scratch = scratch;
    scratch.runValues.reserve((long) MAX_CHUNK_VALUES * valueBytes);
    scratch.runLengths.reserve(MAX_CHUNK_VALUES);
  }

  /** Bytes that {@code runCount} runs of {@code values} values take, cut where they are long. */
  public static long bytes(long runCount, long values, int valueBytes) {
    return Math.min(values, runCount + values / MAX_RUN) * (valueBytes + 1L);
  }

  @Override
  public CompressiveEncoding encoding() {
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
  public int chunkValues(long first) {
    int values = (int) Math.min(MAX_CHUNK_VALUES, column.length() - first);
    while (values > 2 && mostRuns(first, values) > maxRuns) {
      values = Integer.highestOneBit(values - 1);
    }
    return values;
  }

  /** Counting runs takes a fraction of what splitting does. */
  private long mostRuns(long first, int values) {
    return Runs.count(column.values(), first * valueBytes, values, valueBytes) + values / MAX_RUN;
  }

  @Override
  public long bufferBytes(int buffer, long first, int values) {
    return (long) runs(first, values) * (buffer == 0 ? valueBytes : 1);
  }

  /** Splits a chunk, if it is not the one that was split last. */
  private int runs(long first, int values) {
    if (scratch.runs != this || first != splitFirst || values != splitValues) {
      runs =
          Runs.split(
              column.values(),
              first * valueBytes,
              values,
              valueBytes,
              scratch.runValues.block(),
              0,
              scratch.runLengths.block(),
              0);
      scratch.runs = this;
      splitFirst = first;
      splitValues = values;
    }
    return runs;
  }

  @Override
  public void encode(int buffer, long first, int values, MemorySegment target, long at) {
    long bytes = bufferBytes(buffer, first, values);
    MemorySegment.copy(runsOf(buffer), 0, target, at, bytes);
  }

  private MemorySegment runsOf(int buffer) {
    return (buffer == 0 ? scratch.runValues : scratch.runLengths).block();
  }

  /** Decodes the buffers of a chunk of {@code count} values; what runs have beyond is ignored. */
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

  /** A decoder of values of 8 to 64 bits. */
  static ValueDecoder decoder(Rle rle, DataType type, DecodeMemory memory)
      throws LanceFormatException {
    long bits = ValueDecoder.flatBits(rle.getValues());
    DataType.FixedWidth fixed = ValueDecoder.fixedWidth("Rle", bits, type);
    if (!InlineBitpackingCodec.takes(fixed.bitWidth())
        || ValueDecoder.flatBits(rle.getRunLengths()) != Byte.SIZE) {
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
      if (values / MAX_RUN > lengths.byteSize()) {
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
