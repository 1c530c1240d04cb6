package dev.lancewright.builder;

import static dev.lancewright.builder.BatchBuilderTest.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.ListColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MapBuilderTest {
  private static final DataType TYPE = DataType.map(DataType.int32(), DataType.utf8());

  @Test
  void appendsMapsAndNulls() {
    try (BatchBuilder batch = of(TYPE)) {
      for (int round = 0; round < 2; round++) {
        MapBuilder maps = batch.maps("v");
        IntBuilder keys = maps.ints("key");
        Utf8Builder values = maps.strings("value");
        keys.append(7);
        values.append("seven");
        keys.append(8);
        values.appendNull();
        maps.appendMap();
        maps.appendNull();
        maps.appendMap();
        keys.append(9);
        values.append("nine");
        maps.appendMap();
        ListColumn column = (ListColumn) batch.build().columns().getFirst();
        assertEquals(
            List.of(0L, 2L, 2L, 2L, 3L),
            LongStream.rangeClosed(0, 4).mapToObj(column::offset).toList());
        assertEquals(1, column.nullCount());
        assertTrue(column.isNull(1));
        StructColumn entries = (StructColumn) column.items();
        assertEquals(3, entries.length());
        assertNull(entries.validity());
        assertEquals(9, ((VariableWidthColumn) entries.children().get(1)).offset(3));
        assertEquals(0, maps.length());
        assertEquals(0, keys.length());
      }
    }
  }

  @Test
  void keysAndValuesHaveTheNamesOfTheType() {
    Field key = Field.required("word", DataType.utf8());
    Field value = Field.required("count", DataType.int64());
    try (BatchBuilder batch = of(DataType.map(key, value))) {
      MapBuilder maps = batch.maps("v");
      assertEquals(key, maps.strings("word").field());
      assertEquals(value, maps.longs("count").field());
      assertEquals(key, maps.column(0).field());
      assertMessage(
          IllegalArgumentException.class,
          "column 'v' (map<struct<word: utf8, count: int64>>), row 0: there is no column 'key';"
              + " there are [word, count]",
          () -> maps.strings("key"));
    }
  }

  @Test
  void refusesKeysWithoutValues() {
    try (BatchBuilder batch = of(TYPE)) {
      MapBuilder maps = batch.maps("v");
      maps.appendMap();
      maps.ints("key").append(1);
      maps.ints("key").append(2);
      maps.strings("value").append("one");
      String where = "column 'v' (map<struct<key: int32, value: utf8>>), row 1: ";
      assertMessage(
          IllegalStateException.class,
          where + "2 keys and 1 values were appended since the last map; a map has as many of each",
          maps::appendMap);
      String two = where + "2 keys were appended since the last map; ";
      assertMessage(IllegalStateException.class, two + "a null takes none", maps::appendNull);
      assertMessage(
          IllegalStateException.class, two + "before build there must be none", batch::build);
      maps.strings("value").append("two");
      maps.appendMap();
      assertEquals(2, batch.build().rows());
    }
  }

  @Test
  void refusesNullsWhileValuesWaitBelow() {
    try (BatchBuilder batch = of(DataType.map(DataType.int32(), DataType.list(TYPE)))) {
      batch.maps("v").lists("value").maps().strings("value").append("x");
      assertMessage(
          IllegalStateException.class,
          "column 'v.value.item' (map<struct<key: int32, value: utf8>>), row 0: 1 values were"
              + " appended since the last map; a null takes none",
          () -> batch.maps("v").appendNull());
    }
  }

  @Test
  void nullParentsHaveNoMaps() {
    try (BatchBuilder batch = of(DataType.struct(Field.required("m", TYPE)))) {
      batch.structs("v").appendNull();
      batch.structs("v").maps("m").appendMap();
      batch.structs("v").appendStruct();
      StructColumn column = (StructColumn) batch.build().columns().getFirst();
      assertEquals(2, column.children().getFirst().length());
    }
  }

  @Test
  void refusesEntriesThatAreNoPairs() {
    for (DataType entries :
        List.of(DataType.int8(), DataType.struct(Field.required("key", DataType.int8())))) {
      DataType type = new DataType.MapOf(Field.required("entries", entries), false);
      assertMessage(
          IllegalArgumentException.class,
          "column 'v' (%s): the entries of a map are structs of a key and a value".formatted(type),
          () -> of(type).close());
    }
  }

  private static BatchBuilder of(DataType type) {
    return new BatchBuilder(Schema.of(Field.nullable("v", type)));
  }
}
