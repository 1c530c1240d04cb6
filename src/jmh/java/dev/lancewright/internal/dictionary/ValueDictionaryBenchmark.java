package dev.lancewright.internal.dictionary;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Building the dictionary of a page, with the planner's default limits. Operations are rows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ValueDictionaryBenchmark {
  private static final int ROWS = 1 << 18;
  private static final int NULL_PERCENT = 5;

  /** Columns of one page. */
  public enum Values {
    /** Five amounts as doubles. */
    AMOUNTS_5,
    /** The same, 5 % of them null. */
    AMOUNTS_5_NULLS,
    /** Two thousand amounts as doubles. */
    AMOUNTS_2000,
    /** Fifty thousand timestamps. */
    TIMES_50000,
    /** Numbers of 64 bits that all differ: gives up. */
    UNIQUE,
    /** Fifty decimals of 128 bits. */
    DECIMALS_50,
    /** One byte, of which there are three. */
    FLAGS,
    /** Four strings of 25 bytes. */
    MODES,
    /** Five thousand words of 8 to 16 bytes. */
    WORDS_5000,
    /** Words of 0 to 30 bytes that nearly all differ, 20 % of them null: gives up. */
    UNIQUE_WORDS,
    /** Two hundred texts of 500 bytes. */
    TEXTS_200
  }

  @Param Values values;

  private final SplittableRandom random = new SplittableRandom(1);
  private PagePool pool;
  private ValueDictionary dictionary;
  private AppendBuffer offsets;
  private AppendBuffer data;
  private AppendBuffer nulls;
  private Column column;

  /** Input of an operation. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Input {
    public long rows;
  }

  @Setup
  public void makePage() {
    pool = new PagePool();
    dictionary = new ValueDictionary(pool);
    offsets = new AppendBuffer(pool);
    data = new AppendBuffer(pool);
    nulls = new AppendBuffer(pool);
    column =
        switch (values) {
          case AMOUNTS_5 -> amounts(5, null);
          case AMOUNTS_5_NULLS -> amounts(5, someNulls(NULL_PERCENT));
          case AMOUNTS_2000 -> amounts(2000, null);
          case TIMES_50000 -> longs(50_000, 1_000_000);
          case UNIQUE -> longs(Integer.MAX_VALUE, 1);
          case DECIMALS_50 -> decimals(50);
          case FLAGS -> strings(words(3, 1, 1), null);
          case MODES -> strings(words(4, 25, 25), null);
          case WORDS_5000 -> strings(words(5000, 8, 16), null);
          case UNIQUE_WORDS -> strings(words(ROWS, 0, 30), someNulls(20));
          case TEXTS_200 -> strings(words(200, 500, 500), null);
        };
  }

  private FixedWidthColumn amounts(int count, Bitmap validity) {
    reserve(Double.BYTES);
    for (int i = 0; i < ROWS; i++) {
      long amount = Double.doubleToRawLongBits(random.nextInt(count) / 100.0);
      data.block().set(LittleEndian.LONG, i * 8L, amount);
    }
    return new FixedWidthColumn(new DataType.Int(64, true), ROWS, validity, data.block());
  }

  private FixedWidthColumn longs(int count, long step) {
    reserve(Long.BYTES);
    for (int i = 0; i < ROWS; i++) {
      data.block().set(LittleEndian.LONG, i * 8L, random.nextInt(count) * step);
    }
    return new FixedWidthColumn(new DataType.Int(64, true), ROWS, null, data.block());
  }

  private FixedWidthColumn decimals(int count) {
    reserve(2 * Long.BYTES);
    for (int i = 0; i < ROWS; i++) {
      data.block().set(LittleEndian.LONG, i * 16L, (1 + random.nextInt(count)) * 100L);
      data.block().set(LittleEndian.LONG, i * 16L + 8, 0);
    }
    return new FixedWidthColumn(new DataType.FixedSizeBinary(16), ROWS, null, data.block());
  }

  private void reserve(int width) {
    data.reserve((long) ROWS * width);
  }

  private byte[][] words(int count, int from, int to) {
    byte[][] words = new byte[count][];
    for (int i = 0; i < count; i++) {
      StringBuilder word = new StringBuilder();
      for (int length = random.nextInt(from, to + 1); length > 0; length--) {
        word.append(Character.forDigit(random.nextInt(36), 36));
      }
      words[i] = word.toString().getBytes(UTF_8);
    }
    return words;
  }

  private VariableWidthColumn strings(byte[][] words, Bitmap validity) {
    appendOffset();
    for (int i = 0; i < ROWS; i++) {
      byte[] word = words[random.nextInt(words.length)];
      if (validity == null || validity.get(i)) {
        data.append(MemorySegment.ofArray(word), 0, word.length);
      }
      appendOffset();
    }
    return new VariableWidthColumn(
        new DataType.Utf8(false), ROWS, validity, offsets.bytes(), data.bytes());
  }

  private void appendOffset() {
    long at = offsets.reserve(Integer.BYTES);
    offsets.block().set(LittleEndian.INT, at, (int) data.size());
    offsets.advance(Integer.BYTES);
  }

  private Bitmap someNulls(int percent) {
    nulls.appendZeros(ROWS / Byte.SIZE);
    for (int i = 0; i < ROWS; i++) {
      int valid = random.nextInt(100) < percent ? 0 : 1;
      byte octet = nulls.block().get(ValueLayout.JAVA_BYTE, i >> 3);
      nulls.block().set(ValueLayout.JAVA_BYTE, i >> 3, (byte) (octet | valid << (i & 7)));
    }
    return new Bitmap(nulls.bytes(), 0, ROWS);
  }

  @TearDown
  public void freePool() {
    pool.close();
  }

  @Benchmark
  public Object build(Input input) {
    input.rows += ROWS;
    return dictionary.build(column, 100_000, (long) (column.valueBytes() * 0.6));
  }
}
