package dev.lancewright.arrow;

import static dev.lancewright.arrow.ArrowProducer.peek;
import static dev.lancewright.arrow.ArrowProducer.poke;
import static dev.lancewright.arrow.ArrowProducer.slot;
import static dev.lancewright.arrow.RandomBatches.assertSame;
import static dev.lancewright.arrow.RandomBatches.schemaOf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.arrow.ArrowProducer.Shape;
import dev.lancewright.column.Batch;
import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.internal.cdata.ArrowSchema;
import dev.lancewright.internal.cdata.Callbacks;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.Nulls;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.Relocation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exported batches, mostly read by our own import. */
class ArrowExportTest {
  private static final StructLayout LAYOUT = ArrowArray.LAYOUT;
  private static final long SEED = 13;
  private static final DataType LIST = DataType.list(Field.nullable("item", Types.INT32));

  private final Arena arena = Arena.ofShared();
  private final AtomicInteger released = new AtomicInteger();

  @AfterEach
  void close() {
    arena.close();
  }

  /** Random columns cannot be of dictionaries of nulls; those come from an import. */
  static final List<DataType> TYPES =
      Stream.concat(Types.FLAT.stream(), Types.NESTED.stream())
          .filter(type -> !type.toString().startsWith("dictionary<null"))
          .toList();

  @ParameterizedTest
  @FieldSource("TYPES")
  void everyTypeComesBack(DataType type) {
    for (boolean nullable : new boolean[] {false, true}) {
      for (RandomColumns.Form form : RandomColumns.Form.values()) {
        for (int rows : new int[] {0, 1, 70}) {
          Batch batch =
              new RandomColumns(SEED, Nulls.SOME, form, false)
                  .batch(schemaOf(type, nullable), rows, arena);
          String where = "%s, %d rows, seed %d".formatted(form, rows, SEED);
          assertComesBack(batch, where);
          assertComesBack(Relocation.toHeap().of(batch), where + ", on the heap");
          assertComesBack(Relocation.to(1, arena).of(batch), where + ", at 1 of 64");
          assertComesBack(Relocation.to(8, arena).of(batch), where + ", at 8 of 64");
        }
      }
    }
  }

  private void assertComesBack(Batch batch, String where) {
    long schemaAddress = arena.allocate(ArrowSchema.LAYOUT).address();
    ArrowExport.exportSchema(batch.schema(), schemaAddress);
    Schema schema = ArrowSchemas.read(schemaAddress);
    assertEquals(batch.schema(), schema, where);
    ArrowSchemas.release(schemaAddress);
    released.set(0);
    long address = export(batch);
    for (int i = 0; i < batch.columns().size(); i++) {
      assertReadable(child(address, i), batch.columns().get(i), where);
    }
    try (ImportedBatch imported = Imports.take(address, schema, Imports::all)) {
      assertSame(batch, imported.batch(), where);
      assertEquals(0, released.get(), where);
    }
    assertEquals(1, released.get(), where);
  }

  /** Nothing is NULL or at an odd place, not even where there is nothing to read. */
  private static void assertReadable(long array, Column column, String where) {
    boolean isNullType = column.type() instanceof DataType.Null;
    long buffers = peek(array, LAYOUT, "n_buffers");
    long nulls = peek(array, LAYOUT, "null_count");
    if (!isNullType) {
      boolean[] missing = new boolean[(int) buffers];
      missing[0] = nulls == 0;
      for (int i = 0; i < buffers; i++) {
        assertEquals(missing[i], buffer(array, i) == 0, where + ", buffer " + i);
      }
    }
    if (buffers > 1) {
      int alignment =
          switch (column) {
            case FixedWidthColumn fixed when fixed.type() instanceof DataType.FixedSizeBinary -> 1;
            case FixedWidthColumn fixed -> Math.min(16, fixed.type().byteWidth());
            case VariableWidthColumn strings -> strings.type().offsetWidth();
            case ListColumn lists -> lists.offsetWidth();
            case DictionaryColumn rows -> rows.indexWidth();
            default -> 1;
          };
      assertEquals(0, buffer(array, 1) % alignment, where);
    }
    if (column instanceof ListColumn lists) {
      assertReadable(child(array, 0), lists.items(), where);
    }
  }

