package dev.lancewright.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Batch;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceAssertTest {
  private static final Path ONE_INT = Path.of("testdata", "reference", "v21_type_int32_1row.lance");
  private static final DataType.Int INT32 = DataType.int32();

  @TempDir Path directory;

  @Test
  void acceptsWhatTheFileHolds() throws IOException {
    ReferenceAssert.assertReads(ONE_INT, List.of(ints(Field.nullable("c", INT32), 1676490037)));
  }

  @Test
  void namesColumnRowAndValues() {
    assertFails(
        Field.nullable("c", INT32),
        "column 'c' (int32), row 0: expected 1676490036, but the reference reads 1676490037",
        1676490036);
  }

  @Test
  void comparesTheSchema() {
    assertFails(Field.nullable("d", INT32), "column 0 ('d'): name", 1676490037);
    assertFails(Field.nullable("c", DataType.uint32()), "column 0 ('c'): type", 1676490037);
    assertFails(Field.required("c", INT32), "column 0 ('c'): nullable", 1676490037);
    assertFails(
        new Field("c", INT32, true, Map.of("unit", "m")), "column 0 ('c'): metadata", 1676490037);
  }

  @Test
  void comparesTheNumberOfRows() {
    assertFails(Field.nullable("c", INT32), "rows", 1676490037, 1);
  }

  @Test
  void comparesSchemaMetadata() {
    Batch batch = ints(Field.nullable("c", INT32), 1676490037);
    Schema schema = new Schema(batch.schema().fields(), Map.of("source", "sensor-7"));
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> ReferenceAssert.assertReads(ONE_INT, schema, List.of(batch)));
    assertTrue(error.getMessage().startsWith("schema metadata"), error.getMessage());
  }

  /** The lists are as long as vectors are, and differ in one item. */
  @Test
  void showsWhereALongListDiffers() throws IOException {
    DataType.FixedSizeList type = DataType.fixedSizeList(Field.required("item", INT32), 768);
    Schema schema = Schema.of(Field.required("v", type));
    int[] items = IntStream.range(0, 3 * 768).toArray();
    int[] others = items.clone();
    others[2 * 768 + 500] = -1;
    try (ReadResult read = result(lists(schema, others))) {
      ReferenceAssert.assertEqual(schema, List.of(lists(schema, others)), read);
      AssertionError error =
          assertThrows(
              AssertionError.class,
              () -> ReferenceAssert.assertEqual(schema, List.of(lists(schema, items)), read));
      assertTrue(error.getMessage().contains("column 'v'"), error.getMessage());
      assertTrue(error.getMessage().contains("row 2: expected ..."), error.getMessage());
      assertTrue(error.getMessage().contains(", 2035, 2036, 2037, "), error.getMessage());
      assertTrue(error.getMessage().contains(", 2035, -1, 2037, "), error.getMessage());
    }
  }

  @Test
  void comparesRangesAcrossBatches() throws IOException {
    Path file = Path.of("testdata", "reference", "v21_ints.lance");
    Batch all;
    try (ReadResult read = ReferenceReader.shared().read(file)) {
      all = integers(read);
    }
    List<Batch> cut = List.of(all.slice(0, 10), all.slice(10, 0), all.slice(10, 1990));
    for (int[] range : new int[][] {{0, 10}, {5, 15}, {1999, 2000}, {0, 2000}}) {
      try (ReadResult read = ReferenceReader.shared().readRange(file, range[0], range[1])) {
        List<Batch> rows = ReferenceAssert.rows(cut, range[0], range[1]);
        assertEquals(range[1] - range[0], rows.stream().mapToLong(Batch::rows).sum());
        ReferenceAssert.assertColumn(all.schema().fields().getFirst(), 0, rows, read);
      }
    }
  }

  private static Batch integers(ReadResult read) throws IOException {
    try (var column = read.column(0)) {
      byte[] encoded = column.readAllBytes();
      byte[] values = new byte[encoded.length / 9 * 8];
      for (int row = 0; row < encoded.length / 9; row++) {
        System.arraycopy(encoded, row * 9 + 1, values, row * 8, 8);
      }
      DataType.Int type = DataType.int64();
      return Batch.of(
          Schema.of(Field.required("i64_random", type)),
          new FixedWidthColumn(type, values.length / 8, null, MemorySegment.ofArray(values)));
    }
  }

  private static Batch ints(Field field, int... values) {
    return Batch.of(
        Schema.of(field),
        new FixedWidthColumn(
            (DataType.FixedWidth) field.type(),
            values.length,
            null,
            MemorySegment.ofArray(values)));
  }

  private static Batch lists(Schema schema, int... items) {
    DataType.FixedSizeList type = (DataType.FixedSizeList) schema.fields().getFirst().type();
    return Batch.of(
        schema,
        new FixedSizeListColumn(
            type,
            items.length / type.size(),
            null,
            new FixedWidthColumn(INT32, items.length, null, MemorySegment.ofArray(items))));
  }

  /** As if the reference had read {@code lists}. */
  private ReadResult result(Batch lists) throws IOException {
    Path columns = Files.createDirectory(directory.resolve("columns"));
    try (CanonicalOutput out = new CanonicalOutput(Files.newOutputStream(columns.resolve("0")))) {
      for (long row = 0; row < lists.rows(); row++) {
        CanonicalEncoding.write(lists.columns().getFirst(), row, out);
      }
    }
    org.apache.arrow.vector.types.pojo.Field item =
        org.apache.arrow.vector.types.pojo.Field.nullable("item", new ArrowType.Int(32, true));
    org.apache.arrow.vector.types.pojo.Schema schema =
        new org.apache.arrow.vector.types.pojo.Schema(
            List.of(
                new org.apache.arrow.vector.types.pojo.Field(
                    "v", FieldType.notNullable(new ArrowType.FixedSizeList(768)), List.of(item))));
    return new ReadResult(schema, schema, lists.rows(), columns);
  }

  private static void assertFails(Field field, String message, int... values) {
    List<Batch> expected = List.of(ints(field, values));
    AssertionError error =
        assertThrows(AssertionError.class, () -> ReferenceAssert.assertReads(ONE_INT, expected));
    assertTrue(error.getMessage().startsWith(message), error.getMessage());
  }
}
