package dev.lancewright.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BlockPoolTest {
  private static final long MIB = 1 << 20;
  private static final int ONE_MIB = PagePool.sizeClass(MIB);
  private static final int TWO_MIB = PagePool.sizeClass(2 * MIB);

  @Test
  void returnsTheBlockThatCameBackLast() {
    BlockPool pool = new BlockPool(8 * MIB);
    BlockPool.Block first = pool.take(ONE_MIB);
    BlockPool.Block second = pool.take(ONE_MIB);
    assertNotSame(first, second);
    assertEquals(0, pool.idleBytes());
    pool.giveBack(first);
    pool.giveBack(second);
    assertEquals(2 * MIB, pool.idleBytes());
    assertSame(second, pool.take(ONE_MIB));
    assertSame(first, pool.take(ONE_MIB));
    assertEquals(0, pool.idleBytes());
  }

  @Test
  void keepsNoMoreThanItMay() {
    BlockPool pool = new BlockPool(2 * MIB);
    BlockPool.Block[] blocks = new BlockPool.Block[5];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = pool.take(ONE_MIB);
    }
    for (BlockPool.Block block : blocks) {
      pool.giveBack(block);
    }
    assertEquals(2 * MIB, pool.idleBytes());
    assertFalse(blocks[0].memory().scope().isAlive());
    assertTrue(blocks[4].memory().scope().isAlive());
  }

  @Test
  void freesBlocksOfTheSizeThatWasNotTakenForLongest() {
    BlockPool pool = new BlockPool(3 * MIB);
    BlockPool.Block large = pool.take(TWO_MIB);
    BlockPool.Block one = pool.take(ONE_MIB);
    BlockPool.Block other = pool.take(ONE_MIB);
    pool.giveBack(large);
    pool.giveBack(one);
    pool.giveBack(other);
    assertFalse(large.memory().scope().isAlive());
    assertEquals(2 * MIB, pool.idleBytes());
  }

  @Test
  void freesABlockThatIsLargerThanAllItMayKeep() {
    BlockPool pool = new BlockPool(MIB);
    BlockPool.Block small = pool.take(ONE_MIB);
    pool.giveBack(small);
    BlockPool.Block large = pool.take(TWO_MIB);
    pool.giveBack(large);
    assertFalse(large.memory().scope().isAlive());
    assertSame(small, pool.take(ONE_MIB));
  }

  @Test
  void freesWhatIsIdleWhenItMayKeepLess() {
    BlockPool pool = new BlockPool(8 * MIB);
    BlockPool.Block one = pool.take(ONE_MIB);
    BlockPool.Block two = pool.take(TWO_MIB);
    pool.giveBack(one);
    pool.giveBack(two);
    pool.setMaxIdleBytes(2 * MIB);
    assertEquals(2 * MIB, pool.maxIdleBytes());
    assertEquals(2 * MIB, pool.idleBytes());
    pool.setMaxIdleBytes(0);
    assertEquals(0, pool.idleBytes());
    assertFalse(two.memory().scope().isAlive());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> pool.setMaxIdleBytes(-1));
    assertEquals("maxIdleBytes must not be negative, but was -1", e.getMessage());
  }
}
