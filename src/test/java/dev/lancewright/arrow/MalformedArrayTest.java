package dev.lancewright.arrow;

import static dev.lancewright.arrow.ArrowProducer.peek;
import static dev.lancewright.arrow.ArrowProducer.poke;
import static dev.lancewright.arrow.ArrowProducer.slot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrays that contradict themselves: each is refused with one message and released once. */
@SuppressWarnings("restricted")
class MalformedArrayTest {
  private static final StructLayout LAYOUT = ArrowArray.LAYOUT;
  private static final String OFFSETS_FROM =
      "the offsets go from %d to %d; they must not be negative, nor decrease";
  private static final String VIEW_BUFFERS =
      "n_buffers is %d; for this type it must be from 3 to 1048576";
  private static final String ITEMS =
      "row %d of the array: it has items %d to %d, but they go from 0 to %d";
  private static final String RUNS_END =
      "the runs end at %d, before offset and length, which are %d in sum";

  private static final Bitmap MIDDLE_IS_NULL =
      new Bitmap(MemorySegment.ofArray(new byte[] {0b101}), 0, 3);

  private static final Column INT32 =
      new FixedWidthColumn(DataType.int32(), 3, MIDDLE_IS_NULL, zeros(12));
  private static final Column BOOL = new BoolColumn(MIDDLE_IS_NULL, MIDDLE_IS_NULL);
  private static final Column NULL = new NullColumn(3);
  private static final Column UTF8 =
      new VariableWidthColumn(DataType.utf8(), 3, MIDDLE_IS_NULL, ints(0, 2, 2, 5), zeros(5));
  private static final Column LARGE_BINARY =
      new VariableWidthColumn(
          DataType.largeBinary(), 3, null, ints(0, 0, 2, 0, 2, 0, 5, 0), zeros(5));
  private static final Column PAIRS =
      new FixedSizeListColumn(
          DataType.fixedSizeList(Field.nullable("item", DataType.int64()), 2),
          3,
          MIDDLE_IS_NULL,
          new FixedWidthColumn(DataType.int64(), 6, null, zeros(48)));

  /**
   * @param rows of the only column of the batch
   * @param damage is given the address of the batch
   */
  record Case(ArrayLayout layout, List<Object> rows, LongConsumer damage, String message) {
    Case(Column column, LongConsumer damage, String message) {
      this(ArrayLayout.of(column.type()), Values.of(column), damage, message);
    }

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
        column(INT32, "null_count", 4, "null_count is 4, but there are 3 rows"),
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
        column(NULL, "n_buffers", 2, "n_buffers is 2; for this type it must be from 0 to 1"),
        column(NULL, "n_buffers", 1, "n_buffers is 1, but buffers is NULL"),
        new Case(
            NULL,
            a -> {
              poke(column(a), LAYOUT, "n_buffers", 1);
              poke(column(a), LAYOUT, "buffers", a);
            },
            "column 'c' (null): there is a validity buffer; the null type has none"),
        column(
            NULL,
            "dictionary",
            8,
            "there is a dictionary, but the schema has none; decode it, or fix the schema"),
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
    assertRefused(malformed);
  }

  @ParameterizedTest
  @MethodSource
  void refusesNested(Case malformed) {
    assertRefused(malformed);
  }

  @ParameterizedTest
  @MethodSource
  void refusesConverted(Case malformed) {
    assertRefused(malformed);
  }

