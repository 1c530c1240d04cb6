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
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Checks some rows of one node of an ArrowArray tree and views them as a column. */
final class ArrayImport {
  /** Bytes that a process can address at most, on any machine of today. */
  private static final long ADDRESS_SPACE = 1L << 56;

  private static final int VALIDITY = 0;
  private static final int VALUES = 1;
  private static final int OFFSETS = 1;
  private static final int DATA = 2;

  private final String path;
  private final DataType type;
  private final ArrowArray array;

  /** Values of each buffer before the first wanted row. */
  private final long first;

  private final long count;

  /**
   * @param path names from the top-level column down, joined by dots; null for the batch itself
   * @param from the first row wanted, counted from the array's own offset
   * @param count rows wanted
   */
  private ArrayImport(String path, DataType type, ArrowArray array, long from, long count) {
    this.path = path;
    this.type = type;
    this.array = array;
    if (array.isReleased()) {
      throw fail("the array was released before; import it first");
    }
    long length = notNegative("length", array.length());
    long offset = notNegative("offset", array.offset());
    if (array.nullCount() < -1) {
      throw fail("null_count is %d; it must be -1 (unknown) or more".formatted(array.nullCount()));
    }
    if (length > ADDRESS_SPACE - offset) {
      throw fail(
          "offset %d and length %d together are more than memory can hold"
              .formatted(offset, length));
    }
    if (from + count > length) {
      throw fail("the array has %d rows, but its parent needs %d".formatted(length, from + count));
    }
    this.first = offset + from;
    this.count = count;
  }

