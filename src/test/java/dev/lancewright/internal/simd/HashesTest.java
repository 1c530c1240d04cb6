package dev.lancewright.internal.simd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HashesTest {
  private static final int LONGEST = 70;

  private final SplittableRandom random = new SplittableRandom(9);

  private static long hash(byte[] bytes) {
    return Hashes.hash(Guarded.of(bytes).alone(), 0, bytes.length);
  }

  @Test
  void equalBytesHaveEqualHashesWhereverTheyLie() {
    byte[] bytes = new byte[LONGEST];
    random.nextBytes(bytes);
    MemorySegment twice = Guarded.of(2 * LONGEST + 1).alone();
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, twice, 0, LONGEST);
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, twice, LONGEST + 1, LONGEST);
    for (int length = 0; length <= LONGEST; length++) {
      assertEquals(Hashes.hash(twice, 0, length), Hashes.hash(twice, LONGEST + 1, length));
    }
  }

  /** On average half of them; of 64 bits hardly ever fewer than 12 or more than 52. */
  @Test
  void everyBitMovesHalfOfTheHash() {
    for (int length = 1; length <= LONGEST; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      long hash = hash(bytes);
      for (int bit = 0; bit < length * 8; bit++) {
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        int moved = Long.bitCount(hash ^ hash(bytes));
        assertTrue(moved > 10 && moved < 54, moved + " bits by bit " + bit + " of " + length);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }
    for (int bit = 0; bit < 64; bit++) {
      long value = random.nextLong();
      int moved = Long.bitCount(Hashes.hash64(value) ^ Hashes.hash64(value ^ 1L << bit));
      assertTrue(moved > 10 && moved < 54, moved + " bits by bit " + bit);
    }
  }

  @Test
  void zerosOfEveryLengthDiffer() {
    Set<Long> hashes = new HashSet<>();
    for (int length = 0; length <= LONGEST; length++) {
      hashes.add(hash(new byte[length]));
    }
    assertEquals(LONGEST + 1, hashes.size());
  }

  /** Numbers in decimal and in steps of powers of two, as keys often are. */
  @Test
  void similarKeysSpreadOverTheLowestBits() {
    int keys = 1 << 14;
    for (int shift = 0; shift < 48; shift += 4) {
      Set<Long> slots = new HashSet<>();
      for (long i = 0; i < keys; i++) {
        slots.add(Hashes.hash64(i << shift) & keys - 1);
      }
      assertSpread(slots.size(), keys);
    }
    Set<Long> slots = new HashSet<>();
    for (int i = 0; i < keys; i++) {
      slots.add(hash(("key " + i).getBytes(UTF_8)) & keys - 1);
    }
    assertSpread(slots.size(), keys);
  }

  /** Random hashes would use all but 1/e of as many slots. */
  private static void assertSpread(int used, int keys) {
    double share = (double) used / keys;
    assertTrue(share > 0.61, "share of slots used: " + share);
  }
}
