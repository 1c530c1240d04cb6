package dev.lancewright.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.column.Bitmap;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitsTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void bitsPutFrontToBackAreReadBack(long seed) {
    Random random = new Random(seed);
    MemorySegment target = MemorySegment.ofArray(new byte[2_000]);
    BitSet expected = new BitSet();
    int at = random.nextInt(8);
    int start = at;
    while (at < 15_000) {
      int count = random.nextInt(65);
      boolean value = random.nextBoolean();
      if (random.nextInt(3) == 0) {
        int run = count * 3;
        Bits.fill(target, at, run, value);
        expected.set(at, at + run, value);
        at += run;
      } else {
        long bits = count == 64 ? random.nextLong() : random.nextLong() & ((1L << count) - 1);
        Bits.put(target, at, bits);
        for (int i = 0; i < count; i++) {
          expected.set(at + i, (bits >>> i & 1) != 0);
        }
        at += count;
      }
    }
    Bitmap bitmap = new Bitmap(target, start, at - start);
    for (int i = start; i < at; i++) {
      assertEquals(expected.get(i), bitmap.get(i - start), "bit " + i + ", seed " + seed);
    }
    assertEquals(expected.cardinality(), bitmap.count(), "seed " + seed);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 63, 64, 65, 128, 200})
  void copiesBeginAndEndAtAnyBit(int count) {
    Random random = new Random(count);
    byte[] bytes = new byte[40];
    random.nextBytes(bytes);
    for (int from = 1; from <= 17; from++) {
      for (int at = 0; at <= 16; at++) {
        BitSet expected = BitSet.valueOf(bytes).get(from, from + count);
        byte[] copy = new byte[60];
        Arrays.fill(copy, (byte) -1);
        MemorySegment target = MemorySegment.ofArray(copy);
        Bitmap bitmap = new Bitmap(MemorySegment.ofArray(bytes), 1, 300);
        Bits.copy(bitmap, from - 1, count, target, at);
        String what = "bits from %d on to %d".formatted(from, at);
        BitSet written = BitSet.valueOf(copy);
        assertEquals(at, written.get(0, at).cardinality(), what);
        assertEquals(expected, written.get(at, at + count), what);
        // What fills up the last byte is 0.
        int end = at + count;
        if (count > 0 && end % 8 != 0) {
          assertEquals(0, written.get(end, (end + 7) / 8 * 8).cardinality(), what);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 63, 64, 65, 127, 128, 200})
  void wordsOfABitmapThatEndsWithItsSegment(int length) {
    Random random = new Random(length);
    for (int offset = 0; offset < 10; offset++) {
      byte[] bytes = new byte[(offset + length + 7) / 8];
      random.nextBytes(bytes);
      BitSet expected = BitSet.valueOf(bytes).get(offset, offset + length);
      Bitmap bitmap = new Bitmap(MemorySegment.ofArray(bytes), offset, length);
      for (int i = 0; i < length; i++) {
        long[] words = expected.get(i, Math.min(i + 64, length)).toLongArray();
        assertEquals(words.length == 0 ? 0 : words[0], bitmap.word(i), offset + " + " + i);
      }
    }
  }
}
