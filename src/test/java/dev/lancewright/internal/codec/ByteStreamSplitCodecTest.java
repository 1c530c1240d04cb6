package dev.lancewright.internal.codec;

import static dev.lancewright.internal.codec.CodecRun.chunks;
import static dev.lancewright.internal.codec.CodecRun.hex;
import static dev.lancewright.internal.codec.CodecRun.integers;
import static dev.lancewright.internal.codec.CodecRun.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.simd.ValueBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteStreamSplitCodecTest {
  /** What the reference's chunks stay under. */
  private static final int CHUNK_BYTES = 8186;

  private static ByteStreamSplitCodec codec(FixedWidthColumn column) {
    return new ByteStreamSplitCodec(column, CHUNK_BYTES, new ValueBlock());
  }

  @Test
  void asTheReferenceSplits() throws IOException {
    float[] floats = {1, 2, 3, 4};
    double[] doubles = {1, 2, -3.5};
    assertEquals(
        vector("bss_f32"),
        hex(codec(integers(32, 4, i -> Float.floatToRawIntBits(floats[(int) i])))));
    assertEquals(
        vector("bss_f64"),
        hex(codec(integers(64, 3, i -> Double.doubleToRawLongBits(doubles[(int) i])))));
  }

  @Test
  void chunksAreAsLargeAsThoseOfPlainValues() {
    assertEquals(List.of(1024, 1024, 1), chunks(codec(integers(32, 2049, i -> i))));
    assertEquals(List.of(512, 512, 1), chunks(codec(integers(64, 1025, i -> i))));
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64})
  void whatIsSplitIsJoinedAgain(int bits) throws LanceFormatException {
    SplittableRandom random = new SplittableRandom(bits);
    for (int count = 1; count <= 300; count++) {
      FixedWidthColumn column = integers(bits, count, i -> random.nextLong());
      MemorySegment target = CodecRun.room(column.valueBytes());
      ByteStreamSplitCodec.decode(
          CodecRun.encode(codec(column)).getFirst(), bits / 8, count, target, 0);
      assertEquals(hex(column.values()), hex(target), count + " values");
    }
  }

  @Test
  void aChunkOfAnotherSizeIsRefused() {
    assertEquals(
        "a chunk of 3 values of 4 bytes in byte streams has 13 bytes",
        assertThrows(
                LanceFormatException.class,
                () -> ByteStreamSplitCodec.decode(CodecRun.room(13), 4, 3, CodecRun.room(12), 0))
            .getMessage());
  }
}
