package dev.lancewright.internal.simd;

import java.util.Set;

/** The system properties that control how kernels run; read once, before the first of them runs. */
final class SimdProperties {
  /** The mode: {@value #SCALAR}, {@value #VECTOR}, or not set to use vectors if possible. */
  static final String MODE = "dev.lancewright.simd";

  /** The mode in which vectors are not used. */
  private static final String SCALAR = "scalar";

  /** A synonym of {@link #SCALAR}. */
  private static final String OFF = "off";

  /** The mode in which vectors are used, or else no kernel runs. */
  private static final String VECTOR = "vector";

  /** The width of vectors, for tests; the machine's if not set. */
  static final String BITS = "dev.lancewright.simd.bits";

  /** Whether tests may ask for wider vectors than the machine has: the JVM emulates them slowly. */
  private static final String EMULATED = "dev.lancewright.simd.emulated";

  /** Whether vectors are used, if they can be, before it is clear that they will pay. */
  private static final String AT_ONCE = "dev.lancewright.simd.atOnce";

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

  /** Whether vectors are used from the first call on, which tests and {@link #VECTOR} ask for. */
  static boolean startsWithVectors() {
    return areVector() || Boolean.getBoolean(AT_ONCE);
  }

  static boolean mayBeEmulated() {
    return Boolean.getBoolean(EMULATED);
  }

  /** Returns a message about a property with an invalid value, or null if there is none. */
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
   * Returns the width of vectors in bits.
   *
   * @param machine the width that the machine has
   */
  static int bits(int machine) {
    String bits = System.getProperty(BITS);
    return bits != null && WIDTHS.contains(bits) ? Integer.parseInt(bits) : machine;
  }
}
