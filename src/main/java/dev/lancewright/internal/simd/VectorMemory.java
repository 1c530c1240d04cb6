package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Objects;

/**
 * Access to native memory by address.
 *
 * <p>Each access to a segment checks its bounds, class, arena and thread. If offsets do not grow
 * linearly, the JIT leaves these checks in the loop, where they take longer than the kernel's own
 * work. So a kernel checks its whole memory once, with {@link #source} and {@link #target}, and
 * then accesses {@link #ALL}, whose properties are constants for the JIT. No arena may be closed
 * until the kernel is done, and {@link #keep} keeps segments reachable.
 */
final class VectorMemory {
  /** All memory, with addresses as offsets; empty if native access is not allowed. */
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
   * Returns the address of bytes that may be read.
   *
   * @param segment the segment, which must be native memory
   */
  static long source(MemorySegment segment, long at, long bytes) {
    Objects.checkFromIndexSize(at, bytes, segment.byteSize());
    if (!segment.isAccessibleBy(Thread.currentThread()) || !segment.scope().isAlive()) {
      segment.get(ValueLayout.JAVA_BYTE, at); // throws
    }
    return segment.address() + at;
  }

  /**
   * Returns the address of bytes that may be written.
   *
   * @param segment the segment, which must be native memory
   */
  static long target(MemorySegment segment, long at, long bytes) {
    if (segment.isReadOnly()) {
      throw new IllegalArgumentException("the target is read-only: " + segment);
    }
    return source(segment, at, bytes);
  }

  /** Keeps both segments reachable up to this call, with which every kernel must end. */
  @SuppressWarnings("ReachabilityFenceUsage")
  static void keep(MemorySegment source, MemorySegment target) {
    Reference.reachabilityFence(source);
    Reference.reachabilityFence(target);
  }
}
