package dev.lancewright.internal.codec;

import static dev.lancewright.internal.codec.CodecRun.chunks;
import static dev.lancewright.internal.codec.CodecRun.hex;
import static dev.lancewright.internal.codec.CodecRun.integers;
import static dev.lancewright.internal.codec.CodecRun.segment;
import static dev.lancewright.internal.codec.CodecRun.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.simd.ValueBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RleCodecTest {
  private static RleCodec codec(FixedWidthColumn column) {
    return new RleCodec(column, new ValueBlock());
  }

  /** Runs of {@code lengths}; the values are {@code values}. */
  private static FixedWidthColumn runs(int bits, int[] lengths, long... values) {
    long[] rows = new long[Arrays.stream(lengths).sum()];
    int row = 0;
    for (int run = 0; run < lengths.length; run++) {
      Arrays.fill(rows, row, row + lengths[run], values[run]);
      row += lengths[run];
    }
    return integers(bits, rows.length, i -> rows[(int) i]);
  }

  /** Runs of {@code lengths}, of 0, 1, 2 ... */
  private static FixedWidthColumn runs(int bits, int... lengths) {
    long[] values = new long[lengths.length];
    Arrays.setAll(values, i -> i);
    return runs(bits, lengths, values);
  }

  @Test
  void asTheReferenceEncodes() throws IOException {
    assertEquals(vector("rle_i32"), hex(codec(runs(32, new int[] {3, 2, 4}, 1, 2, 3))));
    assertEquals(
        vector("rle_i32_split_run"), hex(codec(runs(32, new int[] {40, 30, 300}, 1, 2, 3))));
    assertEquals(
        vector("rle_i32_multi_chunk"),
        hex(codec(runs(32, new int[] {8000, 1500, 500}, 200, 404, 500))));
  }

  @ParameterizedTest
  @CsvSource({
    "254, fe",
    "255, ff",
    "256, ff01",
    "257, ff02",
    "510, ffff",
    "511, ffff01",
    "765, ffffff"
  })
  void longRunsAreCut(int length, String lengths) {
    for (int bits : new int[] {8, 16, 32, 64}) {
      List<String> buffers = hex(codec(runs(bits, length)));
      assertEquals("00".repeat(lengths.length() / 2 * bits / 8), buffers.get(0));
      assertEquals(lengths, buffers.get(1));
    }
  }

  /** A chunk of 8-bit values holds up to 4093 runs; one with more is halved. */
  @Test
  void chunksEndAtPowersOfTwo() {
    assertEquals(List.of(4096, 904), chunks(codec(runs(64, 5000))));
    assertEquals(List.of(2048, 2952), chunks(codec(integers(8, 5000, i -> i))));
    assertEquals(List.of(1024, 1024, 952), chunks(codec(integers(32, 3000, i -> i))));
    assertEquals(List.of(512, 512, 512, 464), chunks(codec(integers(64, 2000, i -> i))));
    assertEquals(List.of(3), chunks(codec(runs(8, 3))));
    assertEquals(List.of(1), chunks(codec(runs(8, 1))));
  }

  /**
   * 4096 values may have 1637 runs of 32 bits, counted as they are without the longest ones cut,
   * and 16 more for the cuts, even where fewer are cut.
   */
  @ParameterizedTest
  @CsvSource({"1621, 4096", "1622, 2048"})
  void asManyRunsAsAChunkMayHave(int runs, int values) {
    FixedWidthColumn column = integers(32, 4096, i -> Math.min(i, runs - 1));
    assertEquals(values, chunks(codec(column)).getFirst());
  }

  @Test
  void aChunkMayBeShrunk() throws IOException {
    RleCodec codec = codec(runs(32, new int[] {40, 30, 300}, 1, 2, 3));
    Chunk chunk = CodecRun.plan(codec).getFirst();
    codec.shrink(chunk, 64, false);
    assertEquals(64, chunk.values());
    assertEquals(
        List.of("0100000002000000", "2818"),
        CodecRun.encode(codec, chunk).stream().map(CodecRun::hex).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64})
  void whatIsEncodedIsReadAgain(int bits) throws LanceFormatException {
    SplittableRandom random = new SplittableRandom(bits);
    for (int longest : new int[] {1, 2, 10, 300, 5000}) {
      for (int count : new int[] {1, 2, 255, 256, 4095, 4096, 4097, 9000}) {
        long[] rows = new long[count];
        for (int row = 0; row < count; ) {
          int end = Math.min(count, row + 1 + random.nextInt(longest));
          Arrays.fill(rows, row, end, random.nextLong());
          row = end;
        }
        FixedWidthColumn column = integers(bits, count, i -> rows[(int) i]);
        RleCodec codec = codec(column);
        List<MemorySegment> buffers = CodecRun.encode(codec);
        MemorySegment target = CodecRun.room(column.valueBytes());
        for (int i = 0; i < buffers.size(); i += 2) {
          assertTrue(buffers.get(i).byteSize() + buffers.get(i + 1).byteSize() <= 8186);
        }
        decode(codec, buffers, bits / 8, target);
        assertEquals(
            hex(column.values()),
            hex(target),
            "%d values in runs of up to %d".formatted(count, longest));
      }
    }
  }

  private static void decode(
      RleCodec codec, List<MemorySegment> buffers, int valueBytes, MemorySegment target)
      throws LanceFormatException {
    long at = 0;
    int buffer = 0;
    for (int values : chunks(codec)) {
      RleCodec.decode(buffers.get(buffer), buffers.get(buffer + 1), valueBytes, values, target, at);
      at += (long) values * valueBytes;
      buffer += 2;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"probe_rle_exact", "probe_rle_over"})
  void surplusOfTheLastRunIsIgnored(String name) throws IOException {
    List<String> chunk = vector(name);
    MemorySegment target = CodecRun.room(24);
    RleCodec.decode(segment(chunk.get(0)), segment(chunk.get(1)), 4, 6, target, 0);
    assertEquals("0700000007000000" + "09000000".repeat(4), hex(target));
  }

  @ParameterizedTest
  @CsvSource({
    "0700000009000000, 0203, '2 lengths that sum up to 5, and 8 bytes of run values'",
    "0700000009000000, 0006, '2 lengths, one of them 0, that sum up to 6, and 8 bytes of run"
        + " values'",
    "07000000, 0204, '2 lengths that sum up to 6, and 4 bytes of run values'",
    "070000000900000000, 0204, '2 lengths that sum up to 6, and 9 bytes of run values'",
    "'', '', '0 lengths that sum up to 0, and 0 bytes of run values'"
  })
  void malformedChunks(String values, String lengths, String message) {
    assertEquals(
        "a run-length encoded chunk of 6 values has " + message + " of 4 bytes each",
        assertThrows(
                LanceFormatException.class,
                () ->
                    RleCodec.decode(segment(values), segment(lengths), 4, 6, CodecRun.room(24), 0))
            .getMessage());
  }
}
