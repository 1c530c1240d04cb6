package dev.lancewright.builder;

import static dev.lancewright.builder.BatchBuilderTest.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Column;
import dev.lancewright.column.StructColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.AllTypes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructBuilderTest {
  private static final Field ID = Field.required("id", DataType.int64());
  private static final Field NAME = Field.nullable("name", DataType.utf8());

  @Test
  void appendsStructsAndNulls() {
    try (BatchBuilder batch = of(List.of(ID, NAME))) {
      for (int round = 0; round < 2; round++) {
        StructBuilder structs = structs(batch);
        structs.longs("id").append(5);
        structs.strings("name").appendNull();
        structs.appendStruct();
        structs.appendNull();
        structs.strings("name").append("seven");
        structs.longs("id").append(7);
        structs.appendStruct();
        StructColumn column = column(batch);
        assertEquals(3, column.length());
        assertEquals(1, column.nullCount());
        assertTrue(column.isNull(1));
        assertNull(column.children().get(0).validity());
        assertEquals(1, column.children().get(1).nullCount());
        assertEquals(0, structs.length());
        assertEquals(0, structs.longs("id").length());
      }
    }
  }

  @Test
  void nullStructsNeedNoValuesOfAnyType() {
    Field number = Field.required("item", DataType.int32());
    List<Field> children = new ArrayList<>(AllTypes.fields());
    children.add(Field.required("list", DataType.list(number)));
    children.add(Field.required("struct", DataType.struct(number)));
    children.add(Field.required("dictionary", DataType.dictionary(number.type(), NAME.type())));
    try (BatchBuilder batch = of(children)) {
      structs(batch).appendNull();
      structs(batch).appendNull();
      StructColumn column = column(batch);
      assertEquals(2, column.nullCount());
      for (Column child : column.children()) {
        assertEquals(2, child.length(), child.type().toString());
      }
    }
  }

  @Test
  void findsChildrenByIndexAndName() {
    try (BatchBuilder batch = of(List.of(ID, NAME))) {
      StructBuilder structs = structs(batch);
      assertSame(structs.column(1), structs.column("name"));
      assertSame(structs.column(1), structs.strings("name"));
      assertMessage(
          IllegalArgumentException.class,
          "column 'v' (struct<id: int64, name: utf8>), row 0: there is no column 'nam'; there are"
              + " [id, name]",
          () -> structs.column("nam"));
    }
  }

  @Test
  void refusesRowsWithoutOneValueOfEachChild() {
    try (BatchBuilder batch = of(List.of(ID, NAME))) {
      StructBuilder structs = structs(batch);
      String where = "column 'v' (struct<id: int64, name: utf8>), row 0: ";
      String since = " values were appended to child '%s' since the last struct; ";
      structs.strings("name").appendNull();
      assertMessage(
          IllegalStateException.class,
          where + 0 + since.formatted("id") + "a struct takes 1",
          structs::appendStruct);
      assertMessage(
          IllegalStateException.class,
          where + 1 + since.formatted("name") + "a null takes none",
          structs::appendNull);
      assertMessage(
          IllegalStateException.class,
          where + 1 + since.formatted("name") + "before build there must be none",
          batch::build);
      structs.longs("id").append(1);
      structs.longs("id").append(2);
      assertMessage(
          IllegalStateException.class,
          where + 2 + since.formatted("id") + "a struct takes 1",
          structs::appendStruct);
      assertEquals(0, structs.length());
    }
  }

  @Test
  void structsMayHaveNoChildren() {
    try (BatchBuilder batch = of(List.of())) {
      structs(batch).appendStruct();
      structs(batch).appendNull();
      StructColumn column = column(batch);
      assertEquals(2, column.length());
      assertEquals(1, column.nullCount());
    }
  }

  private static BatchBuilder of(List<Field> children) {
    return new BatchBuilder(Schema.of(Field.nullable("v", new DataType.Struct(children))));
  }

  private static StructBuilder structs(BatchBuilder batch) {
    return batch.structs("v");
  }

  private static StructColumn column(BatchBuilder batch) {
    return (StructColumn) batch.build().columns().getFirst();
  }
}
