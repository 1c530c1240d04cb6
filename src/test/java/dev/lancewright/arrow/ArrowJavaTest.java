package dev.lancewright.arrow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.schema.TimeUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.memory.util.ArrowBufPointer;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.ElementAddressableVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.BaseRepeatedValueVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What arrow-java exports. Its allocator counts every byte, so that an empty one at the end shows
 * that all was released; a second release would bring its reference counts below zero.
 */
class ArrowJavaTest {
  private static final long SEED = 5;
  private static final int ROWS = 100;

  /** The items of arrow-java's lists always have this name. */
  private static final String ITEM = BaseRepeatedValueVector.DATA_VECTOR_NAME;

  private final BufferAllocator allocator = new RootAllocator();
  private final Random random = new Random(SEED);

  /** Fails when anything is still allocated. */
  @AfterEach
  void close() {
    allocator.close();
  }

  /** What arrow-java calls a type, and what we call it. */
  record Case(org.apache.arrow.vector.types.pojo.Field field, DataType type) {
    @Override
    public String toString() {
      return type.toString();
    }
  }

  static Stream<Case> imports() {
    Stream<Case> timed =
        Stream.of(TimeUnit.values())
            .flatMap(
                unit -> {
                  var theirs = org.apache.arrow.vector.types.TimeUnit.valueOf(unit.name());
                  DataType.Time time = new DataType.Time(unit);
                  return Stream.of(
                      of(new ArrowType.Time(theirs, time.bitWidth()), time),
                      of(new ArrowType.Timestamp(theirs, null), new DataType.Timestamp(unit, null)),
                      of(
                          new ArrowType.Timestamp(theirs, "Europe/Paris"),
                          new DataType.Timestamp(unit, "Europe/Paris")),
                      of(new ArrowType.Duration(theirs), new DataType.Duration(unit)));
                });
    Stream<Case> integers =
        Stream.of(8, 16, 32, 64)
            .flatMap(
                bits ->
                    Stream.of(true, false)
                        .map(
                            signed ->
                                of(
                                    new ArrowType.Int(bits, signed),
                                    new DataType.Int(bits, signed))));
    Stream<Case> others =
        Stream.of(
            of(new ArrowType.Null(), new DataType.Null()),
            of(new ArrowType.Bool(), new DataType.Bool()),
            of(
                new ArrowType.FloatingPoint(FloatingPointPrecision.HALF),
                new DataType.FloatingPoint(16)),
            of(
                new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE),
                new DataType.FloatingPoint(32)),
            of(
                new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
                new DataType.FloatingPoint(64)),
            of(new ArrowType.Decimal(20, 3, 128), new DataType.Decimal(128, 20, 3)),
            of(new ArrowType.Decimal(50, 7, 256), new DataType.Decimal(256, 50, 7)),
            of(new ArrowType.Date(DateUnit.DAY), new DataType.Date(32)),
            of(new ArrowType.Date(DateUnit.MILLISECOND), new DataType.Date(64)),
            of(new ArrowType.FixedSizeBinary(5), new DataType.FixedSizeBinary(5)),
            of(new ArrowType.Utf8(), new DataType.Utf8(false)),
            of(new ArrowType.LargeUtf8(), new DataType.Utf8(true)),
            of(new ArrowType.Binary(), new DataType.Binary(false)),
            of(new ArrowType.LargeBinary(), new DataType.Binary(true)));
    List<Case> flat = Stream.of(integers, others, timed).flatMap(cases -> cases).toList();
    Stream<Case> lists =
        flat.stream()
            .filter(item -> item.type() instanceof DataType.FixedWidth)
            .map(
                item ->
                    of(
                        new ArrowType.FixedSizeList(3),
                        new DataType.FixedSizeList(Field.nullable(ITEM, item.type()), 3),
                        item.field()));
    return Stream.concat(flat.stream(), lists);
  }

  private static Case of(
      ArrowType theirs, DataType ours, org.apache.arrow.vector.types.pojo.Field... children) {
    return new Case(field("c", theirs, children), ours);
  }

  private static org.apache.arrow.vector.types.pojo.Field field(
      String name, ArrowType type, org.apache.arrow.vector.types.pojo.Field... children) {
    return new org.apache.arrow.vector.types.pojo.Field(
        name, FieldType.nullable(type), List.of(children));
  }

  @ParameterizedTest
  @MethodSource
  void imports(Case wanted) {
    try (FieldVector vector = wanted.field().createVector(allocator)) {
      fill(vector, ROWS);
      assertImported(vector, ROWS, wanted.type());
    }
    assertEquals(0, allocator.getAllocatedMemory());
    try (FieldVector vector = wanted.field().createVector(allocator)) {
      assertImported(vector, 0, wanted.type());
    }
  }

  private void assertImported(FieldVector vector, int rows, DataType type) {
    Schema expected = Schema.of(Field.nullable("c", type));
    try (var array = org.apache.arrow.c.ArrowArray.allocateNew(allocator);
        var schema = org.apache.arrow.c.ArrowSchema.allocateNew(allocator)) {
      VectorSchemaRoot root = new VectorSchemaRoot(List.of(vector));
      root.setRowCount(rows);
      Data.exportVectorSchemaRoot(allocator, root, null, array, schema);
      assertEquals(expected, ArrowSchemas.read(schema.memoryAddress()));
      ArrowSchemas.release(schema.memoryAddress());
      try (ImportedBatch imported =
          Imports.take(array.memoryAddress(), expected, ArrowJavaTest::all)) {
        assertEquals(rows, imported.batch().rows());
        assertSame(vector, imported.batch().columns().getFirst());
      }
    }
  }

  @Test
  void keepsTheMemoryUntilTheBatchIsClosed() {
    Schema expected = Schema.of(Field.nullable("c", new DataType.Int(32, true)));
    ImportedBatch imported;
    int row;
    byte[] first;
    try (FieldVector vector = field("c", new ArrowType.Int(32, true)).createVector(allocator);
        var array = org.apache.arrow.c.ArrowArray.allocateNew(allocator)) {
      fill(vector, ROWS);
      row = firstValue(vector);
      first = bytes(vector, row);
      VectorSchemaRoot root = new VectorSchemaRoot(List.of(vector));
      Data.exportVectorSchemaRoot(allocator, root, null, array);
      imported = Imports.take(array.memoryAddress(), expected, ArrowJavaTest::all);
    }
    assertTrue(allocator.getAllocatedMemory() > 0);
    Column column = imported.batch().columns().getFirst();
    assertArrayEquals(first, Values.bytes(column, row));
    imported.close();
    assertEquals(0, allocator.getAllocatedMemory());
  }

  static Stream<Case> refuses() {
    var item = field(ITEM, new ArrowType.Utf8());
    Field ourItem = Field.nullable(ITEM, new DataType.Utf8(false));
    return Stream.of(
        of(new ArrowType.List(), new DataType.ListOf(ourItem, false), item),
        of(new ArrowType.LargeList(), new DataType.ListOf(ourItem, true), item),
        of(new ArrowType.FixedSizeList(2), new DataType.FixedSizeList(ourItem, 2), item),
        of(new ArrowType.Struct(), new DataType.Struct(List.of(ourItem)), item),
        of(new ArrowType.Utf8View(), new DataType.Unsupported("utf8_view")),
        of(new ArrowType.BinaryView(), new DataType.Unsupported("binary_view")),
        of(
            new ArrowType.Interval(IntervalUnit.YEAR_MONTH),
            new DataType.Unsupported("interval[month]")),
        of(
            new ArrowType.Interval(IntervalUnit.DAY_TIME),
            new DataType.Unsupported("interval[day_time]")),
        of(
            new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO),
            new DataType.Unsupported("interval[month_day_nano]")),
        of(
            new ArrowType.Union(UnionMode.Sparse, new int[] {0}),
            new DataType.Unsupported("sparse_union"),
            item),
        of(
            new ArrowType.Union(UnionMode.Dense, new int[] {0}),
            new DataType.Unsupported("dense_union"),
            item));
  }

  @ParameterizedTest
  @MethodSource
  void refuses(Case unwanted) {
    try (FieldVector vector = unwanted.field().createVector(allocator)) {
      vector.allocateNew();
      vector.setValueCount(3);
      assertRefused(vector, null, unwanted.type());
    }
  }

  @Test
  void refusesADictionary() {
    DictionaryEncoding encoding = new DictionaryEncoding(1, true, new ArrowType.Int(16, true));
    FieldType type = new FieldType(true, new ArrowType.Int(16, true), encoding);
    var indices = new org.apache.arrow.vector.types.pojo.Field("c", type, List.of());
    try (FieldVector vector = indices.createVector(allocator);
        FieldVector values = field("values", new ArrowType.Utf8()).createVector(allocator)) {
      fill(vector, 3);
      fill(values, 3);
      DictionaryProvider provider =
          new DictionaryProvider.MapDictionaryProvider(new Dictionary(values, encoding));
      assertRefused(
          vector,
          provider,
          new DataType.Dictionary(new DataType.Int(16, true), new DataType.Utf8(false), true));
    }
  }

  private void assertRefused(FieldVector vector, DictionaryProvider provider, DataType type) {
    Schema expected = Schema.of(Field.nullable("c", type));
    try (var array = org.apache.arrow.c.ArrowArray.allocateNew(allocator);
        var schema = org.apache.arrow.c.ArrowSchema.allocateNew(allocator)) {
      VectorSchemaRoot root = new VectorSchemaRoot(List.of(vector));
      Data.exportVectorSchemaRoot(allocator, root, provider, array, schema);
      assertEquals(expected, ArrowSchemas.read(schema.memoryAddress()));
      ArrowSchemas.release(schema.memoryAddress());
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () -> Imports.take(array.memoryAddress(), expected, ArrowJavaTest::all));
      String prefix = "column 'c' (" + type + "): this type cannot be imported";
      assertTrue(e.getMessage().startsWith(prefix), e.getMessage());
    }
  }

  @Test
  void readsMetadataAndNullability() {
    var theirs =
        new org.apache.arrow.vector.types.pojo.Schema(
            List.of(
                new org.apache.arrow.vector.types.pojo.Field(
                    "é",
                    new FieldType(false, new ArrowType.Utf8(), null, Map.of("k", "v", "l", "")),
                    List.of())),
            Map.of("origin", "Zürich"));
    Field ours = new Field("é", new DataType.Utf8(false), false, Map.of("k", "v", "l", ""));
    try (var schema = org.apache.arrow.c.ArrowSchema.allocateNew(allocator)) {
      Data.exportSchema(allocator, theirs, null, schema);
      assertEquals(
          new Schema(List.of(ours), Map.of("origin", "Zürich")),
          ArrowSchemas.read(schema.memoryAddress()));
      ArrowSchemas.release(schema.memoryAddress());
    }
  }

  @Test
  void importsAStreamOfRealData() throws IOException {
    Path file = Path.of("testdata/real/flights-200k.arrow");
    try (ArrowFileReader expected = new ArrowFileReader(Files.newByteChannel(file), allocator);
        ArrowFileReader exported = new ArrowFileReader(Files.newByteChannel(file), allocator);
        var struct = org.apache.arrow.c.ArrowArrayStream.allocateNew(allocator)) {
      Data.exportArrayStream(allocator, exported, struct);
      try (ImportedStream stream = ImportedStream.take(struct.memoryAddress())) {
        long rows = 0;
        while (expected.loadNextBatch()) {
          try (ImportedBatch imported = stream.next(ArrowJavaTest::all)) {
            List<FieldVector> vectors = expected.getVectorSchemaRoot().getFieldVectors();
            for (int i = 0; i < vectors.size(); i++) {
              assertSame(vectors.get(i), imported.batch().columns().get(i));
            }
            rows += imported.batch().rows();
          }
        }
        assertEquals(200_000, rows);
        assertNull(stream.next(ArrowJavaTest::all));
      }
    }
  }

  private void fill(FieldVector vector, int rows) {
    vector.setInitialCapacity(rows);
    vector.allocateNew();
    switch (vector) {
      case BaseFixedWidthVector fixed -> fillFixedWidth(fixed, rows);
      case BaseVariableWidthVector variable -> {
        for (int i = 0; i < rows; i++) {
          if (random.nextInt(4) > 0) {
            variable.setSafe(i, randomBytes(random.nextInt(20)));
          }
        }
      }
      case BaseLargeVariableWidthVector variable -> {
        for (int i = 0; i < rows; i++) {
          if (random.nextInt(4) > 0) {
            variable.setSafe(i, randomBytes(random.nextInt(20)));
          }
        }
      }
      case FixedSizeListVector lists -> {
        for (int i = 0; i < rows; i++) {
          if (random.nextInt(4) > 0) {
            lists.setNotNull(i);
          }
        }
        fill(lists.getDataVector(), rows * lists.getListSize());
      }
      default -> {}
    }
    vector.setValueCount(rows);
  }

  private void fillFixedWidth(BaseFixedWidthVector vector, int rows) {
    vector.getDataBuffer().setBytes(0, randomBytes((int) vector.getDataBuffer().capacity()));
    for (int i = 0; i < rows; i++) {
      BitVectorHelper.setValidityBit(vector.getValidityBuffer(), i, random.nextInt(4));
    }
  }

  private byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void assertSame(FieldVector expected, Column actual) {
    assertEquals(expected.getValueCount(), actual.length());
    assertEquals(expected.getNullCount(), actual.nullCount());
    for (int i = 0; i < expected.getValueCount(); i++) {
      int row = i;
      Supplier<String> where = () -> expected.getField() + ", row " + row + ", seed " + SEED;
      assertEquals(expected.isNull(i), actual.isNull(i), where);
      if (!expected.isNull(i)) {
        assertSameValue(expected, i, actual, where);
      }
    }
    if (expected instanceof FixedSizeListVector lists) {
      assertSame(lists.getDataVector(), ((FixedSizeListColumn) actual).items());
    }
  }

  private static void assertSameValue(
      FieldVector expected, int row, Column actual, Supplier<String> where) {
    switch (expected) {
      case BitVector bits ->
          assertEquals(bits.get(row) != 0, ((BoolColumn) actual).values().get(row), where);
      case ElementAddressableVector ignored ->
          assertArrayEquals(bytes(expected, row), Values.bytes(actual, row), where);
      default -> {}
    }
  }

  private static int firstValue(FieldVector vector) {
    int row = 0;
    while (vector.isNull(row)) {
      row++;
    }
    return row;
  }

  private static byte[] bytes(FieldVector vector, int row) {
    ArrowBufPointer pointer = ((ElementAddressableVector) vector).getDataPointer(row);
    byte[] bytes = new byte[(int) pointer.getLength()];
    if (bytes.length > 0) {
      pointer.getBuf().getBytes(pointer.getOffset(), bytes);
    }
    return bytes;
  }

  private static boolean all(Field field) {
    return true;
  }
}
