package dev.lancewright.internal.codec;

import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.internal.proto.Encodings21Proto;
import dev.lancewright.internal.proto.Encodings21Proto.BufferCompression;
import dev.lancewright.internal.proto.Encodings21Proto.ByteStreamSplit;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.FixedSizeList;
import dev.lancewright.internal.proto.Encodings21Proto.Flat;
import dev.lancewright.internal.proto.Encodings21Proto.Fsst;
import dev.lancewright.internal.proto.Encodings21Proto.General;
import dev.lancewright.internal.proto.Encodings21Proto.InlineBitpacking;
import dev.lancewright.internal.proto.Encodings21Proto.OutOfLineBitpacking;
import dev.lancewright.internal.proto.Encodings21Proto.PackedStruct;
import dev.lancewright.internal.proto.Encodings21Proto.Rle;
import dev.lancewright.internal.proto.Encodings21Proto.Variable;
import dev.lancewright.internal.proto.Encodings21Proto.VariablePackedStruct;
import dev.lancewright.internal.proto.Encodings21Proto.VariablePackedStruct.FieldEncoding;
import dev.lancewright.internal.wire.WireMessage;
import java.util.List;

/**
 * The messages that describe encodings in a page's layout. Of the generated classes only constants
 * are used, so that writing does not load them.
 */
public final class Encodings {
  private Encodings() {}

  /** Describes flat values of {@code bits} bits. */
  public static EncodingMessage flat(int bits) {
    return encoding(
        CompressiveEncoding.FLAT_FIELD_NUMBER,
        new WireMessage().number(Flat.BITS_PER_VALUE_FIELD_NUMBER, bits),
        "Flat " + bits);
  }

  /** Describes values of {@code bits} bits, packed to a width that each chunk states. */
  public static EncodingMessage inlineBitpacking(int bits) {
    return encoding(
        CompressiveEncoding.INLINE_BITPACKING_FIELD_NUMBER,
        new WireMessage().number(InlineBitpacking.UNCOMPRESSED_BITS_PER_VALUE_FIELD_NUMBER, bits),
        "InlineBitpacking " + bits);
  }

  /** Describes runs of values of {@code bits} bits, with lengths of a byte. */
  public static EncodingMessage rle(int bits) {
    EncodingMessage values = flat(bits);
    EncodingMessage lengths = flat(Byte.SIZE);
    return encoding(
        CompressiveEncoding.RLE_FIELD_NUMBER,
        new WireMessage()
            .message(Rle.VALUES_FIELD_NUMBER, values.message())
            .message(Rle.RUN_LENGTHS_FIELD_NUMBER, lengths.message()),
        "Rle(" + values.text() + ", " + lengths.text() + ")");
  }

  /** Describes byte-stream split values of {@code bits} bits. */
  public static EncodingMessage byteStreamSplit(int bits) {
    EncodingMessage values = flat(bits);
    return encoding(
        CompressiveEncoding.BYTE_STREAM_SPLIT_FIELD_NUMBER,
        new WireMessage().message(ByteStreamSplit.VALUES_FIELD_NUMBER, values.message()),
        "ByteStreamSplit(" + values.text() + ")");
  }

  /**
   * Describes {@code values} compressed by a general scheme.
   *
   * @param scheme the scheme, zstd or LZ4
   * @param level the level that the file states, or null for none
   */
  public static EncodingMessage general(
      CompressionScheme scheme, Integer level, EncodingMessage values) {
    boolean isZstd = scheme == CompressionScheme.ZSTD;
    WireMessage compression =
        new WireMessage()
            .number(
                BufferCompression.SCHEME_FIELD_NUMBER,
                isZstd
                    ? Encodings21Proto.CompressionScheme.COMPRESSION_ALGORITHM_ZSTD_VALUE
                    : Encodings21Proto.CompressionScheme.COMPRESSION_ALGORITHM_LZ4_VALUE);
    String name = isZstd ? "zstd" : "lz4";
    if (level != null) {
      compression.presentNumber(BufferCompression.LEVEL_FIELD_NUMBER, level);
      name += ":" + level;
    }
    return encoding(
        CompressiveEncoding.GENERAL_FIELD_NUMBER,
        new WireMessage()
            .message(General.COMPRESSION_FIELD_NUMBER, compression)
            .message(General.VALUES_FIELD_NUMBER, values.message()),
        "General(" + name + ", " + values.text() + ")");
  }

