package dev.lancewright.internal.codec;

import static dev.lancewright.internal.codec.CodecRun.hex;
import static dev.lancewright.internal.codec.CodecRun.integers;
import static dev.lancewright.internal.codec.CodecRun.segment;
import static dev.lancewright.internal.codec.CodecRun.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneralCodecTest {
  private final PagePool pool = new PagePool();
  private final Scratch scratch = new Scratch(pool);

  @AfterEach
  void freeMemory() {
    pool.close();
  }

  private GeneralCodec codec(MiniBlockCodec inner, GeneralCompression compression) {
    return scratch.general(inner, inner, compression);
  }

  /** Asks for the sizes of all chunks, which compresses them. */
  private static boolean pays(GeneralCodec codec) {
    long first = 0;
    for (int values : CodecRun.chunks(codec)) {
      codec.bufferBytes(0, first, values);
      first += values;
    }
    return codec.pays();
  }

  /** Run lengths, the second buffer, stay as they are. */
  @ParameterizedTest
  @EnumSource(names = {"ZSTD", "LZ4"})
  void theFirstBufferOfEachChunkIsCompressed(CompressionScheme scheme) throws IOException {
    FixedWidthColumn column = integers(64, 10_000, i -> i / 3);
    List<String> inner = hex(new RleCodec(column, new Scratch(pool)));
    try (GeneralCompression compression = GeneralCompression.open(scheme, null)) {
      GeneralCodec codec = codec(new RleCodec(column, scratch), compression);
      assertTrue(pays(codec));
      List<MemorySegment> buffers = CodecRun.encode(codec);
      assertEquals(inner.size(), buffers.size());
      for (int i = 0; i < inner.size(); i += 2) {
        AppendBuffer plain = new AppendBuffer(pool);
        new Decompressor().decompress(compression.message(), buffers.get(i), 8186, plain);
        assertEquals(inner.get(i), hex(plain.bytes()), "chunk " + i / 2);
        assertEquals(inner.get(i + 1), hex(buffers.get(i + 1)), "chunk " + i / 2);
      }
    }
  }

  /** The page may be shorter although a chunk is longer. */
  @Test
  void aPageThatDoesNotShrinkDoesNotPay() {
    SplittableRandom random = new SplittableRandom(3);
    FixedWidthColumn noise = integers(64, 10_000, i -> random.nextLong());
    FixedWidthColumn mixed = integers(64, 10_000, i -> i < 8192 ? random.nextLong() : 5);
    FixedWidthColumn small = integers(64, 511, i -> 5);
    FixedWidthColumn enough = integers(64, 512, i -> 5);
    assertFalse(pays(noise));
    assertTrue(pays(mixed));
    assertFalse(pays(small));
    assertTrue(pays(enough));
  }

  private boolean pays(FixedWidthColumn column) {
    try (GeneralCompression compression = GeneralCompression.open(CompressionScheme.LZ4, null)) {
      return pays(codec(new FlatCodec(column), compression));
    }
  }

  /** A chunk that is too large is asked for again with fewer values, and those after it too. */
  @Test
  void aChunkThatIsTooLargeIsHalved() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    FixedWidthColumn column = integers(64, 4096, i -> random.nextInt(1000));
    try (GeneralCompression compression = GeneralCompression.open(CompressionScheme.LZ4, null)) {
      GeneralCodec codec = codec(new FlatCodec(column), compression);
      int values = codec.chunkValues(0);
      codec.bufferBytes(0, 0, values);
      codec.bufferBytes(0, 0, values / 2);
      assertEquals(values / 2, codec.chunkValues(values / 2));
      for (long first = values / 2; first < column.length(); first += values / 2) {
        codec.bufferBytes(0, first, values / 2);
      }
      assertTrue(codec.pays());
      AppendBuffer plain = new AppendBuffer(pool);
      for (MemorySegment buffer : CodecRun.encode(codec)) {
        new Decompressor().decompress(compression.message(), buffer, column.valueBytes(), plain);
      }
      assertEquals(hex(column.values()), hex(plain.bytes()));
    }
  }

  @Test
  void runsOfTheReferenceInLz4() throws IOException {
    List<String> chunk = vector("probe_gen_rle");
    AppendBuffer values = new AppendBuffer(pool);
    try (GeneralCompression lz4 = GeneralCompression.open(CompressionScheme.LZ4, null)) {
      new Decompressor().decompress(lz4.message(), segment(chunk.get(0)), 100, values);
    }
    MemorySegment target = CodecRun.room(24);
    RleCodec.decode(values.bytes(), segment(chunk.get(1)), 4, 6, target, 0);
    assertEquals("0700000007000000" + "09000000".repeat(4), hex(target));
  }
}
