package dev.lancewright.internal.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Against one level at a time, on random levels of every length. */
class LevelBytesTest {
  private static final int MOST = 130;

  @RepeatedTest(50)
  void countsWhatIsEqual(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    byte[] levels = levels(random, 3);
    for (int to = 0; to <= MOST; to++) {
      int from = random.nextInt(to + 1);
      int level = random.nextInt(3) == 0 ? LevelBytes.MAX : random.nextInt(3);
      long expected = 0;
      for (int i = from; i < to; i++) {
        expected += levels[i] == level ? 1 : 0;
      }
      long actual = LevelBytes.countEqual(MemorySegment.ofArray(levels), from, to, level);
      assertEquals(expected, actual, "%d from %d to %d".formatted(level, from, to));
    }
  }

  @RepeatedTest(50)
  void findsWhereSoManyAre(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    byte[] levels = levels(random, 6);
    int most = random.nextInt(7) == 0 ? LevelBytes.MAX : random.nextInt(5);
    for (int from = 0; from < 20; from++) {
      long found = 0;
      for (int i = from; i < MOST; i++) {
        if (levels[i] <= most) {
          found++;
          assertEquals(
              i + 1 - from,
              LevelBytes.lengthWith(MemorySegment.ofArray(levels), from, most, found),
              "%d of at most %d from %d".formatted(found, most, from));
        }
      }
    }
  }

  @RepeatedTest(50)
  void marksZeros(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    for (boolean allZero : new boolean[] {true, false}) {
      byte[] levels = allZero ? new byte[MOST + 8] : levels(random, 2);
      long bits = random.nextLong() >>> random.nextInt(64);
      int level = 1 + random.nextInt(LevelBytes.MAX);
      int at = random.nextInt(MOST - 64);
      byte[] expected = levels.clone();
      boolean any = false;
      for (int i = 0; i < 64; i++) {
        if ((bits >>> i & 1) != 0 && levels[at + i] == 0) {
          expected[at + i] = (byte) level;
          any = true;
        }
      }
      assertEquals(any, LevelBytes.mark(bits, level, MemorySegment.ofArray(levels), at, allZero));
      assertArrayEquals(expected, levels);
    }
  }

  /** Mostly small ones, some the greatest. */
  private static byte[] levels(SplittableRandom random, int bound) {
    byte[] levels = new byte[MOST + 8];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (random.nextInt(20) == 0 ? LevelBytes.MAX : random.nextInt(bound));
    }
    return levels;
  }
}
