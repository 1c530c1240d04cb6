package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.Container;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.proto.Encodings21Proto.Variable;
import dev.lancewright.internal.simd.Offsets;
import dev.lancewright.internal.simd.ValueBlock;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * Variable-width encoding: each chunk has the offsets of its values, counted from the start of the
 * buffer, then the values' bytes, padded to the width of an offset.
 */
public final class VariableCodec implements MiniBlockCodec {
  /** The default maximum size in bytes of chunks with more than two values. */
  public static final int TARGET_CHUNK_BYTES = 4096;

  private final VariableWidthColumn column;
  private final int offsetWidth;

  private final long targetChunkBytes;
  private final EncodingMessage encoding;
  private final ValueBlock block;

  /**
   * @param block scratch memory, which is overwritten
   */
  public VariableCodec(VariableWidthColumn column, ValueBlock block) {
    this(column, TARGET_CHUNK_BYTES, block);
  }

  /**
   * @param targetChunkBytes the maximum size of chunks with more than two values
   * @param block scratch memory, which is overwritten
   */
  public VariableCodec(VariableWidthColumn column, long targetChunkBytes, ValueBlock block) {
    this(
        column,
        targetChunkBytes,
        Encodings.variable(column.type().offsetWidth() * Byte.SIZE),
        block);
  }

  /**
   * @param encoding the encoding that describes the strings
   * @param block scratch memory, which is overwritten
   */
  public VariableCodec(
      VariableWidthColumn column,
      long targetChunkBytes,
      EncodingMessage encoding,
      ValueBlock block) {
    this.targetChunkBytes = targetChunkBytes;
    this.encoding = encoding;
    this.block = block;
    this.column = column;
    this.offsetWidth = column.type().offsetWidth();
  }

  @Override
  public EncodingMessage encoding() {
    return encoding;
  }

  @Override
  public long values() {
    return column.length();
  }

  @Override
  public int bufferCount() {
    return 1;
  }

  @Override
  public void plan(long first, int maxValues, Chunk chunk) {
    int values = Math.min(chunkValues(first), maxValues);
    chunk.begin(first, values, 1);
    chunk.setBytes(0, (unpaddedBytes(first, values) + offsetWidth - 1) & -offsetWidth);
  }

  /**
   * Returns the number of values in a chunk, as the reference does: the largest power of two that
   * fits, or all remaining values if they fit.
   */
  private int chunkValues(long first) {
    long left = column.length() - first;
    if (left <= 1) {
      return (int) left;
    }
    int count = 2;
    for (int next = 4; ; next *= 2) {
      if (left < next) {
        return unpaddedBytes(first, (int) left) <= targetChunkBytes ? (int) left : count;
      }
      if (unpaddedBytes(first, next) > targetChunkBytes || next * 2 > MAX_CHUNK_VALUES) {
        return count;
      }
      count = next;
    }
  }

  private long unpaddedBytes(long first, int values) {
    return column.offset(first + values) - column.offset(first) + (values + 1L) * offsetWidth;
  }

  @Override
  public void encode(Chunk chunk, MemorySegment target) {
    long first = chunk.first();
    int values = chunk.values();
    long at = chunk.place(0);
    int header = (values + 1) * offsetWidth;
    long start = column.offset(first);
    Offsets.rebase(
        column.offsets(),
        first * offsetWidth,
        offsetWidth,
        values + 1L,
        header - start,
        target,
        at,
        offsetWidth,
        block);
    long bytes = column.offset(first + values) - start;
    MemorySegment.copy(column.data(), start, target, at + header, bytes);
    long end = header + bytes;
    target.asSlice(at + end, chunk.bytes(0) - end).fill(Container.PADDING);
  }

  /** Creates a decoder of byte strings. */
  static ValueDecoder decoder(Variable variable, DataType type) throws LanceFormatException {
    long bits = ValueDecoder.flatBits(variable.getOffsets());
    if (type instanceof DataType.VariableWidth strings && bits == strings.offsetWidth() * 8L) {
      return new Decoder(strings);
    }
    throw new LanceFormatException(
        "Variable with offsets of %s bits cannot hold values of %s"
            .formatted(Long.toUnsignedString(bits), type));
  }

  /**
   * Returns a view of {@code count} byte strings in {@code data}, whose offsets are checked.
   *
   * @param min the minimum offset
   */
  static VariableWidthColumn view(
      DataType.VariableWidth type, long count, MemorySegment offsets, MemorySegment data, long min)
      throws LanceFormatException {
    int width = type.offsetWidth();
    if (count >= offsets.byteSize() / width) {
      throw new LanceFormatException(
          "the offsets of %d byte strings do not fit into %d bytes"
              .formatted(count, offsets.byteSize()));
    }
    VariableWidthColumn strings = new VariableWidthColumn(type, count, null, offsets, data);
    long start = strings.offset(0);
    long end = strings.offset(count);
    if (start < min || end > data.byteSize() || decreases(strings)) {
      throw new LanceFormatException(
          ("the offsets of %d byte strings go from %d to %d and must not decrease; they must lie"
                  + " between %d and %d")
              .formatted(count, start, end, min, data.byteSize()));
    }
    return strings;
  }

  /** Returns whether any offset is less than the previous one; the first must not be negative. */
  private static boolean decreases(VariableWidthColumn strings) {
    MemorySegment offsets = strings.offsets();
    boolean large = strings.type().large();
    for (long from = 0; from < strings.length(); from += MAX_CHUNK_VALUES) {
      // The JIT vectorizes only loops over ints.
      int count = (int) Math.min(MAX_CHUNK_VALUES, strings.length() - from);
      long steps =
          large ? stepsOfLongs(offsets, from * 8, count) : stepsOfInts(offsets, from * 4, count);
      if (steps < 0) {
        return true;
      }
    }
    return false;
  }

  private static long stepsOfLongs(MemorySegment offsets, long at, int count) {
    long steps = 0;
    for (int i = 0; i < count; i++) {
      long start = offsets.get(LittleEndian.LONG, at + i * 8L);
      long end = offsets.get(LittleEndian.LONG, at + i * 8L + 8);
      steps |= (end - start) | end;
    }
    return steps;
  }

  private static int stepsOfInts(MemorySegment offsets, long at, int count) {
    int steps = 0;
    for (int i = 0; i < count; i++) {
      int start = offsets.get(LittleEndian.INT, at + i * 4L);
      int end = offsets.get(LittleEndian.INT, at + i * 4L + 4);
      steps |= (end - start) | end;
    }
    return steps;
  }

  private static final class Decoder extends ValueDecoder {
    private final DataType.VariableWidth type;

    Decoder(DataType.VariableWidth type) {
      this.type = type;
    }

    @Override
    public int bufferCount() {
      return 1;
    }

    @Override
    long maxBytes(int values) {
      return Long.MAX_VALUE;
    }

    @Override
    public Column decode(MemorySegment[] buffers, int first, int values)
        throws LanceFormatException {
      MemorySegment buffer = buffers[first];
      return view(type, values, buffer, buffer, (values + 1L) * type.offsetWidth());
    }
  }
}
