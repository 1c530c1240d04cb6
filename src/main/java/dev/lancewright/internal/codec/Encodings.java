package dev.lancewright.internal.codec;

import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.FixedSizeList;
import dev.lancewright.internal.proto.Encodings21Proto.Flat;
import dev.lancewright.internal.proto.Encodings21Proto.OutOfLineBitpacking;
import dev.lancewright.internal.proto.Encodings21Proto.Variable;

/** The messages that describe encodings in a page's layout. */
public final class Encodings {
  private Encodings() {}

  /** Values of {@code bits} bits, one after the other. */
  public static CompressiveEncoding flat(int bits) {
    return CompressiveEncoding.newBuilder()
        .setFlat(Flat.newBuilder().setBitsPerValue(bits))
        .build();
  }

  /** Values of {@code bits} bits, packed to {@code packedBits}, described out of line. */
  public static CompressiveEncoding outOfLineBitpacking(int bits, int packedBits) {
    return CompressiveEncoding.newBuilder()
        .setOutOfLineBitpacking(
            OutOfLineBitpacking.newBuilder()
                .setUncompressedBitsPerValue(bits)
                .setValues(flat(packedBits)))
        .build();
  }

  /** Byte strings found by offsets of {@code offsetBits} bits. */
  public static CompressiveEncoding variable(int offsetBits) {
    return CompressiveEncoding.newBuilder()
        .setVariable(Variable.newBuilder().setOffsets(flat(offsetBits)))
        .build();
  }

  /** Lists of {@code size} items each. */
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
