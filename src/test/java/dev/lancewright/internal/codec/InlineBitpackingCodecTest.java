package dev.lancewright.internal.codec;

import static dev.lancewright.internal.codec.CodecRun.encode;
import static dev.lancewright.internal.codec.CodecRun.hex;
import static dev.lancewright.internal.codec.CodecRun.integers;
import static dev.lancewright.internal.codec.CodecRun.segment;
import static dev.lancewright.internal.codec.CodecRun.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.simd.ValueBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InlineBitpackingCodecTest {
  private static final int BLOCK = InlineBitpackingCodec.BLOCK;
  private static final int[] LENGTHS = {1, 2, 63, 64, 65, 1023, 1024, 1025, 2047, 2048, 2049};

  private final PagePool pool = new PagePool();

  @AfterEach
  void freeMemory() {
    pool.close();
  }

  private InlineBitpackingCodec codec(FixedWidthColumn column) {
    return new InlineBitpackingCodec(column, new AppendBuffer(pool), new ValueBlock());
  }

  @ParameterizedTest
  @CsvSource({
    "inline_bitpack_u8_w3, 8, 1024, 8",
    "inline_bitpack_u16_w3, 16, 1024, 8",
    "inline_bitpack_u32_w5, 32, 1024, 32",
    "inline_bitpack_u64_w7, 64, 1024, 128",
    "inline_bitpack_u32_tail, 32, 1025, 32"
  })
  void asTheReferencePacks(String name, int bits, int count, int modulus) throws IOException {
    assertEquals(vector(name), hex(codec(integers(bits, count, i -> i % modulus))));
  }

  @Test
  void aBlockOfZerosIsItsWidthAlone() throws IOException {
    FixedWidthColumn column = integers(32, 2 * BLOCK, i -> i < BLOCK ? 0 : (i - BLOCK) * 7 % 1000);
    assertEquals(vector("inline_bitpack_u32_zero_width"), hex(codec(column)));
  }

  @Test
  void aBlockOfFullWidthIsRead() throws IOException {
    String packed = vector("probe_bp_w32").getFirst();
    MemorySegment values = CodecRun.room(BLOCK * 4L);
    InlineBitpackingCodec.decode(segment(packed), 32, values, 0);
    assertEquals(-1341095172, values.getAtIndex(LittleEndian.INT, 0));
    assertEquals(-842499271, values.getAtIndex(LittleEndian.INT, 1));
    assertEquals(-1302550574, values.getAtIndex(LittleEndian.INT, 39));
    assertEquals(
        List.of(packed),
        hex(codec(integers(32, BLOCK, i -> values.getAtIndex(LittleEndian.INT, i)))));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64})
  void whatIsPackedIsReadAgain(int bits) throws LanceFormatException {
    SplittableRandom random = new SplittableRandom(bits);
    for (int width = 0; width <= bits; width++) {
      for (int length : LENGTHS) {
        long mask = width == 0 ? 0 : -1L >>> (64 - width);
        FixedWidthColumn column = integers(bits, length, i -> random.nextLong() & mask);
        List<MemorySegment> chunks = encode(codec(column));
        assertEquals(
            codec(column).bytes(), chunks.stream().mapToLong(MemorySegment::byteSize).sum());
        assertEquals(
            hex(column.values()),
            hex(decode(chunks, bits).asSlice(0, column.valueBytes())),
            "width %d, %d values".formatted(width, length));
      }
    }
  }

  /** Chunks that are shrunk, and those after them, are no blocks of the page. */
  @Test
  void chunksThatLevelsCutAreMeasured() throws LanceFormatException {
    FixedWidthColumn column = integers(32, 2 * BLOCK, i -> i < 512 || i >= 1536 ? 1 : 1000);
    InlineBitpackingCodec codec = codec(column);
    Chunk chunk = new Chunk();
    codec.plan(0, MiniBlockCodec.MAX_CHUNK_VALUES, chunk);
    codec.shrink(chunk, 512, false);
    assertEquals(512, chunk.values());
    assertEquals(4 + 128, chunk.bytes(0));
    assertChunk(column, codec, chunk);
    codec.plan(512, MiniBlockCodec.MAX_CHUNK_VALUES, chunk);
    assertEquals(BLOCK, chunk.values());
    assertEquals(4 + 128 * 10, chunk.bytes(0));
    assertChunk(column, codec, chunk);
    codec.plan(1536, MiniBlockCodec.MAX_CHUNK_VALUES, chunk);
    assertEquals(512, chunk.values());
    assertEquals(4 + 128, chunk.bytes(0));
    assertChunk(column, codec, chunk);
  }

  private static void assertChunk(FixedWidthColumn column, InlineBitpackingCodec codec, Chunk chunk)
      throws LanceFormatException {
    long bytes = chunk.values() * 4L;
    assertEquals(
        hex(column.values().asSlice(chunk.first() * 4, bytes)),
        hex(decode(encode(codec, chunk), 32).asSlice(0, bytes)));
  }

  /** A value of full width in the last row must not meet its neighbours. */
  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64})
  void oneWideValueAlone(int bits) throws LanceFormatException {
    for (int at = 0; at < BLOCK; at++) {
      int wide = at;
      FixedWidthColumn column = integers(bits, BLOCK, i -> i == wide ? -1 : 0);
      assertEquals(hex(column.values()), hex(decode(encode(codec(column)), bits)), "at " + at);
    }
  }

  private static MemorySegment decode(List<MemorySegment> chunks, int bits)
      throws LanceFormatException {
    long blockBytes = (long) BLOCK * bits / 8;
    MemorySegment target = CodecRun.room(chunks.size() * blockBytes);
    for (int i = 0; i < chunks.size(); i++) {
      InlineBitpackingCodec.decode(chunks.get(i), bits, target, i * blockBytes);
    }
    return target;
  }

  @ParameterizedTest
  @CsvSource({
    "8, '', 'a bit-packed chunk of 8-bit values has 0 bytes and says that they are packed to -1"
        + " bits'",
    "32, 000000, 'a bit-packed chunk of 32-bit values has 3 bytes and says that they are packed to"
        + " -1 bits'",
    "32, 01000000, 'a bit-packed chunk of 32-bit values has 4 bytes and says that they are packed"
        + " to 1 bits'",
    "32, 0000000000, 'a bit-packed chunk of 32-bit values has 5 bytes and says that they are packed"
        + " to 0 bits'",
    "16, 1100, 'a bit-packed chunk of 16-bit values has 2 bytes and says that they are packed to 17"
        + " bits'",
    "64, ffffffffffffffff, 'a bit-packed chunk of 64-bit values has 8 bytes and says that they are"
        + " packed to -1 bits'",
    "64, 0000000001000000, 'a bit-packed chunk of 64-bit values has 8 bytes and says that they are"
        + " packed to 4294967296 bits'"
  })
  void malformedChunks(int bits, String chunk, String message) {
    MemorySegment target = CodecRun.room(BLOCK * 8L);
    assertEquals(
        message,
        assertThrows(
                LanceFormatException.class,
                () -> InlineBitpackingCodec.decode(segment(chunk), bits, target, 0))
            .getMessage());
  }

  @Test
  void surplusBytesAreRefused() throws IOException {
    MemorySegment chunk = segment(vector("inline_bitpack_u32_w5").getFirst() + "00000000");
    assertThrows(
        LanceFormatException.class,
        () -> InlineBitpackingCodec.decode(chunk, 32, CodecRun.room(BLOCK * 4L), 0));
  }
}
