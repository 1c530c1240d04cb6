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
  private static final String A_DICTIONARY =
      "there is a dictionary, but the schema has none; decode it, or fix the schema";

  private static final Bitmap MIDDLE_IS_NULL =
      new Bitmap(MemorySegment.ofArray(new byte[] {0b101}), 0, 3);

  private static final Subject INT32 =
      Subject.of(new FixedWidthColumn(DataType.int32(), 3, MIDDLE_IS_NULL, zeros(12)));

  /**
   * An array that is damaged.
   *
   * @param rows the rows of the only column of the batch
   * @param damage takes the address of the batch
   */
  record Case(ArrayLayout layout, List<Object> rows, LongConsumer damage, String message) {
    @Override
    public String toString() {
      return message;
    }
  }

  /** The only column of a batch, to be damaged in one way after the other. */
  private record Subject(ArrayLayout layout, List<Object> rows) {
    static Subject of(Column column) {
      return new Subject(ArrayLayout.of(column.type()), Values.of(column));
    }

    String where() {
      return "column 'c' (" + layout + "): ";
    }

    Case damaged(LongConsumer damage, String message) {
      return new Case(layout, rows, damage, message);
    }

    Case member(String member, long value, String problem) {
      return damaged(a -> poke(column(a), LAYOUT, member, value), where() + problem);
    }

    Case noBuffer(int buffer, String problem) {
      return damaged(a -> setBuffer(column(a), buffer, 0), where() + problem);
    }

    /**
     * Changes a number in a buffer.
     *
     * @param index the place of the number, counted in int32
     */
    Case number(int buffer, int index, int value, String problem) {
      return damaged(a -> setInt(column(a), buffer, index, value), where() + problem);
    }
  }

  @ParameterizedTest
  @MethodSource({
    "batches",
    "fixedWidth",
    "boolsAndNulls",
    "strings",
    "fixedSizeLists",
    "lists",
    "maps",
    "structs",
    "fixedSizeListsOfLists",
    "dictionaries",
    "stringViews",
    "listViews",
    "listsOfViews",
    "runs",
    "runsOfText",
    "decimals"
  })
  void refuses(Case malformed) {
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

  static List<Case> batches() {
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
        batch("dictionary", 8, A_DICTIONARY),
        batch("null_count", 2, "null_count is 2, but there is no validity buffer"),
        INT32.damaged(
            a -> {
              poke(a, LAYOUT, "null_count", 2);
              setBuffer(a, 0, buffer(column(a), 0));
            },
            "the batch: 2 of 3 rows are null as a whole; only columns can have nulls"),
        INT32.damaged(
            a -> {
              poke(a, LAYOUT, "null_count", -1);
              setBuffer(a, 0, buffer(column(a), 0));
            },
            "the batch: 1 of 3 rows are null as a whole; only columns can have nulls"),
        INT32.damaged(
            a -> setPointer(a, "children", 0, 0),
            "column 'c': the array is NULL; it must be the address of an ArrowArray"),
        INT32.damaged(
            a -> setPointer(a, "children", 0, 0x1001),
            "column 'c': the array is 0x1001, which is not a multiple of 8; it must be the address"
                + " of an ArrowArray"),
        INT32.damaged(
            a -> poke(a, LAYOUT, "offset", 1),
            "column 'c' (int32): the array has 3 rows, but its parent needs 4"));
  }

  static List<Case> fixedWidth() {
    return List.of(
        INT32.member("release", 0, "the array was released before; import it first"),
        INT32.member("null_count", 4, "null_count is 4, but there are 3 rows"),
        INT32.member("length", -3, "length is -3; it must not be negative"),
        INT32.member("length", 2, "the array has 2 rows, but its parent needs 3"),
        INT32.member("offset", -3, "offset is -3; it must not be negative"),
        INT32.member(
            "null_count",
            Long.MIN_VALUE,
            "null_count is -9223372036854775808; it must be -1 (unknown) or more"),
        INT32.member(
            "offset",
            Long.MAX_VALUE - 1,
            "offset 9223372036854775806 and length 3 together are more than memory can hold"),
        INT32.member(
            "offset",
            (1L << 56) - 3,
            "72057594037927936 times 4 is more than memory can hold; correct offset and length"),
        INT32.member("n_buffers", 3, "n_buffers is 3; for this type it must be 2"),
        INT32.member("n_buffers", -1, "n_buffers is -1; for this type it must be 2"),
        INT32.member("buffers", 0, "n_buffers is 2, but buffers is NULL"),
        INT32.member("n_children", 1, "n_children is 1; the schema says 0"),
        INT32.member("dictionary", 8, A_DICTIONARY),
        INT32.noBuffer(0, "null_count is 1, but there is no validity buffer"),
        INT32.noBuffer(1, "the values buffer is NULL, but there are 3 rows"));
  }

  static List<Case> boolsAndNulls() {
    Subject bool = Subject.of(new BoolColumn(MIDDLE_IS_NULL, MIDDLE_IS_NULL));
    Subject nulls = Subject.of(new NullColumn(3));
    return List.of(
        bool.member("n_buffers", 1, "n_buffers is 1; for this type it must be 2"),
        bool.noBuffer(0, "null_count is 1, but there is no validity buffer"),
        bool.noBuffer(1, "the values buffer is NULL, but there are 3 rows"),
        nulls.member("n_buffers", 2, "n_buffers is 2; for this type it must be from 0 to 1"),
        nulls.member("n_buffers", 1, "n_buffers is 1, but buffers is NULL"),
        nulls.damaged(
            a -> {
              poke(column(a), LAYOUT, "n_buffers", 1);
              poke(column(a), LAYOUT, "buffers", a);
            },
            "column 'c' (null): there is a validity buffer; the null type has none"),
        nulls.member("dictionary", 8, A_DICTIONARY));
  }

  static List<Case> strings() {
    Subject text =
        Subject.of(
            new VariableWidthColumn(
                DataType.utf8(), 3, MIDDLE_IS_NULL, ints(0, 2, 2, 5), zeros(5)));
    Subject binary =
        Subject.of(
            new VariableWidthColumn(
                DataType.largeBinary(), 3, null, ints(0, 0, 2, 0, 2, 0, 5, 0), zeros(5)));
    return List.of(
        text.member("n_buffers", 2, "n_buffers is 2; for this type it must be 3"),
        text.noBuffer(0, "null_count is 1, but there is no validity buffer"),
        text.noBuffer(1, "the offsets buffer is NULL, but there are 3 rows"),
        text.noBuffer(2, "the data buffer is NULL, but there are 3 rows"),
        text.number(1, 0, -1, OFFSETS_FROM.formatted(-1, 5)),
        text.number(1, 0, 6, OFFSETS_FROM.formatted(6, 5)),
        text.number(1, 3, -5, OFFSETS_FROM.formatted(0, -5)),
        binary.member("n_buffers", 4, "n_buffers is 4; for this type it must be 3"),
        binary.noBuffer(1, "the offsets buffer is NULL, but there are 3 rows"),
        binary.number(1, 7, -1, OFFSETS_FROM.formatted(0, -4294967291L)));
  }

  static List<Case> fixedSizeLists() {
    DataType.FixedSizeList type =
        DataType.fixedSizeList(Field.nullable("item", DataType.int64()), 2);
    Column items = new FixedWidthColumn(DataType.int64(), 6, null, zeros(48));
    Subject pairs = Subject.of(new FixedSizeListColumn(type, 3, MIDDLE_IS_NULL, items));
    return List.of(
        pairs.member("n_buffers", 2, "n_buffers is 2; for this type it must be 1"),
        pairs.member("n_children", 0, "n_children is 0; the schema says 1"),
        pairs.member("children", 0, "n_children is 1, but children is NULL"),
        pairs.member(
            "offset",
            (1L << 56) - 3,
            "72057594037927936 times 2 is more than memory can hold; correct offset and length"),
        pairs.noBuffer(0, "null_count is 1, but there is no validity buffer"),
        pairs.damaged(
            a -> poke(column(column(a)), LAYOUT, "length", 5),
            "column 'c.item' (int64): the array has 5 rows, but its parent needs 6"),
        pairs.damaged(
            a -> poke(column(a), LAYOUT, "offset", 1),
            "column 'c.item' (int64): the array has 6 rows, but its parent needs 8"),
        pairs.damaged(
            a -> setBuffer(column(column(a)), 1, 0),
            "column 'c.item' (int64): the values buffer is NULL, but there are 6 rows"),
        pairs.damaged(
            a -> setPointer(column(a), "children", 0, 0),
            "column 'c.item': the array is NULL; it must be the address of an ArrowArray"));
  }

  static List<Case> lists() {
    Subject list =
        new Subject(
            Types.list(ArrayLayout.of(Types.INT32)),
            rows(List.of(number(1), number(2)), null, List.of(number(3))));
    return List.of(
        list.member("n_buffers", 3, "n_buffers is 3; for this type it must be 2"),
        list.member("n_children", 0, "n_children is 0; the schema says 1"),
        list.member("children", 0, "n_children is 1, but children is NULL"),
        list.member("null_count", 4, "null_count is 4, but there are 3 rows"),
        list.noBuffer(0, "null_count is 1, but there is no validity buffer"),
        list.noBuffer(1, "the offsets buffer is NULL, but there are 3 rows"),
        list.number(1, 0, -1, OFFSETS_FROM.formatted(-1, 3)),
        list.number(1, 0, 4, OFFSETS_FROM.formatted(4, 3)),
        list.number(1, 3, -3, OFFSETS_FROM.formatted(0, -3)),
        list.damaged(
            a -> setInt(column(a), 1, 3, 4),
            "column 'c.item' (int32): the array has 3 rows, but its parent needs 4"),
        list.damaged(
            a -> poke(column(column(a)), LAYOUT, "length", 2),
            "column 'c.item' (int32): the array has 2 rows, but its parent needs 3"),
        list.damaged(
            a -> setBuffer(column(column(a)), 1, 0),
            "column 'c.item' (int32): the values buffer is NULL, but there are 3 rows"),
        list.damaged(
            a -> poke(column(column(a)), LAYOUT, "release", 0),
            "column 'c.item' (int32): the array was released before; import it first"));
  }

  static List<Case> maps() {
    Subject map =
        new Subject(
            Types.map(ArrayLayout.of(Types.UTF8), ArrayLayout.of(Types.INT32)),
            rows(List.of(List.of(text("k"), number(1))), List.of(), List.of()));
    return List.of(
        map.damaged(
            a -> poke(column(column(a)), LAYOUT, "n_children", 1),
            "column 'c.entries' (struct<key: utf8, value: int32>): n_children is 1; the schema"
                + " says 2"),
        map.damaged(
            a -> poke(child(column(column(a)), 1), LAYOUT, "length", 0),
            "column 'c.entries.value' (int32): the array has 0 rows, but its parent needs 1"));
  }

  static List<Case> structs() {
    Subject struct =
        new Subject(
            Types.struct(ArrayLayout.of(Types.INT32), ArrayLayout.of(Types.UTF8)),
            rows(List.of(number(1), text("a")), null, List.of(number(2), text(""))));
    return List.of(
        struct.member("n_buffers", 0, "n_buffers is 0; for this type it must be 1"),
        struct.member("n_children", 3, "n_children is 3; the schema says 2"),
        struct.member("children", 0, "n_children is 2, but children is NULL"),
        struct.noBuffer(0, "null_count is 1, but there is no validity buffer"),
        struct.damaged(
            a -> poke(column(a), LAYOUT, "offset", 1),
            "column 'c.m0' (int32): the array has 3 rows, but its parent needs 4"),
        struct.damaged(
            a -> setPointer(column(a), "children", 1, 0),
            "column 'c.m1': the array is NULL; it must be the address of an ArrowArray"));
  }

  static List<Case> fixedSizeListsOfLists() {
    Subject pairs =
        new Subject(
            Types.pairs(Types.pairs(ArrayLayout.of(Types.INT32))),
            rows(List.of(rows(number(1), null), rows(null, number(2)))));
    return List.of(
        pairs.damaged(
            a -> poke(column(column(column(a))), LAYOUT, "length", 3),
            "column 'c.item.item' (int32): the array has 3 rows, but its parent needs 4"));
  }

  static List<Case> dictionaries() {
    Subject dictionary =
        new Subject(Types.dictionary(ArrayLayout.of(Types.UTF8)), rows(text("a"), null, text("b")));
    return List.of(
        dictionary.member(
            "dictionary",
            0,
            "there is no dictionary, but the schema has one; add it, or fix the schema"),
        dictionary.member("n_buffers", 3, "n_buffers is 3; for this type it must be 2"),
        dictionary.member("n_children", 1, "n_children is 1; the schema says 0"),
        dictionary.noBuffer(1, "the values buffer is NULL, but there are 3 rows"),
        dictionary.damaged(
            a -> poke(values(a), LAYOUT, "length", -1),
            "column 'c.dictionary' (utf8): length is -1; it must not be negative"),
        dictionary.damaged(
            a -> setBuffer(values(a), 1, 0),
            "column 'c.dictionary' (utf8): the offsets buffer is NULL, but there are 3 rows"));
  }

  static List<Case> stringViews() {
    Subject view =
        new Subject(Types.UTF8_VIEW, rows(text("short"), null, text("more than twelve bytes")));
    return List.of(
        view.member("n_buffers", 2, VIEW_BUFFERS.formatted(2)),
        view.member("n_buffers", -1, VIEW_BUFFERS.formatted(-1)),
        view.member("n_buffers", (1 << 20) + 1, VIEW_BUFFERS.formatted((1 << 20) + 1)),
        view.member("n_children", 1, "n_children is 1; the schema says 0"),
        view.noBuffer(0, "null_count is 1, but there is no validity buffer"),
        view.noBuffer(1, "the views buffer is NULL, but there are 3 rows"),
        view.noBuffer(2, "the data buffer is NULL, but there are 3 rows"),
        view.noBuffer(3, "the data lengths buffer is NULL, but there are 3 rows"),
        view.number(3, 1, -1, "data buffer 0 has -4294967274 bytes; it must not be negative"),
        view.number(1, 0, -5, "row 0 of the array: the view has -5 bytes; it must not be negative"),
        view.number(
            1,
            0,
            13,
            "row 0 of the array: the view is of data buffer %d, but there are 1"
                .formatted((int) 't')),
        view.number(
            1, 8 + 2, 1, "row 2 of the array: the view is of data buffer 1, but there are 1"),
        view.number(
            1, 8 + 2, -1, "row 2 of the array: the view is of data buffer -1, but there are 1"),
        view.number(
            1,
            8 + 3,
            1,
            "row 2 of the array: the view is of 22 bytes from 1 on in data buffer 0, which has 22"
                + " bytes"),
        view.number(
            1,
            8 + 3,
            -1,
            "row 2 of the array: the view is of 22 bytes from -1 on in data buffer 0, which has 22"
                + " bytes"),
        view.number(
            1,
            8,
            Integer.MAX_VALUE,
            "row 2 of the array: the view is of 2147483647 bytes from 0 on in data buffer 0, which"
                + " has 22 bytes"));
  }

  static List<Case> listViews() {
    ArrayLayout int32 = ArrayLayout.of(Types.INT32);
    List<Object> lists = rows(List.of(number(1), number(2)), null, List.of(number(3)));
    Subject listView = new Subject(Types.listViews(int32, false), lists);
    Subject largeListView = new Subject(Types.listViews(int32, true), lists);
    return List.of(
        listView.member("n_buffers", 2, "n_buffers is 2; for this type it must be 3"),
        listView.member("n_children", 0, "n_children is 0; the schema says 1"),
        listView.noBuffer(1, "the offsets buffer is NULL, but there are 3 rows"),
        listView.noBuffer(2, "the sizes buffer is NULL, but there are 3 rows"),
        listView.number(1, 0, -1, ITEMS.formatted(0, -1, 1, 3)),
        listView.number(1, 0, 2, ITEMS.formatted(0, 2, 4, 3)),
        listView.number(2, 2, -1, ITEMS.formatted(2, 2, 1, 3)),
        listView.number(2, 2, 2, ITEMS.formatted(2, 2, 4, 3)),
        largeListView.number(
            2,
            1,
            Integer.MAX_VALUE,
            ITEMS.formatted(0, 0, ((long) Integer.MAX_VALUE << 32) + 2, 3)));
  }

  static List<Case> listsOfViews() {
    Subject listOfViews =
        new Subject(
            Types.list(Types.UTF8_VIEW),
            rows(List.of(text("a")), null, List.of(text("b"), text("c"))));
    return List.of(
        listOfViews.number(1, 1, -1, ITEMS.formatted(0, 0, -1, 3)),
        listOfViews.number(1, 2, 4, ITEMS.formatted(2, 4, 3, 3)),
        listOfViews.number(1, 3, 4, ITEMS.formatted(2, 1, 4, 3)),
        listOfViews.damaged(
            a -> setInt(column(column(a)), 1, 4, -1),
            "column 'c.item' (utf8_view): row 1 of the array: the view has -1 bytes; it must not"
                + " be negative"));
  }

  static List<Case> runs() {
    Subject runs =
        new Subject(
            Types.runs(32, ArrayLayout.of(Types.INT32)),
            rows(number(1), number(1), number(1), number(2), number(2), null));
    return List.of(
        runs.member("n_buffers", 1, "n_buffers is 1; for this type it must be 0"),
        runs.member("n_children", 1, "n_children is 1; the schema says 2"),
        runs.member("null_count", 1, "null_count is 1, but only the values of runs can be null"),
        runs.member("offset", 1, RUNS_END.formatted(6, 7)),
        runs.member("dictionary", 8, A_DICTIONARY),
        runs.damaged(
            a -> poke(column(column(a)), LAYOUT, "length", 0),
            runs.where() + RUNS_END.formatted(0, 6)),
        runs.damaged(
            a -> poke(child(column(a), 1), LAYOUT, "length", 2),
            runs.where() + "there are 3 runs, but 2 values"),
        runs.damaged(
            a -> setInt(column(column(a)), 1, 2, 5), runs.where() + RUNS_END.formatted(5, 6)),
        runs.damaged(
            a -> setInt(column(column(a)), 1, 1, 3),
            runs.where() + "run 1 ends at 3, but starts at 3; ends must increase"),
        runs.damaged(
            a -> setInt(column(column(a)), 1, 0, -4),
            runs.where() + "run 0 ends at -4, but starts at 0; ends must increase"),
        runs.damaged(
            a -> {
              poke(column(column(a)), LAYOUT, "null_count", -1);
              setBuffer(column(column(a)), 0, buffer(child(column(a), 1), 0));
            },
            "column 'c.run_ends' (int32): a run end is null; none may be"),
        runs.damaged(
            a -> setBuffer(column(column(a)), 1, 0),
            "column 'c.run_ends' (int32): the values buffer is NULL, but there are 3 rows"),
        runs.damaged(
            a -> setBuffer(child(column(a), 1), 1, 0),
            "column 'c.values' (int32): the values buffer is NULL, but there are 3 rows"));
  }

  static List<Case> runsOfText() {
    Subject runsOfText =
        new Subject(
            Types.runs(16, ArrayLayout.of(Types.UTF8)),
            rows(text("one"), text("one"), text("two"), text("two"), text("three")));
    return List.of(
        runsOfText.damaged(
            a -> setInt(child(column(a), 1), 1, 1, -1),
            "column 'c.values' (utf8): row 0 of the array: it has bytes 0 to -1, but they go from"
                + " 0 to 11"),
        runsOfText.damaged(
            a -> setInt(child(column(a), 1), 1, 1, 7),
            "column 'c.values' (utf8): row 1 of the array: it has bytes 7 to 6, but they go from"
                + " 0 to 11"),
        runsOfText.damaged(
            a -> setInt(child(column(a), 1), 1, 3, -1),
            "column 'c.values' (utf8): the offsets go from 0 to -1; they must not be negative, nor"
                + " decrease"));
  }

  static List<Case> decimals() {
    Subject decimal = new Subject(Types.decimals(64, 9, 2), rows(ByteBuffer.wrap(new byte[16])));
    return List.of(
        decimal.member("n_buffers", 3, "n_buffers is 3; for this type it must be 2"),
        decimal.noBuffer(1, "the values buffer is NULL, but there are 1 rows"));
  }

  private static Case batch(String member, long value, String problem) {
    return INT32.damaged(a -> poke(a, LAYOUT, member, value), "the batch: " + problem);
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
