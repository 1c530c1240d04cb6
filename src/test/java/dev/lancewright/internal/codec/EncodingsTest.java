package dev.lancewright.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.TextFormat;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.testing.Messages;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The library reads what is meant, and readers describe it in the same words. */
class EncodingsTest {
  private static final String FLAT_8 = "{ flat { bits_per_value: 8 } }";

  static Stream<Arguments> encodings() {
    EncodingMessage flat = Encodings.flat(8);
    byte[] table = {7, 0, -1};
    return Stream.of(
        Arguments.of(Encodings.flat(0), "flat {}"),
        Arguments.of(Encodings.flat(64), "flat { bits_per_value: 64 }"),
        Arguments.of(
            Encodings.inlineBitpacking(32),
            "inline_bitpacking { uncompressed_bits_per_value: 32 }"),
        Arguments.of(
            Encodings.rle(16),
            "rle { values { flat { bits_per_value: 16 } } run_lengths %s }".formatted(FLAT_8)),
        Arguments.of(
            Encodings.byteStreamSplit(64),
            "byte_stream_split { values { flat { bits_per_value: 64 } } }"),
        Arguments.of(
            Encodings.general(CompressionScheme.ZSTD, 3, flat),
            "general { compression { scheme: COMPRESSION_ALGORITHM_ZSTD level: 3 } values %s }"
                .formatted(FLAT_8)),
        Arguments.of(
            Encodings.general(CompressionScheme.ZSTD, 0, flat),
            "general { compression { scheme: COMPRESSION_ALGORITHM_ZSTD level: 0 } values %s }"
                .formatted(FLAT_8)),
        Arguments.of(
            Encodings.general(CompressionScheme.ZSTD, -5, flat),
            "general { compression { scheme: COMPRESSION_ALGORITHM_ZSTD level: -5 } values %s }"
                .formatted(FLAT_8)),
        Arguments.of(
            Encodings.general(CompressionScheme.LZ4, null, flat),
            "general { compression { scheme: COMPRESSION_ALGORITHM_LZ4 } values %s }"
                .formatted(FLAT_8)),
        Arguments.of(
            Encodings.fsst(table, Encodings.variable(32)),
            "fsst { symbol_table: '\\007\\000\\377'"
                + " values { variable { offsets { flat { bits_per_value: 32 } } } } }"),
        Arguments.of(
            Encodings.outOfLineBitpacking(64, 8),
            "out_of_line_bitpacking { uncompressed_bits_per_value: 64 values %s }"
                .formatted(FLAT_8)),
        Arguments.of(
            Encodings.outOfLineBitpacking(16, 0),
            "out_of_line_bitpacking { uncompressed_bits_per_value: 16 values { flat {} } }"),
        Arguments.of(
            Encodings.variable(64), "variable { offsets { flat { bits_per_value: 64 } } }"),
        Arguments.of(
            Encodings.packedStruct(new long[] {32, 128}),
            "packed_struct { bits_per_value: [32, 128] values { flat { bits_per_value: 160 } } }"),
        Arguments.of(Encodings.packedStruct(new long[0]), "packed_struct { values { flat {} } }"),
        Arguments.of(
            Encodings.fixedSizeList(3, false, Encodings.fixedSizeList(768, true, flat)),
            "fixed_size_list { items_per_value: 3 values { fixed_size_list {"
                + " items_per_value: 768 has_validity: true values %s } } }".formatted(FLAT_8)),
        Arguments.of(
            Encodings.variablePackedStruct(
                List.of(flat, Encodings.variable(8)),
                new int[] {8, 32},
                new boolean[] {false, true}),
            "variable_packed_struct { fields { value %s bits_per_value: 8 } fields { value {"
                    .formatted(FLAT_8)
                + " variable { offsets %s } } bits_per_length: 32 } }".formatted(FLAT_8)),
        Arguments.of(
            Encodings.variablePackedStruct(List.of(), new int[0], new boolean[0]),
            "variable_packed_struct {}"));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void messagesAreThoseOfTheFormat(EncodingMessage encoding, String expected)
      throws TextFormat.ParseException {
    assertEquals(
        TextFormat.parse(expected, CompressiveEncoding.class), Messages.encoding(encoding));
  }
}
