package dev.lancewright.internal.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    byte[] levels = levels(random, 2);
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
    assertEquals(any, LevelBytes.mark(bits, level, MemorySegment.ofArray(levels), at));
    assertArrayEquals(expected, levels);
  }

  private interface OfNulls {
    boolean run(
        MemorySegment validity,
        long first,
        long count,
        int level,
        MemorySegment levels,
        long at,
        ValueBlock block);
  }

  private interface Widen {
    void run(MemorySegment levels, long from, long count, MemorySegment target, long at);
  }

  private interface Pack {
    void run(byte[] levels, int width, MemorySegment target, long at, ValueBlock block);
  }

  @RepeatedTest(10)
  void nullsBecomeLevels(RepetitionInfo repetition) {
    assertMakesLevelsOfNulls(LevelBytes::ofNulls, repetition.getCurrentRepetition());
    assertMakesLevelsOfNulls(LevelBytes::scalarOfNulls, repetition.getCurrentRepetition());
  }

  @RepeatedTest(10)
  @RequiresVectors
  void nullsBecomeLevelsOnVectors(RepetitionInfo repetition) {
    assertMakesLevelsOfNulls(VectorLevelBytes::ofNulls, repetition.getCurrentRepetition());
  }

  private static void assertMakesLevelsOfNulls(OfNulls twin, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ValueBlock block = new ValueBlock();
    for (int round = 0; round <= MOST + 10; round++) {
      // In the end around two blocks.
      int count = round <= MOST ? round : 2048 + round - MOST - 5;
      int first = random.nextInt(20);
      byte[] bits = new byte[(first + count + 7) / 8 + random.nextInt(3)];
      random.nextBytes(bits);
      if (random.nextInt(4) == 0) {
        Arrays.fill(bits, (byte) -1);
      }
      int level = 1 + random.nextInt(LevelBytes.MAX);
      byte[] expected = new byte[count];
      boolean any = false;
      for (int i = 0; i < count; i++) {
        if ((bits[(first + i) / 8] >>> (first + i) % 8 & 1) == 0) {
          expected[i] = (byte) level;
          any = true;
        }
      }
      String what = count + " bits from " + first + " on";
      MemorySegment validity = Guarded.of(bits).alone();
      Guarded levels = Guarded.of(count);
      assertEquals(
          any, twin.run(validity, first, count, level, levels.segment(), levels.at(), block), what);
      levels.assertHolds(expected, () -> what);
    }
  }

  @Test
  void levelsAreWidened() {
    assertWidens(LevelBytes::widen);
    assertWidens(LevelBytes::scalarWiden);
  }

  @Test
  @RequiresVectors
  void levelsAreWidenedOnVectors() {
    assertWidens(VectorLevelBytes::widen);
  }

  private static void assertWidens(Widen twin) {
    SplittableRandom random = new SplittableRandom(1);
    byte[] levels = levels(random, 5);
    for (int count = 0; count <= MOST; count++) {
      int from = random.nextInt(MOST + 1 - count);
      byte[] expected = new byte[2 * count];
      for (int i = 0; i < count; i++) {
        expected[2 * i] = levels[from + i];
      }
      MemorySegment source = Guarded.of(Arrays.copyOf(levels, from + count)).alone();
      String what = count + " levels";
      Guarded target = Guarded.of(2 * count);
      twin.run(source, from, count, target.segment(), target.at());
      target.assertHolds(expected, () -> what);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void levelsArePackedAsWordsAre(int width) {
    assertPacks(LevelBytes::pack, width);
    assertPacks(LevelBytes::scalarPack, width);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  @RequiresVectors
  void levelsArePackedAsWordsAreOnVectors(int width) {
    assertPacks(
        (levels, bits, target, at, block) -> VectorLevelBytes.pack(levels, bits, target, at),
        width);
  }

  private static void assertPacks(Pack twin, int width) {
    long[] levels = Values.random(new SplittableRandom(width), BitPacking.BLOCK, width);
    Guarded words = Guarded.of(Values.bytes(levels, 2));
    Guarded packed = Guarded.of(BitPacking.bytes(width));
    BitPacking.scalarPack(
        words.segment(), words.at(), 16, width, packed.segment(), packed.at(), new ValueBlock());
    byte[] expected = packed.alone().toArray(ValueLayout.JAVA_BYTE);

    Guarded target = Guarded.of(expected.length);
    twin.run(Values.bytes(levels, 1), width, target.segment(), target.at(), new ValueBlock());
    target.assertHolds(expected, () -> width + " bits");
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
