package dev.lancewright.internal.layout;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.Levels;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.simd.ValueBlock;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages byte for byte as the reference implementation writes them for the same values. */
class PageVectorsTest {
  private static final DataType.Int INT16 = DataType.int16();
  private static final DataType.Int INT32 = DataType.int32();

  private final PageFile file = new PageFile();

  @AfterEach
  void freeMemory() {
    file.close();
  }

  @Test
  void flatInt32() throws IOException {
    file.assertPage(
        encode(ints(INT32, null, 1, 2, 3)),
        "0a0d1a040a02082032010138014803",
        "2000",
        "00000c00fefefefe010000000200000003000000fefefefe");
  }

  @Test
  void flatInt16() throws IOException {
    file.assertPage(
        encode(ints(INT16, null, 1, -2, 3)),
        "0a0d1a040a02081032010138014803",
        "1000",
        "00000600fefefefe0100feff0300fefe");
  }

  @Test
  void flatBool() throws IOException {
    file.assertPage(
        encode(new BoolColumn(null, bits("10110001101"))),
        "0a0d1a040a0208013201013801480b",
        "1000",
        "00000200fefefefe8d05fefefefefefe");
  }

  @Test
  void flatBytesOfThree() throws IOException {
    byte[] values = new byte[300];
    for (int i = 0; i < 100; i++) {
      values[3 * i + 2] = (byte) i;
    }
    Column column =
        new FixedWidthColumn(DataType.fixedSizeBinary(3), 100, null, MemorySegment.ofArray(values));
    file.assertPage(
        encode(column),
        "0a0d1a040a02081832010138014864",
        "6002",
        "00002c01fefefefe" + HexFormat.of().formatHex(values) + "fefefefe");
  }

  @Test
  void variable() throws IOException {
    file.assertPage(
        encode(strings(false, null, "abc", "", "hello")),
        "0a111a0812060a040a02082032010138014803",
        "3000",
        "00001800fefefefe1000000013000000130000001800000061626368656c6c6f");
  }

  @Test
  void variableWithNull() throws IOException {
    file.assertPage(
        encode(strings(false, bits("1011"), "abc", "", "", "hello")),
        "0a1712040a0208101a0812060a040a02082032010338014804",
        "5000",
        "040008001c00fefe0000010000000000"
            + "140000001700000017000000170000001c00000061626368656c6c6ffefefefe");
  }

  @Test
  void variableWithLongOffsets() throws IOException {
    file.assertPage(
        encode(strings(true, null, "abc", "", "hello")),
        "0a111a0812060a040a02084032010138014803",
        "5000",
        "00002800fefefefe2000000000000000230000000000000023000000000000002800000000000000"
            + "61626368656c6c6f");
  }

  @Test
  void fixedSizeListOfInts() throws IOException {
    Column items = ints(INT32, null, 0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5, 4, 5, 6);
    file.assertPage(
        encode(lists(3, null, items)),
        "0a131a0a5a08080312040a02082032010138014805",
        "8000",
        "00003c00fefefefe000000000100000002000000010000000200000003000000020000000300000004000000"
            + "030000000400000005000000040000000500000006000000fefefefe");
  }

  @Test
  void fixedSizeListWithNullItemsAndNullLists() throws IOException {
    Column items = ints(INT32, bits("101111000011"), 1, 0, 3, 4, 5, 6, 0, 0, 0, 0, 8, 9);
    file.assertPage(
        encode(lists(3, bits("1101"), items)),
        "0a1b12040a0208101a0c5a0a080312040a020820180132010338024804",
        "8000",
        "040008000200300000000000010000003d0cfefefefefefe0100000000000000030000000400000005000000"
            + "06000000000000000000000000000000000000000800000009000000");
  }

  @Test
  void fixedSizeListOfBools() throws IOException {
    String rows = "0101010101".repeat(5);
    file.assertPage(
        encode(lists(5, null, new BoolColumn(null, bits(rows)))),
        "0a131a0a5a08080512040a0208013201013801480a",
        "1000",
        "00000700fefefefeaaaaaaaaaaaa02fe");
  }

