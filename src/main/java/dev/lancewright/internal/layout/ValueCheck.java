package dev.lancewright.internal.layout;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.simd.Utf8;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/** Checks what a column's values say, before any of them is taken. */
public final class ValueCheck {
  private ValueCheck() {}

  /**
   * Checks a column against the field that it is written for.
   *
   * @throws IllegalArgumentException naming column and row, if there are nulls where none may be,
   *     offsets that decrease or leave their data, or text that is not UTF-8
   */
  public static void check(Field field, Column column) {
    if (!field.nullable()) {
      checkNoNulls(field, column);
    }
    switch (column) {
      case VariableWidthColumn variable when variable.length() > 0 -> {
        checkOffsets(field, variable);
        if (variable.type() instanceof DataType.Utf8) {
          checkText(field, variable);
        }
      }
      case FixedSizeListColumn list -> checkItems(field, list);
      default -> {}
    }
  }

  private static void checkNoNulls(Field field, Column column) {
    if (column.nullCount() == 0) {
      return;
    }
    Bitmap validity = column.validity();
    long row = validity == null ? 0 : LeafBuffer.nextNull(validity, 0, column.length());
    throw refuse(
        field, row, "the value is null, but the field is declared non-null; declare it nullable");
  }

  private static void checkItems(Field field, FixedSizeListColumn list) {
    Field item = ((DataType.FixedSizeList) field.type()).item();
    if (item.nullable() || list.items().nullCount() == 0) {
      return;
    }
    int size = list.type().size();
    Bitmap validity = list.items().validity();
    long items = list.items().length();
    for (long i = LeafBuffer.nextNull(validity, 0, items);
        i < items;
        i = LeafBuffer.nextNull(validity, i + 1, items)) {
      if (!list.isNull(i / size)) {
        throw refuse(
            field,
            i / size,
            "item %d is null, but items are declared non-null; declare them nullable"
                .formatted(i % size));
      }
    }
  }

  private static void checkOffsets(Field field, VariableWidthColumn column) {
    long rows = column.length();
    long first = column.offset(0);
    if (first < 0) {
      throw refuse(field, 0, "offset %d is negative".formatted(first));
    }
    if (decreases(column)) {
      for (long row = 0; row < rows; row++) {
        long start = column.offset(row);
        long end = column.offset(row + 1);
        if (end < start) {
          throw refuse(
              field,
              row,
              "offset %d is smaller than the one before (%d); offsets must not decrease%s"
                  .formatted(end, start, overflowHint(column, end)));
        }
      }
    }
    long last = column.offset(rows);
    if (last > column.data().byteSize()) {
      long row = 0;
      while (column.offset(row + 1) <= column.data().byteSize()) {
        row++;
      }
      throw refuse(
          field,
          row,
          "offset %d lies past the end of the data, which has %d bytes"
              .formatted(column.offset(row + 1), column.data().byteSize()));
    }
  }

  private static String overflowHint(VariableWidthColumn column, long offset) {
    return offset < 0 && !column.type().large()
        ? " (32-bit offsets overflow at 2 GiB: use smaller batches or large_" + column.type() + ")"
        : "";
  }

  private static boolean decreases(VariableWidthColumn column) {
    long signs = 0;
    long end = column.offset(0);
    for (long row = 1; row <= column.length(); row++) {
      long start = end;
      end = column.offset(row);
      signs |= end - start | end;
    }
    return signs < 0;
  }

  private static void checkText(Field field, VariableWidthColumn column) {
    long rows = column.length();
    if (Utf8.isAscii(column.data(), column.offset(0), column.offset(rows))) {
      return;
    }
    for (long row = 0; row < rows; row++) {
      if (!column.isNull(row)
          && !Utf8.isValid(column.data(), column.offset(row), column.offset(row + 1))) {
        throw refuse(
            field, row, "the value is not valid UTF-8; write it as binary, or mend the text");
      }
    }
  }

  private static IllegalArgumentException refuse(Field field, long row, String problem) {
    return new IllegalArgumentException(
        "column '%s' (%s), row %d of the batch: %s"
            .formatted(field.name(), field.type(), row, problem));
  }
}
