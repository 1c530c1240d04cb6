package dev.lancewright.internal.codec;

import static dev.lancewright.internal.codec.CodecRun.hex;
import static dev.lancewright.internal.codec.CodecRun.integers;
import static dev.lancewright.internal.codec.CodecRun.segment;
import static dev.lancewright.internal.codec.CodecRun.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.proto.Encodings21Proto;
import dev.lancewright.internal.proto.Encodings21Proto.BufferCompression;
import dev.lancewright.internal.simd.ValueBlock;
import dev.lancewright.testing.Messages;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneralCompressionTest {
  private static final int MAX_BYTES = 1 << 20;

  private static final BufferCompression ZSTD =
      BufferCompression.newBuilder()
          .setScheme(Encodings21Proto.CompressionScheme.COMPRESSION_ALGORITHM_ZSTD)
          .build();

  private static final BufferCompression LZ4 =
      BufferCompression.newBuilder()
          .setScheme(Encodings21Proto.CompressionScheme.COMPRESSION_ALGORITHM_LZ4)
          .build();

  private final PagePool pool = new PagePool();

  static BufferCompression message(GeneralCompression compression) {
    return Messages.encoding(compression.over(Encodings.flat(8))).getGeneral().getCompression();
  }

  @AfterEach
  void freeMemory() {
    pool.close();
  }

  private MemorySegment decompress(BufferCompression compression, MemorySegment bytes)
      throws LanceFormatException {
    AppendBuffer target = new AppendBuffer(pool);
    new Decompressor().decompress(compression, bytes, MAX_BYTES, target);
    return target.bytes();
  }

  private MemorySegment decompress(BufferCompression compression, String hex)
      throws LanceFormatException {
    return decompress(compression, segment(hex));
  }

  @Test
  void floatsOfTheReferenceInZstd() throws IOException {
    List<String> chunks = vector("general_zstd_over_bss");
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      int first = chunk * 1024;
      int count = Math.min(1024, 5000 - first);
      MemorySegment values = CodecRun.room(count * 4L);
      ByteStreamSplitCodec.decode(decompress(ZSTD, chunks.get(chunk)), 4, count, values, 0);
      assertEquals(
          hex(integers(32, count, i -> Float.floatToRawIntBits((first + i) * 0.5f)).values()),
          hex(values));
    }
  }

  @Test
  void doublesOfTheReferenceInLz4() throws IOException {
    List<String> chunks = vector("general_lz4_over_bss");
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      int first = chunk * 512;
      int count = Math.min(512, 2000 - first);
      MemorySegment values = CodecRun.room(count * 8L);
      ByteStreamSplitCodec.decode(decompress(LZ4, chunks.get(chunk)), 8, count, values, 0);
      assertEquals(
          hex(integers(64, count, i -> Double.doubleToRawLongBits((first + i) * 0.25)).values()),
          hex(values));
    }
  }

  @Test
  void packedIntegersOfTheReferenceInLz4() throws IOException {
    MemorySegment values = CodecRun.room(4096);
    String chunk = vector("general_lz4_over_bitpack").getFirst();
    InlineBitpackingCodec.decode(decompress(LZ4, chunk), 32, values, 0);
    assertEquals(hex(integers(32, 1024, i -> i).values()), hex(values));
  }

  @Test
  void textOfTheReferenceInZstd() throws IOException {
    String[] values = new String[128];
    for (int i = 0; i < values.length; i++) {
      values[i] = "value number " + i + " of many";
    }
    String chunk = vector("general_zstd_over_variable").getFirst();
    assertEquals(
        CodecRun.hex(new VariableCodec(CodecRun.strings(false, values), new ValueBlock()))
            .getFirst(),
        hex(decompress(ZSTD, chunk)));
  }

  /** Rows are a control word, a length and a frame, unless they are null. */
  @Test
  void singleValuesOfTheReferenceInZstd() throws IOException {
    MemorySegment rows = segment(vector("general_zstd_per_value").getFirst());
    long at = 0;
    for (int row = 0; row < 300; row++) {
      boolean isNull = rows.get(ValueLayout.JAVA_BYTE, at++) == 1;
      assertEquals(row % 7 == 0, isNull, "row " + row);
      if (isNull) {
        continue;
      }
      int bytes = rows.get(LittleEndian.INT, at);
      String expected = row % 5 == 0 ? "" : "some repeated words here ".repeat(12) + row;
      byte[] value = decompress(ZSTD, rows.asSlice(at + 4, bytes)).toArray(ValueLayout.JAVA_BYTE);
      assertEquals(expected, new String(value, StandardCharsets.UTF_8), "row " + row);
      at += 4 + bytes;
    }
    assertEquals(rows.byteSize(), at);
  }

  @ParameterizedTest
  @ValueSource(strings = {"probe_zstd_pref", "probe_zstd_nosize_chk", "probe_lz4_hc"})
  void whatOtherCompressorsWrite(String name) throws IOException {
    BufferCompression compression = name.contains("lz4") ? LZ4 : ZSTD;
    assertEquals(
        hex(integers(32, 100, i -> i).values()),
        hex(decompress(compression, vector(name).getFirst())));
  }

  @Test
  void dictionariesOfTheReference() throws IOException {
    assertEquals(vector("dict_str_plain").getFirst(), dictionary("dict_str_lz4"));
    assertEquals(vector("dict_i64_plain").getFirst(), dictionary("dict_i64_lz4"));
    assertEquals("070000000800000009000000", dictionary("dict_arrow_i32_values_lz4"));
  }

  private String dictionary(String name) throws IOException {
    return hex(decompress(LZ4, vector(name).getFirst()));
  }

  @Test
  void nothingIsNothingInZstd() throws IOException {
    assertEquals("", hex(decompress(ZSTD, "")));
    assertEquals("", hex(decompress(ZSTD, "0000000000000000" + "28b52ffd2000010000")));
    assertEquals("", hex(decompress(LZ4, "0000000000")));
  }

  @ParameterizedTest
  @EnumSource(names = {"ZSTD", "LZ4"})
  void whatIsCompressedIsReadAgain(CompressionScheme scheme) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    for (Integer level : new Integer[] {null, -5, 0, 1, 9, 22}) {
      try (GeneralCompression compression = GeneralCompression.open(scheme, level)) {
        for (int length : new int[] {0, 1, 3, 100, 4096, 70_000}) {
          for (int bound : new int[] {1, 4, 256}) {
            AppendBuffer plain = new AppendBuffer(pool);
            plain.append(integers(8, length, i -> random.nextInt(bound)).values(), 0, length);
            AppendBuffer compressed = new AppendBuffer(pool);
            compressed.appendZeros(3);
            long bytes = compression.compress(plain, compressed);
            assertEquals(3 + bytes, compressed.size());
            assertTrue(bytes <= compression.maxBytes(length));
            MemorySegment read = decompress(message(compression), compressed.bytes().asSlice(3));
            assertEquals(
                hex(plain.bytes()), hex(read), "level %s, %d bytes".formatted(level, length));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ZSTD, 00000000000000, a compressed buffer has 7 bytes; it must have 8 to 2130706431",
    "LZ4, '', a compressed buffer has 0 bytes; it must have 4 to 2130706431",
    "LZ4, 000000, a compressed buffer has 3 bytes; it must have 4 to 2130706431",
    "ZSTD, ffffffffffffffff, 'a compressed buffer says that it holds -1 bytes, but may hold 0 at"
        + " most'",
    "ZSTD, 0180000000000000 00, 'a compressed buffer says that it holds 32769 bytes, but may hold 0"
        + " at most'",
    "ZSTD, 0100040000000000 28b52ffd0458 02001000 0100 1000 00000000, 'a compressed buffer says"
        + " that it holds 262145 bytes, but may hold 262144 at most'",
    "ZSTD, 0200000000000000 28b52ffd2001 090000 61, 'a compressed buffer says that it holds 2"
        + " bytes, but may hold 1 at most'",
    "LZ4, ff010000 0000, 'a compressed buffer says that it holds 511 bytes, but may hold 510 at"
        + " most'",
    "LZ4, 0500000010 61, a compressed buffer that says it holds 5 bytes holds 1",
    "ZSTD, 0500000000000000 28b52ffd0058 150000 0000, a compressed buffer that says it holds 5"
        + " bytes holds 0"
  })
  void malformedBuffers(CompressionScheme scheme, String hex, String message) {
    BufferCompression compression = scheme == CompressionScheme.ZSTD ? ZSTD : LZ4;
    assertEquals(
        message,
        assertThrows(
                LanceFormatException.class, () -> decompress(compression, hex.replace(" ", "")))
            .getMessage());
  }

  @ParameterizedTest
  @EnumSource(names = {"ZSTD", "LZ4"})
  void damagedBuffersAreReadOrRefused(CompressionScheme scheme) {
    SplittableRandom random = new SplittableRandom(11);
    try (GeneralCompression compression = GeneralCompression.open(scheme, null)) {
      int refused = 0;
      for (int i = 0; i < 3000; i++) {
        AppendBuffer plain = new AppendBuffer(pool);
        plain.append(integers(8, 300, j -> random.nextInt(8)).values(), 0, 300);
        AppendBuffer compressed = new AppendBuffer(pool);
        compression.compress(plain, compressed);
        MemorySegment damaged = CodecRun.damaged(compressed.bytes(), random);
        try {
          decompress(message(compression), damaged);
        } catch (LanceFormatException e) {
          refused++;
        }
        plain.release();
        compressed.release();
      }
      assertTrue(refused > 1000, refused + " refused");
    }
  }
}
