package dev.lancewright.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class PagePoolTest {
  @Test
  void blocksHoldWhatWasAskedForAndLittleMore() {
    for (long bytes = 1; bytes < 100_000; bytes += 1 + bytes / 97) {
      long block = PagePool.blockBytes(PagePool.sizeClass(bytes));
      assertTrue(block >= bytes, bytes + " bytes in a block of " + block);
      assertTrue(bytes <= 256 || block <= bytes + bytes / 4 + 1, bytes + " bytes in " + block);
      assertEquals(0, block % 64);
      assertEquals(block, PagePool.blockBytes(PagePool.sizeClass(block)));
    }
  }

  @Test
  void blocksAreAlignedAndReused() {
    try (PagePool pool = new PagePool()) {
      for (long bytes : new long[] {1, 300, 5_000, 40_000, 3 << 20}) {
        MemorySegment block = pool.take(bytes);
        assertEquals(0, block.address() % 64);
        pool.giveBack(block);
        long retained = pool.retainedBytes();
        assertSame(block, pool.take(bytes));
        assertEquals(retained, pool.retainedBytes());
      }
    }
  }

  @Test
  void manySmallBlocksTakeLittleMemory() {
    try (PagePool pool = new PagePool()) {
      for (int i = 0; i < 10_000; i++) {
        new AppendBuffer(pool).appendZeros(8);
      }
      assertTrue(pool.retainedBytes() < 4 << 20, pool.retainedBytes() + " bytes");
    }
  }

  @Test
  void closeFreesEverything() {
    PagePool pool = new PagePool();
    MemorySegment block = pool.take(1 << 20);
    pool.close();
    pool.close();
    assertEquals(0, pool.retainedBytes());
    assertThrows(IllegalStateException.class, () -> block.get(ValueLayout.JAVA_BYTE, 0));
  }

  @Test
  void appendBufferKeepsItsBytesWhenItGrowsAndItsBlockWhenCleared() {
    try (PagePool pool = new PagePool()) {
      AppendBuffer buffer = new AppendBuffer(pool);
      byte[] piece = {1, 2, 3, 4, 5};
      for (int i = 0; i < 1_000; i++) {
        buffer.append(MemorySegment.ofArray(piece), 1, 3);
      }
      assertEquals(3_000, buffer.size());
      for (int i = 0; i < 3_000; i++) {
        assertEquals(2 + i % 3, buffer.bytes().get(ValueLayout.JAVA_BYTE, i));
      }
      MemorySegment block = buffer.block();
      buffer.clear();
      assertEquals(0, buffer.size());
      buffer.appendZeros(10);
      assertSame(block, buffer.block());
    }
  }
}
