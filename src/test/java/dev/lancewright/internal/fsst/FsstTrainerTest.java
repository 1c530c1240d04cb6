package dev.lancewright.internal.fsst;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.codec.FsstColumns;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FsstTrainerTest {
  private static final DataType.VariableWidth TEXT = DataType.utf8();

  private final SplittableRandom random = new SplittableRandom(30);
  private final PagePool pool = new PagePool();
  private final FsstTrainer trainer = new FsstTrainer();

  @AfterEach
  void freePool() {
    pool.close();
  }

  @Test
  void textBecomesMuchSmaller() {
    assertRatio(0.67, FsstColumns.texts(random, 2000, 4000, 450, 551));
    assertRatio(0.52, FsstColumns.texts(random, 600, 40_000, 10, 44));
    List<byte[]> urls = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      urls.add(bytes("https://www.example.com/products/%05d?page=%d".formatted(i, i % 9)));
    }
    assertRatio(0.3, urls);
    assertRatio(0.25, Collections.nCopies(1000, bytes("one and the same string here")));
  }

  private void assertRatio(double most, List<byte[]> values) {
    VariableWidthColumn column = column(values);
    FsstTable table = trainer.train(column);
    AppendBuffer data = new AppendBuffer(pool);
    new FsstEncoder().encode(table, column, new AppendBuffer(pool), data);
    double ratio = (double) data.size() / column.data().byteSize();
    assertTrue(ratio < most, "coded to " + ratio);
    assertEquals(ratio, trainer.estimatedRatio(), 0.03, "of all values and of the sample");
  }

  @Test
  void whatDoesNotShrinkHasNoTable() {
    assertNull(trainer.train(column(List.of())));
    assertEquals(1, trainer.estimatedRatio());
    assertNull(trainer.train(column(Collections.nCopies(100, new byte[0]))));
    assertNull(trainer.train(column(List.of(bytes("a")))));
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      byte[] value = new byte[50];
      random.nextBytes(value);
      values.add(value);
    }
    assertNull(trainer.train(column(values)));
    assertTrue(trainer.estimatedRatio() > 0.95, "estimated " + trainer.estimatedRatio());
  }

  @Test
  void theSameValuesGiveTheSameTable() {
    List<byte[]> values = FsstColumns.texts(random, 600, 20_000, 10, 44);
    byte[] first = trainer.train(column(values)).serialized();
    double ratio = trainer.estimatedRatio();
    trainer.train(column(FsstColumns.texts(random, 100, 3000, 0, 500)));
    assertArrayEquals(first, trainer.train(column(values)).serialized(), "after others");
    assertEquals(ratio, trainer.estimatedRatio());
    DataType.VariableWidth large = DataType.largeBinary();
    VariableWidthColumn moved = FsstColumns.of(pool, large, 1234, values);
    assertArrayEquals(first, new FsstTrainer().train(moved).serialized(), "elsewhere in memory");
  }

  /** What is at one end of a page only counts by its share of the bytes. */
  @Test
  void theSampleIsTakenFromEverywhere() {
    List<byte[]> values = new ArrayList<>();
    values.addAll(FsstColumns.texts(random, 30, 20_000, 20, 40));
    int other = values.size();
    values.addAll(FsstColumns.texts(random, 30, 20_000, 20, 40));
    values.add(FsstColumns.texts(random, 30, 1, 600_000, 600_001).getFirst());
    VariableWidthColumn column = column(values);
    FsstTable table = trainer.train(column);
    assertCodedWell(table, column.slice(0, other));
    assertCodedWell(table, column.slice(other, values.size() - 1 - other));
    assertCodedWell(table, column.slice(values.size() - 1, 1));
  }

  private void assertCodedWell(FsstTable table, VariableWidthColumn column) {
    AppendBuffer data = new AppendBuffer(pool);
    new FsstEncoder().encode(table, column, new AppendBuffer(pool), data);
    long bytes = column.offset(column.length()) - column.offset(0);
    assertTrue(data.size() < bytes * 0.35, data.size() + " of " + bytes);
  }

  private VariableWidthColumn column(List<byte[]> values) {
    return FsstColumns.of(pool, TEXT, 0, values);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
