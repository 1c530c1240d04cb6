package dev.lancewright.arrow;

import static dev.lancewright.arrow.ArrowExport.poke;
import static dev.lancewright.arrow.ArrowExport.slot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrays that contradict themselves: each is refused with one message and released once. */
@SuppressWarnings("restricted")
class MalformedArrayTest {
  private static final StructLayout LAYOUT = ArrowArray.LAYOUT;
  private static final Bitmap MIDDLE_IS_NULL =
      new Bitmap(MemorySegment.ofArray(new byte[] {0b101}), 0, 3);

  private static final Column INT32 =
      new FixedWidthColumn(new DataType.Int(32, true), 3, MIDDLE_IS_NULL, zeros(12));
  private static final Column BOOL = new BoolColumn(MIDDLE_IS_NULL, MIDDLE_IS_NULL);
  private static final Column NULL = new NullColumn(3);
  private static final Column UTF8 =
      new VariableWidthColumn(
          new DataType.Utf8(false), 3, MIDDLE_IS_NULL, ints(0, 2, 2, 5), zeros(5));
  private static final Column LARGE_BINARY =
      new VariableWidthColumn(
          new DataType.Binary(true), 3, null, ints(0, 0, 2, 0, 2, 0, 5, 0), zeros(5));
  private static final Column PAIRS =
      new FixedSizeListColumn(
          new DataType.FixedSizeList(Field.nullable("item", new DataType.Int(64, true)), 2),
          3,
          MIDDLE_IS_NULL,
          new FixedWidthColumn(new DataType.Int(64, true), 6, null, zeros(48)));

  /**
   * @param column the only one of the batch
   * @param damage is given the address of the batch
   */
  record Case(Column column, LongConsumer damage, String message) {
    @Override
    public String toString() {
      return message;
    }
  }

  static List<Case> refuses() {
    return List.of(
        batch("length", -1, "length is -1; it must not be negative"),
        batch("offset", -4, "offset is -4; it must not be negative"),
        batch("null_count", -2, "null_count is -2; it must be -1 (unknown) or more"),
        batch(
            "length",
            Long.MAX_VALUE,
            "offset 0 and length 9223372036854775807 together are more than memory can hold"),
        batch(
            "offset",
            Long.MAX_VALUE,
            "offset 9223372036854775807 and length 3 together are more than memory can hold"),
        batch("n_buffers", 0, "n_buffers is 0; for this type it must be 1"),
        batch("buffers", 0, "n_buffers is 1, but buffers is NULL"),
        batch("n_children", 2, "n_children is 2; the schema says 1"),
        batch("n_children", -1, "n_children is -1; the schema says 1"),
        batch("children", 0, "n_children is 1, but children is NULL"),
        batch(
            "dictionary",
            8,
            "there is a dictionary, but the schema has none; decode it, or fix the schema"),
        batch("null_count", 2, "null_count is 2, but there is no validity buffer"),
        new Case(
            INT32,
            a -> {
              poke(a, LAYOUT, "null_count", 2);
              setBuffer(a, 0, buffer(column(a), 0));
            },
            "the batch: 2 of 3 rows are null as a whole; only columns can have nulls"),
        new Case(
            INT32,
            a -> {
              poke(a, LAYOUT, "null_count", -1);
              setBuffer(a, 0, buffer(column(a), 0));
            },
            "the batch: 1 of 3 rows are null as a whole; only columns can have nulls"),
        new Case(
            INT32,
            a -> setPointer(a, "children", 0, 0),
            "column 'c': the array is NULL; it must be the address of an ArrowArray"),
        new Case(
            INT32,
            a -> setPointer(a, "children", 0, 0x1001),
            "column 'c': the array is 0x1001, which is not a multiple of 8; it must be the address"
                + " of an ArrowArray"),
        new Case(
            INT32,
            a -> poke(a, LAYOUT, "offset", 1),
            "column 'c' (int32): the array has 3 rows, but its parent needs 4"),
        column(INT32, "release", 0, "the array was released before; import it first"),
        column(INT32, "length", -3, "length is -3; it must not be negative"),
        column(INT32, "length", 2, "the array has 2 rows, but its parent needs 3"),
        column(INT32, "offset", -3, "offset is -3; it must not be negative"),
        column(
            INT32,
            "null_count",
            Long.MIN_VALUE,
            "null_count is -9223372036854775808; it must be -1 (unknown) or more"),
        column(
            INT32,
            "offset",
            Long.MAX_VALUE - 1,
            "offset 9223372036854775806 and length 3 together are more than memory can hold"),
        column(
            INT32,
            "offset",
            (1L << 56) - 3,
            "72057594037927936 times 4 is more than memory can hold; correct offset and length"),
        column(INT32, "n_buffers", 3, "n_buffers is 3; for this type it must be 2"),
        column(INT32, "n_buffers", -1, "n_buffers is -1; for this type it must be 2"),
        column(INT32, "buffers", 0, "n_buffers is 2, but buffers is NULL"),
        column(INT32, "n_children", 1, "n_children is 1; the schema says 0"),
        column(
            INT32,
            "dictionary",
            8,
            "there is a dictionary, but the schema has none; decode it, or fix the schema"),
        missing(INT32, 0, "null_count is 1, but there is no validity buffer"),
        missing(INT32, 1, "the values buffer is NULL, but there are 3 rows"),
        column(BOOL, "n_buffers", 1, "n_buffers is 1; for this type it must be 2"),
        missing(BOOL, 0, "null_count is 1, but there is no validity buffer"),
        missing(BOOL, 1, "the values buffer is NULL, but there are 3 rows"),
        column(NULL, "n_buffers", 2, "n_buffers is 2; for this type it must be 0"),
        column(NULL, "n_buffers", 1, "n_buffers is 1, but buffers is NULL"),
        new Case(
            NULL,
            a -> {
              poke(column(a), LAYOUT, "n_buffers", 1);
              poke(column(a), LAYOUT, "buffers", a);
            },
            "column 'c' (null): there is a validity buffer; the null type has none"),
        column(UTF8, "n_buffers", 2, "n_buffers is 2; for this type it must be 3"),
        missing(UTF8, 0, "null_count is 1, but there is no validity buffer"),
        missing(UTF8, 1, "the offsets buffer is NULL, but there are 3 rows"),
        missing(UTF8, 2, "the data buffer is NULL, but there are 3 rows"),
        offset(UTF8, 0, -1, "the offsets go from -1 to 5; they must not be negative, nor decrease"),
        offset(UTF8, 0, 6, "the offsets go from 6 to 5; they must not be negative, nor decrease"),
        offset(UTF8, 3, -5, "the offsets go from 0 to -5; they must not be negative, nor decrease"),
        column(LARGE_BINARY, "n_buffers", 4, "n_buffers is 4; for this type it must be 3"),
        missing(LARGE_BINARY, 1, "the offsets buffer is NULL, but there are 3 rows"),
        offset(
            LARGE_BINARY,
            7,
            -1,
            "the offsets go from 0 to -4294967291; they must not be negative, nor decrease"),
        column(PAIRS, "n_buffers", 2, "n_buffers is 2; for this type it must be 1"),
        column(PAIRS, "n_children", 0, "n_children is 0; the schema says 1"),
        column(PAIRS, "children", 0, "n_children is 1, but children is NULL"),
        column(
            PAIRS,
            "offset",
            (1L << 56) - 3,
            "72057594037927936 times 2 is more than memory can hold; correct offset and length"),
        missing(PAIRS, 0, "null_count is 1, but there is no validity buffer"),
        new Case(
            PAIRS,
            a -> poke(column(column(a)), LAYOUT, "length", 5),
            "column 'c.item' (int64): the array has 5 rows, but its parent needs 6"),
        new Case(
            PAIRS,
            a -> poke(column(a), LAYOUT, "offset", 1),
            "column 'c.item' (int64): the array has 6 rows, but its parent needs 8"),
        new Case(
            PAIRS,
            a -> setBuffer(column(column(a)), 1, 0),
            "column 'c.item' (int64): the values buffer is NULL, but there are 6 rows"),
        new Case(
            PAIRS,
            a -> setPointer(column(a), "children", 0, 0),
            "column 'c.item': the array is NULL; it must be the address of an ArrowArray"));
  }