  /** Imported columns start at any bit and address. */
  @ParameterizedTest
  @FieldSource("dev.lancewright.arrow.ImportedBatchTest#SHAPES")
  void whatWasImportedIsExported(Shape shape) {
    RandomRows random = new RandomRows(SEED);
    try (ArrowProducer producer = new ArrowProducer();
        ImportMemory memory = new ImportMemory()) {
      for (ArrayLayout layout : Types.LAYOUTS) {
        ImportSchema schema = schemaOf(layout, true);
        List<List<Object>> rows = List.of(random.rows(layout, true, 40));
        ImportedBatch imported =
            ImportedBatch.take(
                producer.array(schema, rows, 40, shape), schema, Imports::all, memory);
        long address = arena.allocate(LAYOUT).address();
        ArrowExport.exportBatch(new OwnedBatch(imported.batch(), imported::close), address);
        try (ImportedBatch again = Imports.take(address, schema.schema(), Imports::all)) {
          assertSame(rows, 40, again.batch(), layout + ", " + shape + ", seed " + SEED);
        }
      }
      producer.assertAllReleasedOnce();
    }
  }

  @Test
  void aBatchWithoutColumnsHasRows() {
    Batch batch = new Batch(Schema.of(), List.of(), 7);
    try (ImportedBatch imported = Imports.take(export(batch), Schema.of(), Imports::all)) {
      assertEquals(batch, imported.batch());
    }
    assertEquals(1, released.get());
  }

  @Test
  void buffersOfAlignedColumnsAreNotCopied() {
    MemorySegment bits = arena.allocate(16, 64);
    MemorySegment offsets = arena.allocate(64, 64).copyFrom(ints(2, 3, 3, 5));
    MemorySegment data = arena.allocate(64, 64);
    Bitmap validity = new Bitmap(bits, 16, 3);
    Batch batch =
        Batch.of(
            Schema.of(
                Field.nullable("b", DataType.bool()),
                Field.nullable("i", Types.INT32),
                Field.nullable("s", Types.UTF8),
                Field.nullable("l", LIST)),
            new BoolColumn(validity, new Bitmap(bits, 8, 3)),
            new FixedWidthColumn(DataType.int32(), 3, validity, data.asSlice(4)),
            new VariableWidthColumn(DataType.utf8(), 3, validity, offsets, data),
            new ListColumn(LIST, 3, validity, offsets, Relocation.to(4, arena).of(numbers(5))));

    long address = export(batch);

    for (int i = 0; i < 4; i++) {
      assertEquals(bits.address() + 2, buffer(child(address, i), 0), "validity of " + i);
      assertEquals(3, peek(child(address, i), LAYOUT, "null_count"));
    }
    assertEquals(bits.address() + 1, buffer(child(address, 0), 1));
    assertEquals(data.address() + 4, buffer(child(address, 1), 1));
    assertEquals(offsets.address(), buffer(child(address, 2), 1));
    assertEquals(data.address(), buffer(child(address, 2), 2));
    assertEquals(offsets.address(), buffer(child(address, 3), 1));
    release(address);
  }

  @Test
  void bitmapsWithoutANullAreLeftOut() {
    MemorySegment ones = arena.allocate(1).fill((byte) -1);
    Batch batch =
        Batch.of(
            schemaOf(Types.INT32, true),
            new FixedWidthColumn(
                DataType.int32(), 3, new Bitmap(ones, 2, 3), arena.allocate(12, 4)));

    long address = export(batch);

    assertEquals(0, buffer(child(address, 0), 0));
    assertEquals(0, peek(child(address, 0), LAYOUT, "null_count"));
    release(address);
  }

  /** The null count is that of the array, whatever its dictionary holds. */
  @Test
  void nullsOfADictionaryAreNotThoseOfItsRows() {
    DataType.Dictionary type = DataType.dictionary(Types.INT32, Types.INT32);
    Bitmap none = new Bitmap(arena.allocate(1), 0, 2);
    Column values = new FixedWidthColumn(DataType.int32(), 2, none, arena.allocate(8, 4));
    Batch batch =
        Batch.of(
            schemaOf(type, true),
            new DictionaryColumn(type, 3, null, arena.allocate(12, 4), values));

    long address = export(batch);

    assertEquals(0, peek(child(address, 0), LAYOUT, "null_count"));
    assertEquals(2, peek(peek(child(address, 0), LAYOUT, "dictionary"), LAYOUT, "null_count"));
    release(address);
  }

  /** Each slice of a column on the heap copies its own part and no more. */
  @Test
  void copiesLeaveOutWhatNoRowHas() {
    MemorySegment offsets = ints(0, 1, 3, 6);
    VariableWidthColumn strings =
        new VariableWidthColumn(
            DataType.utf8(), 3, null, offsets, MemorySegment.ofArray(new byte[6]));
    ListColumn lists = new ListColumn(LIST, 3, null, offsets, numbers(6));
    Schema schema = Schema.of(Field.nullable("s", Types.UTF8), Field.nullable("l", LIST));

    long address = export(Batch.of(schema, strings, lists).slice(1, 1));

    for (int i = 0; i < 2; i++) {
      MemorySegment copy = segment(buffer(child(address, i), 1), 8);
      assertArrayEquals(new int[] {0, 2}, copy.toArray(ValueLayout.JAVA_INT));
    }
    assertEquals(2, peek(child(child(address, 1), 0), LAYOUT, "length"));
    release(address);
  }

