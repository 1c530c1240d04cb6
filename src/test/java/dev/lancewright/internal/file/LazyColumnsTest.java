package dev.lancewright.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.LanceWriter;
import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.Container;
import dev.lancewright.format.Extent;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.file.FileTail.ColumnField;
import dev.lancewright.io.MemorySink;
import dev.lancewright.io.MemorySource;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.CountingSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LazyColumnsTest {
  private static final int TAIL_BYTES = 64 << 10;
  private static final int TABLE_ENTRY_BYTES = 16;

  @Test
  void aSmallFileIsReadAtOnce() throws IOException {
    byte[] file = file(10, 3);
    CountingSource source = source(file);
    assertEquals(10, FileTail.read(source).columns().size());
    assertEquals(1, source.reads());
    assertEquals(file.length, source.bytes());
  }

  @Test
  void theTailOfAFileOfFewColumnsIsReadAtOnce() throws IOException {
    byte[] file = file(10, 20_000);
    CountingSource source = source(file);
    assertEquals(10, FileTail.read(source).columns().size());
    assertEquals(1, source.reads());
    assertEquals(TAIL_BYTES, source.bytes());
  }

  @Test
  void columnsInTheTailCostNothing() throws IOException {
    CountingSource source = source(file(1000, 100));
    FileTail tail = FileTail.read(source);
    assertEquals(2, source.reads(), "tail and schema");
    assertEquals("c999", tail.column(999).field().path());
    assertEquals(2, source.reads());
    assertEquals("c0", tail.column(0).field().path());
    assertEquals(3, source.reads());
  }

  @Test
  void twoColumnsOfManyCostTwoColumns() throws IOException {
    int columns = 10_000;
    byte[] file = file(columns, 100);
    CountingSource source = source(file);
    FileTail tail = FileTail.read(source);
    Extent descriptor = tail.globalBuffers().getFirst();
    long tables = (columns + 1L) * TABLE_ENTRY_BYTES;
    assertEquals(3, source.reads(), "tail, tables and schema");
    assertEquals(TAIL_BYTES + tables + descriptor.size(), source.bytes());

    long opened = source.bytes();
    FileTail.Column column = tail.column(5000);
    assertEquals(new ColumnField("c5000", field(5000), 5000, true), column.field());
    assertEquals(100, column.pages().getFirst().length());
    assertSame(column, tail.column(5000));
    tail.column(0);
    long metadata = file.length - Container.FOOTER_BYTES - tables - descriptor.end();
    long read = source.bytes() - opened;
    assertEquals(5, source.reads());
    assertTrue(read < metadata / 1000, read + " bytes of " + metadata);

    List<FileTail.Column> all = tail.columns();
    assertSame(column, all.get(5000));
    assertEquals(tail.fields(), all.stream().map(FileTail.Column::field).toList());
    int pieces = source.reads() - 5;
    assertTrue(pieces <= metadata / (1 << 20) + 1, pieces + " reads of " + metadata + " bytes");
    assertTrue(source.bytes() - opened - read <= metadata, "no byte is read twice for all columns");

    tail.columns();
    assertEquals(5 + pieces, source.reads(), "what is known is not read again");
  }

  @Test
  void fieldsAreKnownWithoutTheirColumns() throws IOException {
    byte[] file = file(3, 3);
    FileTail tail = FileTail.read(source(file));
    assertEquals(3, tail.columnCount());
    assertEquals(
        IntStream.range(0, 3).mapToObj(i -> new ColumnField("c" + i, field(i), i, true)).toList(),
        tail.fields());
    assertEquals(file.length, tail.bytes());
    assertThrows(IndexOutOfBoundsException.class, () -> tail.column(3));
    assertThrows(IndexOutOfBoundsException.class, () -> tail.column(-1));
  }

  @Test
  void threadsGetTheSameColumns() throws IOException {
    FileTail tail = FileTail.read(new MemorySource("f.lance", MemorySegment.ofArray(file(50, 3))));
    Set<FileTail.Column> seen =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    IntStream.range(0, 10_000).parallel().forEach(i -> seen.add(column(tail, i % 50)));
    assertEquals(50, seen.size());
    assertEquals(50, tail.columns().stream().filter(seen::contains).count());
  }

  @Test
  void damageToAColumnConcernsItAlone() throws IOException {
    byte[] file = file(5, 3);
    int at = (int) entries(file, 5).getLong(3 * TABLE_ENTRY_BYTES);
    Arrays.fill(file, at, at + 4, (byte) 0xFF);
    FileTail tail = FileTail.read(source(file));
    for (int i : new int[] {0, 1, 2, 4}) {
      assertEquals("c" + i, tail.column(i).field().path());
    }
    for (int attempt = 0; attempt < 2; attempt++) {
      String message = assertThrows(LanceFormatException.class, () -> tail.column(3)).getMessage();
      assertTrue(
          message.startsWith("f.lance: the metadata of column 3 ('c3') is damaged: "), message);
    }
    assertThrows(LanceFormatException.class, tail::columns);
  }

  @Test
  void metadataThatOverlapsIsRefusedAtOpening() throws IOException {
    byte[] file = file(5, 3);
    ByteBuffer entries = entries(file, 5);
    long first = entries.getLong(TABLE_ENTRY_BYTES);
    long end = first + entries.getLong(TABLE_ENTRY_BYTES + 8);
    entries.putLong(2 * TABLE_ENTRY_BYTES, end - 1);
    long size = entries.getLong(2 * TABLE_ENTRY_BYTES + 8);
    LanceFormatException refusal =
        assertThrows(LanceFormatException.class, () -> FileTail.read(source(file)));
    assertEquals(
        ("f.lance: the metadata of column 2 ('c2') is said to have %d bytes at byte %d, which is"
                + " not between bytes %d and %d, where it belongs")
            .formatted(
                size, end - 1, end, file.length - Container.FOOTER_BYTES - 6 * TABLE_ENTRY_BYTES),
        refusal.getMessage());
  }

  private static FileTail.Column column(FileTail tail, int index) {
    try {
      return tail.column(index);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The table of columns in a file without global buffers of its user. */
  private static ByteBuffer entries(byte[] file, int columns) {
    int at = file.length - Container.FOOTER_BYTES - (columns + 1) * TABLE_ENTRY_BYTES;
    return ByteBuffer.wrap(file, at, columns * TABLE_ENTRY_BYTES)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static CountingSource source(byte[] file) {
    return new CountingSource(new MemorySource("f.lance", MemorySegment.ofArray(file)));
  }

  private static Field field(int column) {
    return Field.required("c" + column, DataType.int32());
  }

  /** A file whose columns all have the same values, which do not compress. */
  private static byte[] file(int columns, int rows) throws IOException {
    int[] values = IntStream.range(0, rows).map(i -> i * 0x9E3779B9).toArray();
    Column column =
        new FixedWidthColumn(DataType.int32(), rows, null, MemorySegment.ofArray(values));
    Schema schema =
        new Schema(IntStream.range(0, columns).mapToObj(LazyColumnsTest::field).toList(), Map.of());
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = LanceWriter.builder(schema).create(sink)) {
      writer.write(new Batch(schema, Collections.nCopies(columns, column), rows));
      writer.finish();
      return sink.segment().toArray(ValueLayout.JAVA_BYTE);
    }
  }
}
