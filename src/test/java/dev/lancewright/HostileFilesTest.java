package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import dev.lancewright.column.Batch;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.proto.Encodings21Proto.CompressionScheme;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.ConstantLayout;
import dev.lancewright.internal.proto.Encodings21Proto.FullZipLayout;
import dev.lancewright.internal.proto.Encodings21Proto.MiniBlockLayout;
import dev.lancewright.internal.proto.Encodings21Proto.RepDefLayer;
import dev.lancewright.internal.proto.Encodings21Proto.VariablePackedStruct;
import dev.lancewright.io.MemorySource;
import dev.lancewright.schema.Field;
import dev.lancewright.testing.Readout;
import dev.lancewright.testing.Sketch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that somebody made to do harm. */
class HostileFilesTest {
  /** What a small file may take, apart from what its nulls stand for. */
  private static final long MOST_BYTES = 64 << 20;

  /** Four times what the nulls and constants of a batch may take, as buffers grow by doubling. */
  private static final long MOST_OF_A_BATCH = 1L << 30;

  private static final ConstantLayout ALL_NULL =
      ConstantLayout.newBuilder().addLayers(RepDefLayer.REPDEF_NULLABLE_ITEM).build();

  @Test
  void aPackedStructHasChildren() {
    Sketch sketch = nulls(3).field("struct", -1);
    sketch
        .descriptor
        .getSchemaBuilder()
        .getFieldsBuilder(0)
        .putMetadata("packed", ByteString.copyFromUtf8("true"));
    sketch.column(3).layout.setConstantLayout(ALL_NULL);
    assertRefused(sketch, "cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "large_list", "map", "struct", "fixed_size_list:struct:2"})
  void whatHasNoLeavesCannotBeRead(String outer) {
    Sketch sketch = nulls(3).field(outer, -1).field("struct", 0);
    sketch.column(outer.startsWith("fixed") ? 6 : 3).layout.setConstantLayout(ALL_NULL);
    assertRefused(sketch, "cannot be read");
  }

  @Test
  void aMapHasEntries() {
    Sketch sketch = nulls(3).field("map", -1).field("int32", 0);
    sketch.column(3).layout.setConstantLayout(ALL_NULL);
    assertRefused(sketch, "map");
  }

  @Test
  void aFixedSizeListOfStructsHasStructs() {
    Sketch sketch = nulls(3).field("fixed_size_list:struct:2", -1).field("int32", 0);
    sketch.column(6).layout.setConstantLayout(ALL_NULL);
    assertRefused(sketch, "struct");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed_size_list:float:0",
        "fixed_size_list:fixed_size_list:float:0:2",
        "fixed_size_list:fixed_size_list:float:2:0",
        "fixed_size_binary:0"
      })
  void valuesOfNoBytesCannotBeRead(String type) {
    Sketch sketch = nulls(3).field(type, -1);
    sketch.column(3).layout.setConstantLayout(ALL_NULL);
    assertRefused(sketch, "cannot be read");
  }

  @Test
  void listsOfNoStructsCannotBeRead() {
    Sketch sketch = nulls(3).field("fixed_size_list:struct:0", -1).field("struct", 0);
    sketch.field("int32", 1).column(0).layout.setConstantLayout(ALL_NULL);
    assertRefused(sketch, "cannot be read");
  }

  /** What is too large even for one row is refused before memory is taken for it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed_size_list:fixed_size_list:bool:2147483647:1073741824",
        "fixed_size_list:fixed_size_list:bool:2147483647:2147483647",
        "fixed_size_list:double:2147483647"
      })
  void aNullTakesNoGigabytes(String type) {
    Sketch sketch = nulls(100).field(type, -1);
    sketch.column(100).layout.setConstantLayout(ALL_NULL);
    assertRefused(sketch, "too large for one batch");
  }

  @Test
  void nullsOfPackedStructsAreGivenOutByFew() throws IOException {
    Sketch sketch = nulls(8000).field("struct", -1).field("fixed_size_binary:100000", 0);
    sketch.field("fixed_size_binary:100000", 0);
    sketch
        .descriptor
        .getSchemaBuilder()
        .getFieldsBuilder(0)
        .putMetadata("packed", ByteString.copyFromUtf8("true"));
    sketch.column(8000).layout.setConstantLayout(ALL_NULL);
    read(sketch, MOST_OF_A_BATCH);
  }

  @Test
  void copiesOfAConstantAreGivenOutByFew() throws IOException {
    Sketch sketch = nulls(8000).field("fixed_size_binary:100000", -1);
    byte[] value = new byte[8 + 100_000];
    littleEndian(value).putInt(1).putInt(100_000);
    sketch
        .column(8000, value)
        .layout
        .getConstantLayoutBuilder()
        .addLayers(RepDefLayer.REPDEF_ALL_VALID_ITEM);
    read(sketch, MOST_OF_A_BATCH);
  }

  @Test
  void allColumnsTogetherTakeNoMore() throws IOException {
    Sketch sketch = nulls(8000);
    for (int i = 0; i < 20; i++) {
      sketch.field("fixed_size_list:double:2048", -1);
      sketch.column(8000).layout.setConstantLayout(ALL_NULL);
    }
    read(sketch, MOST_OF_A_BATCH);
  }

  @Test
  void aPageWithoutValuesHasNone() {
    Sketch sketch = nulls(2).field("dict:string:int32:false", -1);
    sketch
        .column(2, new byte[0], new byte[] {1, 0, 0, 0})
        .layout
        .getConstantLayoutBuilder()
        .addLayers(RepDefLayer.REPDEF_NULLABLE_ITEM)
        .addLayers(RepDefLayer.REPDEF_NULLABLE_ITEM);
    sketch.descriptor.getSchemaBuilder().getFieldsBuilder(0).setLogicalType("struct");
    sketch.field("dict:string:int32:false", 0);
    assertRefused(sketch, "without values");
  }

  /** Where no level can say that an entry has no value, none of them is looked at. */
  @Test
  void aConstantInListsWithoutDefinitionLevels() throws IOException {
    Sketch sketch = nulls(4).field("list", -1).field("int32", 0);
    Sketch.Page first =
        sketch.column(2, new byte[] {1, 0, 0, 0, 1, 0}, new byte[] {1, 0, 0, 0, 2, 0});
    first
        .layout
        .getConstantLayoutBuilder()
        .setInlineValue(ByteString.copyFrom(new byte[] {7, 0, 0, 0}))
        .addLayers(RepDefLayer.REPDEF_NULLABLE_ITEM)
        .addLayers(RepDefLayer.REPDEF_EMPTYABLE_LIST);
    Sketch.Page second = new Sketch.Page();
    second.length = 2;
    second.buffers.add(new byte[] {1, 0, 0, 0, 1, 0});
    second.buffers.add(new byte[0]);
    second
        .layout
        .getConstantLayoutBuilder()
        .setInlineValue(ByteString.copyFrom(new byte[] {7, 0, 0, 0}))
        .addLayers(RepDefLayer.REPDEF_ALL_VALID_ITEM)
        .addLayers(RepDefLayer.REPDEF_ALL_VALID_LIST);
    sketch.columns.getFirst().add(second);
    List<List<Integer>> lists = new ArrayList<>();
    MemorySource source = new MemorySource("lists", MemorySegment.ofArray(sketch.file()));
    try (LanceReader reader = LanceReader.open(source);
        Scan scan = reader.scan().columns("f0").batchRows(2).open()) {
      for (Batch batch = scan.next(); batch != null; batch = scan.next()) {
        ListColumn column = (ListColumn) batch.columns().getFirst();
        for (int i = 0; i < 2; i++) {
          List<Integer> list = new ArrayList<>();
          for (long j = column.offset(i); j < column.offset(i + 1); j++) {
            FixedWidthColumn items = (FixedWidthColumn) column.items();
            list.add(items.isNull(j) ? null : items.values().get(LittleEndian.INT, 4 * j));
          }
          lists.add(list);
        }
      }
    }
    assertEquals(List.of(Arrays.asList(null, 7), List.of(), List.of(7, 7), List.of(7)), lists);
  }

  /** A zstd frame and what is said to be in it. */
  @Test
  void aFrameHoldsWhatItsBlocksCanHold() {
    byte[] frame = Zstd.compress(random(60_000));
    byte[] chunk = new byte[8 + 8 + frame.length + 7 & -8];
    littleEndian(chunk).putShort((short) 0).putInt(2, 8 + frame.length);
    littleEndian(chunk).putLong(8, 1_900_000_000).put(16, frame);
    Sketch sketch = miniBlocks("string", 2, chunk);
    CompressiveEncoding.Builder encoding = CompressiveEncoding.newBuilder();
    encoding
        .getGeneralBuilder()
        .setValues(variable())
        .getCompressionBuilder()
        .setScheme(CompressionScheme.COMPRESSION_ALGORITHM_ZSTD);
    layout(sketch).setValueCompression(encoding);
    assertRefused(sketch, "may hold");
  }

  @Test
  void nothingIsCompressedTwice() {
    CompressiveEncoding twice = variable();
    for (int i = 0; i < 2; i++) {
      CompressiveEncoding.Builder outer = CompressiveEncoding.newBuilder();
      outer
          .getGeneralBuilder()
          .setValues(twice)
          .getCompressionBuilder()
          .setScheme(CompressionScheme.COMPRESSION_ALGORITHM_ZSTD);
      twice = outer.build();
    }
    Sketch sketch = miniBlocks("string", 2, new byte[64]);
    layout(sketch).setValueCompression(twice);
    assertRefused(sketch, "compressed twice");
  }

  @Test
  void codesAreNotInCodes() {
    CompressiveEncoding twice = variable();
    for (int i = 0; i < 2; i++) {
      CompressiveEncoding.Builder outer = CompressiveEncoding.newBuilder();
      outer.getFsstBuilder().setValues(twice).setSymbolTable(ByteString.EMPTY);
      twice = outer.build();
    }
    Sketch sketch = miniBlocks("string", 2, new byte[64]);
    layout(sketch).setValueCompression(twice);
    assertRefused(sketch, "codes twice");
    Sketch zipped = nulls(1).field("string", -1);
    zipped
        .column(1, new byte[12], new byte[] {0, 12})
        .layout
        .getFullZipLayoutBuilder()
        .setBitsPerOffset(32)
        .setValueCompression(twice)
        .addLayers(RepDefLayer.REPDEF_ALL_VALID_ITEM);
    assertRefused(zipped, "codes twice");
  }

  /** 200 is an index of the dictionary, but no int8. */
  @Test
  void anIndexIsNotNegative() {
    byte[] chunk = new byte[16];
    littleEndian(chunk).putInt(2, 2).put(8, new byte[] {0, (byte) 200});
    Sketch sketch = miniBlocks("dict:int32:int8:false", 2, chunk);
    sketch.columns.getFirst().getFirst().buffers.add(new byte[1000]);
    layout(sketch).setNumDictionaryItems(250).setDictionary(flat(32)).setValueCompression(flat(8));
    assertRefused(sketch, "index 200");
  }

  /** A row that goes on at the end of a chunk must end in one of the next. */
  @Test
  void aRowThatGoesOnEnds() {
    Sketch sketch = nulls(2).field("list", -1).field("int8", 0);
    byte[] chunk = new byte[24];
    littleEndian(chunk).putShort((short) 2).putShort(2, (short) 4).putShort(4, (short) 2);
    littleEndian(chunk).putShort(8, (short) 1).putShort(10, (short) 0);
    byte[] chunks = new byte[72];
    for (int i = 0; i < 3; i++) {
      littleEndian(chunks).put(24 * i, chunk);
    }
    byte[] words = new byte[6];
    littleEndian(words).putShort((short) 0x21).putShort((short) 0x21).putShort((short) 0x21);
    byte[] index = new byte[48];
    littleEndian(index).putLong(0).putLong(1).putLong(0).putLong(0).putLong(2).putLong(0);
    sketch
        .column(2, words, chunks, index)
        .layout
        .getMiniBlockLayoutBuilder()
        .setNumItems(6)
        .setNumBuffers(1)
        .setRepetitionIndexDepth(1)
        .setRepCompression(flat(16))
        .setValueCompression(flat(8))
        .addLayers(RepDefLayer.REPDEF_ALL_VALID_ITEM)
        .addLayers(RepDefLayer.REPDEF_ALL_VALID_LIST);
    assertRefused(sketch, "repetition index");
  }

  @Test
  void valuesOfFormat20AreNotRead() {
    Sketch sketch = nulls(3).field("int32", -1);
    sketch.version = 3;
    sketch.column(3).layout.setConstantLayout(ALL_NULL);
    assertThrows(LanceFormatException.class, () -> read(sketch, MOST_BYTES));
    for (String file : List.of("v20_ints.lance", "v20_nested.lance")) {
      LanceFormatException e =
          assertThrows(
              LanceFormatException.class,
              () -> {
                try (LanceReader reader =
                    LanceReader.open(Path.of("testdata", "reference", file))) {
                  reader.scan().open().close();
                }
              });
      assertTrue(e.getMessage().contains("format 2.0"), e::getMessage);
    }
  }

  /** Wherever a page is looked at first. */
  @ParameterizedTest
  @ValueSource(longs = {3, 5})
  void whatIsWrongNamesThePage(long firstRows) {
    Sketch sketch = nulls(8).field("int32", -1);
    sketch.column(firstRows);
    Sketch.Page second = new Sketch.Page();
    second.length = 8 - firstRows;
    sketch.columns.getFirst().add(second);
    assertRefused(sketch, "hostile: column 'f0', page 0: the page has an unknown layout");
  }

  /** A level of 32 bits is none that is negative. */
  @Test
  void levelsOf32BitsAreCompared() {
    for (int lists = 1; lists <= 2; lists++) {
      Sketch sketch = nulls(1).field("list", -1);
      for (int i = 1; i < lists; i++) {
        sketch.field("list", i - 1);
      }
      sketch.field("fixed_size_binary:1", lists - 1);
      int entries = 900;
      byte[] data = new byte[5 * entries];
      for (int i = 0; i < entries; i++) {
        littleEndian(data).putInt(5 * i, i == 0 ? lists : -1);
      }
      byte[] index = new byte[4];
      littleEndian(index).putShort(2, (short) data.length);
      FullZipLayout.Builder layout = sketch.column(1, data, index).layout.getFullZipLayoutBuilder();
      layout.setBitsRep(32).setBitsPerValue(8).setValueCompression(flat(8));
      layout.addLayers(RepDefLayer.REPDEF_ALL_VALID_ITEM);
      for (int i = 0; i < lists; i++) {
        layout.addLayers(RepDefLayer.REPDEF_ALL_VALID_LIST);
      }
      assertRefused(sketch, "repetition level 4294967295");
    }
  }

  /** A null of a packed struct takes a byte in the file, and a list of any size in memory. */
  @Test
  void nullsOfPackedStructsAreBounded() throws IOException {
    int rows = 100;
    Sketch sketch = nulls(rows).field("struct", -1);
    sketch.version = 1;
    sketch.field("fixed_size_list:float:10000000", 0).field("string", 0);
    sketch
        .descriptor
        .getSchemaBuilder()
        .getFieldsBuilder(0)
        .putMetadata("packed", ByteString.copyFromUtf8("true"));
    byte[] data = new byte[rows];
    Arrays.fill(data, (byte) 1);
    byte[] index = new byte[2 * (rows + 1)];
    for (int i = 0; i <= rows; i++) {
      littleEndian(index).putShort(2 * i, (short) i);
    }
    FullZipLayout.Builder layout =
        sketch.column(rows, data, index).layout.getFullZipLayoutBuilder();
    layout.setBitsDef(1).setBitsPerOffset(32).addLayers(RepDefLayer.REPDEF_NULLABLE_ITEM);
    VariablePackedStruct.Builder packed =
        layout.getValueCompressionBuilder().getVariablePackedStructBuilder();
    CompressiveEncoding.Builder floats = CompressiveEncoding.newBuilder();
    floats.getFixedSizeListBuilder().setItemsPerValue(10_000_000).setValues(flat(32));
    packed.addFieldsBuilder().setValue(floats).setBitsPerValue(320_000_000);
    packed.addFieldsBuilder().setValue(variable()).setBitsPerLength(32);
    MemorySource source = new MemorySource("hostile", MemorySegment.ofArray(sketch.file()));
    try (LanceReader reader = LanceReader.open(source);
        Scan scan = reader.scan().open()) {
      assertEquals(6, scan.next().rows());
      assertTrue(scan.retainedBytes() < 2L << 30, () -> scan.retainedBytes() + " bytes");
    }
  }

  /** Three bits are no whole bytes, and a length is not of any other width than its type's. */
  @Test
  void valuesOfPackedStructsHaveTheWidthOfTheirType() {
    CompressiveEncoding.Builder bools = CompressiveEncoding.newBuilder();
    bools.getFixedSizeListBuilder().setItemsPerValue(3).setValues(flat(1));
    VariablePackedStruct.FieldEncoding.Builder list =
        VariablePackedStruct.FieldEncoding.newBuilder().setValue(bools);
    VariablePackedStruct.FieldEncoding.Builder text =
        VariablePackedStruct.FieldEncoding.newBuilder().setValue(variable());
    for (long bits : new long[] {0, 1, 3, 8, 16, 32, 64, -1, Long.MIN_VALUE}) {
      assertRefused(packedRow("fixed_size_list:bool:3", list.setBitsPerValue(bits)), "bits");
      if (bits != 32) {
        assertRefused(packedRow("string", text.setBitsPerLength(bits)), "bits");
      }
    }
  }

  /** A packed struct of one child and four bytes. */
  private static Sketch packedRow(String type, VariablePackedStruct.FieldEncoding.Builder child) {
    Sketch sketch = nulls(1).field("struct", -1).field(type, 0);
    sketch.version = 1;
    sketch
        .descriptor
        .getSchemaBuilder()
        .getFieldsBuilder(0)
        .putMetadata("packed", ByteString.copyFromUtf8("true"));
    FullZipLayout.Builder layout =
        sketch
            .column(1, new byte[] {4, 0, 0, 0, 0, 0, 0, 0}, new byte[] {0, 8})
            .layout
            .getFullZipLayoutBuilder();
    layout.setBitsPerOffset(32).addLayers(RepDefLayer.REPDEF_ALL_VALID_ITEM);
    layout.getValueCompressionBuilder().getVariablePackedStructBuilder().addFields(child);
    return sketch;
  }

  /** A page that ends within a row has no whole row to give out. */
  @Test
  void pagesEndAnywhere() throws IOException {
    Sketch sketch = nulls(2).field("fixed_size_list:struct:2", -1).field("struct", 0);
    sketch.field("fixed_size_binary:300", 1);
    for (int i = 0; i < 4; i++) {
      Sketch.Page page = i == 0 ? sketch.column(1) : new Sketch.Page();
      page.length = 1;
      page.buffers.add(new byte[300]);
      page.layout
          .getFullZipLayoutBuilder()
          .setBitsPerValue(2400)
          .setValueCompression(flat(2400))
          .addLayers(RepDefLayer.REPDEF_ALL_VALID_ITEM);
      if (i > 0) {
        sketch.columns.getFirst().add(page);
      }
    }
    read(sketch, MOST_BYTES);
  }

  /** Whatever a file is called, and wherever the fault is found, its name is said once. */
  @ParameterizedTest
  @ValueSource(strings = {"hostile", "column", "column 'f0'", "row", ""})
  void theFileIsNamedOnce(String name) throws IOException {
    Sketch type = nulls(3).field("struct", -1).field("struct", 0);
    type.column(3).layout.setConstantLayout(ALL_NULL);
    String where = ": column 'f0': what holds nothing but structs without children cannot be read";
    assertMessages(type, name, where, where);

    Sketch metadata = nulls(3).field("int32", -1);
    metadata.column(2).layout.setConstantLayout(ALL_NULL);
    where = ": column 0 ('f0') has 2 rows in its pages, but the file is said to have 3";
    assertMessages(metadata, name, where, where);

    Sketch page = nulls(3).field("int32", -1);
    page.column(3).layout.getFullZipLayoutBuilder().setBitsDef(-1);
    where = ": column 'f0', page 0: levels of 0 and 4294967295 bits";
    assertMessages(page, name, where, where + " (row 0)");

    Sketch row = nulls(1).field("fixed_size_list:double:2147483647", -1);
    row.column(1).layout.setConstantLayout(ALL_NULL);
    where = ": row 0: values are too large for one batch; take fewer rows or columns at a time";
    assertMessages(row, name, where, where + " (row 0)");
  }

  private static void assertMessages(Sketch sketch, String name, String where, String verified)
      throws IOException {
    MemorySource source = new MemorySource(name, MemorySegment.ofArray(sketch.file()));
    try (LanceReader reader = LanceReader.open(source)) {
      assertEquals(name + where, message(() -> scanAll(reader)));
      assertEquals(name + where, message(() -> takeFirst(reader)));
      assertEquals(name + verified, message(reader::verify));
    }
  }

  private static String message(Executable action) {
    return assertThrows(LanceFormatException.class, action).getMessage();
  }

  private static void scanAll(LanceReader reader) throws IOException {
    try (Scan scan = reader.scan().open()) {
      while (scan.next() != null) {}
    }
  }

  private static void takeFirst(LanceReader reader) throws IOException {
    try (Taker taker = reader.taker().open()) {
      taker.take(0);
    }
  }

  /** A page of one chunk, with room for what the encoding needs to say. */
  private static Sketch miniBlocks(String type, int values, byte[] chunk) {
    Sketch sketch = nulls(values).field(type, -1);
    byte[] words = new byte[4];
    littleEndian(words).putInt((chunk.length / 8 - 1) << 4);
    sketch
        .column(values, words, chunk)
        .layout
        .getMiniBlockLayoutBuilder()
        .setNumItems(values)
        .setNumBuffers(1)
        .setHasLargeChunk(true)
        .addLayers(RepDefLayer.REPDEF_ALL_VALID_ITEM);
    return sketch;
  }

  private static MiniBlockLayout.Builder layout(Sketch sketch) {
    return sketch.columns.getFirst().getFirst().layout.getMiniBlockLayoutBuilder();
  }

  private static CompressiveEncoding flat(long bits) {
    CompressiveEncoding.Builder encoding = CompressiveEncoding.newBuilder();
    encoding.getFlatBuilder().setBitsPerValue(bits);
    return encoding.build();
  }

  private static CompressiveEncoding variable() {
    CompressiveEncoding.Builder encoding = CompressiveEncoding.newBuilder();
    encoding.getVariableBuilder().setOffsets(flat(32));
    return encoding.build();
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new SplittableRandom(count).nextBytes(bytes);
    return bytes;
  }

  private static void read(Sketch sketch, long mostBytes) throws IOException {
    Readout readout = new Readout(mostBytes);
    MemorySource source = new MemorySource("hostile", MemorySegment.ofArray(sketch.file()));
    try (LanceReader reader = LanceReader.open(source)) {
      List<String> names = reader.schema().fields().stream().map(Field::name).toList();
      readout.scan(reader, names, 8192);
      readout.take(reader, names);
    }
  }

  private static void assertRefused(Sketch sketch, String reason) {
    LanceFormatException e =
        assertThrows(LanceFormatException.class, () -> read(sketch, MOST_BYTES));
    assertTrue(e.getMessage().startsWith("hostile: "), e::getMessage);
    assertTrue(e.getMessage().contains(reason), e::getMessage);
  }

  private static Sketch nulls(long rows) {
    Sketch sketch = new Sketch();
    sketch.descriptor.setLength(rows);
    return sketch;
  }
}
