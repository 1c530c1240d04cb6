package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;

/**
 * Decides once whether kernels run on vectors: where {@code jdk.incubator.vector} was added to the
 * JVM, the machine has vectors of 128 bits or more, native access is allowed, and the system
 * property {@value #PROPERTY} is not {@code off}.
 */
final class Simd {
  private static final String PROPERTY = "dev.lancewright.simd";
  private static final String MODULE = "jdk.incubator.vector";
  private static final int LEAST_BYTES = 16;

  /** A constant for the JIT: the twin that is not taken costs nothing. */
  static final boolean VECTORS =
      !"off".equals(System.getProperty(PROPERTY))
          && ModuleLayer.boot().findModule(MODULE).isPresent()
          && VectorLanes.BYTES >= LEAST_BYTES
          && VectorMemory.isAllowed();

  private Simd() {}

  /** Whether a kernel that works on addresses runs on vectors. */
  static boolean vectors(MemorySegment source, MemorySegment target) {
    return VECTORS && source.isNative() && target.isNative();
  }
}
