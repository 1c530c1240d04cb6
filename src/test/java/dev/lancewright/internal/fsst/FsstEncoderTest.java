package dev.lancewright.internal.fsst;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.codec.FsstColumns;
import dev.lancewright.internal.codec.FsstDecoder;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FsstEncoderTest {
  private static final DataType.VariableWidth BINARY = DataType.binary();
  private static final DataType.VariableWidth LARGE_TEXT = DataType.largeUtf8();

  private final SplittableRandom random = new SplittableRandom(20);
  private final PagePool pool = new PagePool();
  private final AppendBuffer offsets = new AppendBuffer(pool);
  private final AppendBuffer data = new AppendBuffer(pool);
  private final FsstEncoder encoder = new FsstEncoder();
  private final FsstTrainer trainer = new FsstTrainer();

  /** Made for other values than those that are encoded with it. */
  private final FsstTable foreign =
      trainer.train(column(FsstColumns.texts(new SplittableRandom(21), 200, 2000, 20, 60)));

  @AfterEach
  void freePool() {
    pool.close();
  }

  @Test
  void texts() throws IOException {
    assertRoundTrips(FsstColumns.texts(random, 2000, 500, 450, 551));
    assertRoundTrips(FsstColumns.texts(random, 600, 10_000, 10, 44));
  }

  @Test
  void otherScriptsThanLatin() throws IOException {
    List<byte[]> values = new ArrayList<>();
    for (String text : List.of("größer", "日本語の文字", "😀🚀", "Ελλάδα", "a\0b", "\uFFFD")) {
      for (int i = 1; i < 200; i++) {
        values.add(text.repeat(i % 7).getBytes(StandardCharsets.UTF_8));
      }
    }
    Collections.shuffle(values, new java.util.Random(20));
    assertRoundTrips(values);
  }

  @Test
  void randomBytesAtMostDouble() throws IOException {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      byte[] value = new byte[random.nextInt(40)];
      random.nextBytes(value);
      values.add(value);
    }
    assertRoundTrips(values);
  }

  @Test
  void allBytesAlikeOften() throws IOException {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertRoundTrips(Collections.nCopies(1000, all));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 'a', 0x7F, 0x80, 0xFF})
  void oneByteRepeated(int octet) throws IOException {
    List<byte[]> values = new ArrayList<>();
    for (int length = 0; length < 300; length++) {
      byte[] value = new byte[length];
      Arrays.fill(value, (byte) octet);
      values.add(value);
    }
    assertRoundTrips(values);
  }

  /** Whatever stands behind a value in memory is no part of it. */
  @Test
  void valuesThatGoOnInTheNext() throws IOException {
    List<byte[]> values = new ArrayList<>();
    String text = "the quick brown fox jumps over the lazy dog ";
    byte[] bytes = text.repeat(40).getBytes(StandardCharsets.UTF_8);
    for (int length = 1; length < 30; length++) {
      for (int at = 0; at + length <= bytes.length; at += length) {
        values.add(Arrays.copyOfRange(bytes, at, at + length));
      }
    }
    assertRoundTrips(values);
  }

  @Test
  void emptyValues() throws IOException {
    assertRoundTrips(List.of());
    assertRoundTrips(List.of(new byte[0]));
    assertRoundTrips(Collections.nCopies(10_000, new byte[0]));
    List<byte[]> values = new ArrayList<>(Collections.nCopies(9000, new byte[0]));
    values.set(0, new byte[] {'x'});
    values.set(5000, "some text".getBytes(StandardCharsets.UTF_8));
    values.addAll(FsstColumns.texts(random, 50, 100, 0, 4));
    assertRoundTrips(values);
  }

  @ParameterizedTest
  @ValueSource(ints = {2047, 2048, 2049, 65_535, 65_536, 65_537, 131_072, 3_000_000})
  void longValues(int length) throws IOException {
    byte[] value = FsstColumns.texts(random, 300, 1, length, length + 1).getFirst();
    assertRoundTrips(List.of(value));
    byte[] few = {'a', 'b', 'c'};
    assertRoundTrips(List.of(few, value, new byte[0], few, value, value, few));
  }

  @Test
  void slicesOfAColumn() throws IOException {
    VariableWidthColumn all =
        FsstColumns.of(pool, BINARY, 77, FsstColumns.texts(random, 600, 5000, 0, 44));
    assertRoundTrip(trainer.train(all), all);
    for (int from : new int[] {0, 1, 2500, 4999, 5000}) {
      VariableWidthColumn slice = all.slice(from, 5000 - from);
      assertRoundTrip(foreign, slice);
    }
  }

  @Test
  void wideOffsetsAndValidityStay() throws IOException {
    List<byte[]> values = FsstColumns.texts(random, 100, 1000, 5, 20);
    VariableWidthColumn plain = FsstColumns.of(pool, LARGE_TEXT, 0, values);
    Bitmap validity = new Bitmap(MemorySegment.ofArray(new byte[125]), 0, 1000);
    VariableWidthColumn nullable =
        new VariableWidthColumn(LARGE_TEXT, 1000, validity, plain.offsets(), plain.data());
    VariableWidthColumn coded = assertRoundTrip(trainer.train(nullable), nullable);
    assertEquals(LARGE_TEXT, coded.type());
    assertSame(validity, coded.validity());
  }

  @Test
  void aColumnOutgrowsItsOffsets() {
    List<byte[]> values = FsstColumns.texts(random, 100, 5000, 5, 40);
    VariableWidthColumn small = column(values);
    long bytes = encoder.encode(foreign, small, offsets, data).data().byteSize();
    clear();
    assertNotNull(new FsstEncoder(bytes).encode(foreign, small, offsets, data));
    clear();
    assertNull(new FsstEncoder(bytes - 1).encode(foreign, small, offsets, data));
    clear();
    VariableWidthColumn large = FsstColumns.of(pool, LARGE_TEXT, 0, values);
    assertNotNull(new FsstEncoder(bytes - 1).encode(foreign, large, offsets, data));
  }

  private VariableWidthColumn column(List<byte[]> values) {
    return FsstColumns.of(pool, BINARY, 0, values);
  }

  private void clear() {
    offsets.clear();
    data.clear();
  }

  /** With a table for the values, if there is one, one for others, and one without symbols. */
  private void assertRoundTrips(List<byte[]> values) throws IOException {
    VariableWidthColumn column = column(values);
    FsstTable own = trainer.train(column);
    if (own != null) {
      VariableWidthColumn coded = assertRoundTrip(own, column);
      assertTrue(coded.data().byteSize() < column.data().byteSize());
    }
    assertRoundTrip(foreign, column);
    FsstTable none = new FsstTable(new long[0], new byte[0], 0);
    VariableWidthColumn escaped = assertRoundTrip(none, column);
    assertEquals(2 * column.data().byteSize(), escaped.data().byteSize());
  }

  private VariableWidthColumn assertRoundTrip(FsstTable table, VariableWidthColumn column)
      throws IOException {
    FsstTable reread = FsstTable.parse(table.serialized());
    clear();
    VariableWidthColumn coded = encoder.encode(table, column, offsets, data);
    assertEquals(column.length(), coded.length());
    assertEquals(0, coded.offset(0));
    assertEquals(coded.offset(coded.length()), coded.data().byteSize());
    DecodeMemory memory = new DecodeMemory(pool);
    VariableWidthColumn decoded = new FsstDecoder(reread, memory).decode(coded);
    assertEquals(column.length(), decoded.length());
    for (long row = 0; row < column.length(); row++) {
      assertArrayEquals(value(column, row), value(decoded, row), "row " + row);
    }
    memory.close();
    return coded;
  }

  private static byte[] value(VariableWidthColumn column, long row) {
    long start = column.offset(row);
    long bytes = column.offset(row + 1) - start;
    return column.data().asSlice(start, bytes).toArray(ValueLayout.JAVA_BYTE);
  }
}
