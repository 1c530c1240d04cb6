package dev.lancewright.internal.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeafBufferTest {
  private static final DataType.Int INT8 = DataType.int8();
  private static final DataType.Utf8 UTF8 = DataType.utf8();

  private static final DataType.Struct PAIR =
      DataType.struct(Field.nullable("number", INT8), Field.nullable("text", UTF8));

  private final PagePool pool = new PagePool();

  @AfterEach
  void freePool() {
    pool.close();
  }

  @Test
  void bytesUnderNullsAreCleared() {
    LeafBuffer buffer = LeafBuffer.create(INT8, pool);
    buffer.append(fixed(null, 1, 2), 0, 2);
    buffer.append(fixed(bitmap(0b01101), 9, 8, 7, 6, 5), 1, 4);
    FixedWidthColumn view = (FixedWidthColumn) buffer.view();
    assertArrayEquals(new byte[] {1, 2, 0, 7, 6, 0}, view.values().toArray(ValueLayout.JAVA_BYTE));
    assertEquals(0b011011, view.validity().word(0));
    assertEquals(6, buffer.bytes());
  }

  @Test
  void stringsUnderNullsAreDropped() {
    LeafBuffer buffer = LeafBuffer.create(UTF8, pool);
    buffer.append(text(bitmap(0b0101), "abcdef", 0, 1, 3, 4, 6), 0, 4);
    buffer.append(text(null, "xyz", 1, 3), 0, 1);
    VariableWidthColumn view = (VariableWidthColumn) buffer.view();
    assertEquals(
        "adyz", new String(view.data().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII));
    assertArrayEquals(
        new int[] {0, 1, 1, 2, 2, 4}, view.offsets().toArray(ValueLayout.JAVA_INT_UNALIGNED));
    assertEquals(0b10101, view.validity().word(0));
    assertEquals(4 + 5 * 4, buffer.bytes());
  }

  @Test
  void itemsUnderNullListsAreValidZeros() {
    DataType.FixedSizeList type = DataType.fixedSizeList(Field.nullable("item", INT8), 2);
    LeafBuffer buffer = LeafBuffer.create(type, pool);
    FixedSizeListColumn lists =
        new FixedSizeListColumn(
            type, 3, bitmap(0b101).slice(0, 3), fixed(bitmap(0b110011), 1, 2, 3, 4, 5, 6));
    buffer.append(lists, 0, 2);
    FixedSizeListColumn view = (FixedSizeListColumn) buffer.view();
    assertNull(view.items().validity(), "only items of null lists are null");
    assertArrayEquals(
        new byte[] {1, 2, 0, 0},
        ((FixedWidthColumn) view.items()).values().toArray(ValueLayout.JAVA_BYTE));
  }

  @Test
  void packedStructsUnderNullsAreCleared() {
    LeafBuffer buffer = LeafBuffer.create(PAIR, pool);
    StructColumn structs =
        struct(
            bitmap(0b1101), fixed(bitmap(0b1101), 1, 2, 3, 4), text(null, "abcd", 0, 1, 2, 3, 4));
    assertFalse(buffer.isClean(structs, 0, 4));
    assertTrue(buffer.isClean(structs, 2, 2));
    buffer.append(structs, 0, 4);
    StructColumn view = (StructColumn) buffer.view();
    FixedWidthColumn numbers = (FixedWidthColumn) view.children().getFirst();
    VariableWidthColumn strings = (VariableWidthColumn) view.children().getLast();
    assertArrayEquals(new byte[] {1, 0, 3, 4}, numbers.values().toArray(ValueLayout.JAVA_BYTE));
    assertArrayEquals(
        "acd".getBytes(StandardCharsets.US_ASCII), strings.data().toArray(ValueLayout.JAVA_BYTE));
    assertEquals(0b1101, view.validity().word(0));
    assertEquals(4 + 3 + 4 * 4, buffer.bytes());
  }

  @Test
  void aPageOfPackedStructsEndsWithTheRowThatReachesItsSize() {
    LeafBuffer buffer = LeafBuffer.create(PAIR, pool);
    StructColumn structs =
        struct(bitmap(0b1101), fixed(null, 1, 2, 3, 4), text(null, "aabbccdd", 0, 2, 4, 6, 8));
    assertEquals(1, buffer.rowsToComplete(structs, 0, 4, 7));
    assertEquals(2, buffer.rowsToComplete(structs, 0, 4, 8));
    assertEquals(2, buffer.rowsToComplete(structs, 0, 4, 12));
    assertEquals(3, buffer.rowsToComplete(structs, 0, 4, 13));
    assertEquals(4, buffer.rowsToComplete(structs, 0, 4, 26));
    assertTrue(buffer.rowsToComplete(structs, 0, 4, 27) > 4);
    buffer.append(structs, 0, 2);
    assertEquals(1, buffer.rowsToComplete(structs, 2, 2, 19));
    assertEquals(2, buffer.rowsToComplete(structs, 2, 2, 20));
  }

  @Test
  @SuppressWarnings("restricted")
  void aPageOfPackedStructsEndsBeforeOffsetsOverflow() {
    LeafBuffer buffer = LeafBuffer.create(PAIR, pool);
    buffer.append(struct(null, fixed(null, 1), text(null, "abcde", 0, 5)), 0, 1);
    MemorySegment vast = MemorySegment.ofAddress(64).reinterpret(Integer.MAX_VALUE);
    MemorySegment offsets = MemorySegment.ofArray(new int[] {0, 1, Integer.MAX_VALUE - 4});
    VariableWidthColumn strings = new VariableWidthColumn(UTF8, 2, null, offsets, vast);
    StructColumn structs = struct(null, fixed(null, 1, 2), strings);
    assertEquals(1, buffer.rowsToComplete(structs, 0, 2, Long.MAX_VALUE));
    assertFalse(buffer.holds(structs, 0, 2));
    assertTrue(buffer.holds(struct(bitmap(0b01), fixed(null, 1, 2), strings), 0, 2));
  }

  @Test
  void aClearedBufferStartsAnew() {
    LeafBuffer buffer = LeafBuffer.create(UTF8, pool);
    buffer.append(text(bitmap(0b0), "a", 0, 1), 0, 1);
    buffer.clear();
    assertEquals(0, buffer.rows());
    assertEquals(0, buffer.bytes());
    buffer.append(text(null, "bc", 0, 2), 0, 1);
    assertNull(buffer.view().validity());
    assertEquals(2, ((VariableWidthColumn) buffer.view()).offset(1));
  }

  @Test
  void aPageEndsWithTheRowThatReachesItsSize() {
    LeafBuffer fixed = LeafBuffer.create(DataType.int64(), pool);
    FixedWidthColumn longs =
        new FixedWidthColumn(DataType.int64(), 20, null, MemorySegment.ofArray(new byte[160]));
    assertEquals(13, fixed.rowsToComplete(longs, 0, 20, 100));
    fixed.append(longs, 0, 5);
    assertEquals(8, fixed.rowsToComplete(longs, 5, 15, 100));

    LeafBuffer strings = LeafBuffer.create(UTF8, pool);
    VariableWidthColumn text = text(bitmap(0b1101), "aaaabbbbccccdddd", 0, 4, 8, 12, 16);
    assertEquals(1, strings.rowsToComplete(text, 0, 4, 8));
    assertEquals(2, strings.rowsToComplete(text, 0, 4, 9));
    assertEquals(3, strings.rowsToComplete(text, 0, 4, 20));
    assertEquals(4, strings.rowsToComplete(text, 0, 4, 28));
    assertTrue(strings.rowsToComplete(text, 0, 4, 29) > 4);
  }

  @Test
  @SuppressWarnings("restricted")
  void aPageEndsBeforeItsOffsetsOverflow() {
    LeafBuffer buffer = LeafBuffer.create(UTF8, pool);
    buffer.append(text(null, "abcde", 0, 5), 0, 1);
    // Only the offsets are looked at: there is no memory behind the data.
    MemorySegment vast = MemorySegment.ofAddress(64).reinterpret(Integer.MAX_VALUE);
    MemorySegment offsets = MemorySegment.ofArray(new int[] {0, 1, Integer.MAX_VALUE - 4});
    VariableWidthColumn column = new VariableWidthColumn(UTF8, 2, null, offsets, vast);
    assertEquals(1, buffer.rowsToComplete(column, 0, 2, Long.MAX_VALUE));
    buffer.append(text(null, "fg", 0, 2), 0, 1);
    assertEquals(0, buffer.rowsToComplete(column, 1, 1, Long.MAX_VALUE));
    assertTrue(LeafBuffer.create(UTF8, pool).rowsToComplete(column, 0, 2, Long.MAX_VALUE) > 2);
  }

  @Test
  @SuppressWarnings("restricted")
  void bytesUnderNullsNeedNoRoom() {
    LeafBuffer buffer = LeafBuffer.create(UTF8, pool);
    buffer.append(text(null, "abcde", 0, 5), 0, 1);
    MemorySegment vast = MemorySegment.ofAddress(64).reinterpret(Integer.MAX_VALUE);
    MemorySegment offsets =
        MemorySegment.ofArray(new int[] {0, Integer.MAX_VALUE - 1, Integer.MAX_VALUE});
    Bitmap second = new Bitmap(bitmap(0b10).bytes(), 0, 2);
    assertTrue(buffer.holds(new VariableWidthColumn(UTF8, 2, second, offsets, vast), 0, 2));
    assertFalse(buffer.holds(new VariableWidthColumn(UTF8, 2, null, offsets, vast), 0, 2));
  }

  private static StructColumn struct(Bitmap validity, Column numbers, Column strings) {
    long rows = numbers.length();
    Bitmap bits = validity == null ? null : new Bitmap(validity.bytes(), 0, rows);
    return new StructColumn(PAIR, rows, bits, List.of(numbers, strings));
  }

  private static FixedWidthColumn fixed(Bitmap validity, int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    Bitmap bits = validity == null ? null : new Bitmap(validity.bytes(), 0, values.length);
    return new FixedWidthColumn(INT8, values.length, bits, MemorySegment.ofArray(bytes));
  }

  private static VariableWidthColumn text(Bitmap validity, String data, int... offsets) {
    int rows = offsets.length - 1;
    Bitmap bits = validity == null ? null : new Bitmap(validity.bytes(), 0, rows);
    return new VariableWidthColumn(
        UTF8,
        rows,
        bits,
        MemorySegment.ofArray(offsets),
        MemorySegment.ofArray(data.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Bitmap bitmap(int bits) {
    return new Bitmap(MemorySegment.ofArray(new byte[] {(byte) bits}), 0, 8);
  }
}
