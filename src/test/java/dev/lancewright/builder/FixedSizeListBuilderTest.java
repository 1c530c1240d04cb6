package dev.lancewright.builder;

import static dev.lancewright.builder.BatchBuilderTest.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class FixedSizeListBuilderTest {
  private static final DataType FLOAT32 = DataType.float32();

  @Test
  void appendsListsAndNulls() {
    try (BatchBuilder batch = of(Field.required("item", FLOAT32), 2)) {
      for (int round = 0; round < 2; round++) {
        FixedSizeListBuilder lists = lists(batch);
        FloatBuilder items = lists.floats();
        items.append(1);
        items.append(2);
        lists.appendList();
        lists.appendNull();
        items.append(3);
        items.append(4);
        lists.appendList();
        FixedSizeListColumn column = column(batch);
        assertEquals(3, column.length());
        assertTrue(column.isNull(1));
        assertEquals(1, column.nullCount());
        assertNull(column.items().validity());
        FixedWidthColumn values = (FixedWidthColumn) column.items();
        assertArrayEquals(
            new float[] {1, 2, 0, 0, 3, 4},
            values.values().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED));
        assertEquals(0, items.length());
      }
    }
  }

  @Test
  void appendsListsOfNullItemsAndOfLists() {
    DataType pair = DataType.fixedSizeList(Field.nullable("leaf", DataType.utf8()), 2);
    try (BatchBuilder batch = of(Field.nullable("pair", pair), 2)) {
      FixedSizeListBuilder lists = lists(batch);
      FixedSizeListBuilder pairs = lists.fixedSizeLists();
      Utf8Builder leaves = pairs.strings();
      leaves.append("a");
      leaves.appendNull();
      pairs.appendList();
      pairs.appendNull();
      lists.appendList();
      lists.appendNull();
      FixedSizeListColumn column = column(batch);
      assertEquals(2, column.length());
      FixedSizeListColumn inner = (FixedSizeListColumn) column.items();
      assertEquals(4, inner.length());
      assertEquals(1, inner.nullCount());
      assertTrue(inner.isNull(1));
      assertEquals(8, inner.items().length());
      assertEquals(1, inner.items().nullCount());
      assertTrue(inner.items().isNull(1));

      assertMessage(
          IllegalStateException.class,
          "column 'v.pair' (fixed_size_list<utf8>[2]), row 0: 0 items were appended since the last"
              + " list; a list has 2",
          pairs::appendList);
    }
  }

  @Test
  void appendsListsWithoutItems() {
    try (BatchBuilder batch = of(Field.nullable("item", FLOAT32), 0)) {
      lists(batch).appendList();
      lists(batch).appendNull();
      FixedSizeListColumn column = column(batch);
      assertEquals(2, column.length());
      assertEquals(0, column.items().length());
    }
  }

  @Test
  void itemsMayBeOfAnyType() {
    DataType pair = DataType.struct(Field.required("x", FLOAT32), Field.nullable("y", FLOAT32));
    try (BatchBuilder batch = of(Field.required("pair", pair), 2)) {
      FixedSizeListBuilder lists = lists(batch);
      StructBuilder pairs = lists.structs();
      lists.appendNull();
      for (int i = 0; i < 2; i++) {
        pairs.floats("x").append(i);
        pairs.floats("y").appendNull();
        pairs.appendStruct();
      }
      lists.appendList();
      StructColumn items = (StructColumn) column(batch).items();
      assertEquals(4, items.length());
      assertArrayEquals(
          new float[] {0, 0, 0, 1},
          ((FixedWidthColumn) items.children().getFirst())
              .values()
              .toArray(ValueLayout.JAVA_FLOAT_UNALIGNED));
      assertEquals(2, items.children().getLast().nullCount());
    }
  }

  @Test
  void refusesListsOfTheWrongLength() {
    try (BatchBuilder batch = of(Field.nullable("item", FLOAT32), 3)) {
      FixedSizeListBuilder lists = lists(batch);
      FloatBuilder items = lists.floats();
      lists.appendNull();
      items.append(1);
      items.append(2);
      String two =
          "column 'v' (fixed_size_list<float32>[3]), row 1: 2 items were appended since the last"
              + " list; ";
      assertMessage(IllegalStateException.class, two + "a list has 3", lists::appendList);
      assertMessage(IllegalStateException.class, two + "a null takes none", lists::appendNull);
      assertMessage(
          IllegalStateException.class, two + "before build there must be none", batch::build);
      items.append(3);
      items.append(4);
      assertMessage(
          IllegalStateException.class,
          two.replace(": 2 items", ": 4 items") + "a list has 3",
          lists::appendList);
      batch.reset();
      lists.appendNull();
      assertEquals(1, batch.build().rows());
    }
  }

  @Test
  void namesTheItemInMessages() {
    try (BatchBuilder batch = of(Field.required("item", FLOAT32), 3)) {
      assertMessage(
          IllegalStateException.class,
          "column 'v.item' (float32), row 0: the field is not nullable; append a value or make the"
              + " field nullable",
          () -> lists(batch).elements().appendNull());
    }
  }

  private static BatchBuilder of(Field item, int size) {
    return new BatchBuilder(Schema.of(Field.nullable("v", DataType.fixedSizeList(item, size))));
  }

  private static FixedSizeListBuilder lists(BatchBuilder batch) {
    return batch.fixedSizeLists("v");
  }

  private static FixedSizeListColumn column(BatchBuilder batch) {
    return (FixedSizeListColumn) batch.build().columns().getFirst();
  }
}
