package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;

/**
 * Lets a kernel begin with its scalar twin, and go over to vectors when the process has worked
 * enough for them to pay.
 *
 * <p>Until the JIT has compiled a loop over vectors, each of them is an object and each operation a
 * call: that takes a tenth of a second to a half for each kernel, and hundreds of megabytes of
 * heap, which a process that writes one file never gets back. Scalar twins work on blocks on the
 * heap, which are fast from the first call on.
 */
final class Warmup {
  private static final long FACTOR = SimdProperties.startsWithVectors() ? 0 : 1;

  private final long bytes;

  /** What was worked on so far. Not exact: threads may overwrite each other's sums. */
  private long worked;

  /**
   * @param bytes the number of bytes from which on vectors pay
   */
  Warmup(long bytes) {
    this.bytes = bytes * FACTOR;
  }

  /** Decides for a call that works on {@code work} bytes. */
  boolean vectors(long work) {
    // First, since this refuses what cannot be met; work counts also where there are no vectors.
    boolean possible = Simd.vectors();
    return isWarm(work) && possible;
  }

  /** Decides for a call of a kernel that works on addresses. */
  boolean vectors(MemorySegment source, MemorySegment target, long work) {
    boolean possible = Simd.vectors(source, target);
    return isWarm(work) && possible;
  }

  private boolean isWarm(long work) {
    long soFar = worked;
    if (soFar >= bytes) {
      return true;
    }
    worked = soFar + work;
    if (worked >= bytes) {
      Simd.noteMissingModule();
    }
    return false;
  }
}
