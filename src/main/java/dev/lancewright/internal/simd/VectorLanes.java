package dev.lancewright.internal.simd;

import java.nio.ByteOrder;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vectors that kernels use, and the order of bytes in memory. */
final class VectorLanes {
  /** The number of bits in the machine's vectors. */
  static final int MACHINE_BITS = VectorShape.preferredShape().vectorBitSize();

  /** The number of bits in the vectors used. */
  static final int BITS = SimdProperties.bits(MACHINE_BITS);

  private static final VectorShape SHAPE = VectorShape.forBitSize(BITS);
  static final VectorSpecies<Byte> BYTE_LANES = VectorSpecies.of(byte.class, SHAPE);
  static final VectorSpecies<Integer> INT_LANES = VectorSpecies.of(int.class, SHAPE);
  static final VectorSpecies<Long> LONG_LANES = VectorSpecies.of(long.class, SHAPE);

  /** The number of bytes in the vectors used. */
  static final int BYTES = BITS / Byte.SIZE;

  /** The shape of vectors of at most 256 bits. */
  static final VectorShape UP_TO_256 = VectorShape.forBitSize(Math.min(256, BITS));

  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private VectorLanes() {}
}
