package dev.lancewright.internal.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.Supplier;

/** Native memory at an odd address, with bytes around it that must not change. */
record Guarded(MemorySegment segment, long at, int bytes) {
  private static final int GUARD = 67;
  private static final byte CANARY = 0x5A;

  static Guarded of(int bytes) {
    MemorySegment segment = Arena.ofAuto().allocate(bytes + 2L * GUARD, 64);
    segment.fill(CANARY);
    return new Guarded(segment, GUARD, bytes);
  }

  static Guarded of(byte[] content) {
    Guarded memory = of(content.length);
    MemorySegment.copy(
        content, 0, memory.segment, ValueLayout.JAVA_BYTE, memory.at, content.length);
    return memory;
  }

  /** This memory without what is around it, so that nobody can read beyond. */
  MemorySegment alone() {
    return segment.asSlice(at, bytes);
  }

  void assertHolds(byte[] expected, Supplier<String> what) {
    assertArrayEquals(expected, alone().toArray(ValueLayout.JAVA_BYTE), what);
    assertUntouched(0, at, what);
    assertUntouched(at + bytes, segment.byteSize(), what);
  }

  private void assertUntouched(long from, long to, Supplier<String> what) {
    byte[] canaries = new byte[(int) (to - from)];
    Arrays.fill(canaries, CANARY);
    MemorySegment around = segment.asSlice(from, to - from);
    assertEquals(-1, around.mismatch(MemorySegment.ofArray(canaries)), what);
  }
}
