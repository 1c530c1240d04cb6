package dev.lancewright.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitWidthsTest {
  private final SplittableRandom random = new SplittableRandom(11);
  private final ValueBlock block = new ValueBlock();

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64})
  void widthIsThatOfTheWidestValue(int bits) {
    for (int count = 0; count <= 150; count++) {
      int width = random.nextInt(bits + 1);
      long[] values = Values.random(random, count, width);
      int expected = 0;
      for (long value : values) {
        expected = Math.max(expected, Long.SIZE - Long.numberOfLeadingZeros(value));
      }
      Guarded memory = Guarded.of(Values.bytes(values, bits / 8));
      int at = count;
      assertEquals(
          expected,
          BitWidths.max(memory.segment(), memory.at(), count, bits, block),
          () -> at + " values of " + bits + " bits");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64})
  void oneWideValueAnywhereIsFound(int bits) {
    int count = 1024;
    for (int place = 0; place < count; place += 1 + random.nextInt(20)) {
      long[] values = new long[count];
      values[place] = 1L << random.nextInt(bits);
      int expected = Long.SIZE - Long.numberOfLeadingZeros(values[place]);
      Guarded memory = Guarded.of(Values.bytes(values, bits / 8));
      assertEquals(expected, BitWidths.max(memory.segment(), memory.at(), count, bits, block));
    }
  }

  private interface Or {
    long or(MemorySegment values, long at, long bytes, ValueBlock block);
  }

  @Test
  void bytesAreLaidOverEachOther() {
    assertLaysBytesOverEachOther(BitWidths::scalarOr);
  }

  @Test
  @RequiresVectors
  void bytesAreLaidOverEachOtherOnVectors() {
    assertLaysBytesOverEachOther(VectorBitWidths::or);
  }

  private void assertLaysBytesOverEachOther(Or twin) {
    for (int round = 0; round <= 330; round++) {
      // In the end around two blocks.
      int length = round <= 300 ? round : 2 * ValueBlock.BYTES + round - 315;
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      for (int i = 0; i < length; i++) {
        bytes[i] &= (byte) (1 << random.nextInt(8));
      }
      byte[] expected = new byte[Long.BYTES];
      for (int i = 0; i < length; i++) {
        expected[i % Long.BYTES] |= bytes[i];
      }
      long any = Values.of(expected, Long.BYTES)[0];
      Guarded memory = Guarded.of(bytes);
      String what = length + " bytes: " + Arrays.toString(bytes);
      assertEquals(any, twin.or(memory.segment(), memory.at(), length, block), what);
    }
  }
}
