package dev.lancewright.arrow;

import dev.lancewright.column.Bitmap;
import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.internal.cdata.Structs;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * A node of an untrusted ArrowArray tree: everything it returns has been checked against all
 * members of the C struct. Rows are counted from the array's own offset.
 */
final class ArrayNode {
  /** The maximum number of bytes that a process can address on any current machine. */
  private static final long ADDRESS_SPACE = 1L << 56;

  private static final int VALIDITY = 0;

  private final String path;
  private final ArrayLayout layout;
  private final ArrowArray array;

  private ArrayNode(String path, ArrayLayout layout, ArrowArray array) {
    this.path = path;
    this.layout = layout;
    this.array = array;
    if (layout.type() instanceof DataType.Unsupported) {
      throw fail("this type cannot be imported; leave the column out, or cast it to another");
    }
    if (array.isReleased()) {
      throw fail("the array was released before; import it first");
    }
    long length = notNegative("length", array.length());
    long offset = notNegative("offset", array.offset());
    if (array.nullCount() < -1) {
      throw fail("null_count is %d; it must be -1 (unknown) or more".formatted(array.nullCount()));
    }
    if (array.nullCount() > length) {
      throw fail("null_count is %d, but there are %d rows".formatted(array.nullCount(), length));
    }
    if (length > ADDRESS_SPACE - offset) {
      throw fail(
          "offset %d and length %d together are more than memory can hold"
              .formatted(offset, length));
    }
    checkBuffers();
    checkChildren();
    checkDictionary();
  }

  private void checkBuffers() {
    long count = array.bufferCount();
    int least = layout.leastBuffers();
    int most = layout.mostBuffers();
    if (count < least || count > most) {
      throw fail(
          "n_buffers is %d; for this type it must be %s"
              .formatted(count, least == most ? least : "from " + least + " to " + most));
    }
    if (count > 0 && Structs.isNull(array.buffers())) {
      throw fail("n_buffers is %d, but buffers is NULL".formatted(count));
    }
    if (layout.type() instanceof DataType.Null && count > 0 && !Structs.isNull(buffer(VALIDITY))) {
      throw fail("there is a validity buffer; the null type has none");
    }
  }

  private void checkChildren() {
    long count = array.childCount();
    if (count != layout.arrayChildren()) {
      throw fail("n_children is %d; the schema says %d".formatted(count, layout.arrayChildren()));
    }
    if (count > 0 && Structs.isNull(array.children())) {
      throw fail("n_children is %d, but children is NULL".formatted(count));
    }
  }

  private void checkDictionary() {
    boolean expected =
        layout.form() == ArrayLayout.Form.AS_TYPE && layout.type() instanceof DataType.Dictionary;
    boolean found = !Structs.isNull(array.dictionary());
    if (found && !expected) {
      throw fail("there is a dictionary, but the schema has none; decode it, or fix the schema");
    }
    if (expected && !found) {
      throw fail("there is no dictionary, but the schema has one; add it, or fix the schema");
    }
  }

  /** Returns the struct array of a whole batch. */
  static ArrayNode root(ArrowArray array, ArrayLayout layout) {
    return new ArrayNode(null, layout, array);
  }

  /**
   * Returns a child.
   *
   * @param name the name to append to this node's path, for messages
   */
  ArrayNode child(int index, String name) {
    return child(index, name, layout.children().get(index));
  }

  private ArrayNode child(int index, String name, ArrayLayout childLayout) {
    return below(name, childLayout, Structs.element(array.children(), index));
  }

  /** Returns the run ends of a run-end encoded array. */
  ArrayNode runEnds() {
    DataType type = new DataType.Int(layout.form().bytes() * Byte.SIZE, true);
    return child(0, "run_ends", ArrayLayout.of(type));
  }

  /** Returns the run values of a run-end encoded array. */
  ArrayNode runValues() {
    return child(1, "values", layout.child());
  }

  ArrayNode dictionary() {
    return below("dictionary", layout.child(), array.dictionary());
  }

  private ArrayNode below(String name, ArrayLayout childLayout, MemorySegment address) {
    String childPath = path == null ? name : path + "." + name;
    return new ArrayNode(childPath, childLayout, ArrowArray.ofColumn(address, childPath));
  }

  ArrayLayout layout() {
    return layout;
  }

  long length() {
    return array.length();
  }

  /** Returns the position of row {@code row} in each buffer. */
  long position(long row) {
    return array.offset() + row;
  }

  int bufferCount() {
    return (int) array.bufferCount();
  }

