package dev.lancewright.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Columns of any importable type with random values on the heap, and their comparison. */
final class RandomColumns {
  private final Random random;

  RandomColumns(long seed) {
    random = new Random(seed);
  }

  /** Columns are nullable where the field is. */
  Batch batch(Schema schema, int rows) {
    List<Column> columns =
        schema.fields().stream().map(f -> column(f.type(), rows, f.nullable())).toList();
    return new Batch(schema, columns, rows);
  }

  Column column(DataType type, int rows, boolean nullable) {
    Bitmap validity = nullable ? bits(rows) : null;
    return switch (type) {
      case DataType.Null ignored -> new NullColumn(rows);
      case DataType.Bool ignored -> new BoolColumn(validity, bits(rows));
      case DataType.FixedWidth fixed ->
          new FixedWidthColumn(fixed, rows, validity, bytes(rows * fixed.byteWidth()));
      case DataType.VariableWidth variable -> variableWidth(variable, rows, validity);
      case DataType.FixedSizeList list ->
          new FixedSizeListColumn(
              list,
              rows,
              validity,
              column(list.item().type(), rows * list.size(), list.item().nullable()));
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private VariableWidthColumn variableWidth(
      DataType.VariableWidth type, int rows, Bitmap validity) {
    MemorySegment offsets = MemorySegment.ofArray(new byte[(rows + 1) * type.offsetWidth()]);
    int end = 0;
    for (int i = 1; i <= rows; i++) {
      end += random.nextInt(10);
      if (type.large()) {
        offsets.set(LittleEndian.LONG, i * 8L, end);
      } else {
        offsets.set(LittleEndian.INT, i * 4L, end);
      }
    }
    return new VariableWidthColumn(type, rows, validity, offsets, bytes(end));
  }

  private Bitmap bits(int count) {
    return new Bitmap(bytes((int) Bitmap.bytesFor(count)), 0, count);
  }

  private MemorySegment bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return MemorySegment.ofArray(bytes);
  }

  /** A schema of one column. */
  static Schema schemaOf(DataType type, boolean nullable) {
    return new Schema(List.of(new Field("c", type, nullable, Map.of())), Map.of());
  }

  static void assertSame(Batch expected, Batch actual, String message) {
    assertEquals(expected.schema(), actual.schema(), message);
    assertEquals(expected.rows(), actual.rows(), message);
    for (int i = 0; i < expected.columns().size(); i++) {
      String where = message + ", " + expected.schema().fields().get(i);
      assertSame(expected.columns().get(i), actual.columns().get(i), where);
    }
  }

  /** Bytes are compared also where rows are null. */
  private static void assertSame(Column expected, Column actual, String message) {
    assertEquals(expected.type(), actual.type(), message);
    assertEquals(expected.length(), actual.length(), message);
    assertEquals(expected.nullCount(), actual.nullCount(), message);
    for (long i = 0; i < expected.length(); i++) {
      long index = i;
      Supplier<String> row = () -> message + ", row " + index;
      assertEquals(expected.isNull(i), actual.isNull(i), row);
      switch (expected) {
        case BoolColumn bools ->
            assertEquals(
                bools.values().get(i),
                assertInstanceOf(BoolColumn.class, actual, row).values().get(i),
                row);
        case FixedWidthColumn ignored ->
            assertEquals(-1, value(expected, i).mismatch(value(actual, i)), row);
        case VariableWidthColumn ignored ->
            assertEquals(-1, value(expected, i).mismatch(value(actual, i)), row);
        case NullColumn ignored -> {}
        case FixedSizeListColumn ignored -> {}
      }
    }
    if (expected instanceof FixedSizeListColumn list) {
      Column items = assertInstanceOf(FixedSizeListColumn.class, actual, message).items();
      assertSame(list.items(), items, message + ", items");
    }
  }

  static MemorySegment value(Column column, long row) {
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
