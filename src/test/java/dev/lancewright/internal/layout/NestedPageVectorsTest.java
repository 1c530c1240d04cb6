package dev.lancewright.internal.layout;

import static dev.lancewright.testing.Rows.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.TextFormat;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.codec.FlatCodec;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.LeafView;
import dev.lancewright.internal.levels.LevelBuffer;
import dev.lancewright.internal.levels.LevelBuilder;
import dev.lancewright.internal.levels.Levels;
import dev.lancewright.internal.plan.Planner.MiniBlockPlan;
import dev.lancewright.internal.rows.ColumnBuffer;
import dev.lancewright.internal.values.LeafBuffer;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.testing.Messages;
import dev.lancewright.testing.Rows;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of nested columns, of constants and of dictionaries, byte for byte. */
class NestedPageVectorsTest {
  private static final DataType.Int INT32 = DataType.int32();
  private static final DataType.Utf8 UTF8 = DataType.utf8();
  private static final Field INTS = nullable(listOf(nullable(INT32)));
  private static final Field REQUIRED_INTS = nullable(listOf(Field.required("item", INT32)));

  private final PageFile file = new PageFile();

  @AfterEach
  void freeMemory() {
    file.close();
  }

  @Test
  void miniBlocksOfLists() throws IOException {
    EncodedPage page =
        encode(FormatVersion.V2_1, INTS, list(1, 2), list(), null, list(3), list(4, null));
    assertLayout(
        "mini_block_layout { rep_compression { flat { bits_per_value: 16 } }"
            + " def_compression { flat { bits_per_value: 16 } }"
            + " value_compression { flat { bits_per_value: 32 } }"
            + " layers: REPDEF_NULLABLE_ITEM layers: REPDEF_NULL_AND_EMPTY_LIST"
            + " num_buffers: 1 repetition_index_depth: 1 num_items: 5 }",
        page);
    file.assertBuffers(
        page,
        "7000",
        "0700 0e00 0e00 1400"
            + "0100 0000 0100 0100 0100 0100 0000 fefe"
            + "0000 0000 0300 0200 0000 0000 0100 fefe"
            + "01000000 02000000 03000000 04000000 00000000 fefefefe",
        "0500000000000000 0000000000000000");
    assertEquals(5, page.rows());
    assertEquals(1, page.nulls());
  }

  @Test
  void miniBlocksOfStructsHaveNoIndex() throws IOException {
    Field field = nullable(DataType.struct(nullable(INT32)));
    EncodedPage page =
        encode(FormatVersion.V2_1, field, list(7), null, list((Object) null), list(8));
    assertLayout(
        "mini_block_layout { def_compression { flat { bits_per_value: 16 } }"
            + " value_compression { flat { bits_per_value: 32 } }"
            + " layers: REPDEF_NULLABLE_ITEM layers: REPDEF_NULLABLE_ITEM"
            + " num_buffers: 1 num_items: 4 }",
        page);
    file.assertBuffers(
        page,
        "3000",
        "0400 0800 1000 fefe 0000 0200 0100 0000 07000000 00000000 00000000 08000000");
  }

  /** Chunk words and sizes of values have 32 bits, those of levels still 16. */
  @Test
  void mapKeysInLargeChunks() throws IOException {
    Field key = Field.required("key", UTF8);
    Field entries = Field.required("entries", DataType.struct(key, nullable(INT32)));
    EncodedPage page =
        encode(
            FormatVersion.V2_2,
            nullable(new DataType.MapOf(entries, false)),
            list(list("a", 1), list("b", 2)),
            null,
            list(),
            list(list("c", null)));
    assertLayout(
        "mini_block_layout { rep_compression { flat { bits_per_value: 16 } }"
            + " def_compression { flat { bits_per_value: 16 } }"
            + " value_compression { variable { offsets { flat { bits_per_value: 32 } } } }"
            + " layers: REPDEF_ALL_VALID_ITEM layers: REPDEF_ALL_VALID_ITEM"
            + " layers: REPDEF_NULL_AND_EMPTY_LIST"
            + " num_buffers: 1 repetition_index_depth: 1 num_items: 3 has_large_chunk: true }",
        page);
    file.assertBuffers(
        page,
        "80000000",
        "0500 0a00 0a00 14000000 fefefefefefe"
            + "0100 0000 0100 0100 0100 fefefefefefe"
            + "0000 0000 0100 0200 0000 fefefefefefe"
            + "10000000 11000000 12000000 13000000 616263 48 fefefefe",
        "0400000000000000 0000000000000000");
  }

