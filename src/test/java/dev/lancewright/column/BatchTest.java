package dev.lancewright.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.builder.BatchBuilder;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
  @Test
  void columnsAreFoundByName() {
    Schema schema =
        Schema.of(Field.nullable("a", DataType.int8()), Field.nullable("b", DataType.bool()));
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      Batch batch = builder.build();
      assertSame(batch.columns().get(1), batch.column("b"));
      assertEquals(
          "there is no column 'c'; there are [a, b]",
          assertThrows(IllegalArgumentException.class, () -> batch.column("c")).getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stringsAreReadByRow(boolean large) {
    Schema schema = Schema.of(Field.nullable("s", new DataType.Utf8(large)));
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      builder.strings("s").append("before");
      builder.strings("s").append("größe 🚀");
      builder.strings("s").appendNull();
      builder.strings("s").append("");
      VariableWidthColumn column = (VariableWidthColumn) builder.build().column("s");
      VariableWidthColumn part = column.slice(1, 3);
      assertEquals("größe 🚀", part.string(0));
      assertEquals("", part.string(1));
      assertEquals("", part.string(2));
      assertEquals(12, part.value(0).byteSize());
      assertEquals('g', part.value(0).get(ValueLayout.JAVA_BYTE, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> part.string(3));
      assertThrows(IndexOutOfBoundsException.class, () -> part.value(-1));
    }
  }
}
