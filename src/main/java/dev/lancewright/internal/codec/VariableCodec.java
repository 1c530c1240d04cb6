package dev.lancewright.internal.codec;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.Container;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import java.lang.foreign.MemorySegment;

/**
 * Variable: in each chunk the offsets of its values, counted from the start of the buffer, then the
 * values' bytes, padded to the width of an offset.
 */
public final class VariableCodec implements MiniBlockCodec {
  /** Chunks of more than two values stay within this many bytes when nobody says otherwise. */
  static final int TARGET_CHUNK_BYTES = 4096;

  private final VariableWidthColumn column;
  private final int offsetWidth;

  private final long targetChunkBytes;
  private final CompressiveEncoding encoding;

  public VariableCodec(VariableWidthColumn column) {
    this(column, TARGET_CHUNK_BYTES);
  }

  /**
   * @param targetChunkBytes what chunks of more than two values stay within
   */
  VariableCodec(VariableWidthColumn column, long targetChunkBytes) {
    this(column, targetChunkBytes, Encodings.variable(column.type().offsetWidth() * Byte.SIZE));
  }

  /**
   * @param encoding of what the strings are, if not themselves
   */
  VariableCodec(VariableWidthColumn column, long targetChunkBytes, CompressiveEncoding encoding) {
    this.targetChunkBytes = targetChunkBytes;
    this.encoding = encoding;
    this.column = column;
    this.offsetWidth = column.type().offsetWidth();
  }

  @Override
  public CompressiveEncoding encoding() {
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

  /** As the reference cuts chunks: the largest power of two that fits, or all if all fit. */
  @Override
  public int chunkValues(long first) {
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

  @Override
  public long bufferBytes(int buffer, long first, int values) {
    return (unpaddedBytes(first, values) + offsetWidth - 1) & -offsetWidth;
  }

  private long unpaddedBytes(long first, int values) {
    return column.offset(first + values) - column.offset(first) + (values + 1L) * offsetWidth;
  }

  @Override
  public void encode(int buffer, long first, int values, MemorySegment target, long at) {
    int header = (values + 1) * offsetWidth;
    long start = column.offset(first);
    if (column.type().large()) {
      for (int i = 0; i <= values; i++) {
        target.set(LittleEndian.LONG, at + i * 8L, column.offset(first + i) - start + header);
      }
    } else {
      for (int i = 0; i <= values; i++) {
        target.set(
            LittleEndian.INT, at + i * 4L, (int) (column.offset(first + i) - start) + header);
      }
    }
    long bytes = column.offset(first + values) - start;
    MemorySegment.copy(column.data(), start, target, at + header, bytes);
    long end = header + bytes;
    target.asSlice(at + end, bufferBytes(buffer, first, values) - end).fill(Container.PADDING);
  }
}
