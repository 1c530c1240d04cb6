package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Objects;

/**
 * Native memory by its addresses.
 *
 * <p>Each access to a segment checks its bounds, its class, its arena and its thread. Where offsets
 * do not grow evenly the JIT leaves these checks in the loop, and they take longer than what a
 * kernel does to the bytes. So a kernel checks its whole memory once, by {@link #source} and {@link
 * #target}, and then reads and writes {@link #ALL}, of which the JIT knows everything. Until it is
 * done nobody may close an arena, and segments stay reachable by {@link #keep}.
 */
final class VectorMemory {
  /** Everything there is; offsets are addresses. Empty where native access is not allowed. */
  static final MemorySegment ALL = all();

  private VectorMemory() {}

  @SuppressWarnings("restricted") // that is why kernels check addresses
  private static MemorySegment all() {
    try {
      return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    } catch (IllegalCallerException e) {
      return MemorySegment.NULL;
    }
  }

  static boolean isAllowed() {
    return ALL.byteSize() > 0;
  }

  /**
   * The address of bytes that may be read.
   *
   * @param segment native memory
   */
  static long source(MemorySegment segment, long at, long bytes) {
    Objects.checkFromIndexSize(at, bytes, segment.byteSize());
    if (!segment.isAccessibleBy(Thread.currentThread()) || !segment.scope().isAlive()) {
      segment.get(ValueLayout.JAVA_BYTE, at); // throws
    }
    return segment.address() + at;
  }

  /**
   * The address of bytes that may be written.
   *
   * @param segment native memory
   */
  static long target(MemorySegment segment, long at, long bytes) {
    if (segment.isReadOnly()) {
      throw new IllegalArgumentException("the target is read-only: " + segment);
    }
    return source(segment, at, bytes);
  }

  /** Keeps both segments reachable up to here; nobody leaves a kernel any other way. */
  @SuppressWarnings("ReachabilityFenceUsage")
  static void keep(MemorySegment source, MemorySegment target) {
    Reference.reachabilityFence(source);
    Reference.reachabilityFence(target);
  }
}
