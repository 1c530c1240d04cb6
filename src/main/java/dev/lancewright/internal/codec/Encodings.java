package dev.lancewright.internal.codec;

import com.google.protobuf.ByteString;
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
import java.util.List;

/** The messages that describe encodings in a page's layout. */
public final class Encodings {
  private Encodings() {}

  /** Describes flat values of {@code bits} bits. */
  public static CompressiveEncoding flat(int bits) {
    return CompressiveEncoding.newBuilder()
        .setFlat(Flat.newBuilder().setBitsPerValue(bits))
        .build();
  }

  /** Describes values of {@code bits} bits, packed to a width that each chunk states. */
  public static CompressiveEncoding inlineBitpacking(int bits) {
    return CompressiveEncoding.newBuilder()
        .setInlineBitpacking(InlineBitpacking.newBuilder().setUncompressedBitsPerValue(bits))
        .build();
  }

  /** Describes runs of values of {@code bits} bits, with lengths of a byte. */
  public static CompressiveEncoding rle(int bits) {
    return CompressiveEncoding.newBuilder()
        .setRle(Rle.newBuilder().setValues(flat(bits)).setRunLengths(flat(Byte.SIZE)))
        .build();
  }

  /** Describes byte-stream split values of {@code bits} bits. */
  public static CompressiveEncoding byteStreamSplit(int bits) {
    return CompressiveEncoding.newBuilder()
        .setByteStreamSplit(ByteStreamSplit.newBuilder().setValues(flat(bits)))
        .build();
  }

  /** Describes {@code values} compressed by {@code compression}. */
  public static CompressiveEncoding general(
      BufferCompression compression, CompressiveEncoding values) {
    return CompressiveEncoding.newBuilder()
        .setGeneral(General.newBuilder().setCompression(compression).setValues(values))
        .build();
  }

  /** Describes byte strings encoded as {@code values}, in the codes of a symbol table. */
  public static CompressiveEncoding fsst(byte[] symbolTable, CompressiveEncoding values) {
    return CompressiveEncoding.newBuilder()
        .setFsst(
            Fsst.newBuilder().setSymbolTable(ByteString.copyFrom(symbolTable)).setValues(values))
        .build();
  }

  /** Describes values of {@code bits} bits, packed to {@code packedBits} out of line. */
  public static CompressiveEncoding outOfLineBitpacking(int bits, int packedBits) {
    return CompressiveEncoding.newBuilder()
        .setOutOfLineBitpacking(
            OutOfLineBitpacking.newBuilder()
                .setUncompressedBitsPerValue(bits)
                .setValues(flat(packedBits)))
        .build();
  }

  /** Describes byte strings with offsets of {@code offsetBits} bits. */
  public static CompressiveEncoding variable(int offsetBits) {
    return CompressiveEncoding.newBuilder()
        .setVariable(Variable.newBuilder().setOffsets(flat(offsetBits)))
        .build();
  }

  /** Describes rows of values with the given numbers of bits. */
  public static CompressiveEncoding packedStruct(List<Integer> bits) {
    PackedStruct.Builder struct = PackedStruct.newBuilder();
    bits.forEach(struct::addBitsPerValue);
    struct.setValues(flat(bits.stream().mapToInt(Integer::intValue).sum()));
    return CompressiveEncoding.newBuilder().setPackedStruct(struct).build();
  }

  /** Describes lists of {@code size} items each. */
  public static CompressiveEncoding fixedSizeList(
      int size, boolean hasValidity, CompressiveEncoding items) {
    return CompressiveEncoding.newBuilder()
        .setFixedSizeList(
            FixedSizeList.newBuilder()
                .setItemsPerValue(size)
                .setHasValidity(hasValidity)
                .setValues(items))
        .build();
  }
}
