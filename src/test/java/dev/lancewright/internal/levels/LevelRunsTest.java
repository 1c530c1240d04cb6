package dev.lancewright.internal.levels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.RleCodec;
import dev.lancewright.internal.simd.ValueBlock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LevelRunsTest {
  private static final byte[] SAME = {0, 1, 2, 3};

  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void closeArena() {
    arena.close();
  }

  @Test
  void encoding() {
    assertEquals(
        "420c0a040a02081012040a020808",
        HexFormat.of().formatHex(LevelRuns.encoding().message().toByteArray()));
  }

  /** As the reference writes it for these levels. */
  @Test
  void oneLevelThatDiffers() {
    byte[] levels = new byte[1024];
    levels[5] = 1;
    assertBlock("0c00000000000000 0000 0100 0000 0000 0000 0000 05 01 ff ff ff fd", levels, SAME);
  }

  /** As the reference writes it for these levels. */
  @Test
  void shortRuns() {
    StringBuilder runs = new StringBuilder();
    byte[] levels = new byte[35];
    for (int i = 0; i < 5; i++) {
      levels[7 * i] = 1;
      runs.append("0106");
    }
    assertBlock("1400000000000000" + "01000000".repeat(5) + runs, levels, SAME);
  }

  @Test
  void levelsHaveOtherNumbersInTheFile() {
    assertBlock(
        "0600000000000000 0000 0200 0100 01 02 01",
        new byte[] {0, 3, 3, 1},
        new byte[] {0, 1, 0, 2});
  }

  @Test
  void randomRunsAreReadBack() throws LanceFormatException {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] levels = new byte[1 + random.nextInt(5000)];
      int longest = 1 + random.nextInt(600);
      for (int i = 0, end = 0; i < levels.length; i++) {
        end = i == end ? i + 1 + random.nextInt(longest) : end;
        levels[i] = i + 1 == end || i == 0 ? (byte) random.nextInt(4) : levels[i - 1];
      }
      byte[] block = block(levels, SAME);
      int valueBytes = (int) MemorySegment.ofArray(block).get(LittleEndian.LONG, 0);
      MemorySegment segment = arena.allocate(block.length);
      MemorySegment.copy(block, 0, segment, ValueLayout.JAVA_BYTE, 0, block.length);
      MemorySegment read = arena.allocate(levels.length * 2L);
      RleCodec.decode(
          segment.asSlice(8, valueBytes),
          segment.asSlice(8 + valueBytes),
          2,
          levels.length,
          read,
          0);
      for (int i = 0; i < levels.length; i++) {
        assertEquals(
            levels[i], read.get(LittleEndian.SHORT, i * 2L), "seed " + seed + ", level " + i);
      }
    }
  }

  @Test
  void runsPayIfTheyHalveTheBytes() {
    MemorySegment same = arena.allocate(4096);
    // 4 headers, a run and 16 that continue it.
    assertTrue(LevelRuns.pays(same, 0, 4096, 2 * (4 * 8 + 17 * 3), new ValueBlock()));
    assertFalse(LevelRuns.pays(same, 0, 4096, 2 * (4 * 8 + 17 * 3) - 1, new ValueBlock()));
    MemorySegment others = arena.allocate(4096);
    for (int i = 0; i < 4096; i += 2) {
      others.set(ValueLayout.JAVA_BYTE, i, (byte) 1);
    }
    assertFalse(LevelRuns.pays(others, 0, 4096, 4096 * 2, new ValueBlock()));
  }

  private void assertBlock(String expected, byte[] levels, byte[] numbers) {
    assertArrayEquals(HexFormat.of().parseHex(expected.replace(" ", "")), block(levels, numbers));
  }

  /** Of levels from the middle of others, to the middle of other bytes. */
  private byte[] block(byte[] levels, byte[] numbers) {
    MemorySegment from = arena.allocate(levels.length + 2L);
    MemorySegment.copy(levels, 0, from, ValueLayout.JAVA_BYTE, 1, levels.length);
    long bytes = LevelRuns.bytes(from, 1, levels.length, new ValueBlock());
    MemorySegment target = arena.allocate(bytes + 6).fill((byte) 7);
    LevelRuns.write(from, 1, levels.length, bytes, numbers, target, 3, new ValueBlock());
    for (long i = 0; i < 3; i++) {
      assertEquals(7, target.get(ValueLayout.JAVA_BYTE, i), "before the block");
      assertEquals(7, target.get(ValueLayout.JAVA_BYTE, 3 + bytes + i), "behind the block");
    }
    return target.asSlice(3, bytes).toArray(ValueLayout.JAVA_BYTE);
  }
}
