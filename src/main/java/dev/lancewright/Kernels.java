package dev.lancewright;

import dev.lancewright.internal.simd.Simd;

/** The loops that pack, split and check values, as this JVM runs them. */
public final class Kernels {
  private Kernels() {}

  /**
   * Says what kernels run on, for logs and reports: {@code vector, 256 bits}, or {@code scalar} and
   * in parentheses why they do not run on vectors.
   *
   * @throws IllegalStateException if the system property {@code dev.lancewright.simd} asks for what
   *     this JVM or machine cannot do; writers and readers throw the same
   */
  public static String description() {
    return Simd.description();
  }
}