  @Test
  void fixedSizeListOfBoolsWithNullItems() throws IOException {
    Column items = new BoolColumn(bits("101111"), bits("100011"));
    file.assertPage(
        encode(lists(3, null, items)),
        "0a151a0c5a0a080312040a020801180132010138024802",
        "2000",
        "000001000100fefe3dfefefefefefefe31fefefefefefefe");
  }

  @Test
  void fullZipOfInts() throws IOException {
    file.assertPage(
        fullZip(ints(INT32, null, 1, 2, 3)),
        "1a0f1820280330033a040a020820420101",
        "010000000200000003000000");
  }

  @Test
  void fullZipOfIntsWithNull() throws IOException {
    file.assertPage(
        fullZip(ints(INT32, bits("101"), 1, 0, 3)),
        "1a1110011820280330033a040a020820420103",
        "000100000001000000000003000000");
  }

  @Test
  void fullZipOfStrings() throws IOException {
    file.assertPage(
        fullZip(strings(false, null, "abc", "", "hello")),
        "1a132020280330033a0812060a040a020820420101",
        "03000000616263000000000500000068656c6c6f",
        "00070b14");
  }

  @Test
  void fullZipOfStringsWithNull() throws IOException {
    file.assertPage(
        fullZip(strings(false, bits("1011"), "abc", "", "", "hello")),
        "1a1510012020280430043a0812060a040a020820420103",
        "0003000000616263010000000000000500000068656c6c6f",
        "0008090e18");
  }

  @Test
  void fullZipOfFixedSizeListsWithNullItems() throws IOException {
    Column items = ints(INT16, bits("101111"), 1, 0, 3, 4, 5, 6);
    file.assertPage(
        fullZip(lists(3, null, items)),
        "1a171838280230023a0c5a0a080312040a0208101801420101",
        // The reference leaves bits of the next list in the unused bits of the first byte (3d).
        "0501000000030007040005000600");
  }

  @Test
  void fullZipOfNestedFixedSizeLists() throws IOException {
    Column items = ints(INT16, bits("101111000111"), 1, 0, 3, 4, 5, 6, 0, 0, 0, 7, 8, 9);
    file.assertPage(
        fullZip(lists(2, null, lists(3, bits("1101"), items))),
        "1a1f1870280230023a145a120802120c5a0a080312040a02081018011801420101",
        // The reference leaves bits of the next list in the unused bits of the first byte (0b).
        "033d010000000300040005000600" + "0238000000000000070008000900");
  }

  @Test
  void packedStructOfFixedWidth() throws IOException {
    Column structs =
        struct(null, ints(INT32, null, 0, 1, 2, 3, 4), ints(INT16, null, 0, 2, 4, 6, 8));
    file.assertPage(
        encode(structs),
        "0a151a0c620a0a02201012040a02083032010138014805",
        "4000",
        "00001e00fefefefe 0000000000000100000002000200000004000300000006000400000008 00fefe");
  }

  @Test
  void packedStructWithNulls() throws IOException {
    Column structs = struct(bits("101"), ints(INT32, null, 1, 0, 3), ints(INT16, null, 4, 0, 6));
    file.assertPage(
        encode(structs),
        "0a1b12040a0208101a0c620a0a02201012040a02083032010338014803",
        "4000",
        "0300 0600 1200 fefe 000001000000fefe 010000000400 000000000000 030000000600 fefefefefefe");
  }

  @Test
  void packedStructWithStrings() throws IOException {
    Column structs =
        struct(
            null,
            ints(INT32, null, 1, 2, 3),
            strings(false, null, "s", "ss", "sss"),
            strings(true, null, "b", "bb", "bbb"));
    file.assertPage(
        zipped(structs),
        "1a332020280330033a286a260a080a040a02082010200a0c0a0812060a040a02082018200a0c0a0812060a040a"
            + "0208401840420101",
        "12000000 01000000 01000000 73 0100000000000000 62"
            + "14000000 02000000 02000000 7373 0200000000000000 6262"
            + "16000000 03000000 03000000 737373 0300000000000000 626262",
        "00162e48");
  }

