package dev.lancewright.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CanonicalEncodingTest {
  private static final DataType.Int INT16 = new DataType.Int(16, true);

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
    assertFixed("01 ff", "255", new DataType.Int(8, false));
    assertFixed("01 ff", "-1", new DataType.Int(8, true));
    assertFixed("01 003c", "1.0 (bits 0x3c00)", new DataType.FloatingPoint(16));
    assertFixed("01 00000080", "-0.0 (bits 0x80000000)", new DataType.FloatingPoint(32));
    assertFixed(
        "01 010000000000f87f", "NaN (bits 0x7ff8000000000001)", new DataType.FloatingPoint(64));
    assertFixed("01 feffffffffffffffffffffffffffffff", "-2", new DataType.Decimal(128, 38, 0));
    assertFixed("01 0aff00", "0x0aff00", new DataType.FixedSizeBinary(3));
  }

  @Test
  void strings() throws IOException {
    Column text =
        new VariableWidthColumn(
            new DataType.Utf8(false),
            2,
            null,
            segment("01000000 03000000 03000000"),
            segment("2ac3bc"));
    assertEncoded("01 0200000000000000 c3bc", "\"ü\" 0xc3bc", text, 0);
    assertEncoded("01 0000000000000000", "\"\" 0x", text, 1);
    Column bytes =
        new VariableWidthColumn(
            new DataType.Binary(true),
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
    DataType.FixedSizeList type = new DataType.FixedSizeList(Field.nullable("item", INT16), 2);
    Column lists = new FixedSizeListColumn(type, 2, new Bitmap(segment("02"), 0, 2), items);
    assertEncoded("00", "null", lists, 0);
    assertEncoded("01 0200000000000000 00 01 0400", "[null, 4]", lists, 1);
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
    CanonicalEncoding.write(column, row, new CanonicalOutput(bytes));
    assertEquals(expected.replace(" ", ""), HexFormat.of().formatHex(bytes.toByteArray()));
    assertEquals(
        text, CanonicalText.first(column.type(), new ByteArrayInputStream(bytes.toByteArray())));
  }

  private static MemorySegment segment(String hex) {
    return MemorySegment.ofArray(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
