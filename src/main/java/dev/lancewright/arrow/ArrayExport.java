package dev.lancewright.arrow;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.internal.cdata.NativeMemory;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Creates ArrowArray trees from columns, which are copied only where C code could not read them.
 */
final class ArrayExport {
  /** The size of a struct, the pointer to it, and its pointers to three buffers. */
  private static final long COLUMN_BYTES =
      ArrowArray.LAYOUT.byteSize() + 4 * ValueLayout.ADDRESS.byteSize();

  private final NativeMemory memory;
  private final ExportBuffers buffers;
  private final ExportedTree tree;

  private ArrayExport(NativeMemory memory, ExportedTree tree) {
    this.memory = memory;
    this.tree = tree;
    buffers = new ExportBuffers(memory);
  }

  /**
   * Fills the struct at {@code address}, and takes over the batch even if it throws.
   *
   * @param expected the schema that the consumer was given
   */
  static void into(MemorySegment address, OwnedBatch owned, Schema expected) {
    try {
      Batch batch = owned.batch();
      ArrowArray struct = ArrowArray.at(address, "the array");
      checkFields(expected.fields(), batch.schema().fields());
      NativeMemory memory = new NativeMemory((1 + batch.columns().size()) * COLUMN_BYTES);
      // The tree holds the batch, rather than just its release, to keep automatic arenas alive.
      ExportedTree tree = new ExportedTree(memory, () -> owned.release().run());
      try {
        new ArrayExport(memory, tree).batch(struct, batch);
      } catch (Throwable e) {
        memory.free();
        throw e;
      }
    } catch (Throwable e) {
      release(owned, e);
      throw e;
    }
  }

