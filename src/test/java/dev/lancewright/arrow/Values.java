package dev.lancewright.arrow;

import dev.lancewright.column.Batch;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Rows as Java values: null, a {@link Boolean}, a {@link ByteBuffer} of any other value without
 * children, a {@link List} of items, of the members of a struct, or of the entries of a map. The
 * rows of a dictionary are the values that they point to.
 */
final class Values {
  private Values() {}

  static List<List<Object>> of(Batch batch) {
    return batch.columns().stream().map(Values::of).toList();
  }

  static List<Object> of(Column column) {
    return slice(column, 0, column.length());
  }

  private static List<Object> slice(Column column, long from, long to) {
    List<Object> values = new ArrayList<>();
    LongStream.range(from, to).forEach(row -> values.add(of(column, row)));
    return values;
  }

  private static Object of(Column column, long row) {
    if (column.isNull(row)) {
      return null;
    }
    return switch (column) {
      case NullColumn ignored -> null;
      case BoolColumn bools -> bools.values().get(row);
      case FixedWidthColumn ignored -> ByteBuffer.wrap(bytes(column, row));
      case VariableWidthColumn ignored -> ByteBuffer.wrap(bytes(column, row));
      case FixedSizeListColumn list ->
          slice(list.items(), row * list.type().size(), (row + 1) * list.type().size());
      case ListColumn list -> slice(list.items(), list.offset(row), list.offset(row + 1));
      case StructColumn struct -> {
        List<Object> members = new ArrayList<>();
        struct.children().forEach(child -> members.add(of(child, row)));
        yield members;
      }
      case DictionaryColumn dictionary -> of(dictionary.values(), dictionary.index(row));
    };
  }

  /** The bytes of a value of fixed or variable width. */
  static byte[] bytes(Column column, long row) {
    return segment(column, row).toArray(ValueLayout.JAVA_BYTE);
  }

  static byte[] bytes(Object value) {
    return ((ByteBuffer) value).array();
  }

  private static MemorySegment segment(Column column, long row) {
    return switch (column) {
      case FixedWidthColumn fixed ->
          fixed.values().asSlice(row * fixed.type().byteWidth(), fixed.type().byteWidth());
      case VariableWidthColumn variable ->
          variable
              .data()
              .asSlice(variable.offset(row), variable.offset(row + 1) - variable.offset(row));
      default -> throw new IllegalArgumentException(column.type().toString());
    };
  }
}
