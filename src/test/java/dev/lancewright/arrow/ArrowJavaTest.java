package dev.lancewright.arrow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Column;
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
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.BaseRepeatedValueVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.LargeListViewVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.complex.StructVector;
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
  record Case(org.apache.arrow.vector.types.pojo.Field field, ArrayLayout layout) {
    @Override
    public String toString() {
      return layout.toString();
    }

    private DataType type() {
      return layout.type();
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
                      of(new ArrowType.Timestamp(theirs, null), DataType.timestamp(unit)),
                      of(
                          new ArrowType.Timestamp(theirs, "Europe/Paris"),
                          DataType.timestamp(unit, "Europe/Paris")),
                      of(new ArrowType.Duration(theirs), DataType.duration(unit)));
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
            of(new ArrowType.Null(), DataType.nullType()),
            of(new ArrowType.Bool(), DataType.bool()),
            of(new ArrowType.FloatingPoint(FloatingPointPrecision.HALF), DataType.float16()),
            of(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE), DataType.float32()),
            of(new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), DataType.float64()),
            of(new ArrowType.Decimal(20, 3, 128), DataType.decimal128(20, 3)),
            of(new ArrowType.Decimal(50, 7, 256), DataType.decimal256(50, 7)),
            of(new ArrowType.Date(DateUnit.DAY), DataType.date32()),
            of(new ArrowType.Date(DateUnit.MILLISECOND), DataType.date64()),
            of(new ArrowType.FixedSizeBinary(5), DataType.fixedSizeBinary(5)),
            of(new ArrowType.Utf8(), DataType.utf8()),
            of(new ArrowType.LargeUtf8(), DataType.largeUtf8()),
            of(new ArrowType.Binary(), DataType.binary()),
            of(new ArrowType.LargeBinary(), DataType.largeBinary()));
    List<Case> flat = Stream.of(integers, others, timed).flatMap(cases -> cases).toList();
    List<Case> views =
        List.of(
            new Case(field("c", new ArrowType.Utf8View()), Types.UTF8_VIEW),
            new Case(field("c", new ArrowType.BinaryView()), Types.BINARY_VIEW));
    Stream<Case> triples =
        flat.stream()
            .filter(item -> item.type() instanceof DataType.FixedWidth)
            .map(ArrowJavaTest::triple);
    List<Case> lists =
        Stream.of(
                of(new ArrowType.Null(), DataType.nullType()),
                of(new ArrowType.Bool(), DataType.bool()),
                of(new ArrowType.Int(32, true), Types.INT32),
                of(new ArrowType.Utf8(), Types.UTF8),
                views.getFirst())
            .flatMap(ArrowJavaTest::lists)
            .toList();
    List<Case> structs =
        Stream.of(views, lists).flatMap(List::stream).map(c -> struct(c, c)).toList();
    Case keys = new Case(field("key", new ArrowType.Utf8(), false), ArrayLayout.of(Types.UTF8));
    Stream<Case> maps = Stream.of(views.getFirst(), structs.getFirst()).map(c -> map(keys, c));
    Stream<Case> deep = structs.stream().limit(10).flatMap(ArrowJavaTest::lists);
    return Stream.of(
            flat.stream(), triples, views.stream(), lists.stream(), structs.stream(), maps, deep)
        .flatMap(cases -> cases);
  }

  /** All kinds of lists of what another case is. */
  private static Stream<Case> lists(Case items) {
    Field item = Field.nullable(ITEM, items.type());
    DataType list = DataType.list(item);
    DataType large = DataType.largeList(item);
    return Stream.of(
        listOf(new ArrowType.List(), list, ArrayLayout.Form.AS_TYPE, items),
        listOf(new ArrowType.LargeList(), large, ArrayLayout.Form.AS_TYPE, items),
        triple(items),
        listOf(new ArrowType.ListView(), list, ArrayLayout.Form.VIEWS, items),
        listOf(new ArrowType.LargeListView(), large, ArrayLayout.Form.VIEWS, items));
  }

  private static Case triple(Case items) {
    DataType type = DataType.fixedSizeList(Field.nullable(ITEM, items.type()), 3);
    return listOf(new ArrowType.FixedSizeList(3), type, ArrayLayout.Form.AS_TYPE, items);
  }

  private static Case listOf(ArrowType theirs, DataType ours, ArrayLayout.Form form, Case items) {
    return new Case(
        field("c", theirs, items.field()), ArrayLayout.of(ours, form, List.of(items.layout())));
  }

  private static Case struct(Case first, Case second) {
    ArrayLayout layout = Types.struct(first.layout(), second.layout());
    return new Case(
        field("c", new ArrowType.Struct(), named("m0", first), named("m1", second)), layout);
  }

  private static Case map(Case keys, Case values) {
    var key = field("key", keys.field().getType(), false);
    var entries = field("entries", new ArrowType.Struct(), false, key, named("value", values));
    return new Case(
        field("c", new ArrowType.Map(false), entries), Types.map(keys.layout(), values.layout()));
  }

  private static org.apache.arrow.vector.types.pojo.Field named(String name, Case c) {
    return new org.apache.arrow.vector.types.pojo.Field(
        name, c.field().getFieldType(), c.field().getChildren());
  }

  private static Case of(
      ArrowType theirs, DataType ours, org.apache.arrow.vector.types.pojo.Field... children) {
    return new Case(field("c", theirs, children), ArrayLayout.of(ours));
  }

  private static org.apache.arrow.vector.types.pojo.Field field(
      String name, ArrowType type, org.apache.arrow.vector.types.pojo.Field... children) {
    return field(name, type, true, children);
  }

  private static org.apache.arrow.vector.types.pojo.Field field(
      String name,
      ArrowType type,
      boolean nullable,
      org.apache.arrow.vector.types.pojo.Field... children) {
    return new org.apache.arrow.vector.types.pojo.Field(
        name, new FieldType(nullable, type, null), List.of(children));
  }

  @ParameterizedTest
  @MethodSource
  void imports(Case wanted) {
    try (FieldVector vector = wanted.field().createVector(allocator)) {
      fill(vector, ROWS);
      assertImported(vector, null, wanted.layout());
    }
    assertEquals(0, allocator.getAllocatedMemory());
    try (FieldVector vector = wanted.field().createVector(allocator)) {
      vector.allocateNew();
      vector.setValueCount(0);
      assertImported(vector, null, wanted.layout());
    }
  }

  private void assertImported(FieldVector vector, DictionaryProvider provider, ArrayLayout layout) {
    boolean nullable = vector.getField().isNullable();
    Schema expected = RandomBatches.schemaOf(layout.type(), nullable);
    int rows = vector.getValueCount();
    try (var array = org.apache.arrow.c.ArrowArray.allocateNew(allocator);
        var schema = org.apache.arrow.c.ArrowSchema.allocateNew(allocator);
        ImportMemory memory = new ImportMemory()) {
      VectorSchemaRoot root = new VectorSchemaRoot(List.of(vector));
      root.setRowCount(rows);
      Data.exportVectorSchemaRoot(allocator, root, provider, array, schema);
      ImportSchema read = ImportSchema.read(schema.memoryAddress());
      ArrowSchemas.release(schema.memoryAddress());
      assertEquals(expected, read.schema());
      assertEquals(layout, read.layout().child());
      try (ImportedBatch imported =
          ImportedBatch.take(array.memoryAddress(), read, Imports::all, memory)) {
        assertEquals(rows, imported.batch().rows());
        assertSame(vector, provider, imported.batch().columns().getFirst());
      }
    }
  }

  @Test
  void importsRunEndEncodedText() {
    var ends = field("run_ends", new ArrowType.Int(32, true), false);
    var values = field("values", new ArrowType.Utf8());
    var runs = field("c", new ArrowType.RunEndEncoded(), false, ends, values);
    try (RunEndEncodedVector vector = (RunEndEncodedVector) runs.createVector(allocator)) {
      int end = 0;
      IntVector endsVector = (IntVector) vector.getRunEndsVector();
      fill(vector.getValuesVector(), ROWS);
      endsVector.allocateNew(ROWS);
      for (int i = 0; i < ROWS; i++) {
        end += 1 + random.nextInt(4);
        endsVector.set(i, end);
      }
      endsVector.setValueCount(ROWS);
      vector.setValueCount(end);
      assertImported(vector, null, Types.runs(32, ArrayLayout.of(Types.UTF8)));
    }
  }

  @Test
  void importsADictionary() {
    DictionaryEncoding encoding = new DictionaryEncoding(1, true, new ArrowType.Int(16, true));
    FieldType type = new FieldType(true, new ArrowType.Int(16, true), encoding);
    var indices = new org.apache.arrow.vector.types.pojo.Field("c", type, List.of());
    for (Case values :
        List.of(
            of(new ArrowType.Utf8(), Types.UTF8),
            new Case(field("v", new ArrowType.Utf8View()), Types.UTF8_VIEW))) {
      try (SmallIntVector vector = (SmallIntVector) indices.createVector(allocator);
          FieldVector dictionary = values.field().createVector(allocator)) {
        fill(dictionary, ROWS);
        vector.allocateNew(ROWS);
        for (int i = 0; i < ROWS; i++) {
          vector.set(i, random.nextInt(4) > 0 ? 1 : 0, (short) random.nextInt(ROWS));
        }
        vector.setValueCount(ROWS);
        DictionaryProvider provider =
            new DictionaryProvider.MapDictionaryProvider(new Dictionary(dictionary, encoding));
        DataType ours = DataType.orderedDictionary(DataType.int16(), values.type());
        ArrayLayout layout =
            ArrayLayout.of(ours, ArrayLayout.Form.AS_TYPE, List.of(values.layout()));
        assertImported(vector, provider, layout);
      }
    }
  }

  @Test
  void keepsTheMemoryUntilTheBatchIsClosed() {
    Schema expected = Schema.of(Field.nullable("c", DataType.int32()));
    ImportedBatch imported;
    int row;
    byte[] first;
    try (FieldVector vector = field("c", new ArrowType.Int(32, true)).createVector(allocator);
        var array = org.apache.arrow.c.ArrowArray.allocateNew(allocator)) {
      fill(vector, ROWS);
      row = firstValue(vector);
      first = ArrowJavaValues.bytes(vector, row);
      VectorSchemaRoot root = new VectorSchemaRoot(List.of(vector));
      Data.exportVectorSchemaRoot(allocator, root, null, array);
      imported = Imports.take(array.memoryAddress(), expected, Imports::all);
    }
    assertTrue(allocator.getAllocatedMemory() > 0);
    Column column = imported.batch().columns().getFirst();
    assertArrayEquals(first, Values.bytes(column, row));
    imported.close();
    assertEquals(0, allocator.getAllocatedMemory());
  }

  static Stream<Case> refuses() {
    var item = field(ITEM, new ArrowType.Utf8());
    return Stream.of(
        of(
            new ArrowType.Interval(IntervalUnit.YEAR_MONTH),
            new DataType.Unsupported("month_interval")),
        of(
            new ArrowType.Interval(IntervalUnit.DAY_TIME),
            new DataType.Unsupported("day_time_interval")),
        of(
            new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO),
            new DataType.Unsupported("month_day_nano_interval")),
        of(
            new ArrowType.Union(UnionMode.Sparse, new int[] {0}),
            new DataType.Unsupported("sparse_union<" + ITEM + ": utf8>"),
            item),
        of(
            new ArrowType.Union(UnionMode.Dense, new int[] {0}),
            new DataType.Unsupported("dense_union<" + ITEM + ": utf8>"),
            item));
  }

  @ParameterizedTest
  @MethodSource
  void refuses(Case unwanted) {
    Schema expected = Schema.of(Field.nullable("c", unwanted.type()));
    try (FieldVector vector = unwanted.field().createVector(allocator);
        var array = org.apache.arrow.c.ArrowArray.allocateNew(allocator);
        var schema = org.apache.arrow.c.ArrowSchema.allocateNew(allocator)) {
      vector.allocateNew();
      vector.setValueCount(3);
      VectorSchemaRoot root = new VectorSchemaRoot(List.of(vector));
      Data.exportVectorSchemaRoot(allocator, root, null, array, schema);
      assertEquals(expected, ArrowSchemas.read(schema.memoryAddress()));
      ArrowSchemas.release(schema.memoryAddress());
      Exception e =
          assertThrows(
              IllegalArgumentException.class,
              () -> Imports.take(array.memoryAddress(), expected, Imports::all));
      String prefix = "column 'c' (" + unwanted.type() + "): this type cannot be imported";
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
    Field ours = new Field("é", DataType.utf8(), false, Map.of("k", "v", "l", ""));
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
          try (ImportedBatch imported = stream.next(Imports::all)) {
            List<FieldVector> vectors = expected.getVectorSchemaRoot().getFieldVectors();
            for (int i = 0; i < vectors.size(); i++) {
              assertSame(vectors.get(i), exported, imported.batch().columns().get(i));
            }
            rows += imported.batch().rows();
          }
        }
        assertEquals(200_000, rows);
        assertNull(stream.next(Imports::all));
      }
    }
  }

  private void fill(FieldVector vector, int rows) {
    vector.setInitialCapacity(rows);
    vector.allocateNew();
    switch (vector) {
      case BaseFixedWidthVector fixed -> fillFixedWidth(fixed, rows);
      case VariableWidthFieldVector strings -> {
        for (int i = 0; i < rows; i++) {
          if (random.nextInt(4) > 0) {
            strings.setSafe(i, randomBytes(random.nextInt(30)));
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
      case ListVector lists -> {
        int items = fillLists(rows, lists::startNewValue, lists::endValue);
        fill(lists.getDataVector(), items);
      }
      case LargeListVector lists -> {
        int items = fillLists(rows, lists::startNewValue, lists::endValue);
        fill(lists.getDataVector(), items);
      }
      case ListViewVector lists -> {
        int items = fillLists(rows, lists::startNewValue, lists::endValue);
        fill(lists.getDataVector(), items);
      }
      case LargeListViewVector lists -> {
        int items = fillLists(rows, lists::startNewValue, lists::endValue);
        fill(lists.getDataVector(), items);
      }
      case StructVector structs -> {
        boolean entries = structs.getField().getName().equals("entries");
        for (int i = 0; i < rows; i++) {
          if (entries || random.nextInt(4) > 0) {
            structs.setIndexDefined(i);
          }
        }
        structs.getChildrenFromFields().forEach(child -> fill(child, rows));
      }
      default -> {}
    }
    vector.setValueCount(rows);
  }

  /**
   * @return items in all
   */
  private int fillLists(int rows, IntConsumer start, IntBinaryConsumer end) {
    int items = 0;
    for (int i = 0; i < rows; i++) {
      if (random.nextInt(4) > 0) {
        int length = random.nextInt(4);
        start.accept(i);
        end.accept(i, length);
        items += length;
      }
    }
    return items;
  }

  /** Takes a row and a number. */
  private interface IntBinaryConsumer {
    void accept(int row, int number);
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

  private static void assertSame(FieldVector expected, DictionaryProvider provider, Column actual) {
    assertEquals(
        ArrowJavaValues.of(expected, provider),
        Values.of(actual),
        () -> expected.getField() + ", seed " + SEED);
  }

  private static int firstValue(FieldVector vector) {
    int row = 0;
    while (vector.isNull(row)) {
      row++;
    }
    return row;
  }
}