  /** Chunks of two values: of three and of the first list, then of its end and of the next list. */
  @Test
  void listsThatSpanChunks() throws IOException {
    DataType wide = DataType.fixedSizeBinary(5000);
    Object value = "x".repeat(5000);
    PageContent page =
        page(
            nullable(listOf(Field.required("item", wide))),
            Collections.nCopies(5, value),
            list(value));
    EncodedPage encoded =
        new MiniBlockEncoder(FormatVersion.V2_1, file.pool())
            .encode(
                new MiniBlockPlan(new FlatCodec((FixedWidthColumn) page.values()), null),
                page,
                file.pages());
    String index = "0000000000000000 0200000000000000";
    assertEquals(
        (index + index + "0200000000000000 0000000000000000").replace(" ", ""),
        hex(file.buffer(encoded, 2)));
  }

  @Test
  void fullZipOfLists() throws IOException {
    PageContent page = page(REQUIRED_INTS, list(1, 2), list(), null, list(3));
    EncodedPage encoded = FullZipEncoder.encode(page, file.pages());
    assertLayout(
        "full_zip_layout { bits_rep: 1 bits_def: 2 bits_per_value: 32 num_items: 5"
            + " num_visible_items: 3 value_compression { flat { bits_per_value: 32 } }"
            + " layers: REPDEF_ALL_VALID_ITEM layers: REPDEF_NULL_AND_EMPTY_LIST }",
        encoded);
    file.assertBuffers(encoded, "04 01000000 00 02000000 06 05 04 03000000", "00 0a 0b 0c 11");
  }

  @Test
  void fullZipOfListsOfText() throws IOException {
    PageContent page =
        page(nullable(listOf(nullable(UTF8))), list("ab", null, ""), list(), list("c"));
    EncodedPage encoded = FullZipEncoder.encode(page, file.pages());
    assertLayout(
        "full_zip_layout { bits_rep: 1 bits_def: 2 bits_per_offset: 32 num_items: 5"
            + " num_visible_items: 4"
            + " value_compression { variable { offsets { flat { bits_per_value: 32 } } } }"
            + " layers: REPDEF_NULLABLE_ITEM layers: REPDEF_EMPTYABLE_LIST }",
        encoded);
    file.assertBuffers(encoded, "04 02000000 6162 01 00 00000000 06 04 01000000 63", "00 0d 0e 14");
  }

  @Test
  void listsWithoutValuesAreLevelsAlone() throws IOException {
    EncodedPage page = encode(FormatVersion.V2_1, INTS, null, list(), null, list((Object) null));
    assertLayout(
        "constant_layout { layers: REPDEF_NULLABLE_ITEM layers: REPDEF_NULL_AND_EMPTY_LIST }",
        page);
    file.assertBuffers(page, "0100 0100 0100 0100", "0200 0300 0200 0100");
  }

  @Test
  void listsWithoutValuesSayHowManyLevelsThereAreFrom22On() throws IOException {
    EncodedPage page = encode(FormatVersion.V2_2, INTS, list(), list(), list());
    assertLayout(
        "constant_layout { layers: REPDEF_ALL_VALID_ITEM layers: REPDEF_EMPTYABLE_LIST"
            + " rep_compression { flat { bits_per_value: 16 } }"
            + " def_compression { flat { bits_per_value: 16 } }"
            + " num_rep_values: 3 num_def_values: 3 }",
        page);
    file.assertBuffers(page, "0100 0100 0100", "0100 0100 0100");
  }

  @Test
  void structsWithoutValuesHaveNoRepetition() throws IOException {
    Field field = nullable(DataType.struct(nullable(INT32)));
    EncodedPage page = encode(FormatVersion.V2_1, field, null, list((Object) null));
    assertLayout(
        "constant_layout { layers: REPDEF_NULLABLE_ITEM layers: REPDEF_NULLABLE_ITEM }", page);
    file.assertBuffers(page, "", "0200 0100");
  }

  /** Version 4 of the reference cannot read levels alone where rows have several. */
  @Test
  void listsOfNullsAreWrittenWithValues() throws IOException {
    EncodedPage page = encode(FormatVersion.V2_1, INTS, list(null, null));
    file.assertBuffers(
        page,
        "3000",
        "0200 0400 0400 0800 0100 0000 fefefefe 0100 0100 fefefefe 0000000000000000",
        "0100000000000000 0000000000000000");
  }