  /** The reference writes no value for a null, either. */
  @Test
  void packedStructWithStringsAndNulls() throws IOException {
    Column structs =
        struct(bits("101"), ints(INT16, null, 1, 0, 3), strings(false, null, "s", "", ""));
    file.assertPage(
        zipped(structs),
        "1a2710012020280330033a1a6a180a080a040a02081010100a0c0a0812060a040a0208201820420103",
        "00 07000000 0100 01000000 73 01 00 06000000 0300 00000000",
        "000c0d18");
  }

  @Test
  void packedStructWithFixedSizeLists() throws IOException {
    Column structs =
        struct(
            null, ints(INT16, null, 1, 2), lists(2, null, ints(INT32, bits("1011"), 3, 0, 5, 6)));
    file.assertPage(
        zipped(structs),
        "1a292020280230023a1e6a1c0a080a040a02081010100a100a0c5a0a080212040a020820180110484201"
            + "01",
        "0b000000 0100 01 03000000 00000000 0b000000 0200 03 05000000 06000000",
        "000f1e");
  }

  @Test
  void nothingButNulls() throws IOException {
    file.assertPage(encode(ints(INT32, bits("000"), 7, 8, 9)), "12032a0103");
  }

  private EncodedPage encode(Column column) throws IOException {
    return file.encoder(FormatVersion.V2_1).encode(path(column), column, file.pages()).getFirst();
  }

  private EncodedPage zipped(Column column) throws IOException {
    return file.encoder(FormatVersion.V2_2).encode(path(column), column, file.pages()).getFirst();
  }

  private EncodedPage fullZip(Column column) throws IOException {
    Levels levels =
        Levels.flat(
            path(column),
            column.length(),
            column.validity(),
            new AppendBuffer(file.pool()),
            new ValueBlock());
    return FullZipEncoder.encode(new PageContent(column, levels), file.pages());
  }

  private static LeafPath path(Column column) {
    return LeafPath.flat(new Field("v", column.type(), true, Map.of("packed", "true")));
  }

  private static StructColumn struct(Bitmap validity, Column... children) {
    List<Field> fields = new ArrayList<>();
    for (Column child : children) {
      fields.add(Field.required("f" + fields.size(), child.type()));
    }
    return new StructColumn(
        new DataType.Struct(fields), children[0].length(), validity, List.of(children));
  }

  private static FixedWidthColumn ints(DataType.Int type, Bitmap validity, int... values) {
    MemorySegment segment = MemorySegment.ofArray(new byte[values.length * type.byteWidth()]);
    for (int i = 0; i < values.length; i++) {
      if (type.bitWidth() == 16) {
        segment.set(LittleEndian.SHORT, i * 2L, (short) values[i]);
      } else {
        segment.set(LittleEndian.INT, i * 4L, values[i]);
      }
    }
    return new FixedWidthColumn(type, values.length, validity, segment);
  }

  private static VariableWidthColumn strings(boolean large, Bitmap validity, String... values) {
    DataType.Utf8 type = new DataType.Utf8(large);
    MemorySegment offsets =
        MemorySegment.ofArray(new byte[(values.length + 1) * type.offsetWidth()]);
    StringBuilder data = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      data.append(values[i]);
      if (large) {
        offsets.set(LittleEndian.LONG, (i + 1) * 8L, data.length());
      } else {
        offsets.set(LittleEndian.INT, (i + 1) * 4L, data.length());
      }
    }
    byte[] bytes = data.toString().getBytes(StandardCharsets.US_ASCII);
    return new VariableWidthColumn(
        type, values.length, validity, offsets, MemorySegment.ofArray(bytes));
  }

  private static FixedSizeListColumn lists(int size, Bitmap validity, Column items) {
    DataType.FixedSizeList type =
        DataType.fixedSizeList(Field.nullable("item", items.type()), size);
    return new FixedSizeListColumn(type, items.length() / size, validity, items);
  }

  private static Bitmap bits(String text) {
    byte[] bytes = new byte[(text.length() + 7) / 8];
    for (int i = 0; i < text.length(); i++) {
      bytes[i / 8] |= (byte) ((text.charAt(i) - '0') << (i % 8));
    }
    return new Bitmap(MemorySegment.ofArray(bytes), 0, text.length());
  }
}
