package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decides once whether kernels run on vectors, and says why if they do not. It logs a warning if
 * the module was added in vain. A missing module is mentioned only once vectors would pay, as a
 * logger is slow to start.
 *
 * <p>They do if {@code jdk.incubator.vector} was added to the JVM, its JIT compiles vectors, the
 * machine has vectors of 128 bits or more, and native access is allowed. {@link SimdProperties} can
 * disable vectors, or require them.
 */
public final class Simd {
  private static final String MODULE = "jdk.incubator.vector";
  private static final int MIN_BITS = 128;

  /** The reason why kernels do not run on vectors; null if they do. */
  private static final String OBSTACLE = obstacle();

  /** The reason why no kernel may run; null if the request of the system properties can be met. */
  private static final String REFUSAL = refusal();

  /** A constant for the JIT, so that the unused twin costs nothing. */
  private static final boolean VECTORS = OBSTACLE == null && REFUSAL == null;

  private static final AtomicBoolean NOTED = new AtomicBoolean();

  static {
    boolean expected = SimdProperties.areScalar() || !hasModule();
    if (OBSTACLE != null && REFUSAL == null && !expected) {
      note(System.Logger.Level.WARNING);
    }
  }

  private Simd() {}

  /**
   * Returns whether kernels run on vectors.
   *
   * @throws IllegalStateException if the system properties request something impossible
   */
  static boolean vectors() {
    if (REFUSAL != null) {
      throw new IllegalStateException(REFUSAL);
    }
    return VECTORS;
  }

  /** Returns whether a kernel that works on addresses runs on vectors. */
  static boolean vectors(MemorySegment source, MemorySegment target) {
    return vectors() && source.isNative() && target.isNative();
  }

  /** Logs once that the module is missing, when vectors would begin to pay. */
  static void noteMissingModule() {
    boolean missed = !SimdProperties.areScalar() && !hasModule();
    if (missed && NOTED.compareAndSet(false, true)) {
      note(System.Logger.Level.INFO);
    }
  }

  private static void note(System.Logger.Level level) {
    System.getLogger("dev.lancewright").log(level, "Kernels do not run on vectors: {0}", OBSTACLE);
  }

  /**
   * Describes what kernels run on: "vector" and a width in bits, or "scalar" and the reason.
   *
   * @throws IllegalStateException if the system properties request something impossible
   */
  public static String description() {
    return vectors()
        ? "vector, %d bits".formatted(VectorLanes.BITS)
        : "scalar (%s)".formatted(OBSTACLE);
  }

  private static String obstacle() {
    if (SimdProperties.areScalar()) {
      return "the system property " + SimdProperties.MODE + " asks for it";
    }
    if (!hasModule()) {
      return MODULE + " is not in the module graph; add --add-modules " + MODULE;
    }
    String jvm = System.getProperty("java.vm.info", "");
    if (jvm.contains("interpreted mode") || jvm.contains("emulated-client")) {
      return "the JVM runs without its optimizing compiler C2, without which vectors are slow ("
          + jvm
          + ")";
    }
    try {
      return VectorLanes.MACHINE_BITS < MIN_BITS
          ? "vectors have %d bits here, and kernels need %d"
              .formatted(VectorLanes.MACHINE_BITS, MIN_BITS)
          : nativeAccess();
    } catch (LinkageError e) {
      return "the classes of %s cannot be used: %s".formatted(MODULE, e);
    }
  }

  private static boolean hasModule() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  private static String nativeAccess() {
    Module module = Simd.class.getModule();
    return VectorMemory.isAllowed()
        ? null
        : "native access is not allowed; add --enable-native-access="
            + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
  }

  private static String refusal() {
    String fault = SimdProperties.fault();
    if (fault != null) {
      return fault;
    }
    if (OBSTACLE != null) {
      return SimdProperties.areVector()
          ? "the system property %s asks for vectors, but kernels cannot run on them: %s"
              .formatted(SimdProperties.MODE, OBSTACLE)
          : null;
    }
    return VectorLanes.BITS > VectorLanes.MACHINE_BITS && !SimdProperties.mayBeEmulated()
        ? "the system property %s asks for vectors of %d bits, but here they have %d; ask for no more"
            .formatted(SimdProperties.BITS, VectorLanes.BITS, VectorLanes.MACHINE_BITS)
        : null;
  }
}
