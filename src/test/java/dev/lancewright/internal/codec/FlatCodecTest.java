package dev.lancewright.internal.codec;

import static dev.lancewright.internal.codec.CodecRun.chunks;
import static dev.lancewright.internal.codec.CodecRun.hex;
import static dev.lancewright.internal.codec.CodecRun.integers;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.FixedWidthColumn;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlatCodecTest {
  /** What the reference's chunks stay under, and how many values it puts there. */
  @ParameterizedTest
  @CsvSource({
    "1, 4096",
    "8, 4096",
    "16, 2048",
    "24, 2048",
    "32, 1024",
    "64, 512",
    "128, 256",
    "256, 128"
  })
  void valuesOfAChunk(long bits, int values) {
    assertEquals(values, FlatCodec.valuesPerChunk(bits, 0, 8186));
  }

  @Test
  void valuesAreCopied() {
    FixedWidthColumn column = integers(16, 5000, i -> i * 31);
    FlatCodec codec = new FlatCodec(column, 8186);
    assertEquals(List.of(2048, 2048, 904), chunks(codec));
    assertEquals(hex(column.values()), String.join("", hex(codec)));
  }

  @Test
  void bitsOfASliceStartWithAByte() {
    MemorySegment bits = CodecRun.segment((byte) 0b1011_0100, (byte) 0b0000_0001);
    BoolColumn column = new BoolColumn(null, new Bitmap(bits, 2, 7));
    assertEquals(List.of("6d"), hex(new FlatCodec(column)));
  }
}
