package dev.lancewright.internal.file;

import dev.lancewright.internal.proto.Encodings21Proto.BufferCompression;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.ConstantLayout;
import dev.lancewright.internal.proto.Encodings21Proto.FixedSizeList;
import dev.lancewright.internal.proto.Encodings21Proto.FullZipLayout;
import dev.lancewright.internal.proto.Encodings21Proto.MiniBlockLayout;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import dev.lancewright.internal.proto.Encodings21Proto.RepDefLayer;
import dev.lancewright.internal.proto.Encodings21Proto.VariablePackedStruct;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Page layouts and encodings in words: {@code mini-block: General(zstd:3, ByteStreamSplit(Flat
 * 64))}. Widths are in bits, what is nested is in parentheses.
 */
public final class EncodingText {
  private EncodingText() {}

  /**
   * The layout and the encoding of the values.
   *
   * @param buffers how many the page has; they tell constant pages from pages of nulls
   */
  public static String describe(PageLayout layout, int buffers) {
    return switch (layout.getLayoutCase()) {
      case MINI_BLOCK_LAYOUT -> {
        MiniBlockLayout miniBlock = layout.getMiniBlockLayout();
        yield "mini-block: "
            + describe(miniBlock.getValueCompression())
            + (miniBlock.hasDictionary()
                ? ", dictionary " + describe(miniBlock.getDictionary())
                : "");
      }
      case FULL_ZIP_LAYOUT ->
          "full-zip: " + describe(layout.getFullZipLayout().getValueCompression());
      case CONSTANT_LAYOUT ->
          isConstant(layout.getConstantLayout(), buffers) ? "constant" : "all null";
      case BLOB_LAYOUT -> "blob: " + describe(layout.getBlobLayout().getInnerLayout(), buffers);
      case LAYOUT_NOT_SET -> "unknown layout";
    };
  }

  /**
   * {@link #describe}, then levels, counts and layers, the innermost layer first.
   *
   * @param buffers how many the page has
   */
  public static String detail(PageLayout layout, int buffers) {
    return describe(layout, buffers)
        + switch (layout.getLayoutCase()) {
          case MINI_BLOCK_LAYOUT -> detail(layout.getMiniBlockLayout());
          case FULL_ZIP_LAYOUT -> detail(layout.getFullZipLayout());
          case CONSTANT_LAYOUT -> detail(layout.getConstantLayout());
          case BLOB_LAYOUT -> layers(layout.getBlobLayout().getLayersList());
          case LAYOUT_NOT_SET -> "";
        };
  }

  /** An encoding with all that is nested in it. */
  public static String describe(CompressiveEncoding encoding) {
    return switch (encoding.getCompressionCase()) {
      case FLAT -> "Flat " + unsigned(encoding.getFlat().getBitsPerValue());
      case VARIABLE -> node("Variable", describe(encoding.getVariable().getOffsets()));
      case CONSTANT -> "Constant";
      case OUT_OF_LINE_BITPACKING ->
          "OutOfLineBitpacking "
              + unsigned(encoding.getOutOfLineBitpacking().getUncompressedBitsPerValue())
              + " -> "
              + width(encoding.getOutOfLineBitpacking().getValues());
      case INLINE_BITPACKING ->
          "InlineBitpacking "
              + unsigned(encoding.getInlineBitpacking().getUncompressedBitsPerValue());
      case FSST -> node("Fsst", describe(encoding.getFsst().getValues()));
      case DICTIONARY ->
          node(
              "Dictionary",
              describe(encoding.getDictionary().getIndices()),
              describe(encoding.getDictionary().getItems()));
      case RLE ->
          node(
              "Rle",
              describe(encoding.getRle().getValues()),
              describe(encoding.getRle().getRunLengths()));
      case BYTE_STREAM_SPLIT ->
          node("ByteStreamSplit", describe(encoding.getByteStreamSplit().getValues()));
      case GENERAL ->
          node(
              "General",
              scheme(encoding.getGeneral().getCompression()),
              describe(encoding.getGeneral().getValues()));
      case FIXED_SIZE_LIST -> describe(encoding.getFixedSizeList());
      case PACKED_STRUCT -> node("PackedStruct", describe(encoding.getPackedStruct().getValues()));
      case VARIABLE_PACKED_STRUCT ->
          encoding.getVariablePackedStruct().getFieldsList().stream()
              .map(VariablePackedStruct.FieldEncoding::getValue)
              .map(EncodingText::describe)
              .collect(Collectors.joining(", ", "VariablePackedStruct(", ")"));
      case COMPRESSION_NOT_SET -> "unknown encoding";
    };
  }

