package dev.lancewright.internal.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What accesses to segments would find out is found out before there are any. */
@RequiresVectors
class VectorMemoryTest {
  @Test
  void addressesAreThoseOfSegments() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(100);
      assertEquals(segment.address() + 40, VectorMemory.source(segment, 40, 60));
      assertEquals(segment.address() + 100, VectorMemory.target(segment, 100, 0));
      segment.set(ValueLayout.JAVA_BYTE, 40, (byte) 7);
      assertEquals(7, VectorMemory.ALL.get(ValueLayout.JAVA_BYTE, segment.address() + 40));
    }
  }

  @Test
  void nothingOutsideOfASegment() {
    MemorySegment segment = Arena.ofAuto().allocate(100);
    assertThrows(IndexOutOfBoundsException.class, () -> VectorMemory.source(segment, 41, 60));
    assertThrows(IndexOutOfBoundsException.class, () -> VectorMemory.source(segment, -1, 10));
    assertThrows(IndexOutOfBoundsException.class, () -> VectorMemory.target(segment, 0, -1));
  }

  @Test
  void nothingOfAClosedArena() {
    MemorySegment segment;
    try (Arena arena = Arena.ofShared()) {
      segment = arena.allocate(100);
    }
    assertThrows(IllegalStateException.class, () -> VectorMemory.source(segment, 0, 10));
  }

  @Test
  void nothingOfAnotherThread() throws InterruptedException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(100);
      FutureTask<Long> other = new FutureTask<>(() -> VectorMemory.source(segment, 0, 10));
      Thread.ofPlatform().start(other).join();
      ExecutionException e = assertThrows(ExecutionException.class, other::get);
      assertEquals(WrongThreadException.class, e.getCause().getClass());
    }
  }

  @Test
  void nothingIsWrittenToReadOnlyMemory() {
    MemorySegment segment = Arena.ofAuto().allocate(100).asReadOnly();
    assertThrows(IllegalArgumentException.class, () -> VectorMemory.target(segment, 0, 10));
  }

  @Test
  void kernelsWorkOnTheHeapToo() {
    byte[] values = Values.bytes(Values.random(new SplittableRandom(1), BitPacking.BLOCK, 13), 4);
    MemorySegment packed = MemorySegment.ofArray(new byte[BitPacking.bytes(13)]);
    byte[] back = new byte[values.length];
    BitPacking.pack(MemorySegment.ofArray(values), 0, 32, 13, packed, 0, new ValueBlock());
    BitPacking.unpack(packed, 0, 32, 13, MemorySegment.ofArray(back), 0);
    assertArrayEquals(values, back);
  }
}
