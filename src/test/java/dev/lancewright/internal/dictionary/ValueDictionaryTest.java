package dev.lancewright.internal.dictionary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link ValueDictionary} beside a map from values to indices. */
class ValueDictionaryTest {
  private static final DataType.FixedWidth LONG = new DataType.Int(64, true);
  private static final DataType.FixedWidth PAIR = new DataType.FixedSizeBinary(16);
  private static final DataType.VariableWidth TEXT = new DataType.Utf8(false);
  private static final DataType.VariableWidth LARGE = new DataType.Binary(true);

  private final Arena arena = Arena.ofConfined();
  private final PagePool pool = new PagePool();
  private final ValueDictionary dictionary = new ValueDictionary(pool);
  private SplittableRandom random = new SplittableRandom(1);

  @AfterEach
  void free() {
    pool.close();
    arena.close();
  }

  /** Counts of rows and values around the sizes of blocks and tables. */
  @Test
  void numbersOfEveryCount() {
    for (DataType.FixedWidth type : List.of(LONG, PAIR)) {
      for (int rows : new int[] {1, 2, 63, 64, 65, 1023, 1024, 1025, 3000, 70_000}) {
        for (int values : new int[] {1, 2, 255, 256, 257, 1000, 5000, 40_000}) {
          List<byte[]> all = words(values, type.byteWidth(), type.byteWidth());
          check(type, pick(all, rows, 0));
          check(type, pick(all, rows, 20));
        }
      }
    }
  }

  @Test
  void numbersThatDifferInOneBitOnly() {
    List<byte[]> longs = new ArrayList<>();
    List<byte[]> pairs = new ArrayList<>();
    for (int bit = 0; bit < 128; bit++) {
      byte[] pair = new byte[16];
      pair[bit / 8] = (byte) (1 << bit % 8);
      pairs.add(pair);
    }
    for (long bits : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      longs.add(bytes(bits));
      longs.add(bytes(bits ^ Long.MIN_VALUE));
    }
    check(LONG, pick(longs, 2000, 5));
    check(PAIR, pick(pairs, 2000, 5));
  }

  @Test
  void notNumbersAndZerosAreWhatTheirBitsAre() {
    List<byte[]> values = new ArrayList<>();
    values.add(bytes(Double.doubleToRawLongBits(0.0)));
    values.add(bytes(Double.doubleToRawLongBits(-0.0)));
    values.add(bytes(Double.doubleToRawLongBits(Double.NaN)));
    values.add(bytes(0x7FF8000000000001L));
    values.add(bytes(0xFFF8000000000000L));
    List<byte[]> rows = new ArrayList<>(values);
    Collections.reverse(values);
    rows.addAll(values);
    DictionaryColumn column = check(new DataType.FloatingPoint(64), rows);
    assertEquals(5, column.values().length());
  }

  @Test
  void stringsOfEveryLength() {
    int[][] lengths = {
      {0, 0}, {0, 1}, {0, 7}, {0, 8}, {7, 8}, {8, 8}, {0, 16}, {30, 33}, {0, 70}, {200, 600}
    };
    for (DataType.VariableWidth type : List.of(TEXT, LARGE)) {
      for (int[] length : lengths) {
        for (int values : new int[] {1, 3, 300, 3000}) {
          List<byte[]> all = words(values, length[0], length[1]);
          check(type, pick(all, 2500, 0));
          check(type, pick(all, 2500, 30));
        }
      }
    }
  }

  /** More entries than have digests, and arrays that are given up with the page. */
  @Test
  void manyStrings() {
    for (int round = 0; round < 2; round++) {
      check(TEXT, pick(words(60_000, 0, 7), 100_000, 10));
      check(TEXT, pick(words(60_000, 3, 40), 100_000, 10));
      dictionary.release();
    }
  }

  /** Zeros at the end, which are no different from what short strings are filled up with. */
  @Test
  void stringsOfZeros() {
    List<byte[]> values = new ArrayList<>();
    for (int length = 0; length < 100; length++) {
      values.add(new byte[length]);
    }
    check(TEXT, pick(values, 3000, 10));
    check(TEXT, pick(values.subList(0, 8), 3000, 10));
  }

