package dev.lancewright.internal.simd;

import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The machine's vectors, and the order of bytes in memory. */
final class VectorLanes {
  static final VectorSpecies<Byte> BYTE_LANES = ByteVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> INT_LANES = IntVector.SPECIES_PREFERRED;
  static final VectorSpecies<Long> LONG_LANES = LongVector.SPECIES_PREFERRED;

  /** Bytes of a vector. */
  static final int BYTES = BYTE_LANES.vectorByteSize();

  /** The machine's vectors, but no longer ones than of 256 bits. */
  static final VectorShape UP_TO_256 =
      VectorShape.forBitSize(Math.min(VectorShape.S_256_BIT.vectorBitSize(), BYTES * Byte.SIZE));

  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private VectorLanes() {}
}
