package dev.lancewright.internal.fsst;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.codec.FsstColumns;
import dev.lancewright.internal.codec.FsstDecoder;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FsstTableTest {
  private static final Path REFERENCE = Path.of("testdata/reference/fsst_values.hex");

  /** Symbols "ab", "hello", "12345678" and "c"; the reference reads pages with this table. */
  private static final String FOUR_SYMBOLS =
      "0400000154535346"
          + "6162000000000000 68656c6c6f000000 3132333435363738 6300000000000000"
          + "02050801";

  @ParameterizedTest
  @CsvSource({
    "abhelloc, 000103",
    "'', ''",
    "12345678, 02",
    "zz, ff7aff7a",
    "hello world é, 01ff20ff77ff6fff72ff6cff64ff20ffc3ffa9"
  })
  void codesAreSymbolsOrBytesBehindAnEscape(String text, String codes) throws IOException {
    assertEquals(text, decode(table(FOUR_SYMBOLS), codes));
  }

  @Test
  void valuesOfTheReference() throws IOException {
    List<String> lines = Files.readAllLines(REFERENCE);
    FsstTable table = table(lines.get(0));
    MemorySegment chunk = MemorySegment.ofArray(HexFormat.of().parseHex(lines.get(1)));
    int values = chunk.get(LittleEndian.INT, 0) / 4 - 1;
    assertEquals(256, values);
    VariableWidthColumn coded =
        new VariableWidthColumn(DataType.utf8(), values, null, chunk, chunk);
    try (PagePool pool = new PagePool()) {
      VariableWidthColumn decoded = decoder(table, pool).decode(coded);
      for (int i = 0; i < values; i++) {
        assertEquals(
            "value number " + i + " of many", text(decoded, i, StandardCharsets.UTF_8), "row " + i);
      }
    }
  }

  @Test
  void theReferencesTableIsWrittenAsItIs() throws IOException {
    byte[] expected = padded(Files.readAllLines(REFERENCE).getFirst());
    byte[] written = FsstTable.parse(expected).serialized();
    // How many symbols of two bytes are the start of longer ones: encoders of the reference know.
    expected[2] = 0;
    assertArrayEquals(expected, written);
  }

  @Test
  void serializedSymbols() {
    long[] symbols = {0x6261, 0x6f6c6c6568L, 0x3837363534333231L, 0x63};
    byte[] lengths = {2, 5, 8, 1};
    byte[] expected = padded(FOUR_SYMBOLS);
    expected[1] = (byte) 0xFE;
    assertArrayEquals(expected, new FsstTable(symbols, lengths, 0xFE).serialized());
  }

  @Test
  void aFullTableHas255Symbols() throws IOException {
    long[] symbols = new long[255];
    byte[] lengths = new byte[255];
    Arrays.setAll(symbols, code -> code);
    Arrays.fill(lengths, (byte) 1);
    byte[] serialized = new FsstTable(symbols, lengths, 255).serialized();
    assertEquals(FsstTable.SERIALIZED_BYTES, serialized.length);
    assertEquals(255, FsstTable.parse(serialized).size());
    assertEquals(
        "a\376c", decode(FsstTable.parse(serialized), "61fe63", StandardCharsets.ISO_8859_1));
  }

  @Test
  void withTheSwitchOffValuesAreNotCoded() throws IOException {
    FsstTable table = table("0000000054535346");
    assertEquals("value\377", decode(table, "76616c7565ff", StandardCharsets.ISO_8859_1));
    assertArrayEquals(padded("0000000054535346"), table.serialized());
    assertThrows(IllegalArgumentException.class, () -> table.addTo(new FsstMatcher()));
  }

  @ParameterizedTest
  @CsvSource({
    "00ff, 'FSST value of 2 bytes: code 255 is the last byte; a literal must follow'",
    "ff, 'FSST value of 1 bytes: code 255 is the last byte; a literal must follow'",
    "00ff0004, 'FSST value of 4 bytes, byte 3: code 4, but the table has 4 symbols'",
    "fe, 'FSST value of 1 bytes, byte 0: code 254, but the table has 4 symbols'"
  })
  void malformedValues(String codes, String message) throws IOException {
    FsstTable table = table(FOUR_SYMBOLS);
    assertEquals(
        message, assertThrows(LanceFormatException.class, () -> decode(table, codes)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "0400000154535347, 'FSST symbol table: magic number 47535354, must be 46535354'",
    "0100000154535346 6100000000000000, 'FSST symbol table, symbol 0: 0 bytes, must be 1 to 8'",
    "0100000154535346 6100000000000000 09, 'FSST symbol table, symbol 0: 9 bytes, must be 1 to 8'"
  })
  void malformedTables(String hex, String message) {
    assertEquals(message, assertThrows(LanceFormatException.class, () -> table(hex)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"0", "8", "2311", "2313"})
  void tablesOfAnotherSize(int bytes) {
    assertEquals(
        "FSST symbol table: %d bytes, must be 2312".formatted(bytes),
        assertThrows(LanceFormatException.class, () -> FsstTable.parse(new byte[bytes]))
            .getMessage());
  }

  private static FsstTable table(String hex) throws IOException {
    return FsstTable.parse(padded(hex));
  }

  private static byte[] padded(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    return Arrays.copyOf(bytes, FsstTable.SERIALIZED_BYTES);
  }

  private static String decode(FsstTable table, String codes) throws IOException {
    return decode(table, codes, StandardCharsets.UTF_8);
  }

  private static String decode(FsstTable table, String codes, Charset charset) throws IOException {
    try (PagePool pool = new PagePool()) {
      byte[] coded = HexFormat.of().parseHex(codes);
      VariableWidthColumn column = FsstColumns.of(pool, DataType.binary(), 0, List.of(coded));
      return text(decoder(table, pool).decode(column), 0, charset);
    }
  }

  private static FsstDecoder decoder(FsstTable table, PagePool pool) {
    return new FsstDecoder(table, new DecodeMemory(pool));
  }

  private static String text(VariableWidthColumn column, int row, Charset charset) {
    long start = column.offset(row);
    MemorySegment value = column.data().asSlice(start, column.offset(row + 1) - start);
    return new String(value.toArray(ValueLayout.JAVA_BYTE), charset);
  }
}
