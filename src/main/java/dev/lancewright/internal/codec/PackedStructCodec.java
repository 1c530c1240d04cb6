package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.PackedStruct;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Packed structs of fixed-width children: the values of all children, row by row. Nulls of children
 * cannot be represented.
 */
public final class PackedStructCodec implements MiniBlockCodec {
  private final List<FixedWidthColumn> children;
  private final long rows;
  private final int rowBytes;
  private final int rowsPerChunk;

  /**
   * Creates a codec.
   *
   * @param column the structs, whose children must be of whole bytes
   */
  public PackedStructCodec(StructColumn column) {
    this.children = column.children().stream().map(FixedWidthColumn.class::cast).toList();
    this.rows = column.length();
    this.rowBytes = children.stream().mapToInt(child -> child.type().byteWidth()).sum();
    this.rowsPerChunk = FlatCodec.valuesPerChunk(rowBytes * 8L, 0, FlatCodec.MAX_CHUNK_BYTES);
  }

  /** Returns whether all children have a fixed width. */
  public static boolean supports(DataType.Struct type) {
    return type.children().stream().allMatch(child -> child.type() instanceof DataType.FixedWidth);
  }

  @Override
  public EncodingMessage encoding() {
    long[] bits = new long[children.size()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = children.get(i).type().bitWidth();
    }
    return Encodings.packedStruct(bits);
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
  public void plan(long first, int maxValues, Chunk chunk) {
    int values = (int) Math.min(Math.min(rowsPerChunk, maxValues), rows - first);
    chunk.begin(first, values, 1);
    chunk.setBytes(0, (long) values * rowBytes);
  }

  @Override
  public void encode(Chunk chunk, MemorySegment target) {
    long to = chunk.place(0);
    for (FixedWidthColumn child : children) {
      scatter(child, chunk.first(), chunk.values(), target, to);
      to += child.type().byteWidth();
    }
  }

  /** Scatters a child's values to their rows. */
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

  /** Creates a decoder of structs with fixed-width children. */
  static ValueDecoder decoder(PackedStruct packed, DataType type, DecodeMemory memory)
      throws LanceFormatException {
    List<Long> bits = packed.getBitsPerValueList();
    long rowBits = bits.stream().mapToLong(Long::longValue).sum();
    if (!(type instanceof DataType.Struct struct)
        || !supports(struct)
        || rowBits <= 0
        || rowBits / Byte.SIZE > Integer.MAX_VALUE
        || !bits.equals(
            struct.children().stream()
                .map(child -> (long) ((DataType.FixedWidth) child.type()).bitWidth())
                .toList())
        || bits.stream().anyMatch(width -> width % Byte.SIZE != 0)
        || ValueDecoder.flatBits(packed.getValues()) != rowBits) {
      throw new LanceFormatException(
          "PackedStruct of children of %s bits cannot hold values of %s".formatted(bits, type));
    }
    return new Decoder(struct, (int) (rowBits / Byte.SIZE), memory);
  }

  private static final class Decoder extends ValueDecoder {
    private final DataType.Struct type;
    private final int rowBytes;
    private final List<AppendBuffer> children = new ArrayList<>();

    Decoder(DataType.Struct type, int rowBytes, DecodeMemory memory) {
      this.type = type;
      this.rowBytes = rowBytes;
      type.children().forEach(_ -> children.add(memory.take()));
    }

    @Override
    public int bufferCount() {
      return 1;
    }

    @Override
    long maxBytes(int values) {
      return (long) values * rowBytes;
    }

    @Override
    public Column decode(MemorySegment[] buffers, int first, int values)
        throws LanceFormatException {
      MemorySegment rows = buffers[first];
      if (values > rows.byteSize() / rowBytes) {
        throw new LanceFormatException(
            "%d packed structs of %d bytes do not fit into a buffer of %d bytes"
                .formatted(values, rowBytes, rows.byteSize()));
      }
      List<Column> columns = new ArrayList<>();
      long at = 0;
      for (int i = 0; i < children.size(); i++) {
        Field child = type.children().get(i);
        columns.add(gather(rows, at, values, (DataType.FixedWidth) child.type(), children.get(i)));
        at += ((DataType.FixedWidth) child.type()).byteWidth();
      }
      return new StructColumn(type, values, null, columns);
    }

    /** Gathers a child's values from their rows. */
    private FixedWidthColumn gather(
        MemorySegment rows, long at, int count, DataType.FixedWidth child, AppendBuffer target) {
      int width = child.byteWidth();
      target.clear();
      target.reserve((long) count * width);
      for (int i = 0; i < count; i++) {
        MemorySegment.copy(rows, at + (long) i * rowBytes, target.block(), (long) i * width, width);
      }
      return new FixedWidthColumn(child, count, null, target.block());
    }
  }
}
