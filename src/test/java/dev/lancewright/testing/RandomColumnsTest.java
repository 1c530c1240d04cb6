package dev.lancewright.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.testing.RandomColumns.Form;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RandomColumnsTest {
  private static final int ROWS = 100;

  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void closeArena() {
    arena.close();
  }

  @ParameterizedTest
  @EnumSource
  void nullsAreWhereThePatternSays(Form form) {
    for (Field field : AllTypes.fields()) {
      if (!(field.type() instanceof DataType.Null)) {
        assertEquals(0, nulls(field, form, Nulls.NONE), field.name());
        assertEquals(ROWS, nulls(field, form, Nulls.ALL), field.name());
        assertEquals(ROWS / 2, nulls(field, form, Nulls.FIRST_HALF), field.name());
        long some = nulls(field, form, Nulls.SOME);
        assertTrue(some > 0 && some < ROWS, field.name() + ": " + some);
      }
    }
    assertEquals(ROWS, nulls(AllTypes.fields().getFirst(), form, Nulls.NONE));
  }

  private long nulls(Field field, Form form, Nulls nulls) {
    return column(field, form, nulls, 1).nullCount();
  }

  @Test
  void firstHalfIsTheFirst() {
    Column column = column(AllTypes.fields().get(1), Form.SLICED, Nulls.FIRST_HALF, 1);
    assertTrue(column.isNull(ROWS / 2 - 1));
    assertFalse(column.isNull(ROWS / 2));
  }

  @Test
  void requiredFieldsHaveNoNulls() {
    for (Field field : AllTypes.requiredFields()) {
      assertNull(column(field, Form.PLAIN, Nulls.ALL, 1).validity(), field.name());
      assertEquals(0, column(field, Form.SLICED, Nulls.ALL, 1).nullCount(), field.name());
    }
  }

  @Test
  void slicesStartInTheMiddle() {
    Set<Long> starts = new HashSet<>();
    for (Field field : AllTypes.fields()) {
      Column column = column(field, Form.SLICED, Nulls.NONE, 1);
      if (!(column instanceof NullColumn)) {
        starts.add(column.validity().offset() % 8);
      }
      if (column instanceof VariableWidthColumn strings) {
        assertNotEquals(0, strings.offset(0), field.name());
      }
    }
    assertEquals(8, starts.size(), "first bits: " + starts);
  }

  @Test
  void theSameSeedMakesTheSameColumn() {
    Field field = Field.nullable("v", DataType.int64());
    MemorySegment values = values(field, 1);
    assertEquals(-1, values.mismatch(values(field, 1)));
    assertNotEquals(-1, values.mismatch(values(field, 2)));
  }

  private MemorySegment values(Field field, long seed) {
    return ((FixedWidthColumn) column(field, Form.PLAIN, Nulls.SOME, seed)).values();
  }

  @Test
  void someNullStringsHaveBytes() {
    VariableWidthColumn strings =
        (VariableWidthColumn)
            column(Field.nullable("v", DataType.utf8()), Form.PLAIN, Nulls.ALL, 1);
    assertTrue(strings.offset(ROWS) > 0);
  }

  @Test
  void textIsUtf8OfAllLengths() throws CharacterCodingException {
    Field field = Field.required("v", DataType.largeUtf8());
    long longest = 0;
    Set<Integer> leading = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      VariableWidthColumn strings =
          (VariableWidthColumn)
              new RandomColumns(seed, Nulls.NONE, Form.PLAIN, true).column(field, ROWS, arena);
      for (int row = 0; row < ROWS; row++) {
        long start = strings.offset(row);
        long length = strings.offset(row + 1) - start;
        String text =
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(strings.data().asSlice(start, length).asByteBuffer())
                .toString();
        text.codePoints()
            .forEach(
                c -> leading.add(Character.toString(c).getBytes(StandardCharsets.UTF_8).length));
        longest = Math.max(longest, length);
      }
    }
    assertEquals(Set.of(1, 2, 3, 4), leading);
    assertTrue(longest > 256, "longest: " + longest);
  }

  @Test
  void floatsHaveBothZerosAndNansWithPayload() {
    Field field = Field.required("v", DataType.float64());
    Set<Long> bits = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      MemorySegment values = values(field, seed);
      LongStream.range(0, ROWS).forEach(row -> bits.add(values.get(LittleEndian.LONG, row * 8)));
    }
    for (long wanted : new long[] {0, 1L << 63, 0x7FF8000000000000L, 0xFFF8000000000155L}) {
      assertTrue(bits.contains(wanted), Long.toHexString(wanted));
    }
  }

  @Test
  void listsThatAreNotNullHoldNullItems() {
    Field item = Field.nullable("item", DataType.int64());
    Field field = Field.nullable("v", DataType.fixedSizeList(item, 2));
    FixedSizeListColumn lists =
        (FixedSizeListColumn) column(field, Form.SLICED, Nulls.FIRST_HALF, 1);
    Bitmap secondHalf = lists.items().validity().slice(ROWS, ROWS);
    assertTrue(secondHalf.count() < ROWS);
  }

  private Column column(Field field, Form form, Nulls nulls, long seed) {
    return new RandomColumns(seed, nulls, form, false).column(field, ROWS, arena);
  }
}
