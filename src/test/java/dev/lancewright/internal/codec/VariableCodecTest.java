package dev.lancewright.internal.codec;

import static dev.lancewright.internal.codec.CodecRun.binaries;
import static dev.lancewright.internal.codec.CodecRun.chunks;
import static dev.lancewright.internal.codec.CodecRun.hex;
import static dev.lancewright.internal.codec.CodecRun.strings;
import static dev.lancewright.internal.codec.CodecRun.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.simd.ValueBlock;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariableCodecTest {
  @Test
  void asTheReferenceEncodes() throws IOException {
    assertEquals(
        vector("variable_binary"),
        hex(
            new VariableCodec(
                binaries(false, new byte[] {1, 2, -1}, new byte[0], new byte[] {(byte) 0xAA}),
                new ValueBlock())));
    String[] values = new String[10];
    Arrays.setAll(values, i -> "abc" + i);
    assertEquals(
        vector("variable_minichunk_0"),
        hex(new VariableCodec(strings(false, values), 0, new ValueBlock())));
  }

  @Test
  void offsetsOf64BitsArePaddedTo8Bytes() {
    assertEquals(
        List.of("1000000000000000" + "1100000000000000" + "61" + "48".repeat(7)),
        hex(new VariableCodec(strings(true, "a"), new ValueBlock())));
  }

  /** As many as a power of two that fit 4 KiB, the last chunk aside. */
  @Test
  void chunksAreFilledUpTo4KiB() {
    assertEquals(List.of(1), chunks(texts(1, 10_000)));
    assertEquals(List.of(2, 2, 1), chunks(texts(5, 10_000)));
    assertEquals(List.of(64, 36), chunks(texts(100, 56)));
    // 64 strings and 65 offsets take 4100 bytes with strings of 60, 4036 with strings of 59.
    assertEquals(List.of(64, 36), chunks(texts(100, 59)));
    assertEquals(List.of(32, 68), chunks(mixed()));
    assertEquals(List.of(512, 512, 976), chunks(texts(2000, 0)));
  }

  /** 32 strings of 120 bytes, then 68 of 2. */
  private static VariableCodec mixed() {
    String[] values = new String[100];
    Arrays.setAll(values, i -> "x".repeat(i < 32 ? 120 : 2));
    return new VariableCodec(strings(false, values), new ValueBlock());
  }

  private static VariableCodec texts(int count, int length) {
    String[] values = new String[count];
    Arrays.fill(values, "x".repeat(length));
    VariableWidthColumn column = strings(false, values);
    return new VariableCodec(column, new ValueBlock());
  }

  @Test
  void aSliceCountsFromItsOwnStart() {
    VariableWidthColumn column = strings(false, "skipped", "ab", "", "cde", "beyond");
    assertEquals(
        hex(new VariableCodec(strings(false, "ab", "", "cde"), new ValueBlock())),
        hex(new VariableCodec(column.slice(1, 3), new ValueBlock())));
  }
}
