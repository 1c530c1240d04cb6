package dev.lancewright.internal.values;

import static dev.lancewright.testing.Rows.list;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.LeafView;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.Rows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DictionaryBufferTest {
  private static final DataType.Int INT32 = DataType.int32();
  private static final DataType.Utf8 UTF8 = DataType.utf8();

  private final PagePool pool = new PagePool();
  private final Arena arena = Arena.ofConfined();
  private final List<Rows> dictionaries = new ArrayList<>();

  @AfterEach
  void freeMemory() {
    dictionaries.forEach(Rows::close);
    pool.close();
    arena.close();
  }

  @Test
  void batchesShareOneDictionaryInTheOrderOfRows() {
    DataType.Dictionary type = type(8, true, UTF8);
    LeafBuffer buffer = LeafBuffer.create(type, pool);
    buffer.append(column(type, null, list("a", "b", "c"), 2, 0, 2), 0, 3);
    buffer.append(column(type, null, list("d", "c", "d", "a"), 3, 1, 0, 2), 0, 4);
    assertEquals(list("c", "a", "c", "a", "c", "d", "d"), text(buffer.view()));
    assertEquals(list("c", "a", "d"), text(dictionary(buffer)));
    assertEquals(7, buffer.bytes());
  }

  @Test
  void theIndexOfANullIsZeroWhateverItWas() {
    DataType.Dictionary type = type(8, true, UTF8);
    Bitmap validity = new Bitmap(MemorySegment.ofArray(new byte[] {0b1010}), 0, 4);
    LeafBuffer buffer = LeafBuffer.create(type, pool);
    buffer.append(column(type, validity, list("a", "b"), -7, 1, 99, 0), 0, 4);
    assertEquals(list(null, "b", null, "a"), text(buffer.view()));
    assertEquals(list("b", "a"), text(dictionary(buffer)));
    DictionaryColumn view = (DictionaryColumn) buffer.view();
    assertEquals(List.of(0L, 0L, 0L, 1L), IntStream.range(0, 4).mapToObj(view::index).toList());
  }

  @Test
  void aClearedBufferStartsAnew() {
    DataType.Dictionary type = type(16, true, UTF8);
    LeafBuffer buffer = LeafBuffer.create(type, pool);
    buffer.append(column(type, null, list("a", "b"), 0, 1), 0, 2);
    buffer.clear();
    assertEquals(0, buffer.rows());
    assertEquals(0, buffer.bytes());
    buffer.append(column(type, null, list("a", "b"), 1), 0, 1);
    assertEquals(list("b"), text(dictionary(buffer)));
  }

  /** Looked up by value, since few of the values are used. */
  @Test
  void largeDictionariesWithFewRows() {
    DataType.Dictionary type = type(32, true, INT32);
    Object[] values = IntStream.range(0, 5_000).boxed().toArray();
    LeafBuffer buffer = LeafBuffer.create(type, pool);
    buffer.append(column(type, null, list(values), 4_999, 17, 4_999), 0, 3);
    buffer.append(column(type, null, list(values), 3, 17), 0, 2);
    assertEquals(numbers(4_999, 17, 4_999, 3, 17), values(buffer.view()));
    assertEquals(numbers(4_999, 17, 3), values(dictionary(buffer)));
  }

  @Test
  void manyValues() {
    DataType.Dictionary type = type(32, false, INT32);
    Object[] values = IntStream.range(0, 10_000).mapToObj(i -> i * 31).toArray();
    int[] indices = IntStream.range(0, 20_000).map(i -> i * 7919 % 10_000).toArray();
    LeafBuffer buffer = LeafBuffer.create(type, pool);
    Column column = column(type, null, list(values), indices);
    buffer.append(column, 0, 20_000);
    assertEquals(values(column), values(buffer.view()));
    assertEquals(10_000, dictionary(buffer).length());
  }

  @ParameterizedTest
  @CsvSource({"8, true, 128", "8, false, 256", "16, true, 32768", "16, false, 65536"})
  void aPageEndsBeforeTheValueThatNoIndexReaches(int bits, boolean signed, int most) {
    DataType.Dictionary type = type(bits, signed, INT32);
    LeafBuffer buffer = LeafBuffer.create(type, pool);
    Object[] first = IntStream.range(0, most - 1).boxed().toArray();
    buffer.append(
        column(type, null, list(first), IntStream.range(0, most - 1).toArray()), 0, most - 1);

    Column more = column(type, null, list(-1, 5, -2), 1, 0, 1, 0, 2, 1);
    assertEquals(4, buffer.rowsToComplete(more, 0, 6, 1 << 20));
    assertEquals(3, buffer.rowsToComplete(more, 1, 5, 1 << 20));
    assertEquals(0, rowsAfter(buffer, more, 4));
    assertEquals(most, dictionary(buffer).length());
    assertEquals((long) most - 1, ((DictionaryColumn) buffer.view()).index(most + 2));

    Column known = column(type, null, list(-1, 5, -2), 1, 0, 1);
    assertTrue(buffer.rowsToComplete(known, 0, 3, 1 << 20) > 3, "all rows are held");
    assertTrue(buffer.holds(known, 0, 3));
  }

  private static long rowsAfter(LeafBuffer buffer, Column column, int rows) {
    buffer.append(column, 0, rows);
    return buffer.rowsToComplete(column, rows, column.length() - rows, 1 << 20);
  }

  static Stream<DataType> valueTypes() {
    return Stream.of(
        UTF8,
        DataType.largeUtf8(),
        DataType.binary(),
        DataType.largeBinary(),
        DataType.float16(),
        DataType.float32(),
        DataType.float64(),
        DataType.int8(),
        DataType.uint16(),
        INT32,
        DataType.uint64());
  }

  /** Of random columns, whose dictionaries have nulls and duplicates, and nulls any index. */
  @ParameterizedTest
  @MethodSource("valueTypes")
  void rowsStayAndValuesAreUnique(DataType value) {
    RandomGenerator random = new SplittableRandom(value.hashCode());
    for (int seed = 0; seed < 30; seed++) {
      int bits = 16 << random.nextInt(3);
      Field field = Field.nullable("v", type(bits, random.nextBoolean(), value));
      List<Integer> sizes = List.of(random.nextInt(300), random.nextInt(300), 1);
      LeafView view = new LeafView(LeafPath.flat(field), pool);
      LeafBuffer buffer = LeafBuffer.create(field.type(), pool);
      List<Object> expected = new ArrayList<>();
      RandomColumns columns = RandomColumns.varied(seed, 0);
      for (Batch batch : columns.batches(Schema.of(field), sizes, arena)) {
        Column column = batch.columns().getFirst();
        view.set(column);
        buffer.append(view.leaf(), 0, column.length());
        expected.addAll(values(column));
      }
      String message = "seed " + seed;
      assertEquals(expected, values(buffer.view()), message);
      Set<Object> unique = new LinkedHashSet<>(expected);
      unique.remove(null);
      assertEquals(List.copyOf(unique), values(dictionary(buffer)), message);
    }
  }

  private static DataType.Dictionary type(int bits, boolean signed, DataType value) {
    return DataType.dictionary(new DataType.Int(bits, signed), value);
  }

  private DictionaryColumn column(
      DataType.Dictionary type, Bitmap validity, List<Object> values, int... indices) {
    int width = ((DataType.Int) type.index()).byteWidth();
    byte[] bytes = new byte[indices.length * width];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (indices[i / width] >> (8 * (i % width)));
    }
    Rows rows = Rows.of(Field.nullable("values", type.value()), values.toArray());
    dictionaries.add(rows);
    return new DictionaryColumn(
        type, indices.length, validity, MemorySegment.ofArray(bytes), rows.column());
  }

  private static Column dictionary(LeafBuffer buffer) {
    return ((DictionaryColumn) buffer.view()).values();
  }

  private static List<Object> values(Column column) {
    List<Object> values = new ArrayList<>();
    for (long row = 0; row < column.length(); row++) {
      values.add(Rows.value(column, row));
    }
    return values;
  }

  private static List<String> text(Column column) {
    List<String> text = new ArrayList<>();
    for (Object value : values(column)) {
      text.add(value == null ? null : US_ASCII.decode(((ByteBuffer) value).duplicate()).toString());
    }
    return text;
  }

  private static List<Object> numbers(int... numbers) {
    List<Object> values = new ArrayList<>();
    for (int number : numbers) {
      ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
      values.add(bytes.putInt(0, number));
    }
    return values;
  }
}
