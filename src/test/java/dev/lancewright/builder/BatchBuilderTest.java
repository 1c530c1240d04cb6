package dev.lancewright.builder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lancewright.column.Batch;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.management.ManagementFactory;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchBuilderTest {
  private static final DataType INT64 = DataType.int64();
  private static final DataType UTF8 = DataType.utf8();
  private static final DataType BOOL = DataType.bool();
  private static final Schema SCHEMA =
      Schema.of(
          Field.nullable("id", INT64),
          Field.nullable("name", UTF8),
          Field.nullable("flag", BOOL),
          Field.nullable("nothing", DataType.nullType()));

  @Test
  void buildsABatchOfItsSchema() {
    try (BatchBuilder builder = new BatchBuilder(SCHEMA)) {
      for (int row = 0; row < 3; row++) {
        appendRow(builder, row);
      }
      Batch batch = builder.build();
      assertSame(SCHEMA, batch.schema());
      assertEquals(3, batch.rows());
      FixedWidthColumn ids = (FixedWidthColumn) batch.columns().get(0);
      assertEquals(2, ids.values().get(LittleEndian.LONG, 16));
      assertNull(ids.validity());
      BoolColumn flags = (BoolColumn) batch.columns().get(2);
      assertTrue(flags.values().get(0));
      assertFalse(flags.values().get(1));
      assertEquals(3, batch.columns().get(3).nullCount());
    }
  }

  @Test
  void handsRowsOverOnce() {
    try (BatchBuilder builder = new BatchBuilder(SCHEMA)) {
      appendRow(builder, 1);
      appendRow(builder, 2);
      Batch first = builder.build();
      assertEquals(0, builder.longs("id").length());
      assertEquals(2, first.rows());
      assertEquals(2, ids(first).values().get(LittleEndian.LONG, 8), "valid until rows come");
      assertEquals(0, builder.build().rows(), "there are no rows since the last batch");
      appendRow(builder, 3);
      Batch second = builder.build();
      assertEquals(1, second.rows());
      assertEquals(3, ids(second).values().get(LittleEndian.LONG, 0));
      assertEquals(
          ids(first).values().address(), ids(second).values().address(), "memory is used again");
    }
  }

  @Test
  void keepsRowsOfABatchThatCannotBeBuilt() {
    try (BatchBuilder builder = new BatchBuilder(SCHEMA)) {
      appendRow(builder, 0);
      builder.longs("id").append(1);
      assertThrows(IllegalStateException.class, builder::build);
      builder.strings("name").append("row 1");
      builder.booleans("flag").append(true);
      builder.nulls("nothing").appendNull();
      assertEquals(2, builder.build().rows());
    }
  }

  @Test
  void buildsBatchesWithoutRowsOrColumns() {
    try (BatchBuilder rowless = new BatchBuilder(SCHEMA);
        BatchBuilder columnless = new BatchBuilder(Schema.of())) {
      assertEquals(0, rowless.build().rows());
      assertEquals(4, rowless.build().columns().size());
      assertEquals(0, rowless.retainedBytes());
      assertEquals(0, columnless.build().rows());
    }
  }

  @Test
  void findsColumnsByIndexAndName() {
    try (BatchBuilder builder = new BatchBuilder(SCHEMA)) {
      assertSame(builder.column(1), builder.column("name"));
      assertSame(builder.column(1), builder.strings("name"));
      assertSame(SCHEMA.fields().get(1), builder.column("name").field());
      assertMessage(
          IllegalArgumentException.class,
          "there is no column 'Name'; there are [id, name, flag, nothing]",
          () -> builder.column("Name"));
      assertMessage(
          IllegalArgumentException.class,
          "there is no column 'Name'; there are [id, name, flag, nothing]",
          () -> builder.strings("Name"));
      assertThrows(IndexOutOfBoundsException.class, () -> builder.column(4));
    }
  }

  @Test
  void namesColumnsOfUnequalLength() {
    try (BatchBuilder builder = new BatchBuilder(SCHEMA)) {
      appendRow(builder, 0);
      builder.strings("name").appendNull();
      assertMessage(
          IllegalStateException.class,
          "all columns must have the same number of rows, but there are 1 in 'id', 2 in 'name',"
              + " 1 in 'flag', 1 in 'nothing'",
          builder::build);
      builder.reset();
      appendRow(builder, 0);
      assertEquals(1, builder.build().rows());
    }
  }

  @Test
  void refusesTypesWithoutBuilder() {
    DataType type = new DataType.Unsupported("utf8_view");
    String message =
        " (utf8_view): there is no builder for this type; cast the column or leave it out";
    Schema schema = Schema.of(Field.nullable("id", INT64), Field.nullable("bad", type));
    assertMessage(
        IllegalArgumentException.class,
        "column 'bad'" + message,
        () -> new BatchBuilder(schema).close());
    DataType nested = DataType.fixedSizeList(Field.nullable("item", type), 2);
    Schema deeper = Schema.of(Field.nullable("bad", nested));
    assertMessage(
        IllegalArgumentException.class,
        "column 'bad.item'" + message,
        () -> new BatchBuilder(deeper).close());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 1000})
  void marksNullsWhereverTheyStart(int firstNull) {
    Random random = new Random(firstNull);
    try (BatchBuilder builder = new BatchBuilder(SCHEMA)) {
      for (int round = 0; round < 3; round++) {
        BitSet nulls = new BitSet();
        int rows = firstNull + 1 + random.nextInt(200);
        for (int row = 0; row < rows; row++) {
          if (row == firstNull || (row > firstNull && random.nextBoolean())) {
            nulls.set(row);
            SCHEMA.fields().forEach(field -> builder.column(field.name()).appendNull());
          } else {
            appendRow(builder, row);
          }
        }
        Batch batch = builder.build();
        for (Column column : batch.columns().subList(0, 3)) {
          assertEquals(nulls.cardinality(), column.nullCount(), "seed " + firstNull);
          for (int row = 0; row < rows; row++) {
            assertEquals(nulls.get(row), column.isNull(row), "seed " + firstNull + ", row " + row);
          }
        }
        FixedWidthColumn ids = (FixedWidthColumn) batch.columns().get(0);
        BoolColumn flags = (BoolColumn) batch.columns().get(2);
        for (int row = 0; row < rows; row++) {
          long id = nulls.get(row) ? 0 : row;
          assertEquals(id, ids.values().get(LittleEndian.LONG, row * 8L), "null rows hold zeros");
          assertEquals(!nulls.get(row) && row % 2 == 0, flags.values().get(row));
        }
      }
      appendRow(builder, 0);
      assertNull(builder.build().columns().get(0).validity(), "no nulls since the last batch");
    }
  }

  @Test
  void refusesNullsOfFieldsThatAreNotNullable() {
    Schema schema = Schema.of(Field.required("id", INT64));
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      builder.longs("id").append(1);
      assertMessage(
          IllegalStateException.class,
          "column 'id' (int64), row 1: the field is not nullable; append a value or make the field"
              + " nullable",
          () -> builder.column(0).appendNull());
      assertEquals(1, builder.build().rows());
    }
  }

  @Test
  void keepsItsMemoryFromBatchToBatch() {
    try (BatchBuilder builder = new BatchBuilder(SCHEMA)) {
      long retained = 0;
      long address = 0;
      for (int round = 0; round < 5; round++) {
        for (int row = 0; row < 50_000; row++) {
          appendRow(builder, row);
        }
        FixedWidthColumn ids = (FixedWidthColumn) builder.build().columns().getFirst();
        for (int row = 0; row < 50_000; row++) {
          assertEquals(row, ids.values().get(LittleEndian.LONG, row * 8L));
        }
        if (round > 0) {
          assertEquals(retained, builder.retainedBytes());
          assertEquals(address, ids.values().address());
        }
        retained = builder.retainedBytes();
        address = ids.values().address();
        assertEquals(0, builder.column(0).length());
      }
      long values = 50_000 * (8 + 4 + 5);
      assertTrue(retained > values && retained < 4 * values, "retained " + retained);
    }
  }

  @Test
  void allocatesNothingOnTheHeapOnceWarm() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] bytes = {1, 2, 3};
    int rows = 20_000;
    try (BatchBuilder builder = new BatchBuilder(SCHEMA)) {
      // How many rounds it takes until all is compiled depends on the machine.
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 500 && least >= rows / 10; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int row = 0; row < rows; row += 2) {
          builder.longs("id").append(row);
          builder.longs("id").appendNull();
          builder.strings("name").append("grüße");
          builder.strings("name").append(bytes, 0, 3);
          builder.booleans("flag").append(true);
          builder.booleans("flag").appendNull();
          builder.nulls("nothing").appendNull();
          builder.nulls("nothing").appendNull();
        }
        if (round % 2 == 0) {
          builder.build();
        } else {
          builder.reset();
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertTrue(least < rows / 10, least + " bytes for " + rows + " rows");
    }
  }

  @Test
  void isHandedFromThreadToThread() throws Exception {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    appendRow(builder, 0);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      other
          .submit(
              () -> {
                for (int row = 1; row < 1000; row++) {
                  appendRow(builder, row);
                }
                assertEquals(1000, builder.build().rows());
                builder.close();
              })
          .get();
    }
    assertMessage(
        IllegalStateException.class, "the batch builder is closed", () -> builder.column(0));
  }

  @Test
  void endsWhenClosed() {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    appendRow(builder, 0);
    FixedWidthColumn ids = (FixedWidthColumn) builder.build().columns().getFirst();
    LongBuilder column = builder.longs("id");
    assertTrue(builder.retainedBytes() > 0);
    builder.close();
    builder.close();
    assertEquals(0, builder.retainedBytes());
    assertFalse(ids.values().scope().isAlive());
    assertThrows(IllegalStateException.class, () -> column.append(1));
    String closed = "the batch builder is closed";
    assertMessage(IllegalStateException.class, closed, () -> builder.column("id"));
    assertMessage(IllegalStateException.class, closed, builder::build);
    assertMessage(IllegalStateException.class, closed, builder::reset);
  }

  private static FixedWidthColumn ids(Batch batch) {
    return (FixedWidthColumn) batch.columns().getFirst();
  }

  static void assertMessage(
      Class<? extends RuntimeException> type, String message, Runnable refused) {
    assertEquals(message, assertThrows(type, refused::run).getMessage());
  }

  private static void appendRow(BatchBuilder builder, int row) {
    builder.longs("id").append(row);
    builder.strings("name").append("row " + row);
    builder.booleans("flag").append(row % 2 == 0);
    builder.nulls("nothing").appendNull();
  }
}