  private static boolean isConstant(ConstantLayout layout, int buffers) {
    return layout.hasInlineValue() || buffers == 1 || buffers == 3;
  }

  private static String detail(MiniBlockLayout layout) {
    return (layout.hasRepCompression() ? ", rep " + describe(layout.getRepCompression()) : "")
        + (layout.hasDefCompression() ? ", def " + describe(layout.getDefCompression()) : "")
        + ", "
        + unsigned(layout.getNumItems())
        + " items"
        + (layout.hasDictionary()
            ? ", " + unsigned(layout.getNumDictionaryItems()) + " dictionary items"
            : "")
        + (layout.getHasLargeChunk() ? ", large chunks" : "")
        + layers(layout.getLayersList());
  }

  private static String detail(FullZipLayout layout) {
    String width =
        layout.hasBitsPerOffset()
            ? unsigned(layout.getBitsPerOffset()) + "-bit lengths"
            : unsigned(layout.getBitsPerValue()) + "-bit values";
    return ", "
        + width
        + (layout.getBitsRep() == 0 ? "" : ", rep of " + bits(layout.getBitsRep()))
        + (layout.getBitsDef() == 0 ? "" : ", def of " + bits(layout.getBitsDef()))
        + ", "
        + unsigned(layout.getNumItems())
        + " items, "
        + unsigned(layout.getNumVisibleItems())
        + " visible"
        + layers(layout.getLayersList());
  }

  private static String detail(ConstantLayout layout) {
    return (layout.hasRepCompression() ? ", rep " + describe(layout.getRepCompression()) : "")
        + (layout.hasDefCompression() ? ", def " + describe(layout.getDefCompression()) : "")
        + layers(layout.getLayersList());
  }

  private static String layers(List<RepDefLayer> layers) {
    return layers.stream()
        .map(EncodingText::words)
        .collect(Collectors.joining(", ", ", layers [", "]"));
  }

  private static String words(RepDefLayer layer) {
    return switch (layer) {
      case REPDEF_ALL_VALID_ITEM -> "item";
      case REPDEF_ALL_VALID_LIST -> "list";
      case REPDEF_NULLABLE_ITEM -> "nullable item";
      case REPDEF_NULLABLE_LIST -> "nullable list";
      case REPDEF_EMPTYABLE_LIST -> "emptyable list";
      case REPDEF_NULL_AND_EMPTY_LIST -> "nullable and emptyable list";
      case REPDEF_UNSPECIFIED, UNRECOGNIZED -> "unknown layer";
    };
  }

  private static String describe(FixedSizeList list) {
    String size = unsigned(list.getItemsPerValue()) + (list.getHasValidity() ? " nullable" : "");
    return node("FixedSizeList", size, describe(list.getValues()));
  }

  /** That of the packed values, which readers want to be flat. */
  private static String width(CompressiveEncoding packed) {
    return packed.hasFlat() ? unsigned(packed.getFlat().getBitsPerValue()) : describe(packed);
  }

  private static String scheme(BufferCompression compression) {
    String scheme =
        switch (compression.getScheme()) {
          case COMPRESSION_ALGORITHM_LZ4 -> "lz4";
          case COMPRESSION_ALGORITHM_ZSTD -> "zstd";
          case COMPRESSION_ALGORITHM_UNSPECIFIED, UNRECOGNIZED -> "unknown scheme";
        };
    return compression.hasLevel() ? scheme + ":" + compression.getLevel() : scheme;
  }

  private static String node(String name, String... parameters) {
    return name + "(" + String.join(", ", parameters) + ")";
  }

  private static String bits(int count) {
    return unsigned(count) + (count == 1 ? " bit" : " bits");
  }

  private static String unsigned(int value) {
    return Integer.toUnsignedString(value);
  }

  private static String unsigned(long value) {
    return Long.toUnsignedString(value);
  }
}
