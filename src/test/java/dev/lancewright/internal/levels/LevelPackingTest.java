package dev.lancewright.internal.levels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.simd.ValueBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelPackingTest {
  private static final int BLOCK = 1024;

  /** The first block of a page of the reference, whose lists have 0, 1, 2, 3, 4, 0, 1 ... items. */
  @Test
  void levelsOfTheReference() {
    byte[] rep = new byte[BLOCK];
    byte[] def = new byte[BLOCK];
    int at = 0;
    for (int list = 0; at < BLOCK; list++) {
      for (int item = 0; item < Math.max(1, list % 5) && at < BLOCK; item++) {
        rep[at] = (byte) (item == 0 ? 1 : 0);
        def[at] = (byte) (list % 5 == 0 ? 1 : 0);
        at++;
      }
    }
    assertEquals(
        "23741da4e923481d47e93a48d247913a8ed27491a48e23741da4e923481d47e93a48d247913a8ed2"
            + "7491a48e23741da4e923481d47e93a48d247913a8ed27491a48e23741da4e923481d47e93a48d247"
            + "913a8ed27491a48e23741da4e923481d47e93a48d247913a8ed27491a48e23741da4e923481d47e9"
            + "3a48d247913a8ed2",
        packed(rep, BLOCK, 1));
    assertEquals(
        "01200800400100080240100080020010048020000004012008004001000802401000800200100480"
            + "20000004012008004001000802401000800200100480200000040120080040010008024010008002"
            + "00100480200000040120080040010008024010008002001004802000000401200800400100080240"
            + "1000800200100480",
        packed(def, BLOCK, 1));
  }

  private static String packed(byte[] levels, int count, int bits) {
    MemorySegment target = MemorySegment.ofArray(new byte[BLOCK * 2 + 8]);
    long bytes = LevelPacking.pack(levels, count, bits, target, 0, new ValueBlock());
    return HexFormat.of().formatHex(target.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void everyLevelIsWhereTheFormatSays(int bits) {
    SplittableRandom random = new SplittableRandom(bits);
    for (int count : new int[] {1, 3, 63, 64, 65, 64 * bits, 64 * bits + 1, 1023, 1024}) {
      byte[] levels = new byte[BLOCK + 8];
      random.nextBytes(levels);
      for (int i = 0; i < levels.length; i++) {
        levels[i] &= (byte) ((1 << bits) - 1);
      }
      byte[] expected = levels.clone();
      MemorySegment target = MemorySegment.ofArray(new byte[BLOCK * 2 + 8]);
      long bytes = LevelPacking.pack(levels, count, bits, target, 0, new ValueBlock());
      assertEquals(LevelPacking.bytes(count, bits), bytes, count + " levels");
      for (int i = 0; i < count; i++) {
        int level = count <= 64 * bits ? word(target, i) : unpacked(target, i, bits);
        assertEquals(expected[i], level, "level %d of %d".formatted(i, count));
      }
    }
  }

  private static int word(MemorySegment words, int index) {
    return words.get(LittleEndian.SHORT, index * 2L) & 0xFFFF;
  }

  /** FastLanes for 16 bits: row {@code r} of lane {@code l} is bits {@code r * bits} onwards. */
  private static int unpacked(MemorySegment words, int index, int bits) {
    int lane = index % 64;
    int row = index / 128 + (index % 128 < 64 ? 0 : 8);
    int value = 0;
    for (int i = 0; i < bits; i++) {
      int bit = row * bits + i;
      value |= (word(words, bit / 16 * 64 + lane) >>> (bit % 16) & 1) << i;
    }
    return value;
  }

  @Test
  void packingPaysWhenABlockIsSmallerThanItsLevels() {
    assertFalse(LevelPacking.pays(64, 1));
    assertTrue(LevelPacking.pays(65, 1));
    assertFalse(LevelPacking.pays(1 << 20, 16));
  }

  @Test
  void bytesOfBlocksAndTails() {
    assertEquals(128, LevelPacking.bytes(1024, 1));
    assertEquals(128 + 46, LevelPacking.bytes(1047, 1));
    assertEquals(256, LevelPacking.bytes(1024 + 65, 1));
    assertEquals(3 * 128 * 5 + 8, LevelPacking.bytes(3 * 1024 + 4, 5));
  }
}