  @Test
  void aChildThatWasMovedOutOutlivesItsParent() {
    DataType struct = DataType.struct(Field.nullable("x", Types.INT32), Field.nullable("y", LIST));
    Schema schema = Schema.of(Field.required("a", Types.INT32), Field.nullable("s", struct));
    Batch batch =
        Relocation.toHeap()
            .of(
                new RandomColumns(SEED, Nulls.SOME, RandomColumns.Form.SLICED, false)
                    .batch(schema, 50, arena));
    long address = export(batch);
    long moved = move(child(child(address, 1), 1));

    release(address);

    assertEquals(0, released.get());
    long wrapped = wrap(moved);
    Column expected = ((StructColumn) batch.columns().get(1)).children().get(1);
    try (ImportedBatch imported = Imports.take(wrapped, schemaOf(LIST, true), Imports::all)) {
      assertEquals(Values.of(expected), Values.of(imported.batch().columns().getFirst()));
    }
    assertEquals(0, released.get());
    release(moved);
    assertEquals(1, released.get());
  }

  @Test
  void aMovedChildMayBeReleasedFirst() {
    long address = export(numbersAndText());
    long moved = move(child(address, 1));

    release(moved);
    assertEquals(0, released.get());
    release(address);
    assertEquals(1, released.get());
  }

  @Test
  void aDictionaryMayBeMovedOut() {
    DataType type = DataType.dictionary(Types.INT32, Types.UTF8);
    Batch batch =
        new RandomColumns(SEED, Nulls.NONE, RandomColumns.Form.PLAIN, false)
            .batch(schemaOf(type, true), 10, arena);
    long address = export(batch);
    long moved = move(peek(child(address, 0), LAYOUT, "dictionary"));

    release(address);
    assertEquals(0, released.get());
    Column values = ((DictionaryColumn) batch.columns().getFirst()).values();
    try (ImportedBatch imported =
        Imports.take(wrap(moved), schemaOf(Types.UTF8, true), Imports::all)) {
      assertEquals(Values.of(values), Values.of(imported.batch().columns().getFirst()));
    }
    release(moved);
    assertEquals(1, released.get());
  }

  @Test
  void releasingTwiceDoesNothing() {
    long address = export(numbersAndText());
    long stale = copy(address);
    long staleChild = copy(child(address, 0));
    release(address);
    assertEquals(0, peek(address, LAYOUT, "release"));

    for (int i = 0; i < 3; i++) {
      release(copy(stale));
      release(copy(staleChild));
    }

    long other = export(numbersAndText());
    release(copy(stale));
    assertEquals(1, released.get());
    release(other);
    assertEquals(2, released.get());
  }

  @Test
  void aStructThatIsNotOursIsLeftAlone() {
    for (long privateData : new long[] {0, -1, 1L << 40}) {
      long address = copy(export(numbersAndText()));
      long own = peek(address, LAYOUT, "private_data");
      poke(address, LAYOUT, "private_data", privateData);
      release(copy(address));
      assertEquals(0, released.getAndSet(0));
      poke(address, LAYOUT, "private_data", own | 0xFFFFF);
      release(copy(address));
      assertEquals(0, released.getAndSet(0));
      poke(address, LAYOUT, "private_data", own);
      release(address);
      assertEquals(1, released.getAndSet(0));
    }
  }

