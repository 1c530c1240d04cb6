package dev.lancewright.internal.simd;

import java.util.Set;

/** The system properties that say how kernels run; read once, before the first of them runs. */
final class SimdProperties {
  /** Not set for vectors where they can be used, {@value #SCALAR}, or {@value #VECTOR}. */
  static final String MODE = "dev.lancewright.simd";

  /** Vectors are not used. */
  private static final String SCALAR = "scalar";

  /** The same as {@link #SCALAR}. */
  private static final String OFF = "off";

  /** Vectors are used, or no kernel runs. */
  private static final String VECTOR = "vector";

  /** The width of vectors for tests, which is the machine's if this is not set. */
  static final String BITS = "dev.lancewright.simd.bits";

  /** Whether tests may ask for wider vectors than the machine has: the JVM emulates them slowly. */
  private static final String EMULATED = "dev.lancewright.simd.emulated";

  private static final Set<String> WIDTHS = Set.of("128", "256", "512");

  private SimdProperties() {}

  private static String mode() {
    return System.getProperty(MODE);
  }

  static boolean areScalar() {
    return SCALAR.equals(mode()) || OFF.equals(mode());
  }

  static boolean areVector() {
    return VECTOR.equals(mode());
  }

  static boolean mayBeEmulated() {
    return Boolean.getBoolean(EMULATED);
  }

  /** Says which property has a value that it may not have; null if there is none. */
  static String fault() {
    if (mode() != null && !areScalar() && !areVector()) {
      return "the system property %s is '%s'; it may be '%s' or '%s', or not set"
          .formatted(MODE, mode(), SCALAR, VECTOR);
    }
    String bits = System.getProperty(BITS);
    if (bits != null && !WIDTHS.contains(bits)) {
      return "the system property %s is '%s'; it may be 128, 256 or 512, or not set"
          .formatted(BITS, bits);
    }
    return null;
  }

  /**
   * The width of vectors in bits.
   *
   * @param machine the width that the machine has
   */
  static int bits(int machine) {
    String bits = System.getProperty(BITS);
    return bits != null && WIDTHS.contains(bits) ? Integer.parseInt(bits) : machine;
  }
}