  /** Describes byte strings encoded as {@code values}, in the codes of a symbol table. */
  public static EncodingMessage fsst(byte[] symbolTable, EncodingMessage values) {
    return encoding(
        CompressiveEncoding.FSST_FIELD_NUMBER,
        new WireMessage()
            .bytes(Fsst.SYMBOL_TABLE_FIELD_NUMBER, symbolTable)
            .message(Fsst.VALUES_FIELD_NUMBER, values.message()),
        "Fsst(" + values.text() + ")");
  }

  /** Describes values of {@code bits} bits, packed to {@code packedBits} out of line. */
  public static EncodingMessage outOfLineBitpacking(int bits, int packedBits) {
    return encoding(
        CompressiveEncoding.OUT_OF_LINE_BITPACKING_FIELD_NUMBER,
        new WireMessage()
            .number(OutOfLineBitpacking.UNCOMPRESSED_BITS_PER_VALUE_FIELD_NUMBER, bits)
            .message(OutOfLineBitpacking.VALUES_FIELD_NUMBER, flat(packedBits).message()),
        "OutOfLineBitpacking " + bits + " -> " + packedBits);
  }

  /** Describes byte strings with offsets of {@code offsetBits} bits. */
  public static EncodingMessage variable(int offsetBits) {
    EncodingMessage offsets = flat(offsetBits);
    return encoding(
        CompressiveEncoding.VARIABLE_FIELD_NUMBER,
        new WireMessage().message(Variable.OFFSETS_FIELD_NUMBER, offsets.message()),
        "Variable(" + offsets.text() + ")");
  }

  /** Describes rows of values with the given numbers of bits. */
  public static EncodingMessage packedStruct(long[] bits) {
    long sum = 0;
    for (long one : bits) {
      sum += one;
    }
    EncodingMessage values = flat(Math.toIntExact(sum));
    return encoding(
        CompressiveEncoding.PACKED_STRUCT_FIELD_NUMBER,
        new WireMessage()
            .numbers(PackedStruct.BITS_PER_VALUE_FIELD_NUMBER, bits)
            .message(PackedStruct.VALUES_FIELD_NUMBER, values.message()),
        "PackedStruct(" + values.text() + ")");
  }

  /** Describes lists of {@code size} items each. */
  public static EncodingMessage fixedSizeList(
      int size, boolean hasValidity, EncodingMessage items) {
    return encoding(
        CompressiveEncoding.FIXED_SIZE_LIST_FIELD_NUMBER,
        new WireMessage()
            .number(FixedSizeList.ITEMS_PER_VALUE_FIELD_NUMBER, size)
            .message(FixedSizeList.VALUES_FIELD_NUMBER, items.message())
            .flag(FixedSizeList.HAS_VALIDITY_FIELD_NUMBER, hasValidity),
        "FixedSizeList(" + size + (hasValidity ? " nullable" : "") + ", " + items.text() + ")");
  }

  /**
   * Describes rows of values of several encodings, one after the other.
   *
   * @param values the encodings of a row's values
   * @param bits the number of bits of each value, or of its length if it has one
   * @param lengths whether each value follows its length
   */
  public static EncodingMessage variablePackedStruct(
      List<EncodingMessage> values, int[] bits, boolean[] lengths) {
    WireMessage struct = new WireMessage();
    StringBuilder text = new StringBuilder("VariablePackedStruct(");
    for (int i = 0; i < bits.length; i++) {
      WireMessage field =
          new WireMessage()
              .message(FieldEncoding.VALUE_FIELD_NUMBER, values.get(i).message())
              .presentNumber(
                  lengths[i]
                      ? FieldEncoding.BITS_PER_LENGTH_FIELD_NUMBER
                      : FieldEncoding.BITS_PER_VALUE_FIELD_NUMBER,
                  bits[i]);
      struct.message(VariablePackedStruct.FIELDS_FIELD_NUMBER, field);
      text.append(i == 0 ? "" : ", ").append(values.get(i).text());
    }
    return encoding(
        CompressiveEncoding.VARIABLE_PACKED_STRUCT_FIELD_NUMBER,
        struct,
        text.append(')').toString());
  }

  private static EncodingMessage encoding(int oneOf, WireMessage encoding, String text) {
    return new EncodingMessage(new WireMessage().message(oneOf, encoding), text);
  }
}