  /** Strings that differ in one byte only, at every place. */
  @Test
  void similarStrings() {
    for (int length : new int[] {1, 7, 8, 9, 31, 32, 33, 64, 300}) {
      List<byte[]> values = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        byte[] value = new byte[length];
        value[i] = 'x';
        values.add(value);
      }
      check(LARGE, pick(values, 2000, 0));
    }
  }

  /** Longer than a block; also as the first, the last, and the only ones. */
  @Test
  void stringsThatFitNoBlock() {
    List<byte[]> large = words(3, 32 << 10, 40 << 10);
    List<byte[]> all = words(20, 0, 50);
    all.addAll(words(4, 10_000, 20_000));
    all.addAll(large);
    all.add(new byte[32 << 10]);
    all.add(new byte[(32 << 10) + 1]);
    check(TEXT, pick(all, 300, 10));
    check(LARGE, pick(all, 300, 10));
    check(TEXT, pick(large, 9, 0));
    check(TEXT, pick(large, 9, 50));
  }

  /** The first long string comes late. */
  @Test
  void shortStringsUpToTheLastRow() {
    for (int last : new int[] {8, 31, 32, 40_000}) {
      List<byte[]> rows = pick(words(50, 0, 7), 5000, 10);
      rows.add(new byte[last]);
      check(TEXT, rows);
    }
  }

  @Test
  void nullsHaveTheIndexOfTheRowBefore() {
    List<byte[]> rows = new ArrayList<>(Collections.nCopies(1500, null));
    rows.add(bytes(7));
    rows.add(null);
    rows.add(bytes(8));
    rows.addAll(Collections.nCopies(1500, null));
    rows.add(bytes(7));
    check(LONG, rows);
    check(TEXT, rows);
    assertNull(dictionary.build(column(LONG, Collections.nCopies(200, null)), 100, 10_000));
    assertNull(dictionary.build(column(TEXT, Collections.nCopies(200, null)), 100, 10_000));
  }

  /** A column with nulls leaves no trace in the next one. */
  @Test
  void columnsOneAfterTheOther() {
    for (int round = 0; round < 30; round++) {
      random = new SplittableRandom(round);
      int rows = random.nextInt(1, 4000);
      int values = random.nextInt(1, 2000);
      int nulls = random.nextBoolean() ? 0 : random.nextInt(1, 99);
      switch (random.nextInt(4)) {
        case 0 -> check(LONG, pick(words(values, 8, 8), rows, nulls));
        case 1 -> check(PAIR, pick(words(values, 16, 16), rows, nulls));
        case 2 -> check(TEXT, pick(words(values, 0, random.nextInt(100)), rows, nulls));
        default -> check(LARGE, pick(words(values, 0, random.nextInt(9)), rows, nulls));
      }
      if (random.nextInt(3) == 0) {
        dictionary.release();
      }
    }
  }

  @Test
  void aSliceOfAColumn() {
    List<byte[]> rows = pick(words(300, 0, 40), 3000, 15);
    checkColumn(column(TEXT, rows).slice(101, 2500), rows.subList(101, 2601));
    rows = pick(words(300, 8, 8), 3000, 15);
    checkColumn(column(LONG, rows).slice(101, 2500), rows.subList(101, 2601));
  }

  @Test
  void atTheLimitsAndOneBeyond() {
    for (int values : new int[] {1, 2, 255, 256, 257, 1024, 5000}) {
      checkLimits(LONG, words(values, 8, 8));
      checkLimits(PAIR, words(values, 16, 16));
      checkLimits(TEXT, words(values, 4, 7));
      checkLimits(LARGE, words(values, 4, 7));
      checkLimits(TEXT, words(values, 5, 45));
      checkLimits(LARGE, words(values, 32, 45));
    }
    checkLimits(TEXT, words(3, 33 << 10, 34 << 10));
  }

  private void checkLimits(DataType type, List<byte[]> words) {
    List<byte[]> rows = new ArrayList<>(words);
    rows.addAll(pick(words, 500, 10));
    Column column = column(type, rows);
    Map<String, Integer> map = new LinkedHashMap<>();
    indices(rows, map);
    int size = map.size();
    long bytes = map.keySet().stream().mapToLong(hex -> hex.length() / 2).sum();
    if (type instanceof DataType.VariableWidth variable) {
      bytes += (size + 1L) * variable.offsetWidth();
    }
    assertNotNull(dictionary.build(column, size, bytes));
    assertNull(dictionary.build(column, size - 1, bytes));
    assertNull(dictionary.build(column, size, bytes - 1));
    assertNull(dictionary.build(column, 0, bytes));
    assertNull(dictionary.build(column, size, 0));
  }

  @Test
  void distinctRowsOfASample() {
    checkDistinct(LONG, pick(words(3000, 8, 8), 5000, 10));
    checkDistinct(PAIR, pick(words(3000, 16, 16), 5000, 10));
    checkDistinct(TEXT, pick(words(3000, 0, 9), 5000, 10));
    checkDistinct(TEXT, pick(words(3000, 20, 60), 5000, 10));
    checkDistinct(LARGE, pick(words(500, 0, 60), 5000, 10));
    checkDistinct(LARGE, pick(words(5, 0, 60), 5000, 0));
  }

  /** Sketches do not see what differs between the places where they look. */
  @Test
  void distinctStringsThatLookTheSame() {
    List<byte[]> rows = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      byte[] value = new byte[200];
      ByteBuffer.wrap(value).putInt(40, i);
      rows.add(value);
    }
    checkDistinct(TEXT, rows);
    rows.addAll(rows.subList(0, 100));
    checkDistinct(TEXT, rows);
  }

  private void checkDistinct(DataType type, List<byte[]> rows) {
    Column column = column(type, rows);
    for (int step : new int[] {1, 3}) {
      int count = rows.size() / step;
      Map<String, Integer> map = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        byte[] row = rows.get(i * step);
        // What is written for a null.
        byte[] value = row != null ? row : new byte[width(type)];
        map.put(HexFormat.of().formatHex(value), i);
      }
      int distinct = map.size();
      assertTrue(dictionary.hasDistinct(column, step, count, distinct));
      assertFalse(dictionary.hasDistinct(column, step, count, distinct + 1));
      assertTrue(dictionary.hasDistinct(column, step, count, distinct / 2));
      assertFalse(dictionary.hasDistinct(column, step, count, (distinct + count) / 2 + 1));
    }
  }

  private List<byte[]> words(int count, int from, int to) {
    List<byte[]> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] word = new byte[random.nextInt(from, to + 1)];
      for (int at = 0; at < word.length; at++) {
        word[at] = (byte) random.nextInt('a', 'a' + 26);
      }
      words.add(word);
    }
    return words;
  }

  private List<byte[]> pick(List<byte[]> values, int rows, int nullPercent) {
    List<byte[]> picked = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      boolean isNull = random.nextInt(100) < nullPercent;
      picked.add(isNull ? null : values.get(random.nextInt(values.size())));
    }
    return picked;
  }

  private static byte[] bytes(long bits) {
    return ByteBuffer.allocate(8).putLong(bits).array();
  }

  private static int width(DataType type) {
    return type instanceof DataType.FixedWidth fixed ? fixed.byteWidth() : 0;
  }

  private DictionaryColumn check(DataType type, List<byte[]> rows) {
    return checkColumn(column(type, rows), rows);
  }

  private DictionaryColumn checkColumn(Column column, List<byte[]> rows) {
    Map<String, Integer> map = new LinkedHashMap<>();
    int[] expected = indices(rows, map);
    DictionaryColumn built = dictionary.build(column, Integer.MAX_VALUE, Long.MAX_VALUE);
    String what = column.type() + ", " + rows.size() + " rows, " + map.size() + " values";
    if (map.isEmpty()) {
      assertNull(built, what);
      return null;
    }
    assertArrayEquals(expected, built.indices().toArray(LittleEndian.INT), what);
    assertEquals(List.copyOf(map.keySet()), values(built.values()), what);
    assertEquals(column.validity(), built.validity());
    return built;
  }

  private static int[] indices(List<byte[]> rows, Map<String, Integer> map) {
    int[] indices = new int[rows.size()];
    int last = 0;
    for (int i = 0; i < indices.length; i++) {
      if (rows.get(i) != null) {
        String value = HexFormat.of().formatHex(rows.get(i));
        map.putIfAbsent(value, map.size());
        last = map.get(value);
      }
      indices[i] = last;
    }
    return indices;
  }

  private static List<String> values(Column column) {
    List<String> values = new ArrayList<>();
    for (long i = 0; i < column.length(); i++) {
      MemorySegment value =
          switch (column) {
            case FixedWidthColumn fixed -> {
              int width = fixed.type().byteWidth();
              yield fixed.values().asSlice(i * width, width);
            }
            case VariableWidthColumn variable ->
                variable
                    .data()
                    .asSlice(variable.offset(i), variable.offset(i + 1) - variable.offset(i));
            default -> throw new AssertionError(column.type());
          };
      values.add(HexFormat.of().formatHex(value.toArray(ValueLayout.JAVA_BYTE)));
    }
    return values;
  }

  /** A column whose segments end with the last value, at an address that is not aligned. */
  private Column column(DataType type, List<byte[]> rows) {
    int count = rows.size();
    int offset = 3;
    MemorySegment bits = arena.allocate(Bitmap.bytesFor(count + offset));
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      if (rows.get(i) != null) {
        int at = i + offset;
        byte octet = bits.get(ValueLayout.JAVA_BYTE, at / 8);
        bits.set(ValueLayout.JAVA_BYTE, at / 8, (byte) (octet | 1 << at % 8));
      }
      bytes += rows.get(i) == null ? width(type) : rows.get(i).length;
    }
    boolean hasNulls = rows.contains(null);
    Bitmap validity = hasNulls ? new Bitmap(bits, offset, count) : null;
    MemorySegment data = arena.allocate(bytes + 1).asSlice(1);
    int width = type instanceof DataType.VariableWidth variable ? variable.offsetWidth() : 0;
    MemorySegment offsets = arena.allocate((count + 1L) * width);
    long end = 0;
    for (int i = 0; i < count; i++) {
      byte[] value = rows.get(i) == null ? new byte[width(type)] : rows.get(i);
      MemorySegment.copy(value, 0, data, ValueLayout.JAVA_BYTE, end, value.length);
      end += value.length;
      if (width == 8) {
        offsets.set(LittleEndian.LONG, (i + 1) * 8L, end);
      } else if (width == 4) {
        offsets.set(LittleEndian.INT, (i + 1) * 4L, (int) end);
      }
    }
    return switch (type) {
      case DataType.FixedWidth fixed -> new FixedWidthColumn(fixed, count, validity, data);
      case DataType.VariableWidth variable ->
          new VariableWidthColumn(variable, count, validity, offsets, data);
      default -> throw new AssertionError(type);
    };
  }
}
