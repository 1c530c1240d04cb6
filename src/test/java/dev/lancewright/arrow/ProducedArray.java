package dev.lancewright.arrow;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Writes rows, as {@link Values} has them, into ArrowArray structs of any layout. Rows that are
 * null, hidden by a null parent, or not of the batch hold rubbish, so that it is seen when somebody
 * reads them.
 */
final class ProducedArray {
  /** A row that nobody may look at. */
  private static final Object RUBBISH = new Object();

  private static final byte RUBBISH_BYTE = (byte) 0xA5;
  private static final int RUBBISH_BYTES = 3;
  private static final int RUBBISH_ITEMS = 2;
  private static final StructLayout LAYOUT = ArrowArray.LAYOUT;
  private static final int VIEW_BYTES = 16;
  private static final int MAX_INLINE = 12;
  private static final int MAX_VIEW_BUFFERS = 3;

  private final ArrowProducer export;
  private final ArrowProducer.Shape shape;

  ProducedArray(ArrowProducer export, ArrowProducer.Shape shape) {
    this.export = export;
    this.shape = shape;
  }

  /**
   * @param columns the rows of each
   */
  void into(MemorySegment struct, ArrayLayout layout, List<List<Object>> columns, long rows) {
    List<MemorySegment> children = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      List<Object> child = padded(shape.batchOffset(), columns.get(i), 0);
      children.add(node(layout.children().get(i), child, shape.spare()));
    }
    fill(struct, rows, shape.batchOffset(), 0, List.of(MemorySegment.NULL), children);
  }

  private static List<Object> padded(int before, List<Object> rows, int after) {
    List<Object> padded = new ArrayList<>(Collections.nCopies(before, RUBBISH));
    padded.addAll(rows);
    padded.addAll(Collections.nCopies(after, RUBBISH));
    return padded;
  }

  /**
   * @param spare rows that the array has more
   */
  private MemorySegment node(ArrayLayout layout, List<Object> values, int spare) {
    List<Object> rows = padded(shape.columnOffset(), values, spare);
    MemorySegment struct = export.childArray();
    boolean hasNulls = values.contains(null);
    MemorySegment validity =
        hasNulls || (!shape.nullsCounted() && shape.columnOffset() > 0)
            ? validity(rows)
            : MemorySegment.NULL;
    List<MemorySegment> buffers = new ArrayList<>(List.of(validity));
    List<MemorySegment> children = new ArrayList<>();
    switch (layout.form()) {
      case AS_TYPE -> asType(layout, rows, struct, buffers, children);
      case VIEWS -> {
        if (layout.type() instanceof DataType.ListOf list) {
          listViews(layout.child(), list.large(), rows, buffers, children);
        } else {
          views(rows, buffers);
        }
      }
      case DECIMAL32, DECIMAL64 -> buffers.add(fixed(rows, layout.form().bytes()));
      case RUN_ENDS16, RUN_ENDS32, RUN_ENDS64 -> {
        buffers.clear();
        runs(layout, rows, children);
      }
    }
    boolean counted = shape.nullsCounted() && !buffers.isEmpty();
    long nulls = counted ? Collections.frequency(values, null) : buffers.isEmpty() ? 0 : -1;
    fill(struct, values.size() + spare, shape.columnOffset(), nulls, buffers, children);
    return struct;
  }

  private void asType(
      ArrayLayout layout,
      List<Object> rows,
      MemorySegment struct,
      List<MemorySegment> buffers,
      List<MemorySegment> children) {
    switch (layout.type()) {
      case DataType.Null ignored -> buffers.clear();
      case DataType.Bool ignored -> buffers.add(bits(rows));
      case DataType.FixedWidth fixed -> buffers.add(fixed(rows, fixed.byteWidth()));
      case DataType.VariableWidth variable -> strings(variable.large(), rows, buffers);
      case DataType.ListOf list -> lists(layout.child(), list.large(), rows, buffers, children);
      case DataType.MapOf ignored -> lists(layout.child(), false, rows, buffers, children);
      case DataType.FixedSizeList list ->
          children.add(node(layout.child(), flat(rows, list.size()), shape.spare()));
      case DataType.Struct ignored -> {
        for (int i = 0; i < layout.children().size(); i++) {
          children.add(node(layout.children().get(i), member(rows, i), shape.spare()));
        }
      }
      case DataType.Dictionary dictionary -> {
        List<Object> values = new ArrayList<>(Collections.singletonList(null));
        int width = ((DataType.Int) dictionary.index()).byteWidth();
        buffers.add(fixed(indices(rows, values, width), width));
        ArrowProducer.set(struct, LAYOUT, "dictionary", node(layout.child(), values, 0));
      }
      case DataType.Unsupported ignored -> throw new IllegalArgumentException(layout.toString());
    }
  }

  private void fill(
      MemorySegment struct,
      long length,
      long offset,
      long nulls,
      List<MemorySegment> buffers,
      List<MemorySegment> children) {
    ArrowProducer.set(struct, LAYOUT, "length", length);
    ArrowProducer.set(struct, LAYOUT, "null_count", nulls);
    ArrowProducer.set(struct, LAYOUT, "offset", offset);
    ArrowProducer.set(struct, LAYOUT, "n_buffers", buffers.size());
    ArrowProducer.set(struct, LAYOUT, "n_children", children.size());
    ArrowProducer.set(struct, LAYOUT, "buffers", export.pointers(buffers));
    ArrowProducer.set(struct, LAYOUT, "children", export.pointers(children));
  }

  private static boolean isRubbish(Object row) {
    return row == null || row == RUBBISH;
  }

  private MemorySegment validity(List<Object> rows) {
    List<Object> bits = new ArrayList<>();
    rows.forEach(row -> bits.add(row == RUBBISH ? RUBBISH : (Object) (row != null)));
    return bits(bits);
  }

  private MemorySegment bits(List<Object> rows) {
    MemorySegment bits = buffer((rows.size() + 7) / 8);
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i) instanceof Boolean bit) {
        int mask = 1 << (i & 7);
        int octet = bits.get(ValueLayout.JAVA_BYTE, i >>> 3);
        bits.set(ValueLayout.JAVA_BYTE, i >>> 3, (byte) (bit ? octet | mask : octet & ~mask));
      }
    }
    return bits;
  }

  /** The first {@code width} bytes of each value. */
  private MemorySegment fixed(List<Object> rows, int width) {
    MemorySegment copy = buffer((long) rows.size() * width);
    for (int i = 0; i < rows.size(); i++) {
      if (!isRubbish(rows.get(i))) {
        MemorySegment value = MemorySegment.ofBuffer((ByteBuffer) rows.get(i));
        MemorySegment.copy(value, 0, copy, (long) i * width, width);
      }
    }
    return copy;
  }

  private void strings(boolean large, List<Object> rows, List<MemorySegment> buffers) {
    List<Long> offsets = new ArrayList<>(List.of(0L));
    for (Object row : rows) {
      int length = isRubbish(row) ? rubbish(RUBBISH_BYTES) : ((ByteBuffer) row).remaining();
      offsets.add(offsets.getLast() + length);
    }
    MemorySegment data = buffer(offsets.getLast());
    for (int i = 0; i < rows.size(); i++) {
      if (!isRubbish(rows.get(i))) {
        MemorySegment value = MemorySegment.ofBuffer((ByteBuffer) rows.get(i));
        MemorySegment.copy(value, 0, data, offsets.get(i), value.byteSize());
      }
    }
    buffers.add(integers(offsets, large ? Long.BYTES : Integer.BYTES));
    buffers.add(data);
  }

  /** Plain arrays have empty strings and lists where they are null, others have rubbish there. */
  private int rubbish(int count) {
    return shape.equals(ArrowProducer.Shape.PLAIN) ? 0 : count;
  }

  private void lists(
      ArrayLayout items,
      boolean large,
      List<Object> rows,
      List<MemorySegment> buffers,
      List<MemorySegment> children) {
    List<Long> offsets = new ArrayList<>(List.of(0L));
    List<Object> all = new ArrayList<>();
    for (Object row : rows) {
      all.addAll(isRubbish(row) ? rubbishItems() : (List<?>) row);
      offsets.add((long) all.size());
    }
    buffers.add(integers(offsets, large ? Long.BYTES : Integer.BYTES));
    children.add(node(items, all, shape.spare()));
  }

  private List<Object> rubbishItems() {
    return Collections.nCopies(rubbish(RUBBISH_ITEMS), RUBBISH);
  }

  /** Lists of plain arrays follow each other, others lie in any order with rubbish between. */
  private void listViews(
      ArrayLayout items,
      boolean large,
      List<Object> rows,
      List<MemorySegment> buffers,
      List<MemorySegment> children) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      order.add(i);
    }
    if (!shape.equals(ArrowProducer.Shape.PLAIN)) {
      Collections.shuffle(order, new Random(rows.size()));
    }
    List<Long> offsets = new ArrayList<>(Collections.nCopies(rows.size(), Long.MIN_VALUE));
    List<Long> sizes = new ArrayList<>(offsets);
    List<Object> all = new ArrayList<>(rubbishItems());
    for (int i : order) {
      if (!isRubbish(rows.get(i))) {
        List<?> list = (List<?>) rows.get(i);
        int shared = Collections.indexOfSubList(all, list);
        offsets.set(i, (long) (shared < 0 ? all.size() : shared));
        sizes.set(i, (long) list.size());
        all.addAll(shared < 0 ? list : rubbishItems());
      }
    }
    int width = large ? Long.BYTES : Integer.BYTES;
    buffers.add(integers(offsets, width));
    buffers.add(integers(sizes, width));
    children.add(node(items, all, shape.spare()));
  }

  private static List<Object> flat(List<Object> rows, int size) {
    List<Object> items = new ArrayList<>();
    for (Object row : rows) {
      items.addAll(isRubbish(row) ? Collections.nCopies(size, RUBBISH) : (List<?>) row);
    }
    return items;
  }

  private static List<Object> member(List<Object> rows, int index) {
    List<Object> members = new ArrayList<>();
    rows.forEach(row -> members.add(isRubbish(row) ? RUBBISH : ((List<?>) row).get(index)));
    return members;
  }

  /** Every second null gets the index of a null. */
  private static List<Object> indices(List<Object> rows, List<Object> values, int width) {
    Map<Object, Integer> known = new LinkedHashMap<>();
    List<Object> indices = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Object row = rows.get(i);
      if (row == RUBBISH) {
        indices.add(RUBBISH);
      } else if (row == null) {
        indices.add(i % 2 == 0 ? RUBBISH : integer(0, width));
      } else {
        Integer index = known.putIfAbsent(row, values.size());
        if (index == null) {
          index = values.size();
          values.add(row);
        }
        indices.add(integer(index, width));
      }
    }
    return indices;
  }

  private void runs(ArrayLayout layout, List<Object> rows, List<MemorySegment> children) {
    List<Object> ends = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    int width = layout.form().bytes();
    for (int i = 0; i < rows.size(); i++) {
      if (i + 1 == rows.size() || !Objects.equals(rows.get(i), rows.get(i + 1))) {
        ends.add(integer(i + 1, width));
        values.add(rows.get(i));
      }
    }
    children.add(node(ArrayLayout.of(new DataType.Int(width * 8, true)), ends, 0));
    children.add(node(layout.child(), values, shape.spare()));
  }

  private void views(List<Object> rows, List<MemorySegment> buffers) {
    MemorySegment views = buffer((long) rows.size() * VIEW_BYTES);
    List<List<Byte>> data = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (isRubbish(rows.get(i))) {
        continue;
      }
      long at = (long) i * VIEW_BYTES;
      byte[] value = Values.bytes(rows.get(i));
      views.set(LittleEndian.INT, at, value.length);
      if (value.length <= MAX_INLINE) {
        views.asSlice(at + 4, MAX_INLINE).fill((byte) 0);
        MemorySegment.copy(value, 0, views, ValueLayout.JAVA_BYTE, at + 4, value.length);
      } else {
        if (data.size() < MAX_VIEW_BUFFERS) {
          data.add(new ArrayList<>());
        }
        int buffer = i % data.size();
        views.set(LittleEndian.INT, at + 8, buffer);
        views.set(LittleEndian.INT, at + 12, data.get(buffer).size());
        for (byte b : value) {
          data.get(buffer).add(b);
        }
      }
    }
    buffers.add(views);
    List<Long> lengths = new ArrayList<>();
    for (List<Byte> bytes : data) {
      MemorySegment copy = buffer(bytes.size());
      for (int i = 0; i < bytes.size(); i++) {
        copy.set(ValueLayout.JAVA_BYTE, i, bytes.get(i));
      }
      buffers.add(copy);
      lengths.add((long) bytes.size());
    }
    buffers.add(integers(lengths, Long.BYTES));
  }

  private static ByteBuffer integer(long value, int width) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
    return ByteBuffer.wrap(Arrays.copyOf(bytes.array(), width));
  }

  /** {@link Long#MIN_VALUE} stands for rubbish. */
  private MemorySegment integers(List<Long> values, int width) {
    List<Object> rows = new ArrayList<>();
    values.forEach(v -> rows.add(v == Long.MIN_VALUE ? RUBBISH : integer(v, width)));
    return fixed(rows, width);
  }

  private MemorySegment buffer(long bytes) {
    if (bytes == 0) {
      return MemorySegment.NULL;
    }
    return export
        .arena()
        .allocate(shape.misalignment() + bytes, 64)
        .asSlice(shape.misalignment())
        .fill(RUBBISH_BYTE);
  }
}