  @Test
  void listsOfTheNullTypeAreLevelsAlone() throws IOException {
    Field field = nullable(listOf(nullable(DataType.nullType())));
    EncodedPage page = encode(FormatVersion.V2_1, field, list(null, null), null);
    assertLayout(
        "constant_layout { layers: REPDEF_NULLABLE_ITEM layers: REPDEF_NULLABLE_LIST }", page);
    file.assertBuffers(page, "0100 0000 0100", "0100 0100 0200");
  }

  @Test
  void constantNumbersAreInTheLayout() throws IOException {
    Object[] sevens = Collections.nCopies(10, 7).toArray();
    file.assertPage(encode(FormatVersion.V2_2, nullable(INT32), sevens), "12092a0101320407000000");
    Object[] truths = Collections.nCopies(10, true).toArray();
    file.assertPage(
        encode(FormatVersion.V2_2, nullable(DataType.bool()), truths), "12062a0101320101");
    for (int i = 1; i < sevens.length; i += 2) {
      sevens[i] = null;
    }
    file.assertPage(
        encode(FormatVersion.V2_2, nullable(INT32), sevens),
        "12092a0103320407000000",
        "",
        "0000010000000100000001000000010000000100");
  }

  @Test
  void constantBytesAreABuffer() throws IOException {
    assertConstant(UTF8, "abc", "02000000 08000000 03000000 00000000 03000000 616263");
    assertConstant(UTF8, "", "02000000 08000000 00000000 00000000 00000000");
    assertConstant(
        DataType.largeUtf8(),
        "abc",
        "02000000 10000000 03000000 0000000000000000 0300000000000000 616263");
    assertConstant(
        DataType.fixedSizeBinary(40), "x".repeat(40), "01000000 28000000" + "78".repeat(40));
  }

  private void assertConstant(DataType type, Object value, String buffer) throws IOException {
    EncodedPage page = encode(FormatVersion.V2_2, nullable(type), value, value, value);
    file.assertPage(page, "12032a0101", buffer);
  }

  @Test
  void fixedSizeBinariesOfUpTo32BytesAreInTheLayout() throws IOException {
    DataType type = DataType.fixedSizeBinary(32);
    EncodedPage page = encode(FormatVersion.V2_2, nullable(type), "x".repeat(32), "x".repeat(32));
    file.assertPage(page, "12252a01013220" + "78".repeat(32));
  }

  @Test
  void constantsInLists() throws IOException {
    EncodedPage text =
        encode(
            FormatVersion.V2_2,
            nullable(listOf(nullable(UTF8))),
            list("a", "a"),
            null,
            list("a", null));
    assertLayout(
        "constant_layout { layers: REPDEF_NULLABLE_ITEM layers: REPDEF_NULLABLE_LIST }", text);
    file.assertBuffers(
        text,
        "02000000 08000000 01000000 00000000 01000000 61",
        "0100 0000 0100 0100 0000",
        "0000 0000 0200 0000 0100");

    EncodedPage numbers = encode(FormatVersion.V2_2, INTS, list(7, 7), list(7));
    assertLayout(
        "constant_layout { layers: REPDEF_ALL_VALID_ITEM layers: REPDEF_ALL_VALID_LIST"
            + " inline_value: \"\\a\\000\\000\\000\" }",
        numbers);
    file.assertBuffers(numbers, "0100 0000 0100", "");
  }

  @Test
  void dictionaries() throws IOException {
    DataType.Dictionary type = DataType.dictionary(DataType.int8(), UTF8);
    file.assertPage(
        encode(FormatVersion.V2_1, nullable(type), "a", "bb", "ccc", "bb", "a"),
        "0a191a040a020808220812060a040a020820280332010138014805",
        "1000",
        "00000500fefefefe0001020100fefefe",
        "200000001800000000000000010000000300000006000000616262636363");
  }

  @Test
  void dictionariesInLists() throws IOException {
    DataType.Dictionary type = DataType.dictionary(DataType.uint16(), DataType.largeUtf8());
    EncodedPage page =
        encode(
            FormatVersion.V2_1, nullable(listOf(nullable(type))), list("b", null), list("a", "b"));
    assertLayout(
        "mini_block_layout { rep_compression { flat { bits_per_value: 16 } }"
            + " def_compression { flat { bits_per_value: 16 } }"
            + " value_compression { flat { bits_per_value: 16 } }"
            + " dictionary { variable { offsets { flat { bits_per_value: 64 } } } }"
            + " num_dictionary_items: 2"
            + " layers: REPDEF_NULLABLE_ITEM layers: REPDEF_ALL_VALID_LIST"
            + " num_buffers: 1 repetition_index_depth: 1 num_items: 4 }",
        page);
    file.assertBuffers(
        page,
        "3000",
        "0400 0800 0800 0800 0100 0000 0100 0000 0000 0100 0000 0000 0000 0000 0100 0000",
        "4000000000000000 2800000000000000"
            + "0000000000000000 0100000000000000 0200000000000000 6261",
        "0200000000000000 0000000000000000");
  }

