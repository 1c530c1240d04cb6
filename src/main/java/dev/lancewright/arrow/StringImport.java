package dev.lancewright.arrow;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/** Imports strings and string views as string columns. */
final class StringImport {
  private static final int OFFSETS = 1;
  private static final int DATA = 2;

  private static final int VIEWS = 1;
  private static final int FIRST_DATA = 2;
  private static final int VIEW_BYTES = 16;
  private static final int VIEW_INLINE = 4;
  private static final int VIEW_BUFFER = 8;
  private static final int VIEW_OFFSET = 12;
  private static final int MAX_INLINE = 12;

  private final BatchMemory memory;

  StringImport(BatchMemory memory) {
    this.memory = memory;
  }

  /**
   * Returns a column of strings.
   *
   * @param validity the validity of {@code rows}
   */
  VariableWidthColumn strings(
      ArrayNode node, DataType.VariableWidth type, RowSelection rows, Bitmap validity) {
    Offsets offsets =
        new Offsets(node.offsets(OFFSETS, rows.end(), type.offsetWidth()), type.large());
    if (!rows.isRun()) {
      return gather(node, type, rows, validity, offsets);
    }
    long first = rows.count() == 0 ? 0 : offsets.get(rows.start());
    long last = rows.count() == 0 ? 0 : offsets.get(rows.end());
    node.checkOffsets(first, last);
    MemorySegment data = node.data(DATA, "data", last);
    return new VariableWidthColumn(
        type, rows.count(), validity, offsets.slice(rows).segment(), data);
  }

  private VariableWidthColumn gather(
      ArrayNode node,
      DataType.VariableWidth type,
      RowSelection rows,
      Bitmap validity,
      Offsets source) {
    long bound = rows.end() == 0 ? 0 : source.get(rows.end());
    node.checkOffsets(0, bound);
    MemorySegment data = node.data(DATA, "data", bound);
    Offsets offsets = Offsets.create(memory, rows.count(), type.large());
    long total = 0;
    for (long i = 0; i < rows.count(); i++) {
      if (validity == null || validity.get(i)) {
        long row = rows.index(i);
        node.checkSpan(row, source.get(row), source.get(row + 1), bound, "bytes");
        total = node.checkTotal(total + source.get(row + 1) - source.get(row), type.large());
      }
      offsets.set(i + 1, total);
    }
    MemorySegment target = memory.allocate(total);
    for (long i = 0; i < rows.count(); i++) {
      long at = offsets.get(i);
      long length = offsets.get(i + 1) - at;
      if (length > 0) {
        MemorySegment.copy(data, source.get(rows.index(i)), target, at, length);
      }
    }
    return new VariableWidthColumn(type, rows.count(), validity, offsets.segment(), target);
  }

  /**
   * Returns a column of string views. A view has 16 bytes: the length, then either up to 12 bytes
   * of data, or a prefix of 4 bytes for comparisons, the index of a data buffer and the offset in
   * it.
   *
   * @param validity the validity of {@code rows}
   */
  VariableWidthColumn views(
      ArrayNode node, DataType.VariableWidth type, RowSelection rows, Bitmap validity) {
    MemorySegment views = node.values(VIEWS, "views", rows.end(), VIEW_BYTES);
    MemorySegment[] data = rows.end() == 0 ? new MemorySegment[0] : dataBuffers(node);
    Offsets offsets = Offsets.create(memory, rows.count(), type.large());
    long total = 0;
    for (long i = 0; i < rows.count(); i++) {
      if (validity == null || validity.get(i)) {
        long row = rows.index(i);
        checkView(node, row, views, data);
        int length = views.get(LittleEndian.INT, row * VIEW_BYTES);
        total = node.checkTotal(total + length, type.large());
      }
      offsets.set(i + 1, total);
    }
    MemorySegment target = memory.allocate(total + MAX_INLINE);
    for (long i = 0; i < rows.count(); i++) {
      long at = offsets.get(i);
      long length = offsets.get(i + 1) - at;
      if (length > 0) {
        copy(views, rows.index(i) * VIEW_BYTES, length, data, target, at);
      }
    }
    return new VariableWidthColumn(
        type, rows.count(), validity, offsets.segment(), target.asSlice(0, total));
  }

  private static MemorySegment[] dataBuffers(ArrayNode node) {
    int count = node.bufferCount() - FIRST_DATA - 1;
    MemorySegment lengths =
        node.data(FIRST_DATA + count, "data lengths", (long) count * Long.BYTES);
    MemorySegment[] data = new MemorySegment[count];
    for (int i = 0; i < count; i++) {
      long length = lengths.get(LittleEndian.LONG, (long) i * Long.BYTES);
      if (length < 0) {
        throw node.fail(
            "data buffer %d has %d bytes; it must not be negative".formatted(i, length));
      }
      data[i] = node.data(FIRST_DATA + i, "data", length);
    }
    return data;
  }

  private static void checkView(
      ArrayNode node, long row, MemorySegment views, MemorySegment[] data) {
    long view = row * VIEW_BYTES;
    int length = views.get(LittleEndian.INT, view);
    if (length >= 0 && length <= MAX_INLINE) {
      return;
    }
    if (length < 0) {
      throw node.fail(row, "the view has %d bytes; it must not be negative".formatted(length));
    }
    int buffer = views.get(LittleEndian.INT, view + VIEW_BUFFER);
    if (buffer < 0 || buffer >= data.length) {
      throw node.fail(
          row, "the view is of data buffer %d, but there are %d".formatted(buffer, data.length));
    }
    int offset = views.get(LittleEndian.INT, view + VIEW_OFFSET);
    if (offset < 0 || length > data[buffer].byteSize() - offset) {
      throw node.fail(
          row,
          "the view is of %d bytes from %d on in data buffer %d, which has %d bytes"
              .formatted(length, offset, buffer, data[buffer].byteSize()));
    }
  }

  /**
   * Copies a string; a short one is copied with all bytes of its view, and the next one overwrites
   * the excess.
   */
  private static void copy(
      MemorySegment views,
      long view,
      long length,
      MemorySegment[] data,
      MemorySegment target,
      long at) {
    if (length <= MAX_INLINE) {
      target.set(LittleEndian.LONG, at, views.get(LittleEndian.LONG, view + VIEW_INLINE));
      target.set(
          LittleEndian.INT,
          at + Long.BYTES,
          views.get(LittleEndian.INT, view + VIEW_INLINE + Long.BYTES));
    } else {
      int buffer = views.get(LittleEndian.INT, view + VIEW_BUFFER);
      int offset = views.get(LittleEndian.INT, view + VIEW_OFFSET);
      MemorySegment.copy(data[buffer], offset, target, at, length);
    }
  }
}