  private static void assertRefused(Case malformed) {
    ImportSchema schema = RandomBatches.schemaOf(malformed.layout(), true);
    List<Object> rows = malformed.rows();
    try (ArrowProducer export = new ArrowProducer();
        ImportMemory memory = new ImportMemory()) {
      long address = export.array(schema, List.of(rows), rows.size(), ArrowProducer.Shape.PLAIN);
      malformed.damage().accept(address);

      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () -> ImportedBatch.take(address, schema, Imports::all, memory));

      assertEquals(malformed.message(), e.getMessage());
      export.assertAllReleasedOnce();
    }
  }

  static List<Case> refusesNested() {
    ArrayLayout int32 = ArrayLayout.of(Types.INT32);
    ArrayLayout list = Types.list(int32);
    ArrayLayout map = Types.map(ArrayLayout.of(Types.UTF8), int32);
    ArrayLayout struct = Types.struct(int32, ArrayLayout.of(Types.UTF8));
    ArrayLayout dictionary = Types.dictionary(ArrayLayout.of(Types.UTF8));
    List<Object> lists = rows(List.of(number(1), number(2)), null, List.of(number(3)));
    List<Object> maps = rows(List.of(List.of(text("k"), number(1))), List.of(), List.of());
    List<Object> structs = rows(List.of(number(1), text("a")), null, List.of(number(2), text("")));
    List<Object> strings = rows(text("a"), null, text("b"));
    return List.of(
        bad(list, lists, "n_buffers", 3, "n_buffers is 3; for this type it must be 2"),
        bad(list, lists, "n_children", 0, "n_children is 0; the schema says 1"),
        bad(list, lists, "children", 0, "n_children is 1, but children is NULL"),
        bad(list, lists, "null_count", 4, "null_count is 4, but there are 3 rows"),
        noBuffer(list, lists, 0, "null_count is 1, but there is no validity buffer"),
        noBuffer(list, lists, 1, "the offsets buffer is NULL, but there are 3 rows"),
        number(list, lists, 1, 0, -1, OFFSETS_FROM.formatted(-1, 3)),
        number(list, lists, 1, 0, 4, OFFSETS_FROM.formatted(4, 3)),
        number(list, lists, 1, 3, -3, OFFSETS_FROM.formatted(0, -3)),
        new Case(
            list,
            lists,
            a -> setInt(column(a), 1, 3, 4),
            "column 'c.item' (int32): the array has 3 rows, but its parent needs 4"),
        new Case(
            list,
            lists,
            a -> poke(column(column(a)), LAYOUT, "length", 2),
            "column 'c.item' (int32): the array has 2 rows, but its parent needs 3"),
        new Case(
            list,
            lists,
            a -> setBuffer(column(column(a)), 1, 0),
            "column 'c.item' (int32): the values buffer is NULL, but there are 3 rows"),
        new Case(
            list,
            lists,
            a -> poke(column(column(a)), LAYOUT, "release", 0),
            "column 'c.item' (int32): the array was released before; import it first"),
        new Case(
            map,
            maps,
            a -> poke(column(column(a)), LAYOUT, "n_children", 1),
            "column 'c.entries' (struct<key: utf8, value: int32>): n_children is 1; the schema"
                + " says 2"),
        new Case(
            map,
            maps,
            a -> poke(child(column(column(a)), 1), LAYOUT, "length", 0),
            "column 'c.entries.value' (int32): the array has 0 rows, but its parent needs 1"),
        bad(struct, structs, "n_buffers", 0, "n_buffers is 0; for this type it must be 1"),
        bad(struct, structs, "n_children", 3, "n_children is 3; the schema says 2"),
        bad(struct, structs, "children", 0, "n_children is 2, but children is NULL"),
        noBuffer(struct, structs, 0, "null_count is 1, but there is no validity buffer"),
        new Case(
            struct,
            structs,
            a -> poke(column(a), LAYOUT, "offset", 1),
            "column 'c.m0' (int32): the array has 3 rows, but its parent needs 4"),
        new Case(
            struct,
            structs,
            a -> setPointer(column(a), "children", 1, 0),
            "column 'c.m1': the array is NULL; it must be the address of an ArrowArray"),
        new Case(
            Types.pairs(Types.pairs(int32)),
            rows(List.of(rows(number(1), null), rows(null, number(2)))),
            a -> poke(column(column(column(a))), LAYOUT, "length", 3),
            "column 'c.item.item' (int32): the array has 3 rows, but its parent needs 4"),
        bad(
            dictionary,
            strings,
            "dictionary",
            0,
            "there is no dictionary, but the schema has one; add it, or fix the schema"),
        bad(dictionary, strings, "n_buffers", 3, "n_buffers is 3; for this type it must be 2"),
        bad(dictionary, strings, "n_children", 1, "n_children is 1; the schema says 0"),
        noBuffer(dictionary, strings, 1, "the values buffer is NULL, but there are 3 rows"),
        new Case(
            dictionary,
            strings,
            a -> poke(values(a), LAYOUT, "length", -1),
            "column 'c.dictionary' (utf8): length is -1; it must not be negative"),
        new Case(
            dictionary,
            strings,
            a -> setBuffer(values(a), 1, 0),
            "column 'c.dictionary' (utf8): the offsets buffer is NULL, but there are 3 rows"));
  }

  static List<Case> refusesConverted() {
    ArrayLayout view = Types.UTF8_VIEW;
    ArrayLayout int32 = ArrayLayout.of(Types.INT32);
    ArrayLayout runs = Types.runs(32, int32);
    ArrayLayout listView = Types.listViews(int32, false);
    ArrayLayout largeListView = Types.listViews(int32, true);
    ArrayLayout listOfViews = Types.list(view);
    ArrayLayout runsOfText = Types.runs(16, ArrayLayout.of(Types.UTF8));
    ArrayLayout decimal = Types.decimals(64, 9, 2);
    List<Object> strings = rows(text("short"), null, text("more than twelve bytes"));
    List<Object> lists = rows(List.of(number(1), number(2)), null, List.of(number(3)));
    List<Object> lists2 = rows(List.of(text("a")), null, List.of(text("b"), text("c")));
    List<Object> repeated = rows(number(1), number(1), number(1), number(2), number(2), null);
    List<Object> words = rows(text("one"), text("one"), text("two"), text("two"), text("three"));
    List<Object> amounts = rows(ByteBuffer.wrap(new byte[16]));
    return List.of(
        bad(view, strings, "n_buffers", 2, VIEW_BUFFERS.formatted(2)),
        bad(view, strings, "n_buffers", -1, VIEW_BUFFERS.formatted(-1)),
        bad(view, strings, "n_buffers", (1 << 20) + 1, VIEW_BUFFERS.formatted((1 << 20) + 1)),
        bad(view, strings, "n_children", 1, "n_children is 1; the schema says 0"),
        noBuffer(view, strings, 0, "null_count is 1, but there is no validity buffer"),
        noBuffer(view, strings, 1, "the views buffer is NULL, but there are 3 rows"),
        noBuffer(view, strings, 2, "the data buffer is NULL, but there are 3 rows"),
        noBuffer(view, strings, 3, "the data lengths buffer is NULL, but there are 3 rows"),
        number(
            view,
            strings,
            3,
            1,
            -1,
            "data buffer 0 has -4294967274 bytes; it must not be negative"),
        number(
            view,
            strings,
            1,
            0,
            -5,
            "row 0 of the array: the view has -5 bytes; it must not be negative"),
        number(
            view,
            strings,
            1,
            0,
            13,
            "row 0 of the array: the view is of data buffer %d, but there are 1"
                .formatted((int) 't')),
        number(
            view,
            strings,
            1,
            8 + 2,
            1,
            "row 2 of the array: the view is of data buffer 1, but there are 1"),
        number(
            view,
            strings,
            1,
            8 + 2,
            -1,
            "row 2 of the array: the view is of data buffer -1, but there are 1"),
        number(
            view,
            strings,
            1,
            8 + 3,
            1,
            "row 2 of the array: the view is of 22 bytes from 1 on in data buffer 0, which has 22"
                + " bytes"),
        number(
            view,
            strings,
            1,
            8 + 3,
            -1,
            "row 2 of the array: the view is of 22 bytes from -1 on in data buffer 0, which has 22"
                + " bytes"),
        number(
            view,
            strings,
            1,
            8,
            Integer.MAX_VALUE,
            "row 2 of the array: the view is of 2147483647 bytes from 0 on in data buffer 0, which"
                + " has 22 bytes"),
        bad(listView, lists, "n_buffers", 2, "n_buffers is 2; for this type it must be 3"),
        bad(listView, lists, "n_children", 0, "n_children is 0; the schema says 1"),
        noBuffer(listView, lists, 1, "the offsets buffer is NULL, but there are 3 rows"),
        noBuffer(listView, lists, 2, "the sizes buffer is NULL, but there are 3 rows"),
        number(listView, lists, 1, 0, -1, ITEMS.formatted(0, -1, 1, 3)),
        number(listView, lists, 1, 0, 2, ITEMS.formatted(0, 2, 4, 3)),
        number(listView, lists, 2, 2, -1, ITEMS.formatted(2, 2, 1, 3)),
        number(listView, lists, 2, 2, 2, ITEMS.formatted(2, 2, 4, 3)),
        number(
            largeListView,
            lists,
            2,
            1,
            Integer.MAX_VALUE,
            ITEMS.formatted(0, 0, ((long) Integer.MAX_VALUE << 32) + 2, 3)),
        number(listOfViews, lists2, 1, 1, -1, ITEMS.formatted(0, 0, -1, 3)),
        number(listOfViews, lists2, 1, 2, 4, ITEMS.formatted(2, 4, 3, 3)),
        number(listOfViews, lists2, 1, 3, 4, ITEMS.formatted(2, 1, 4, 3)),
        new Case(
            listOfViews,
            lists2,
            a -> setInt(column(column(a)), 1, 4, -1),
            "column 'c.item' (utf8_view): row 1 of the array: the view has -1 bytes; it must not"
                + " be negative"),
        bad(runs, repeated, "n_buffers", 1, "n_buffers is 1; for this type it must be 0"),
        bad(runs, repeated, "n_children", 1, "n_children is 1; the schema says 2"),
        bad(
            runs,
            repeated,
            "null_count",
            1,
            "null_count is 1, but only the values of runs can be null"),
        bad(runs, repeated, "offset", 1, RUNS_END.formatted(6, 7)),
        bad(
            runs,
            repeated,
            "dictionary",
            8,
            "there is a dictionary, but the schema has none; decode it, or fix the schema"),
        new Case(
            runs,
            repeated,
            a -> poke(column(column(a)), LAYOUT, "length", 0),
            where(runs) + RUNS_END.formatted(0, 6)),
        new Case(
            runs,
            repeated,
            a -> poke(child(column(a), 1), LAYOUT, "length", 2),
            where(runs) + "there are 3 runs, but 2 values"),
        new Case(
            runs,
            repeated,
            a -> setInt(column(column(a)), 1, 2, 5),
            where(runs) + RUNS_END.formatted(5, 6)),
        new Case(
            runs,
            repeated,
            a -> setInt(column(column(a)), 1, 1, 3),
            where(runs) + "run 1 ends at 3, but starts at 3; ends must increase"),
        new Case(
            runs,
            repeated,
            a -> setInt(column(column(a)), 1, 0, -4),
            where(runs) + "run 0 ends at -4, but starts at 0; ends must increase"),
        new Case(
            runs,
            repeated,
            a -> {
              poke(column(column(a)), LAYOUT, "null_count", -1);
              setBuffer(column(column(a)), 0, buffer(child(column(a), 1), 0));
            },
            "column 'c.run_ends' (int32): a run end is null; none may be"),
        new Case(
            runs,
            repeated,
            a -> setBuffer(column(column(a)), 1, 0),
            "column 'c.run_ends' (int32): the values buffer is NULL, but there are 3 rows"),
        new Case(
            runs,
            repeated,
            a -> setBuffer(child(column(a), 1), 1, 0),
            "column 'c.values' (int32): the values buffer is NULL, but there are 3 rows"),
        new Case(
            runsOfText,
            words,
            a -> setInt(child(column(a), 1), 1, 1, -1),
            "column 'c.values' (utf8): row 0 of the array: it has bytes 0 to -1, but they go from"
                + " 0 to 11"),
        new Case(
            runsOfText,
            words,
            a -> setInt(child(column(a), 1), 1, 1, 7),
            "column 'c.values' (utf8): row 1 of the array: it has bytes 7 to 6, but they go from"
                + " 0 to 11"),
        new Case(
            runsOfText,
            words,
            a -> setInt(child(column(a), 1), 1, 3, -1),
            "column 'c.values' (utf8): the offsets go from 0 to -1; they must not be negative, nor"
                + " decrease"),
        bad(decimal, amounts, "n_buffers", 3, "n_buffers is 3; for this type it must be 2"),
        noBuffer(decimal, amounts, 1, "the values buffer is NULL, but there are 1 rows"));
  }

  private static List<Object> rows(Object... rows) {
    return Arrays.asList(rows);
  }

  private static ByteBuffer number(int value) {
    return ByteBuffer.wrap(new byte[] {(byte) value, 0, 0, 0});
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Case bad(
      ArrayLayout layout, List<Object> rows, String member, long value, String problem) {
    return new Case(
        layout, rows, a -> poke(column(a), LAYOUT, member, value), where(layout) + problem);
  }

  private static Case noBuffer(ArrayLayout layout, List<Object> rows, int buffer, String problem) {
    return new Case(layout, rows, a -> setBuffer(column(a), buffer, 0), where(layout) + problem);
  }

  /**
   * @param index counted in int32
   */
  private static Case number(
      ArrayLayout layout, List<Object> rows, int buffer, int index, int value, String problem) {
    return new Case(
        layout, rows, a -> setInt(column(a), buffer, index, value), where(layout) + problem);
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
    return new Case(column, a -> setInt(column(a), 1, index, value), where(column) + problem);
  }

  private static String where(Column column) {
    return where(ArrayLayout.of(column.type()));
  }

  private static String where(ArrayLayout layout) {
    return "column 'c' (" + layout + "): ";
  }

  private static long column(long parent) {
    return child(parent, 0);
  }

  private static long child(long parent, int index) {
    return slot(parent, LAYOUT, "children", index).get(ValueLayout.JAVA_LONG, 0);
  }

  /** The dictionary of the column. */
  private static long values(long batch) {
    return peek(column(batch), LAYOUT, "dictionary");
  }

  private static void setInt(long array, int buffer, int index, int value) {
    MemorySegment.ofAddress(buffer(array, buffer) + index * 4L)
        .reinterpret(4)
        .set(ValueLayout.JAVA_INT, 0, value);
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