  private static void checkFields(List<Field> expected, List<Field> actual) {
    if (expected.size() != actual.size()) {
      throw new IllegalArgumentException(
          "the batch has %d columns; the schema of its stream has %d"
              .formatted(actual.size(), expected.size()));
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!expected.get(i).equals(actual.get(i))) {
        throw new IllegalArgumentException(
            "column %d of the batch is '%s'; the schema of its stream says '%s'"
                .formatted(i, actual.get(i), expected.get(i)));
      }
    }
  }

  private static void release(OwnedBatch owned, Throwable cause) {
    try {
      owned.release().run();
    } catch (Throwable suppressed) {
      cause.addSuppressed(suppressed);
    }
  }

  /** Fills a batch; the root comes last, since the consumer may release it once it is filled. */
  private void batch(ArrowArray root, Batch batch) {
    int node = tree.open(root);
    MemorySegment children = children(batch.columns(), batch.schema().fields(), null);
    MemorySegment buffer = pointers(null);
    tree.close(node);
    tree.publish();
    root.fill(batch.rows(), 0, ExportStubs.RELEASE_ARRAY, tree.privateData(node));
    root.setBuffers(buffer);
    root.setChildren(children);
  }

  private MemorySegment children(List<Column> columns, List<Field> fields, String path) {
    MemorySegment pointers = memory.pointers(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      String name = fields.get(i).name();
      ArrowArray child = column(columns.get(i), path == null ? name : path + "." + name);
      pointers.setAtIndex(ValueLayout.ADDRESS, i, child.struct());
    }
    return pointers;
  }

  private ArrowArray column(Column column, String path) {
    ArrowArray array = new ArrowArray(memory.struct(ArrowArray.LAYOUT));
    int node = tree.open(array);
    long nulls = nulls(column);
    array.fill(column.length(), nulls, ExportStubs.RELEASE_ARRAY, tree.privateData(node));
    members(array, column, nulls == 0 ? null : column.validity(), path);
    tree.close(node);
    return array;
  }

  /** Returns the null count of the array itself; a dictionary's values may have more nulls. */
  private static long nulls(Column column) {
    if (column instanceof DictionaryColumn rows) {
      return rows.validity() == null ? 0 : rows.length() - rows.validity().count();
    }
    return column.nullCount();
  }

  private void members(ArrowArray array, Column column, Bitmap validity, String path) {
    switch (column) {
      case NullColumn _ -> {}
      case BoolColumn bools -> array.setBuffers(pointers(validity, buffers.bits(bools.values())));
      case FixedWidthColumn fixed -> {
        int alignment = ExportBuffers.alignment(fixed.type());
        array.setBuffers(
            pointers(validity, buffers.bytes(fixed.values(), fixed.valueBytes(), alignment)));
      }
      case VariableWidthColumn strings -> strings(array, strings, validity, path);
      case ListColumn lists -> lists(array, lists, validity, path);
      case FixedSizeListColumn lists -> {
        array.setBuffers(pointers(validity));
        array.setChildren(children(List.of(lists.items()), ArrayLayout.fields(lists.type()), path));
      }
      case StructColumn struct -> {
        array.setBuffers(pointers(validity));
        array.setChildren(children(struct.children(), ArrayLayout.fields(struct.type()), path));
      }
      case DictionaryColumn rows -> {
        MemorySegment indices = rows.indices();
        array.setBuffers(
            pointers(validity, buffers.bytes(indices, rows.valueBytes(), rows.indexWidth())));
        array.setDictionary(column(rows.values(), path + ".dictionary"));
      }
    }
  }

  /** Fills a string array; a copy of the data omits bytes that belong to no row. */
  private void strings(
      ArrowArray array, VariableWidthColumn strings, Bitmap validity, String path) {
    long rows = strings.length();
    long first = rows == 0 ? 0 : strings.offset(0);
    long last = rows == 0 ? 0 : strings.offset(rows);
    checkOffsets(first, last, strings.data().byteSize(), "bytes", strings, path);
    boolean copied = !ExportBuffers.isReadable(strings.data(), 1);
    MemorySegment data = copied ? strings.data().asSlice(first) : strings.data();
    int width = strings.type().offsetWidth();
    array.setBuffers(
        pointers(
            validity,
            buffers.offsets(strings.offsets(), rows, width, copied ? first : 0),
            buffers.bytes(data, copied ? last - first : last, 1)));
  }

  /** Fills a list array; a copy of the items omits those that belong to no row. */
  private void lists(ArrowArray array, ListColumn lists, Bitmap validity, String path) {
    long rows = lists.length();
    long first = rows == 0 ? 0 : lists.offset(0);
    long last = rows == 0 ? 0 : lists.offset(rows);
    checkOffsets(first, last, lists.items().length(), "items", lists, path);
    boolean copied = isCopied(lists.items());
    Column items = copied ? lists.items().slice(first, last - first) : lists.items();
    array.setBuffers(
        pointers(
            validity,
            buffers.offsets(lists.offsets(), rows, lists.offsetWidth(), copied ? first : 0)));
    array.setChildren(children(List.of(items), ArrayLayout.fields(lists.type()), path));
  }

  /** Returns whether any buffer used by a column's rows must be copied. */
  private static boolean isCopied(Column column) {
    if (column.validity() != null && !ExportBuffers.isReadable(column.validity())) {
      return true;
    }
    return switch (column) {
      case NullColumn _ -> false;
      case BoolColumn bools -> !ExportBuffers.isReadable(bools.values());
      case FixedWidthColumn fixed ->
          !ExportBuffers.isReadable(fixed.values(), ExportBuffers.alignment(fixed.type()));
      case VariableWidthColumn strings ->
          !ExportBuffers.isReadable(strings.offsets(), strings.type().offsetWidth())
              || !ExportBuffers.isReadable(strings.data(), 1);
      case ListColumn lists ->
          !ExportBuffers.isReadable(lists.offsets(), lists.offsetWidth())
              || isCopied(lists.items());
      case FixedSizeListColumn lists -> isCopied(lists.items());
      case StructColumn struct -> struct.children().stream().anyMatch(ArrayExport::isCopied);
      case DictionaryColumn rows -> !ExportBuffers.isReadable(rows.indices(), rows.indexWidth());
    };
  }

  private static void checkOffsets(
      long first, long last, long bound, String things, Column column, String path) {
    if (first < 0 || last < first || last > bound) {
      throw new IllegalArgumentException(
          "column '%s' (%s): the offsets go from %d to %d, but there are %d %s"
              .formatted(path, column.type(), first, last, bound, things));
    }
  }

  private MemorySegment pointers(Bitmap validity, MemorySegment... others) {
    MemorySegment pointers = memory.pointers(1 + others.length);
    MemorySegment bits = validity == null ? MemorySegment.NULL : buffers.bits(validity);
    pointers.setAtIndex(ValueLayout.ADDRESS, 0, bits);
    for (int i = 0; i < others.length; i++) {
      pointers.setAtIndex(ValueLayout.ADDRESS, 1 + i, others[i]);
    }
    return pointers;
  }
}
