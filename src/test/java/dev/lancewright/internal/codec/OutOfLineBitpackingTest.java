package dev.lancewright.internal.codec;

import static dev.lancewright.internal.codec.CodecRun.hex;
import static dev.lancewright.internal.codec.CodecRun.integers;
import static dev.lancewright.internal.codec.CodecRun.segment;
import static dev.lancewright.internal.codec.CodecRun.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.simd.ValueBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutOfLineBitpackingTest {
  private static final int BLOCK = 1024;

  private final PagePool pool = new PagePool();

  @AfterEach
  void freeMemory() {
    pool.close();
  }

  private MemorySegment encode(FixedWidthColumn column, int width) {
    AppendBuffer packed = new AppendBuffer(pool);
    OutOfLineBitpacking.encode(column, width, packed, new ValueBlock());
    return packed.bytes();
  }

  @Test
  void asTheReferencePacks() throws IOException {
    FixedWidthColumn column = integers(64, 1500, i -> i * 7919 % 1500 * 3);
    assertEquals(vector("ool_bitpack_dictionary").getFirst(), hex(encode(column, 13)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"probe_dict_i32ool_rawtail", "probe_dict_i32ool_packtail"})
  void theRestMayBePackedOrNot(String name) throws IOException {
    MemorySegment values = CodecRun.room(BLOCK * 4L);
    OutOfLineBitpacking.decode(segment(vector(name).getFirst()), 32, 8, 2, values, 0);
    assertEquals("64000000c8000000", hex(values.asSlice(0, 8)));
  }

  /** Readers take a rest that has the same length packed and plain for plain. */
  @Test
  void aRestThatPackingMakesNoShorterIsPlain() {
    FixedWidthColumn column = integers(32, 512, i -> i * 101);
    assertEquals(hex(column.values()), hex(encode(column, 16)));
    assertEquals(2048, OutOfLineBitpacking.bytes(512, 32, 16));
    assertEquals(2048, OutOfLineBitpacking.bytes(513, 32, 16));
    assertEquals(2044, OutOfLineBitpacking.bytes(511, 32, 16));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64})
  void whatIsPackedIsReadAgain(int bits) throws LanceFormatException {
    SplittableRandom random = new SplittableRandom(bits);
    int[] lengths = {0, 1, 2, 511, 512, 513, 1023, 1024, 1025, 1536, 2047, 2048, 2049, 5000};
    for (int width = 0; width <= bits; width++) {
      for (int length : lengths) {
        long mask = width == 0 ? 0 : -1L >>> (64 - width);
        FixedWidthColumn column = integers(bits, length, i -> random.nextLong() & mask);
        MemorySegment packed = encode(column, width);
        assertEquals(OutOfLineBitpacking.bytes(length, bits, width), packed.byteSize());
        MemorySegment values = CodecRun.room((length / BLOCK + 1L) * BLOCK * bits / 8);
        OutOfLineBitpacking.decode(
            segment(packed.toArray(ValueLayout.JAVA_BYTE)), bits, width, length, values, 0);
        assertEquals(
            hex(column.values()),
            hex(values.asSlice(0, column.valueBytes())),
            "width %d, %d values".formatted(width, length));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "8, 3, 1, 100, '1 values of 8 bits packed to 3 take no 100 bytes'",
    "32, 33, 1, 4, '1 values of 32 bits packed to 33 take no 4 bytes'",
    "32, -1, 1, 4, '1 values of 32 bits packed to -1 take no 4 bytes'",
    "32, 4, 1024, 511, '1024 values of 32 bits packed to 4 take no 511 bytes'",
    "32, 4, 1024, 1024, '1024 values of 32 bits packed to 4 take no 1024 bytes'",
    "32, 4, 2048, 512, '2048 values of 32 bits packed to 4 take no 512 bytes'",
    "32, 4, 1025, 512, '1025 values of 32 bits packed to 4 take no 512 bytes'",
    "32, 4, 1025, 0, '1025 values of 32 bits packed to 4 take no 0 bytes'"
  })
  void malformedBlocks(int bits, int width, int count, int bytes, String message) {
    MemorySegment packed = CodecRun.room(bytes);
    MemorySegment target = CodecRun.room((count / BLOCK + 1L) * BLOCK * 8L);
    assertEquals(
        message,
        assertThrows(
                LanceFormatException.class,
                () -> OutOfLineBitpacking.decode(packed, bits, width, count, target, 0))
            .getMessage());
  }
}
