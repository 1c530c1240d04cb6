package dev.lancewright.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetsTest {
  private static final int TAILS = 130;

  private final SplittableRandom random = new SplittableRandom(3);
  private final ValueBlock block = new ValueBlock();

  private int count(int round) {
    if (round <= TAILS) {
      return round;
    }
    // In the end around two blocks.
    return round <= TAILS + 10 ? 500 + random.nextInt(1000) : 2048 + round - TAILS - 15;
  }

  /** Offsets that do not decrease, with a jump somewhere. */
  private long[] offsets(int count, int longest) {
    long[] offsets = new long[count];
    long at = random.nextInt(100);
    for (int i = 0; i < count; i++) {
      offsets[i] = at;
      at += random.nextInt(20) == 0 ? random.nextInt(longest) : random.nextInt(5);
    }
    return offsets;
  }

  private interface Rebase {
    void run(
        MemorySegment source,
        long at,
        int sourceWidth,
        long count,
        long delta,
        MemorySegment target,
        long to,
        int targetWidth,
        ValueBlock block);
  }

  private interface MaxLength {
    long of(MemorySegment offsets, long at, int width, long count, ValueBlock block);
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "4, 8", "8, 4", "8, 8"})
  void offsetsAreMoved(int sourceWidth, int targetWidth) {
    assertMoves(Offsets::rebase, sourceWidth, targetWidth);
    assertMoves(
        (source, at, width, count, delta, target, to, newWidth, block) ->
            Offsets.scalarRebase(source, at, width, 0, count, delta, target, to, newWidth, block),
        sourceWidth,
        targetWidth);
  }

  @ParameterizedTest
  @CsvSource({"4, 4", "4, 8", "8, 4", "8, 8"})
  @RequiresVectors
  void offsetsAreMovedOnVectors(int sourceWidth, int targetWidth) {
    assertMoves(VectorOffsets::rebase, sourceWidth, targetWidth);
  }

  private void assertMoves(Rebase twin, int sourceWidth, int targetWidth) {
    boolean wide = sourceWidth == 8 && targetWidth == 8;
    for (int round = 0; round <= TAILS + 20; round++) {
      int count = count(round);
      long[] offsets = offsets(count, 1_000_000);
      long base = wide ? 1L << 40 : 0;
      Arrays.setAll(offsets, i -> offsets[i] + base);
      long delta = targetWidth == 8 ? random.nextLong(1L << 50) : -random.nextInt(100);
      long[] moved = Arrays.stream(offsets).map(offset -> offset + delta).toArray();
      byte[] expected = Values.bytes(moved, targetWidth);
      Guarded source = Guarded.of(Values.bytes(offsets, sourceWidth));
      String what = count + " offsets moved by " + delta;

      Guarded target = Guarded.of(expected.length);
      twin.run(
          source.alone(),
          0,
          sourceWidth,
          count,
          delta,
          target.segment(),
          target.at(),
          targetWidth,
          block);
      target.assertHolds(expected, () -> what);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void longestLengthIsFoundAnywhere(int width) {
    assertFindsLongest(Offsets::maxLength, width);
    assertFindsLongest(
        (offsets, at, bytes, count, block) ->
            Offsets.scalarMaxLength(offsets, at, bytes, 0, count, block),
        width);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  @RequiresVectors
  void longestLengthIsFoundAnywhereOnVectors(int width) {
    assertFindsLongest(VectorOffsets::maxLength, width);
  }

  private void assertFindsLongest(MaxLength twin, int width) {
    for (int round = 0; round <= TAILS + 20; round++) {
      int count = count(round);
      long[] offsets = offsets(count + 1, width == 4 ? 1_000_000 : Integer.MAX_VALUE);
      long expected = 0;
      for (int i = 0; i < count; i++) {
        expected = Math.max(expected, offsets[i + 1] - offsets[i]);
      }
      var memory = Guarded.of(Values.bytes(offsets, width)).alone();
      String what = count + " lengths";
      assertEquals(expected, twin.of(memory, 0, width, count, block), what);
    }
  }
}
