package dev.lancewright.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Batch;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.BatchList;
import dev.lancewright.testing.Nulls;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.Relocation;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.c.CDataDictionaryProvider;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What arrow-java reads of our exports. Its allocator is empty once it has released them. */
class ArrowJavaExportTest {
  private static final long SEED = 19;

  /** Vectors of arrow-java divide by the width of binaries. */
  static final List<DataType> TYPES =
      ArrowExportTest.TYPES.stream()
          .filter(type -> !type.toString().contains("fixed_size_binary[0]"))
          .toList();

  private static final Schema SCHEMA = schemaOfAll();

  private final Arena arena = Arena.ofShared();
  private final BufferAllocator allocator = new RootAllocator();
  private final AtomicInteger released = new AtomicInteger();

  /** Fails when anything is still allocated. */
  @AfterEach
  void close() {
    allocator.close();
    arena.close();
  }

  private static Schema schemaOfAll() {
    Field[] fields = new Field[TYPES.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = Field.nullable("c" + i, TYPES.get(i));
    }
    return Schema.of(fields);
  }

  @ParameterizedTest
  @FieldSource("TYPES")
  void arraysOfEveryType(DataType type) {
    for (boolean nullable : new boolean[] {false, true}) {
      Schema schema = RandomBatches.schemaOf(type, nullable);
      for (RandomColumns.Form form : RandomColumns.Form.values()) {
        for (int rows : new int[] {0, 1, 70}) {
          Batch batch = new RandomColumns(SEED, Nulls.SOME, form, false).batch(schema, rows, arena);
          assertRead(batch);
          assertRead(Relocation.toHeap().of(batch));
          assertRead(Relocation.to(4, arena).of(batch));
        }
      }
    }
  }

  private void assertRead(Batch batch) {
    released.set(0);
    try (var array = org.apache.arrow.c.ArrowArray.allocateNew(allocator);
        var schema = org.apache.arrow.c.ArrowSchema.allocateNew(allocator);
        CDataDictionaryProvider dictionaries = new CDataDictionaryProvider()) {
      ArrowExport.exportSchema(batch.schema(), schema.memoryAddress());
      ArrowExport.exportBatch(
          new OwnedBatch(batch, released::incrementAndGet), array.memoryAddress());
      try (VectorSchemaRoot root =
          Data.importVectorSchemaRoot(allocator, array, schema, dictionaries)) {
        assertSame(batch, root, dictionaries);
      }
    }
    assertEquals(1, released.get());
    assertEquals(0, allocator.getAllocatedMemory());
  }

  private static void assertSame(
      Batch expected, VectorSchemaRoot actual, DictionaryProvider dictionaries) {
    assertEquals(expected.rows(), actual.getRowCount());
    for (int i = 0; i < expected.columns().size(); i++) {
      FieldVector vector = actual.getVector(i);
      Field field = expected.schema().fields().get(i);
      assertEquals(field.name(), vector.getName());
      boolean nullable = field.nullable() || field.type() instanceof DataType.Null;
      assertEquals(nullable, vector.getField().isNullable());
      assertEquals(
          Values.of(expected.columns().get(i)),
          ArrowJavaValues.of(vector, dictionaries),
          () -> field + ", seed " + SEED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void streams(RandomColumns.Form form) throws IOException {
    List<Batch> batches =
        new RandomColumns(SEED, Nulls.SOME, form, true)
            .batches(SCHEMA, List.of(30, 0, 1, 50), arena);
    BatchList source = new BatchList(SCHEMA, batches);
    try (ArrowReader reader = read(source)) {
      for (int i = 0; i < batches.size(); i++) {
        assertTrue(reader.loadNextBatch());
        assertSame(batches.get(i), reader.getVectorSchemaRoot(), reader);
        assertEquals(i, source.released());
      }
      assertFalse(reader.loadNextBatch());
      assertFalse(reader.loadNextBatch());
    }
    assertEquals(4, source.released());
    assertEquals(1, source.closed());
  }

  @Test
  void aStreamThatIsReadInPartIsClosed() throws IOException {
    Batch batch =
        new RandomColumns(SEED, Nulls.SOME, RandomColumns.Form.PLAIN, false)
            .batch(SCHEMA, 10, arena);
    BatchList source = new BatchList(SCHEMA, List.of(batch, batch, batch));
    try (ArrowReader reader = read(source)) {
      assertTrue(reader.loadNextBatch());
    }
    assertEquals(1, source.given());
    assertEquals(1, source.released());
    assertEquals(1, source.closed());
  }

  @Test
  void errorsOfASourceArrive() throws IOException {
    BatchList source =
        new BatchList(SCHEMA, List.of()) {
          @Override
          public OwnedBatch next() {
            throw new IllegalStateException("disk on fire");
          }
        };
    try (ArrowReader reader = read(source)) {
      IOException e = assertThrows(IOException.class, reader::loadNextBatch);
      assertTrue(e.getMessage().contains("disk on fire"), e.getMessage());
    }
    assertEquals(1, source.closed());
  }

  private ArrowReader read(BatchList source) {
    try (var stream = org.apache.arrow.c.ArrowArrayStream.allocateNew(allocator)) {
      ArrowExport.exportStream(source, stream.memoryAddress());
      return Data.importArrayStream(allocator, stream);
    }
  }
}