  /**
   * The children of a struct array whose fields are wanted.
   *
   * @throws IllegalArgumentException if the array or a wanted child contradicts itself or the
   *     schema, naming the column
   */
  static Batch batch(ArrowArray array, Schema schema, Predicate<Field> wanted) {
    List<Field> fields = schema.fields();
    ArrayImport root = new ArrayImport(null, new DataType.Struct(fields), array, 0, array.length());
    root.checkShape(1, fields.size());
    root.checkNoNulls();
    List<Field> kept = new ArrayList<>(fields.size());
    List<Column> columns = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (wanted.test(field)) {
        kept.add(field);
        columns.add(root.child(i, field, root.first, root.count).column());
      }
    }
    Schema keptSchema = kept.size() == fields.size() ? schema : new Schema(kept, schema.metadata());
    return new Batch(keptSchema, columns, root.count);
  }

  private ArrayImport child(int index, Field field, long from, long rows) {
    String childPath = path == null ? field.name() : path + "." + field.name();
    ArrowArray child = ArrowArray.ofColumn(Structs.element(array.children(), index), childPath);
    return new ArrayImport(childPath, field.type(), child, from, rows);
  }

  private Column column() {
    return switch (type) {
      case DataType.Null ignored -> nulls();
      case DataType.Bool ignored -> bools();
      case DataType.FixedWidth fixed -> fixedWidth(fixed);
      case DataType.VariableWidth variable -> variableWidth(variable);
      case DataType.FixedSizeList list when list.item().type() instanceof DataType.FixedWidth ->
          fixedSizeList(list);
      default ->
          throw fail(
              "this type cannot be imported; leave the column out, or convert it to a type without"
                  + " children or to a fixed_size_list of values of fixed width");
    };
  }

  /** Producers of before Arrow 1.0 give a null array a validity buffer, which is NULL. */
  private Column nulls() {
    checkShape(array.bufferCount() == 1 ? 1 : 0, 0);
    if (array.bufferCount() == 1 && !Structs.isNull(buffer(VALIDITY))) {
      throw fail("there is a validity buffer; the null type has none");
    }
    return new NullColumn(count);
  }

  private Column bools() {
    checkShape(2, 0);
    Bitmap validity = validity();
    return new BoolColumn(
        validity,
        count == 0 ? new Bitmap(MemorySegment.NULL, 0, 0) : bitmap(required(VALUES, "values")));
  }

  private Column fixedWidth(DataType.FixedWidth fixed) {
    checkShape(2, 0);
    return new FixedWidthColumn(
        fixed, count, validity(), values(VALUES, "values", count, fixed.byteWidth()));
  }

  private Column variableWidth(DataType.VariableWidth variable) {
    checkShape(3, 0);
    MemorySegment offsets = values(OFFSETS, "offsets", count + 1, variable.offsetWidth());
    MemorySegment data = count == 0 ? MemorySegment.NULL : data(variable, offsets);
    return new VariableWidthColumn(variable, count, validity(), offsets, data);
  }

  /** The bytes up to the last offset; the offsets between are checked by who reads them. */
  @SuppressWarnings("restricted")
  private MemorySegment data(DataType.VariableWidth variable, MemorySegment offsets) {
    long start = offset(variable, offsets, 0);
    long end = offset(variable, offsets, count);
    if (start < 0 || end < start) {
      throw fail(
          "the offsets go from %d to %d; they must not be negative, nor decrease"
              .formatted(start, end));
    }
    return end == 0 ? MemorySegment.NULL : required(DATA, "data").reinterpret(end);
  }

  private static long offset(DataType.VariableWidth type, MemorySegment offsets, long index) {
    return type.large()
        ? offsets.get(LittleEndian.LONG, index * Long.BYTES)
        : offsets.get(LittleEndian.INT, index * Integer.BYTES);
  }

  private Column fixedSizeList(DataType.FixedSizeList list) {
    checkShape(1, 1);
    times(first + count, list.size());
    Column items = child(0, list.item(), first * list.size(), count * list.size()).column();
    return new FixedSizeListColumn(list, count, validity(), items);
  }

  private void checkShape(int buffers, int children) {
    if (array.bufferCount() != buffers) {
      throw fail(
          "n_buffers is %d; for this type it must be %d".formatted(array.bufferCount(), buffers));
    }
    if (array.childCount() != children) {
      throw fail("n_children is %d; the schema says %d".formatted(array.childCount(), children));
    }
    if (buffers > 0 && Structs.isNull(array.buffers())) {
      throw fail("n_buffers is %d, but buffers is NULL".formatted(buffers));
    }
    if (children > 0 && Structs.isNull(array.children())) {
      throw fail("n_children is %d, but children is NULL".formatted(children));
    }
    if (!Structs.isNull(array.dictionary())) {
      throw fail("there is a dictionary, but the schema has none; decode it, or fix the schema");
    }
  }

  private void checkNoNulls() {
    Bitmap validity = validity();
    long known = Math.max(0, array.nullCount());
    long nulls = validity == null ? 0 : Math.max(known, count - validity.count());
    if (nulls > 0) {
      throw fail(
          "%d of %d rows are null as a whole; only columns can have nulls".formatted(nulls, count));
    }
  }

  private Bitmap validity() {
    if (array.nullCount() == 0) {
      return null;
    }
    MemorySegment bits = buffer(VALIDITY);
    if (Structs.isNull(bits) && array.nullCount() > 0) {
      throw fail("null_count is %d, but there is no validity buffer".formatted(array.nullCount()));
    }
    return Structs.isNull(bits) ? null : bitmap(bits);
  }

  @SuppressWarnings("restricted")
  private Bitmap bitmap(MemorySegment bits) {
    return new Bitmap(bits.reinterpret(Bitmap.bytesFor(first + count)), first, count);
  }

  /** The wanted part of a buffer of {@code width} bytes a value; NULL when there are no rows. */
  @SuppressWarnings("restricted")
  private MemorySegment values(int index, String name, long values, int width) {
    if (count == 0 || width == 0) {
      return MemorySegment.NULL;
    }
    long bytes = times(first + values, width);
    return required(index, name).reinterpret(bytes).asSlice(first * width, values * width);
  }

  private MemorySegment required(int index, String name) {
    MemorySegment pointer = buffer(index);
    if (Structs.isNull(pointer)) {
      throw fail("the %s buffer is NULL, but there are %d rows".formatted(name, count));
    }
    return pointer;
  }

  private MemorySegment buffer(int index) {
    return Structs.element(array.buffers(), index);
  }

  private long times(long rows, int width) {
    if (width > 0 && rows > ADDRESS_SPACE / width) {
      throw fail(
          "%d times %d is more than memory can hold; correct offset and length"
              .formatted(rows, width));
    }
    return rows * width;
  }

  private long notNegative(String member, long value) {
    if (value < 0) {
      throw fail("%s is %d; it must not be negative".formatted(member, value));
    }
    return value;
  }

  private IllegalArgumentException fail(String problem) {
    String where = path == null ? "the batch" : "column '" + path + "' (" + type + ")";
    return new IllegalArgumentException(where + ": " + problem);
  }
}
