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
import dev.lancewright.internal.simd.ValueBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
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

  /** Run lengths, the second buffer, stay as they are. */
  @ParameterizedTest
  @EnumSource(names = {"ZSTD", "LZ4"})
  void theFirstBufferOfEachChunkIsCompressed(CompressionScheme scheme) throws IOException {
    FixedWidthColumn column = integers(64, 10_000, i -> i / 3);
    List<String> inner = hex(new RleCodec(column, new ValueBlock()));
    try (GeneralCompression compression = GeneralCompression.open(scheme, null)) {
      GeneralCodec codec = codec(new RleCodec(column, new ValueBlock()), compression);
      List<MemorySegment> buffers = CodecRun.encode(codec);
      assertTrue(codec.pays());
      assertEquals(inner.size(), buffers.size());
      for (int i = 0; i < inner.size(); i += 2) {
        AppendBuffer plain = new AppendBuffer(pool);
        new Decompressor()
            .decompress(GeneralCompressionTest.message(compression), buffers.get(i), 8186, plain);
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
      GeneralCodec codec = codec(new FlatCodec(column), compression);
      CodecRun.plan(codec);
      return codec.pays();
    }
  }

  /** A chunk that is too large is planned again with fewer values, and those after it too. */
  @Test
  void aChunkThatIsTooLargeIsHalved() throws IOException {
    FixedWidthColumn column = numbers(4096);
    try (GeneralCompression compression = GeneralCompression.open(CompressionScheme.LZ4, null)) {
      GeneralCodec codec = codec(new FlatCodec(column), compression);
      List<Chunk> chunks = planHalved(codec, true);
      assertEquals(List.of(1024, 1024, 1024, 1024), chunks.stream().map(Chunk::values).toList());
      assertTrue(codec.pays());
      assertEquals(hex(column.values()), decompressed(codec, chunks, compression));
    }
  }

  /** Levels are no reason to expect that the next chunk compresses as badly. */
  @Test
  void aChunkOfTooManyLevelsIsHalvedAlone() throws IOException {
    FixedWidthColumn column = numbers(5120);
    try (GeneralCompression compression = GeneralCompression.open(CompressionScheme.LZ4, null)) {
      GeneralCodec codec = codec(new FlatCodec(column), compression);
      List<Chunk> chunks = planHalved(codec, false);
      assertEquals(List.of(1024, 2048, 2048), chunks.stream().map(Chunk::values).toList());
      assertEquals(hex(column.values()), decompressed(codec, chunks, compression));
    }
  }

  /** After 64 chunks that were small enough they may be larger again. */
  @Test
  void cautionEnds() {
    FixedWidthColumn column = numbers(64 * 1024 + 8192);
    try (GeneralCompression compression = GeneralCompression.open(CompressionScheme.LZ4, null)) {
      List<Chunk> chunks = planHalved(codec(new FlatCodec(column), compression), true);
      assertEquals(1024, chunks.get(64).values());
      assertEquals(2048, chunks.get(65).values());
    }
  }

  /** What is given up counts no more when it is asked whether compression pays. */
  @Test
  void aChunkThatWasHalvedCountsOnce() {
    SplittableRandom random = new SplittableRandom(6);
    FixedWidthColumn column = integers(64, 2048, i -> i < 1024 ? random.nextLong() : 5);
    try (GeneralCompression compression = GeneralCompression.open(CompressionScheme.LZ4, null)) {
      GeneralCodec codec = codec(new FlatCodec(column), compression);
      Chunk chunk = new Chunk();
      codec.plan(0, MiniBlockCodec.MAX_CHUNK_VALUES, chunk);
      assertEquals(2048, chunk.values());
      assertTrue(codec.pays());
      codec.shrink(chunk, 1024, true);
      assertFalse(codec.pays());
    }
  }

  private static FixedWidthColumn numbers(int count) {
    SplittableRandom random = new SplittableRandom(5);
    return integers(64, count, i -> random.nextInt(1000));
  }

  /** Plans all chunks of 2048 values, the first of which is halved. */
  private static List<Chunk> planHalved(GeneralCodec codec, boolean tooLarge) {
    List<Chunk> chunks = new ArrayList<>();
    for (long first = 0; first < codec.values(); first += chunks.getLast().values()) {
      Chunk chunk = new Chunk();
      codec.plan(first, MiniBlockCodec.MAX_CHUNK_VALUES, chunk);
      if (first == 0) {
        assertEquals(2048, chunk.values());
        codec.shrink(chunk, 1024, tooLarge);
      }
      chunks.add(chunk);
    }
    return chunks;
  }

  private String decompressed(
      GeneralCodec codec, List<Chunk> chunks, GeneralCompression compression) throws IOException {
    AppendBuffer plain = new AppendBuffer(pool);
    for (Chunk chunk : chunks) {
      MemorySegment buffer = CodecRun.encode(codec, chunk).getFirst();
      new Decompressor()
          .decompress(
              GeneralCompressionTest.message(compression),
              buffer,
              chunk.values() * (long) Long.BYTES,
              plain);
    }
    return hex(plain.bytes());
  }

  @Test
  void runsOfTheReferenceInLz4() throws IOException {
    List<String> chunk = vector("probe_gen_rle");
    AppendBuffer values = new AppendBuffer(pool);
    try (GeneralCompression lz4 = GeneralCompression.open(CompressionScheme.LZ4, null)) {
      new Decompressor()
          .decompress(GeneralCompressionTest.message(lz4), segment(chunk.get(0)), 100, values);
    }
    MemorySegment target = CodecRun.room(24);
    RleCodec.decode(values.bytes(), segment(chunk.get(1)), 4, 6, target, 0);
    assertEquals("0700000007000000" + "09000000".repeat(4), hex(target));
  }
}
