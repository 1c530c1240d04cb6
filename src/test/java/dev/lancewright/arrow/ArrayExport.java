package dev.lancewright.arrow;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Copies columns into ArrowArray structs. What lies before a slice is filled with rubbish, so that
 * it is seen when somebody reads it.
 */
final class ArrayExport {
  private static final StructLayout LAYOUT = ArrowArray.LAYOUT;
  private static final byte RUBBISH = (byte) 0xA5;

  private final ArrowExport export;
  private final ArrowExport.Shape shape;

  ArrayExport(ArrowExport export, ArrowExport.Shape shape) {
    this.export = export;
    this.shape = shape;
  }

  void into(Batch batch, MemorySegment struct) {
    List<MemorySegment> children =
        batch.columns().stream().map(c -> node(c, shape.batchOffset())).toList();
    fill(struct, batch.rows(), shape.batchOffset(), 0, List.of(MemorySegment.NULL), children);
  }

  /**
   * @param before rows that the array has before those of {@code column}
   */
  private MemorySegment node(Column column, long before) {
    long skipped = shape.columnOffset() + before;
    MemorySegment validity =
        column.validity() == null ? MemorySegment.NULL : bits(column.validity(), skipped);
    List<MemorySegment> buffers =
        switch (column) {
          case NullColumn ignored -> List.of();
          case BoolColumn bools -> List.of(validity, bits(bools.values(), skipped));
          case FixedWidthColumn fixed -> List.of(validity, values(fixed, skipped));
          case VariableWidthColumn variable ->
              List.of(validity, offsets(variable, skipped), data(variable, skipped));
          case FixedSizeListColumn ignored -> List.of(validity);
          default -> throw new AssertionError(column.type());
        };
    List<MemorySegment> children =
        column instanceof FixedSizeListColumn list
            ? List.of(node(list.items(), skipped * list.type().size()))
            : List.of();
    MemorySegment struct = export.childArray();
    long nulls = shape.nullsCounted() ? column.nullCount() : -1;
    fill(struct, before + column.length(), shape.columnOffset(), nulls, buffers, children);
    return struct;
  }

  private void fill(
      MemorySegment struct,
      long length,
      long offset,
      long nulls,
      List<MemorySegment> buffers,
      List<MemorySegment> children) {
    ArrowExport.set(struct, LAYOUT, "length", length);
    ArrowExport.set(struct, LAYOUT, "null_count", nulls);
    ArrowExport.set(struct, LAYOUT, "offset", offset);
    ArrowExport.set(struct, LAYOUT, "n_buffers", buffers.size());
    ArrowExport.set(struct, LAYOUT, "n_children", children.size());
    ArrowExport.set(struct, LAYOUT, "buffers", export.pointers(buffers));
    ArrowExport.set(struct, LAYOUT, "children", export.pointers(children));
  }

  private MemorySegment bits(Bitmap bits, long skipped) {
    MemorySegment copy = buffer(Bitmap.bytesFor(skipped + bits.length()));
    for (long i = 0; i < bits.length(); i++) {
      long at = (skipped + i) >>> 3;
      int mask = 1 << ((skipped + i) & 7);
      int octet = copy.get(ValueLayout.JAVA_BYTE, at);
      copy.set(ValueLayout.JAVA_BYTE, at, (byte) (bits.get(i) ? octet | mask : octet & ~mask));
    }
    return copy;
  }

  private MemorySegment values(FixedWidthColumn column, long skipped) {
    int width = column.type().byteWidth();
    MemorySegment copy = buffer((skipped + column.length()) * width);
    MemorySegment.copy(column.values(), 0, copy, skipped * width, column.length() * width);
    return copy;
  }

  private MemorySegment offsets(VariableWidthColumn column, long skipped) {
    int width = column.type().offsetWidth();
    MemorySegment copy = buffer((skipped + column.length() + 1) * width);
    for (long i = 0; i < skipped; i++) {
      setOffset(copy, width, i, 0);
    }
    for (long i = 0; i <= column.length(); i++) {
      long offset = column.length() == 0 ? 0 : column.offset(i) - column.offset(0);
      setOffset(copy, width, skipped + i, offset + bytesBefore(skipped));
    }
    return copy;
  }

  private static void setOffset(MemorySegment offsets, int width, long index, long value) {
    if (width == Long.BYTES) {
      offsets.set(LittleEndian.LONG, index * width, value);
    } else {
      offsets.set(LittleEndian.INT, index * width, (int) value);
    }
  }

  private MemorySegment data(VariableWidthColumn column, long skipped) {
    long start = column.length() == 0 ? 0 : column.offset(0);
    long length = column.length() == 0 ? 0 : column.offset(column.length()) - start;
    MemorySegment copy = buffer(bytesBefore(skipped) + length);
    MemorySegment.copy(column.data(), start, copy, bytesBefore(skipped), length);
    return copy;
  }

  /** The first of the rows skipped, if any, has seven bytes. */
  private static long bytesBefore(long skipped) {
    return skipped == 0 ? 0 : 7;
  }

  private MemorySegment buffer(long bytes) {
    if (bytes == 0) {
      return MemorySegment.NULL;
    }
    return export
        .arena()
        .allocate(shape.misalignment() + bytes, 64)
        .asSlice(shape.misalignment())
        .fill(RUBBISH);
  }
}