  @ParameterizedTest
  @MethodSource
  void refuses(Case malformed) {
    Column column = malformed.column();
    Schema schema = Schema.of(Field.nullable("c", column.type()));
    try (ArrowExport export = new ArrowExport()) {
      long address = export.array(Batch.of(schema, column));
      malformed.damage().accept(address);

      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () -> ImportedBatch.take(address, schema, field -> true));

      assertEquals(malformed.message(), e.getMessage());
      export.assertAllReleasedOnce();
    }
  }

  private static Case batch(String member, long value, String problem) {
    return new Case(INT32, a -> poke(a, LAYOUT, member, value), "the batch: " + problem);
  }

  private static Case column(Column column, String member, long value, String problem) {
    return new Case(column, a -> poke(column(a), LAYOUT, member, value), where(column) + problem);
  }

  private static Case missing(Column column, int buffer, String problem) {
    return new Case(column, a -> setBuffer(column(a), buffer, 0), where(column) + problem);
  }

  /**
   * @param index counted in int32
   */
  private static Case offset(Column column, int index, int value, String problem) {
    return new Case(
        column,
        a ->
            MemorySegment.ofAddress(buffer(column(a), 1) + index * 4L)
                .reinterpret(4)
                .set(ValueLayout.JAVA_INT, 0, value),
        where(column) + problem);
  }

  private static String where(Column column) {
    return "column 'c' (" + column.type() + "): ";
  }

  private static long column(long parent) {
    return slot(parent, LAYOUT, "children", 0).get(ValueLayout.JAVA_LONG, 0);
  }

  private static long buffer(long array, int index) {
    return slot(array, LAYOUT, "buffers", index).get(ValueLayout.JAVA_LONG, 0);
  }

  private static void setBuffer(long array, int index, long address) {
    setPointer(array, "buffers", index, address);
  }

  private static void setPointer(long array, String member, int index, long address) {
    slot(array, LAYOUT, member, index).set(ValueLayout.JAVA_LONG, 0, address);
  }

  private static MemorySegment zeros(int bytes) {
    return MemorySegment.ofArray(new byte[bytes]);
  }

  private static MemorySegment ints(int... values) {
    return MemorySegment.ofArray(values);
  }
}
