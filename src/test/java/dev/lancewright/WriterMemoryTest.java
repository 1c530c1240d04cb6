package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Batch;
import dev.lancewright.io.MemorySink;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.Nulls;
import dev.lancewright.testing.RandomColumns;
import java.io.IOException;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class WriterMemoryTest {
  @Test
  void keepsMemoryForTheNextWriterAndGivesItUp() throws IOException {
    long before = WriterMemory.maxIdleBytes();
    try (Arena arena = Arena.ofConfined()) {
      WriterMemory.setMaxIdleBytes(0);
      assertEquals(0, WriterMemory.idleBytes());
      WriterMemory.setMaxIdleBytes(64 << 20);
      Schema schema = Schema.of(Field.nullable("i", DataType.int64()));
      Batch batch =
          new RandomColumns(1, Nulls.SOME, RandomColumns.Form.PLAIN, false)
              .batch(schema, 100_000, arena);
      write(batch);
      long kept = WriterMemory.idleBytes();
      assertTrue(kept > 800_000 && kept < 8 << 20, kept + " bytes");
      write(batch);
      assertEquals(kept, WriterMemory.idleBytes());
      WriterMemory.setMaxIdleBytes(0);
      assertEquals(0, WriterMemory.idleBytes());
    } finally {
      WriterMemory.setMaxIdleBytes(before);
    }
  }

  private static void write(Batch batch) throws IOException {
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = LanceWriter.builder(batch.schema()).create(sink)) {
      writer.write(batch);
      writer.finish();
    }
  }
}
