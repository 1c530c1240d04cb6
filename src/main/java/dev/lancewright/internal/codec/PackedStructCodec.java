package dev.lancewright.internal.codec;

import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Packed struct of children of fixed width: the values of all children, row by row. Nulls of
 * children have no place.
 */
public final class PackedStructCodec implements MiniBlockCodec {
  private final List<FixedWidthColumn> children;
  private final long rows;
  private final int rowBytes;
  private final int rowsPerChunk;

  /**
   * @param column whose children are of whole bytes
   */
  public PackedStructCodec(StructColumn column) {
    this.children = column.children().stream().map(FixedWidthColumn.class::cast).toList();
    this.rows = column.length();
    this.rowBytes = children.stream().mapToInt(child -> child.type().byteWidth()).sum();
    this.rowsPerChunk = FlatCodec.valuesPerChunk(rowBytes * 8L, 0, FlatCodec.MAX_CHUNK_BYTES);
  }

  /** Whether all children have a fixed width. */
  public static boolean takes(DataType.Struct type) {
    return type.children().stream().allMatch(child -> child.type() instanceof DataType.FixedWidth);
  }

  @Override
  public CompressiveEncoding encoding() {
    return Encodings.packedStruct(children.stream().map(child -> child.type().bitWidth()).toList());
  }

  @Override
  public long values() {
    return rows;
  }

  @Override
  public int bufferCount() {
    return 1;
  }

  @Override
  public int chunkValues(long first) {
    return (int) Math.min(rowsPerChunk, rows - first);
  }

  @Override
  public long bufferBytes(int buffer, long first, int count) {
    return (long) count * rowBytes;
  }

  @Override
  public void encode(int buffer, long first, int count, MemorySegment target, long at) {
    long to = at;
    for (FixedWidthColumn child : children) {
      scatter(child, first, count, target, to);
      to += child.type().byteWidth();
    }
  }

  /** Copies values, each to where its row has it. */
  private void scatter(
      FixedWidthColumn child, long first, int count, MemorySegment target, long at) {
    int width = child.type().byteWidth();
    MemorySegment values = child.values();
    long from = first * width;
    switch (width) {
      case 8 -> {
        for (int i = 0; i < count; i++) {
          long value = values.get(ValueLayout.JAVA_LONG_UNALIGNED, from + i * 8L);
          target.set(ValueLayout.JAVA_LONG_UNALIGNED, at + (long) i * rowBytes, value);
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          int value = values.get(ValueLayout.JAVA_INT_UNALIGNED, from + i * 4L);
          target.set(ValueLayout.JAVA_INT_UNALIGNED, at + (long) i * rowBytes, value);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          MemorySegment.copy(
              values, from + (long) i * width, target, at + (long) i * rowBytes, width);
        }
      }
    }
  }
}
