package dev.lancewright.builder;

import static dev.lancewright.builder.BatchBuilderTest.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.schema.TimeUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every column is found by one method, and the others say which. */
class NamedBuildersTest {
  private static final Map<String, BiFunction<NamedBuilders, String, ColumnBuilder>> BY_NAME =
      new LinkedHashMap<>();
  private static final Map<String, Function<ElementsBuilder, ColumnBuilder>> OF_ELEMENTS =
      new LinkedHashMap<>();

  static {
    BY_NAME.put("booleans", NamedBuilders::booleans);
    BY_NAME.put("bytes", NamedBuilders::bytes);
    BY_NAME.put("shorts", NamedBuilders::shorts);
    BY_NAME.put("ints", NamedBuilders::ints);
    BY_NAME.put("longs", NamedBuilders::longs);
    BY_NAME.put("float16s", NamedBuilders::float16s);
    BY_NAME.put("floats", NamedBuilders::floats);
    BY_NAME.put("doubles", NamedBuilders::doubles);
    BY_NAME.put("decimals", NamedBuilders::decimals);
    BY_NAME.put("strings", NamedBuilders::strings);
    BY_NAME.put("binaries", NamedBuilders::binaries);
    BY_NAME.put("fixedSizeBinaries", NamedBuilders::fixedSizeBinaries);
    BY_NAME.put("lists", NamedBuilders::lists);
    BY_NAME.put("fixedSizeLists", NamedBuilders::fixedSizeLists);
    BY_NAME.put("maps", NamedBuilders::maps);
    BY_NAME.put("structs", NamedBuilders::structs);
    BY_NAME.put("dictionaries", NamedBuilders::dictionaries);
    BY_NAME.put("nulls", NamedBuilders::nulls);
    OF_ELEMENTS.put("booleans", ElementsBuilder::booleans);
    OF_ELEMENTS.put("bytes", ElementsBuilder::bytes);
    OF_ELEMENTS.put("shorts", ElementsBuilder::shorts);
    OF_ELEMENTS.put("ints", ElementsBuilder::ints);
    OF_ELEMENTS.put("longs", ElementsBuilder::longs);
    OF_ELEMENTS.put("float16s", ElementsBuilder::float16s);
    OF_ELEMENTS.put("floats", ElementsBuilder::floats);
    OF_ELEMENTS.put("doubles", ElementsBuilder::doubles);
    OF_ELEMENTS.put("decimals", ElementsBuilder::decimals);
    OF_ELEMENTS.put("strings", ElementsBuilder::strings);
    OF_ELEMENTS.put("binaries", ElementsBuilder::binaries);
    OF_ELEMENTS.put("fixedSizeBinaries", ElementsBuilder::fixedSizeBinaries);
    OF_ELEMENTS.put("lists", ElementsBuilder::lists);
    OF_ELEMENTS.put("fixedSizeLists", ElementsBuilder::fixedSizeLists);
    OF_ELEMENTS.put("maps", ElementsBuilder::maps);
    OF_ELEMENTS.put("structs", ElementsBuilder::structs);
    OF_ELEMENTS.put("dictionaries", ElementsBuilder::dictionaries);
    OF_ELEMENTS.put("nulls", ElementsBuilder::nulls);
  }

  static Stream<Arguments> types() {
    DataType text = DataType.utf8();
    return Stream.of(
        Arguments.of(DataType.nullType(), "nulls"),
        Arguments.of(DataType.bool(), "booleans"),
        Arguments.of(DataType.int8(), "bytes"),
        Arguments.of(DataType.uint8(), "bytes"),
        Arguments.of(DataType.int16(), "shorts"),
        Arguments.of(DataType.uint16(), "shorts"),
        Arguments.of(DataType.int32(), "ints"),
        Arguments.of(DataType.uint32(), "ints"),
        Arguments.of(DataType.date32(), "ints"),
        Arguments.of(DataType.time32(TimeUnit.SECOND), "ints"),
        Arguments.of(DataType.int64(), "longs"),
        Arguments.of(DataType.uint64(), "longs"),
        Arguments.of(DataType.date64(), "longs"),
        Arguments.of(DataType.time64(TimeUnit.NANOSECOND), "longs"),
        Arguments.of(DataType.timestamp(TimeUnit.MICROSECOND), "longs"),
        Arguments.of(DataType.duration(TimeUnit.SECOND), "longs"),
        Arguments.of(DataType.float16(), "float16s"),
        Arguments.of(DataType.float32(), "floats"),
        Arguments.of(DataType.float64(), "doubles"),
        Arguments.of(DataType.decimal128(10, 2), "decimals"),
        Arguments.of(DataType.decimal256(10, 2), "decimals"),
        Arguments.of(text, "strings"),
        Arguments.of(DataType.largeUtf8(), "strings"),
        Arguments.of(DataType.binary(), "binaries"),
        Arguments.of(DataType.largeBinary(), "binaries"),
        Arguments.of(DataType.fixedSizeBinary(4), "fixedSizeBinaries"),
        Arguments.of(DataType.list(text), "lists"),
        Arguments.of(DataType.largeList(Field.nullable("item", text)), "lists"),
        Arguments.of(DataType.fixedSizeList(text, 2), "fixedSizeLists"),
        Arguments.of(DataType.map(text, text), "maps"),
        Arguments.of(DataType.struct(Field.nullable("a", text)), "structs"),
        Arguments.of(DataType.dictionary(DataType.int8(), text), "dictionaries"));
  }

  @ParameterizedTest
  @MethodSource("types")
  void columnsAreFoundByOneMethod(DataType type, String method) {
    try (BatchBuilder batch = new BatchBuilder(Schema.of(Field.nullable("x", type)))) {
      BY_NAME.forEach(
          (asked, find) -> {
            if (asked.equals(method)) {
              assertSame(batch.column("x"), find.apply(batch, "x"));
            } else {
              assertMessage(
                  IllegalArgumentException.class,
                  "column 'x' (%s): call %s(\"x\") instead of %s(\"x\")"
                      .formatted(type, method, asked),
                  () -> assertNull(find.apply(batch, "x")));
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void elementsAreFoundByOneMethod(DataType type, String method) {
    Field field = Field.nullable("x", DataType.list(type));
    try (BatchBuilder batch = new BatchBuilder(Schema.of(field))) {
      ListBuilder lists = batch.lists("x");
      OF_ELEMENTS.forEach(
          (asked, find) -> {
            if (asked.equals(method)) {
              assertSame(lists.elements(), find.apply(lists));
            } else {
              assertMessage(
                  IllegalArgumentException.class,
                  "column 'x.item' (%s): call %s() instead of %s()".formatted(type, method, asked),
                  () -> assertNull(find.apply(lists)));
            }
          });
    }
  }

  @Test
  void noMethodIsLeftOut() {
    assertEquals(BY_NAME.keySet(), OF_ELEMENTS.keySet());
    long declared =
        Stream.of(NamedBuilders.class.getDeclaredMethods())
            .filter(method -> method.isDefault() && !method.isSynthetic())
            .count();
    assertEquals(declared, BY_NAME.size());
  }

  @Test
  void childrenAreFoundAsColumnsAre() {
    DataType type = DataType.struct(Field.nullable("a", DataType.utf8()));
    try (BatchBuilder batch = new BatchBuilder(Schema.of(Field.nullable("x", type)))) {
      assertMessage(
          IllegalArgumentException.class,
          "column 'x.a' (utf8): call strings(\"a\") instead of longs(\"a\")",
          () -> batch.structs("x").longs("a"));
    }
  }
}