  long nullCount() {
    return array.nullCount();
  }

  /** Checks that the array has rows up to {@code end}. */
  void checkRows(long end) {
    if (end > array.length()) {
      throw fail("the array has %d rows, but its parent needs %d".formatted(array.length(), end));
    }
  }

  /** Returns the validity of the rows before {@code end}, or null if all are valid. */
  Bitmap validity(long end) {
    if (array.nullCount() == 0 || layout.type() instanceof DataType.Null) {
      return null;
    }
    MemorySegment bits = buffer(VALIDITY);
    if (Structs.isNull(bits) && array.nullCount() > 0) {
      throw fail("null_count is %d, but there is no validity buffer".formatted(array.nullCount()));
    }
    return Structs.isNull(bits) ? null : bitmap(bits, end);
  }

  /** Returns a buffer of bits, with those of the rows before {@code end}. */
  Bitmap bits(int index, String name, long end) {
    return end == 0
        ? new Bitmap(MemorySegment.NULL, 0, 0)
        : bitmap(required(index, name, end), end);
  }

  @SuppressWarnings("restricted")
  private Bitmap bitmap(MemorySegment bits, long end) {
    return new Bitmap(bits.reinterpret(Bitmap.bytesFor(position(end))), position(0), end);
  }

  /**
   * Returns a buffer of values of {@code width} bytes, with those of the rows before {@code end}.
   */
  MemorySegment values(int index, String name, long end, int width) {
    return values(index, name, end, end, width);
  }

  /** Returns a buffer of offsets, with those of the rows before {@code end} and the one after. */
  MemorySegment offsets(int index, long end, int width) {
    return values(index, "offsets", end, end + 1, width);
  }

  @SuppressWarnings("restricted")
  private MemorySegment values(int index, String name, long end, long values, int width) {
    if (end == 0 || width == 0) {
      return MemorySegment.NULL;
    }
    checkProduct(position(values), width);
    return required(index, name, end)
        .reinterpret(position(values) * width)
        .asSlice(position(0) * width);
  }

  /** Returns a buffer of {@code bytes} bytes, whose size C does not convey. */
  @SuppressWarnings("restricted")
  MemorySegment data(int index, String name, long bytes) {
    return bytes == 0 ? MemorySegment.NULL : required(index, name, length()).reinterpret(bytes);
  }

  /** Returns the pointer to a buffer, which may be NULL. */
  MemorySegment buffer(int index) {
    return Structs.element(array.buffers(), index);
  }

  private MemorySegment required(int index, String name, long rows) {
    MemorySegment pointer = buffer(index);
    if (Structs.isNull(pointer)) {
      throw fail("the %s buffer is NULL, but there are %d rows".formatted(name, rows));
    }
    return pointer;
  }

  /** Checks that memory can hold {@code count} values of {@code size} bytes. */
  void checkProduct(long count, int size) {
    if (size > 0 && count > ADDRESS_SPACE / size) {
      throw fail(
          "%d times %d is more than memory can hold; correct offset and length"
              .formatted(count, size));
    }
  }

  /** Checks that offsets can range from {@code first} to {@code last}. */
  void checkOffsets(long first, long last) {
    if (first < 0 || last < first) {
      throw fail(
          "the offsets go from %d to %d; they must not be negative, nor decrease"
              .formatted(first, last));
    }
  }

  /** Checks that row {@code row} can have things {@code start} to {@code end} of {@code count}. */
  void checkSpan(long row, long start, long end, long count, String things) {
    if (start < 0 || end < start || end > count) {
      throw fail(
          row, "it has %s %d to %d, but they go from 0 to %d".formatted(things, start, end, count));
    }
  }

  /** Returns {@code total} if offsets can express it, and fails otherwise. */
  long checkTotal(long total, boolean large) {
    if (total < 0 || (!large && total > Integer.MAX_VALUE)) {
      throw fail(
          "the values of the batch take more than offsets of %d bits can tell; use smaller batches"
              .formatted(large ? Long.SIZE : Integer.SIZE));
    }
    return total;
  }

  private long notNegative(String member, long value) {
    if (value < 0) {
      throw fail("%s is %d; it must not be negative".formatted(member, value));
    }
    return value;
  }

  IllegalArgumentException fail(long row, String problem) {
    return fail("row %d of the array: %s".formatted(row, problem));
  }

  IllegalArgumentException fail(String problem) {
    String where = path == null ? "the batch" : "column '" + path + "' (" + layout + ")";
    return new IllegalArgumentException(where + ": " + problem);
  }
}