  @Test
  void dictionariesOfNumbers() throws IOException {
    DataType.Dictionary type = DataType.dictionary(DataType.int32(), INT32);
    EncodedPage page = encode(FormatVersion.V2_1, nullable(type), 9, null, 8, 9);
    file.assertBuffers(
        page,
        "3000",
        "0400 0800 1000 fefe 0000 0100 0000 0000 00000000 00000000 01000000 00000000",
        "09000000 08000000");
  }

  /** Between two values lie more empty lists than a chunk has levels, and bits cannot be zipped. */
  @Test
  void rowsThatFitNoLayoutTogetherBecomeSeveralPages() throws IOException {
    Field field = nullable(listOf(nullable(DataType.bool())));
    Object[] rows = Collections.nCopies(150_000, list()).toArray();
    rows[10] = list(true);
    rows[149_990] = list(true, false);
    LeafPath path = LeafPath.of(field).getFirst();
    List<EncodedPage> pages =
        file.encoder(FormatVersion.V2_1).encode(path, page(field, rows), file.pages());
    assertEquals(
        List.of(37_500L, 37_500L, 37_500L, 37_500L),
        pages.stream().map(EncodedPage::rows).toList());
    assertEquals(
        List.of(true, false, false, true),
        pages.stream().map(page -> Messages.layout(page).hasMiniBlockLayout()).toList());
    for (EncodedPage page : pages) {
      if (Messages.layout(page).hasMiniBlockLayout()) {
        assertEquals("7c92000000000000" + "0".repeat(16), hex(file.buffer(page, 2)));
      } else {
        assertEquals(2 * page.rows(), page.sizes().getFirst());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"V2_1, 'use format 2.2, or make the row smaller'", "V2_2, make the row smaller"})
  void aRowThatFitsNoLayoutIsRefused(FormatVersion version, String advice) {
    Field bools = nullable(listOf(nullable(DataType.bool())));
    Field field = nullable(listOf(bools));
    Object[] lists = Collections.nCopies(70_000, list()).toArray();
    lists[0] = list(true);
    lists[69_999] = list(false);
    PageContent page = page(field, Arrays.asList(lists));
    LeafPath path = LeafPath.of(field).getFirst();
    StructuralPageEncoder encoder = file.encoder(version);
    IOException e = assertThrows(IOException.class, () -> encoder.encode(path, page, file.pages()));
    assertEquals(
        "column 'v.v.v' (bool): format "
            + version
            + " has no layout for a row of 2 values and 69998 empty or null lists; "
            + advice,
        e.getMessage());
  }

  /** The encoder's first page, of which there is one. */
  private EncodedPage encode(FormatVersion version, Field field, Object... values)
      throws IOException {
    StructuralPageEncoder encoder = file.encoder(version);
    LeafPath path = LeafPath.of(field).getFirst();
    try (Rows rows = Rows.of(field, values)) {
      ColumnBuffer buffer = new ColumnBuffer(path, file.pool());
      buffer.open(rows.column());
      List<EncodedPage> pages = encoder.encode(buffer.complete(0, values.length), file.pages());
      assertEquals(1, pages.size());
      return pages.getFirst();
    }
  }

  /** The rows as they come to an encoder. */
  private PageContent page(Field field, Object... values) {
    LeafPath path = LeafPath.of(field).getFirst();
    LeafBuffer leaf = LeafBuffer.create(path.leaf().type(), file.pool());
    LevelBuffer levels = new LevelBuffer(path, file.pool());
    try (Rows rows = Rows.of(field, values)) {
      LeafView view = new LeafView(path, file.pool());
      view.set(rows.column());
      new LevelBuilder(path, file.pool()).append(view, 0, values.length, levels);
      leaf.append(view.leaf(), 0, view.leafSlot(values.length));
    }
    return new PageContent(leaf.view(), Levels.of(path, levels, values.length, leaf.rows()));
  }

  private static void assertLayout(String expected, EncodedPage page) {
    assertEquals(
        expected,
        TextFormat.printer().emittingSingleLine(true).printToString(Messages.layout(page)).trim());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static Field nullable(DataType type) {
    return Field.nullable("v", type);
  }

  private static DataType listOf(Field item) {
    return DataType.list(item);
  }
}
