package dev.lancewright.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.TextFormat;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flat { bits_per_value: 64 } | Flat 64",
        "variable { offsets { flat { bits_per_value: 32 } } } | Variable(Flat 32)",
        "variable { offsets { inline_bitpacking { uncompressed_bits_per_value: 32 } } }"
            + " | Variable(InlineBitpacking 32)",
        "constant {} | Constant",
        "out_of_line_bitpacking { uncompressed_bits_per_value: 16"
            + " values { flat { bits_per_value: 3 } } } | OutOfLineBitpacking 16 -> 3",
        "inline_bitpacking { uncompressed_bits_per_value: 32 } | InlineBitpacking 32",
        "fsst { symbol_table: 'x' values { variable { offsets { flat { bits_per_value: 64 } } } } }"
            + " | Fsst(Variable(Flat 64))",
        "dictionary { indices { flat { bits_per_value: 8 } } items { flat { bits_per_value: 64 } }"
            + " } | Dictionary(Flat 8, Flat 64)",
        "rle { values { flat { bits_per_value: 32 } } run_lengths { flat { bits_per_value: 8 } } }"
            + " | Rle(Flat 32, Flat 8)",
        "general { compression { scheme: COMPRESSION_ALGORITHM_ZSTD level: 3 }"
            + " values { byte_stream_split { values { flat { bits_per_value: 64 } } } } }"
            + " | General(zstd:3, ByteStreamSplit(Flat 64))",
        "general { compression { scheme: COMPRESSION_ALGORITHM_LZ4 } values { constant {} } }"
            + " | General(lz4, Constant)",
        "general { compression { scheme: 77 } } | General(unknown scheme, unknown encoding)",
        "fixed_size_list { items_per_value: 768 values { flat { bits_per_value: 32 } } }"
            + " | FixedSizeList(768, Flat 32)",
        "fixed_size_list { items_per_value: 3 has_validity: true"
            + " values { flat { bits_per_value: 1 } } } | FixedSizeList(3 nullable, Flat 1)",
        "packed_struct { bits_per_value: [32, 64] values { flat { bits_per_value: 96 } } }"
            + " | PackedStruct(Flat 96)",
        "variable_packed_struct { fields { value { flat { bits_per_value: 32 } } }"
            + " fields { value { variable { offsets { flat { bits_per_value: 32 } } } } } }"
            + " | VariablePackedStruct(Flat 32, Variable(Flat 32))",
        "flat { bits_per_value: 18446744073709551615 } | Flat 18446744073709551615"
      })
  void encodingsAreTrees(String proto, String description) throws TextFormat.ParseException {
    assertEquals(
        description, EncodingText.describe(TextFormat.parse(proto, CompressiveEncoding.class)));
  }

  private static final String VALUES = "value_compression { flat { bits_per_value: 64 } }";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mini_block_layout { "
            + VALUES
            + " num_items: 5 layers: REPDEF_ALL_VALID_ITEM } | 2"
            + " | mini-block: Flat 64 | , 5 items, layers [item]",
        "mini_block_layout { "
            + VALUES
            + " num_items: 5 has_large_chunk: true"
            + " rep_compression { inline_bitpacking { uncompressed_bits_per_value: 16 } }"
            + " def_compression { flat { bits_per_value: 16 } }"
            + " layers: [REPDEF_NULLABLE_ITEM, REPDEF_NULL_AND_EMPTY_LIST] } | 3"
            + " | mini-block: Flat 64"
            + " | , rep InlineBitpacking 16, def Flat 16, 5 items, large chunks,"
            + " layers [nullable item, nullable and emptyable list]",
        "mini_block_layout { "
            + VALUES
            + " num_items: 5 num_dictionary_items: 2"
            + " dictionary { variable { offsets { flat { bits_per_value: 32 } } } } } | 3"
            + " | mini-block: Flat 64, dictionary Variable(Flat 32)"
            + " | , 5 items, 2 dictionary items, layers []",
        "full_zip_layout { "
            + VALUES
            + " bits_per_value: 64 bits_rep: 1 bits_def: 2 num_items: 5"
            + " num_visible_items: 4 layers: [REPDEF_NULLABLE_ITEM, REPDEF_EMPTYABLE_LIST] } | 2"
            + " | full-zip: Flat 64"
            + " | , 64-bit values, rep of 1 bit, def of 2 bits, 5 items, 4 visible,"
            + " layers [nullable item, emptyable list]",
        "full_zip_layout { "
            + VALUES
            + " bits_per_offset: 32 num_items: 5 num_visible_items: 5"
            + " layers: REPDEF_ALL_VALID_ITEM } | 2 | full-zip: Flat 64"
            + " | , 32-bit lengths, 5 items, 5 visible, layers [item]",
        "constant_layout { layers: REPDEF_NULLABLE_ITEM } | 0 | all null | , layers [nullable"
            + " item]",
        "constant_layout { layers: [REPDEF_NULLABLE_ITEM, REPDEF_NULLABLE_LIST]"
            + " def_compression { flat { bits_per_value: 16 } } } | 2 | all null"
            + " | , def Flat 16, layers [nullable item, nullable list]",
        "constant_layout { inline_value: '7' layers: REPDEF_ALL_VALID_ITEM } | 0 | constant"
            + " | , layers [item]",
        "constant_layout { layers: [REPDEF_ALL_VALID_ITEM, REPDEF_ALL_VALID_LIST] } | 3 | constant"
            + " | , layers [item, list]",
        "blob_layout { inner_layout { mini_block_layout { "
            + VALUES
            + " } }"
            + " layers: REPDEF_NULLABLE_ITEM } | 2 | blob: mini-block: Flat 64"
            + " | , layers [nullable item]",
        "blob_layout {} | 2 | blob: unknown layout | , layers []",
        "constant_layout { layers: [REPDEF_UNSPECIFIED, 99] } | 0 | all null"
            + " | , layers [unknown layer, unknown layer]"
      })
  void layoutsAreDescribedShortAndInDetail(
      String proto, int buffers, String description, String details)
      throws TextFormat.ParseException {
    PageLayout layout = TextFormat.parse(proto, PageLayout.class);
    assertEquals(description, EncodingText.describe(layout, buffers));
    assertEquals(description + details, EncodingText.detail(layout, buffers));
  }
}
