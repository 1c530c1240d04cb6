package dev.lancewright.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalEncodingTest {
  private static final DataType.Int INT16 = DataType.int16();

  @Test
  void nulls() throws IOException {
    assertEncoded("00", "null", new NullColumn(1), 0);
    Bitmap second = new Bitmap(segment("02"), 0, 2);
    Column column = new FixedWidthColumn(INT16, 2, second, segment("ffff feff"));
    assertEncoded("00", "null", column, 0);
    assertEncoded("01 feff", "-2", column, 1);
  }

  @Test
  void bits() throws IOException {
    Column column = new BoolColumn(null, new Bitmap(segment("10"), 3, 2));
    assertEncoded("01 00", "false", column, 0);
    assertEncoded("01 01", "true", column, 1);
  }

  @Test
  void numbers() throws IOException {
    assertFixed("01 ff", "255", DataType.uint8());
    assertFixed("01 ff", "-1", DataType.int8());
    assertFixed("01 003c", "1.0 (bits 0x3c00)", DataType.float16());
    assertFixed("01 00000080", "-0.0 (bits 0x80000000)", DataType.float32());
    assertFixed("01 010000000000f87f", "NaN (bits 0x7ff8000000000001)", DataType.float64());
    assertFixed("01 feffffffffffffffffffffffffffffff", "-2", DataType.decimal128(38, 0));
    assertFixed("01 0aff00", "0x0aff00", DataType.fixedSizeBinary(3));
  }

  @Test
  void strings() throws IOException {
    Column text =
        new VariableWidthColumn(
            DataType.utf8(), 2, null, segment("01000000 03000000 03000000"), segment("2ac3bc"));
    assertEncoded("01 0200000000000000 c3bc", "\"ü\" 0xc3bc", text, 0);
    assertEncoded("01 0000000000000000", "\"\" 0x", text, 1);
    Column bytes =
        new VariableWidthColumn(
            DataType.largeBinary(),
            1,
            null,
            segment("0000000000000000 0100000000000000"),
            segment("ff"));
    assertEncoded("01 0100000000000000 ff", "0xff", bytes, 0);
  }

  @Test
  void lists() throws IOException {
    Column items =
        new FixedWidthColumn(
            INT16, 4, new Bitmap(segment("0b"), 0, 4), segment("0100 0200 0300 0400"));
    DataType.FixedSizeList type = DataType.fixedSizeList(Field.nullable("item", INT16), 2);
    Column lists = new FixedSizeListColumn(type, 2, new Bitmap(segment("02"), 0, 2), items);
    assertEncoded("00", "null", lists, 0);
    assertEncoded("01 0200000000000000 00 01 0400", "[null, 4]", lists, 1);
  }

  @Test
  void listsOfAnyLength() throws IOException {
    Column items = new FixedWidthColumn(INT16, 4, null, segment("0100 0200 0300 0400"));
    DataType type = DataType.list(Field.nullable("item", INT16));
    Column lists =
        new ListColumn(
            type,
            3,
            new Bitmap(segment("05"), 0, 3),
            segment("01000000 03000000 04000000 04000000"),
            items);
    assertEncoded("01 0200000000000000 01 0200 01 0300", "[2, 3]", lists, 0);
    assertEncoded("00", "null", lists, 1);
    assertEncoded("01 0000000000000000", "[]", lists, 2);
  }

  @Test
  void structsAndMaps() throws IOException {
    Bitmap first = new Bitmap(segment("01"), 0, 2);
    DataType.Struct type =
        DataType.struct(Field.required("key", INT16), Field.nullable("value", INT16));
    Column structs =
        new StructColumn(
            type,
            2,
            null,
            List.of(
                new FixedWidthColumn(INT16, 2, null, segment("0100 0200")),
                new FixedWidthColumn(INT16, 2, first, segment("0300 0400"))));
    assertEncoded("01 01 0100 01 0300", "{key: 1, value: 3}", structs, 0);
    assertEncoded("01 01 0200 00", "{key: 2, value: null}", structs, 1);
    Column map =
        new ListColumn(
            new DataType.MapOf(Field.required("entries", type), false),
            1,
            null,
            segment("00000000 02000000"),
            structs);
    assertEncoded(
        "01 0200000000000000 01 01 0100 01 0300 01 01 0200 00",
        "[{key: 1, value: 3}, {key: 2, value: null}]",
        map,
        0);
  }

  @Test
  void dictionaries() throws IOException {
    Column values =
        new FixedWidthColumn(INT16, 2, new Bitmap(segment("02"), 0, 2), segment("0100 0200"));
    DataType.Dictionary type = DataType.dictionary(DataType.uint8(), INT16);
    Column column =
        new DictionaryColumn(type, 3, new Bitmap(segment("03"), 0, 3), segment("01 00 ff"), values);
    assertEncoded("01 0200", "2", column, 0);
    assertEncoded("00", "null", column, 1);
    assertEncoded("00", "null", column, 2);
  }

  /** One value of {@code type}, whose body is what follows the mark. */
  private static void assertFixed(String encoded, String text, DataType.FixedWidth type)
      throws IOException {
    Column column = new FixedWidthColumn(type, 1, null, segment(encoded.substring(3)));
    assertEncoded(encoded, text, column, 0);
  }

  private static void assertEncoded(String expected, String text, Column column, long row)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CanonicalOutput out = new CanonicalOutput(bytes)) {
      CanonicalEncoding.write(column, row, out);
    }
    assertEquals(expected.replace(" ", ""), HexFormat.of().formatHex(bytes.toByteArray()));
    assertEquals(
        text, CanonicalText.first(column.type(), new ByteArrayInputStream(bytes.toByteArray())));
  }

  private static MemorySegment segment(String hex) {
    return MemorySegment.ofArray(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
