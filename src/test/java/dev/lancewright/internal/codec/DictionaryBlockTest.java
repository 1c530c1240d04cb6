package dev.lancewright.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.column.Column;
import dev.lancewright.column.NullColumn;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.testing.Rows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DictionaryBlockTest {
  @Test
  void textBehindItsOffsets() throws IOException {
    assertBlock(
        "20000000 18000000 00000000 01000000 03000000 06000000 616262636363",
        DataType.utf8(),
        "a",
        "bb",
        "ccc");
    assertBlock(
        "4000000000000000 2000000000000000 0000000000000000 0200000000000000 6262",
        DataType.largeBinary(),
        "bb");
  }

  @Test
  void aSliceStartsAtOffsetZero() throws IOException {
    Field field = Field.nullable("v", DataType.utf8());
    try (Rows rows = Rows.of(field, "xxxx", "a", "", "y")) {
      assertEquals(
          "2000000014000000000000000100000001000000" + "61", write(rows.column().slice(1, 2)));
    }
  }

  @Test
  void numbersAsTheyAre() throws IOException {
    assertBlock("0100 feff", DataType.int16(), 1, -2);
    assertBlock("", DataType.int16());
  }

  @Test
  void othersHaveNoDictionaries() {
    assertThrows(IllegalArgumentException.class, () -> write(new NullColumn(1)));
  }

  private static void assertBlock(String hex, DataType type, Object... values) throws IOException {
    try (Rows rows = Rows.of(Field.nullable("v", type), values)) {
      assertEquals(hex.replace(" ", ""), write(rows.column()));
    }
  }

  private static String write(Column values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PagePool pool = new PagePool()) {
      StagedOutput output =
          new StagedOutput(
              pool,
              parts -> {
                for (MemorySegment part : parts) {
                  bytes.writeBytes(part.toArray(ValueLayout.JAVA_BYTE));
                }
              });
      CodecOptions options =
          new CodecOptions(FormatVersion.V2_1, CompressionProfile.BALANCED, FieldCompression.UNSET);
      DictionaryBlock.of(values, options, new Scratch(pool), new Compressions()).write(output);
      output.flush();
    }
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