  @Test
  void parentAndChildrenMayBeReleasedByManyThreadsAtOnce() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      released.set(0);
      long address = export(numbersAndText());
      long first = move(child(address, 0));
      long second = move(child(address, 1));
      List<Long> structs = List.of(address, copy(address), first, copy(first), second);
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> threads = new ArrayList<>();
      for (long struct : structs) {
        threads.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      await(start);
                      release(struct);
                    }));
      }
      start.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(1, released.get());
    }
  }

  @Test
  void whatReleaseThrowsStaysInJava() throws InterruptedException {
    AtomicReference<Throwable> caught = new AtomicReference<>();
    long address = arena.allocate(LAYOUT).address();
    IllegalStateException failure = new IllegalStateException("cannot give back");
    ArrowExport.exportBatch(new OwnedBatch(numbersAndText(), () -> fail(failure)), address);
    Thread thread =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((where, e) -> caught.set(e))
            .start(() -> release(address));
    thread.join();

    assertEquals(failure, caught.get());
    assertEquals(0, peek(address, LAYOUT, "release"));
  }

  @Test
  void releasingNothingStaysInJava() throws InterruptedException {
    AtomicReference<Throwable> caught = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((where, e) -> caught.set(e))
            .start(() -> Callbacks.release(ExportStubs.RELEASE_ARRAY, MemorySegment.NULL));
    thread.join();

    assertEquals(
        "the array is NULL; it must be the address of an ArrowArray", caught.get().getMessage());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0x1004})
  void aBatchIsReleasedIfThereIsNoStructToFill(long address) {
    OwnedBatch batch = new OwnedBatch(numbersAndText(), released::incrementAndGet);
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> ArrowExport.exportBatch(batch, address));
    assertTrue(e.getMessage().endsWith("it must be the address of an ArrowArray"), e.getMessage());
    assertEquals(1, released.get());
  }

  @Test
  void aBatchIsReleasedIfItsOffsetsAreWrong() {
    VariableWidthColumn tooFar =
        new VariableWidthColumn(DataType.utf8(), 1, null, ints(0, 9), arena.allocate(8));
    ListColumn decreasing = new ListColumn(LIST, 1, null, ints(2, 1), numbers(5));
    ListColumn negative = new ListColumn(LIST, 1, null, ints(-1, 1), numbers(5));

    assertRefused("column 'c' (utf8): the offsets go from 0 to 9, but there are 8 bytes", tooFar);
    assertRefused(
        "column 'c' (list<int32>): the offsets go from 2 to 1, but there are 5 items", decreasing);
    assertRefused(
        "column 'c' (list<int32>): the offsets go from -1 to 1, but there are 5 items", negative);
  }

  private void assertRefused(String message, Column column) {
    MemorySegment struct = arena.allocate(LAYOUT).fill((byte) 7);
    Batch batch = Batch.of(schemaOf(column.type(), true), column);
    IllegalStateException second = new IllegalStateException();
    OwnedBatch owned =
        new OwnedBatch(
            batch,
            () -> {
              released.incrementAndGet();
              fail(second);
            });
    released.set(0);
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> ArrowExport.exportBatch(owned, struct.address()));
    assertEquals(message, e.getMessage());
    assertArrayEquals(new Throwable[] {second}, e.getSuppressed());
    assertEquals(1, released.get());
    assertEquals(-1, struct.mismatch(arena.allocate(LAYOUT).fill((byte) 7)));
  }

  private Batch numbersAndText() {
    Schema schema = Schema.of(Field.nullable("i", Types.INT32), Field.nullable("s", Types.UTF8));
    return new RandomColumns(SEED, Nulls.SOME, RandomColumns.Form.PLAIN, false)
        .batch(schema, 10, arena);
  }

  private long export(Batch batch) {
    MemorySegment struct = arena.allocate(LAYOUT).fill((byte) 7);
    ArrowExport.exportBatch(new OwnedBatch(batch, released::incrementAndGet), struct.address());
    return struct.address();
  }

  private FixedWidthColumn numbers(int count) {
    return new FixedWidthColumn(
        DataType.int32(), count, null, MemorySegment.ofArray(new int[count]));
  }

  private static MemorySegment ints(int... values) {
    return MemorySegment.ofArray(values);
  }

  /** As a consumer moves a struct. */
  private long move(long address) {
    assertNotEquals(0, peek(address, LAYOUT, "release"));
    long moved = copy(address);
    poke(address, LAYOUT, "release", 0);
    return moved;
  }

  private long copy(long address) {
    return arena.allocate(LAYOUT).copyFrom(segment(address, LAYOUT.byteSize())).address();
  }

  /** A batch with an array as its only column, which it does not release. */
  private long wrap(long column) {
    long batch = arena.allocate(LAYOUT).address();
    ArrowExport.exportBatch(new OwnedBatch(new Batch(Schema.of(), List.of(), 0), () -> {}), batch);
    poke(batch, LAYOUT, "length", peek(column, LAYOUT, "length"));
    poke(batch, LAYOUT, "n_children", 1);
    poke(batch, LAYOUT, "children", arena.allocateFrom(ValueLayout.JAVA_LONG, column).address());
    return batch;
  }

  private static void release(long address) {
    MemorySegment callback = MemorySegment.ofAddress(peek(address, LAYOUT, "release"));
    Callbacks.release(callback, MemorySegment.ofAddress(address));
  }

  private static long child(long array, int index) {
    return slot(array, LAYOUT, "children", index).get(ValueLayout.JAVA_LONG, 0);
  }

  private static long buffer(long array, int index) {
    return slot(array, LAYOUT, "buffers", index).get(ValueLayout.JAVA_LONG, 0);
  }

  @SuppressWarnings("restricted")
  private static MemorySegment segment(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  private static void fail(RuntimeException e) {
    throw e;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
