package dev.lancewright.arrow;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Creates columns from ArrowArray trees: views of the producer's buffers for contiguous rows in the
 * layout of their type, and copies for others.
 */
final class ArrayImport {
  private static final int VALUES = 1;

  private final Gather gather;
  private final StringImport strings;
  private final ListImport lists;
  private final BatchMemory memory;

  private ArrayImport(BatchMemory memory) {
    this.memory = memory;
    gather = new Gather(memory);
    strings = new StringImport(memory);
    lists = new ListImport(memory, this);
  }

  /**
   * Returns the children of a struct array for the wanted fields.
   *
   * @param memory the memory for values that must be copied
   * @throws IllegalArgumentException if the array or a wanted child contradicts itself or the
   *     schema; the message names the column
   */
  static Batch batch(
      ArrowArray array, ImportSchema layout, Predicate<Field> wanted, BatchMemory memory) {
    Schema schema = layout.schema();
    List<Field> fields = schema.fields();
    ArrayNode root = ArrayNode.root(array, layout.layout());
    checkNoNulls(root);
    RowSelection rows = RowSelection.run(root.position(0), root.length());
    ArrayImport columnImport = new ArrayImport(memory);
    List<Field> kept = new ArrayList<>(fields.size());
    List<Column> columns = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (wanted.test(field)) {
        kept.add(field);
        columns.add(columnImport.column(root.child(i, field.name()), rows));
      }
    }
    Schema keptSchema = kept.size() == fields.size() ? schema : new Schema(kept, schema.metadata());
    return new Batch(keptSchema, columns, root.length());
  }

  private static void checkNoNulls(ArrayNode root) {
    Bitmap validity = root.validity(root.length());
    long known = Math.max(0, root.nullCount());
    long nulls = validity == null ? 0 : Math.max(known, root.length() - validity.count());
    if (nulls > 0) {
      throw root.fail(
          "%d of %d rows are null as a whole; only columns can have nulls"
              .formatted(nulls, root.length()));
    }
  }

  /** Returns the selected rows of an array as a column. */
  Column column(ArrayNode node, RowSelection rows) {
    node.checkRows(rows.end());
    ArrayLayout layout = node.layout();
    return switch (layout.form()) {
      case AS_TYPE -> asType(node, rows);
      case VIEWS ->
          layout.type() instanceof DataType.VariableWidth variable
              ? strings.views(node, variable, rows, validity(node, rows))
              : lists.views(node, rows, validity(node, rows));
      case DECIMAL32, DECIMAL64 -> narrowDecimals(node, (DataType.Decimal) layout.type(), rows);
      case RUN_ENDS16, RUN_ENDS32, RUN_ENDS64 -> {
        RunEnds runs = new RunEnds(node);
        yield column(runs.values(), runs.rows(rows, memory));
      }
    };
  }

  private Column asType(ArrayNode node, RowSelection rows) {
    Bitmap validity = validity(node, rows);
    return switch (node.layout().type()) {
      case DataType.Null ignored -> new NullColumn(rows.count());
      case DataType.Bool ignored ->
          new BoolColumn(validity, gather.bits(node.bits(VALUES, "values", rows.end()), rows));
      case DataType.FixedWidth fixed ->
          new FixedWidthColumn(
              fixed, rows.count(), validity, values(node, fixed.byteWidth(), rows));
      case DataType.VariableWidth variable -> strings.strings(node, variable, rows, validity);
      case DataType.ListOf ignored -> lists.lists(node, rows, validity);
      case DataType.MapOf ignored -> lists.lists(node, rows, validity);
      case DataType.FixedSizeList list -> fixedSizeList(node, list, rows, validity);
      case DataType.Struct struct -> struct(node, struct, rows, validity);
      case DataType.Dictionary dictionary -> dictionary(node, dictionary, rows, validity);
      case DataType.Unsupported unsupported -> throw new AssertionError(unsupported);
    };
  }

  private Bitmap validity(ArrayNode node, RowSelection rows) {
    return gather.validity(node.validity(rows.end()), rows);
  }

  private MemorySegment values(ArrayNode node, int width, RowSelection rows) {
    return gather.values(node.values(VALUES, "values", rows.end(), width), width, rows);
  }

  private Column narrowDecimals(ArrayNode node, DataType.Decimal type, RowSelection rows) {
    Bitmap validity = validity(node, rows);
    int width = node.layout().form().bytes();
    MemorySegment narrow = node.values(VALUES, "values", rows.end(), width);
    return new FixedWidthColumn(type, rows.count(), validity, gather.wide(narrow, width, rows));
  }

  private Column dictionary(
      ArrayNode node, DataType.Dictionary type, RowSelection rows, Bitmap validity) {
    if (!(type.index() instanceof DataType.Int index)) {
      throw node.fail("the indices are of %s; they must be integers".formatted(type.index()));
    }
    MemorySegment indices = values(node, index.byteWidth(), rows);
    ArrayNode dictionary = node.dictionary();
    Column values = column(dictionary, RowSelection.run(0, dictionary.length()));
    return new DictionaryColumn(type, rows.count(), validity, indices, values);
  }

  private Column struct(ArrayNode node, DataType.Struct type, RowSelection rows, Bitmap validity) {
    RowSelection whole = below(node, rows, rows.isRun() ? null : validity, 1);
    RowSelection present =
        rows.isRun() && node.layout().converted() ? below(node, rows, validity, 1) : whole;
    List<Column> children = new ArrayList<>(type.children().size());
    for (int i = 0; i < type.children().size(); i++) {
      ArrayNode child = node.child(i, type.children().get(i).name());
      children.add(column(child, child.layout().converted() ? present : whole));
    }
    return new StructColumn(type, rows.count(), validity, children);
  }

  private Column fixedSizeList(
      ArrayNode node, DataType.FixedSizeList type, RowSelection rows, Bitmap validity) {
    ArrayNode items = node.child(0, type.item().name());
    boolean view = rows.isRun() && !items.layout().converted();
    RowSelection itemRows = below(node, rows, view ? null : validity, type.size());
    return new FixedSizeListColumn(type, rows.count(), validity, column(items, itemRows));
  }

  /**
   * Returns the rows of a child with {@code size} rows for each row of its parent; where {@code
   * validity} marks the parent as null, the child is ignored.
   */
  private RowSelection below(ArrayNode parent, RowSelection rows, Bitmap validity, int size) {
    parent.checkProduct(parent.position(rows.end()), size);
    if (rows.isRun() && validity == null) {
      return RowSelection.run(parent.position(rows.start()) * size, rows.count() * size);
    }
    RowSelection.Builder below = new RowSelection.Builder(memory);
    for (long i = 0; i < rows.count(); i++) {
      if (validity != null && !validity.get(i)) {
        below.addMissing(size);
      } else {
        below.add(parent.position(rows.index(i)) * size, size);
      }
    }
    return below.build();
  }
}
