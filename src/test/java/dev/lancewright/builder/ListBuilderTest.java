package dev.lancewright.builder;

import static dev.lancewright.builder.BatchBuilderTest.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListBuilderTest {
  private static final Field INT32 = Field.required("item", DataType.int32());

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void appendsListsOfAnyLength(boolean large) {
    try (BatchBuilder batch = of(new DataType.ListOf(INT32, large))) {
      for (int round = 0; round < 2; round++) {
        ListBuilder lists = lists(batch);
        IntBuilder items = lists.ints();
        items.append(1);
        items.append(2);
        lists.appendList();
        lists.appendNull();
        lists.appendList();
        items.append(3);
        lists.appendList();
        ListColumn column = column(batch);
        assertEquals(List.of(0L, 2L, 2L, 2L, 3L), offsets(column));
        assertEquals(1, column.nullCount());
        assertTrue(column.isNull(1));
        assertArrayEquals(
            new int[] {1, 2, 3},
            ((FixedWidthColumn) column.items()).values().toArray(ValueLayout.JAVA_INT_UNALIGNED));
        assertEquals(0, lists.length());
        assertEquals(0, items.length());
      }
    }
  }

  @Test
  void appendsListsOfLists() {
    DataType inner = DataType.list(INT32);
    try (BatchBuilder batch = of(DataType.list(Field.nullable("inner", inner)))) {
      ListBuilder outer = lists(batch);
      ListBuilder middle = outer.lists();
      middle.ints().append(1);
      middle.appendList();
      middle.appendNull();
      outer.appendList();
      outer.appendNull();
      middle.appendList();
      outer.appendList();
      ListColumn column = column(batch);
      assertEquals(List.of(0L, 2L, 2L, 3L), offsets(column));
      assertEquals(List.of(0L, 1L, 1L, 1L), offsets((ListColumn) column.items()));
    }
  }

  @Test
  void refusesNullsAndBatchesWhileItemsWait() {
    try (BatchBuilder batch = of(DataType.list(INT32))) {
      ListBuilder lists = lists(batch);
      lists.appendList();
      lists.ints().append(1);
      String one = "column 'v' (list<int32>), row 1: 1 items were appended since the last list; ";
      assertMessage(IllegalStateException.class, one + "a null takes none", lists::appendNull);
      assertMessage(
          IllegalStateException.class, one + "before build there must be none", batch::build);
      lists.appendList();
      assertEquals(List.of(0L, 0L, 1L), offsets(column(batch)));
    }
  }

  @Test
  void refusesNullsWhileItemsWaitFurtherBelow() {
    DataType inner = DataType.list(INT32);
    try (BatchBuilder batch = of(DataType.list(Field.nullable("inner", inner)))) {
      ListBuilder outer = lists(batch);
      outer.lists().ints().append(1);
      assertMessage(
          IllegalStateException.class,
          "column 'v.inner' (list<int32>), row 0: 1 items were appended since the last list; a null"
              + " takes none",
          outer::appendNull);
      assertEquals(0, outer.length());
    }
  }

  private static BatchBuilder of(DataType type) {
    return new BatchBuilder(Schema.of(Field.nullable("v", type)));
  }

  private static ListBuilder lists(BatchBuilder batch) {
    return batch.lists("v");
  }

  private static ListColumn column(BatchBuilder batch) {
    return (ListColumn) batch.build().columns().getFirst();
  }

  private static List<Long> offsets(ListColumn column) {
    return LongStream.rangeClosed(0, column.length()).mapToObj(column::offset).toList();
  }
}
