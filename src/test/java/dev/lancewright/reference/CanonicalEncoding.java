package dev.lancewright.reference;

import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import java.io.IOException;

/** The canonical encoding of our own columns. */
final class CanonicalEncoding {
  private CanonicalEncoding() {}

  static void write(Column column, long row, CanonicalOutput out) throws IOException {
    boolean present = !column.isNull(row);
    out.mark(present);
    if (present) {
      writeBody(column, row, out);
    }
  }

  private static void writeBody(Column column, long row, CanonicalOutput out) throws IOException {
    switch (column) {
      case NullColumn nothing -> throw new AssertionError("a value of type null at row " + row);
      case BoolColumn bool -> out.bool(bool.values().get(row));
      case FixedWidthColumn fixed -> {
        long width = fixed.type().byteWidth();
        out.bytes(fixed.values(), row * width, width);
      }
      case VariableWidthColumn variable -> {
        long start = variable.offset(row);
        long length = variable.offset(row + 1) - start;
        out.count(length);
        out.bytes(variable.data(), start, length);
      }
      case FixedSizeListColumn list -> {
        int size = list.type().size();
        out.count(size);
        for (int i = 0; i < size; i++) {
          write(list.items(), row * size + i, out);
        }
      }
      case ListColumn list -> {
        long end = list.offset(row + 1);
        out.count(end - list.offset(row));
        for (long i = list.offset(row); i < end; i++) {
          write(list.items(), i, out);
        }
      }
      case StructColumn struct -> {
        for (Column child : struct.children()) {
          write(child, row, out);
        }
      }
      case DictionaryColumn dictionary ->
          writeBody(dictionary.values(), dictionary.index(row), out);
    }
  }
}
