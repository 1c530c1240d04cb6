package dev.lancewright.internal.simd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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

  /** Also of 128 bits and of strings, whose hash is made otherwise where they have a digest. */
  @Test
  void everyBitMovesAboutHalfOfLongerHashes() {
    for (int bit = 0; bit < 128; bit++) {
      long low = random.nextLong();
      long high = random.nextLong();
      long other =
          bit < 64 ? Hashes.hash128(low ^ 1L << bit, high) : Hashes.hash128(low, high ^ 1L << bit);
      int moved = Long.bitCount(Hashes.hash128(low, high) ^ other);
      assertTrue(moved > 10 && moved < 54, moved + " bits by bit " + bit);
    }
    for (int length = 1; length <= LONGEST; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      long hash = new Strings(bytes).hashes[0];
      for (int bit = 0; bit < length * 8; bit++) {
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        int moved = Long.bitCount(hash ^ new Strings(bytes).hashes[0]);
        assertTrue(moved > 10 && moved < 54, moved + " bits by bit " + bit + " of " + length);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }
  }

  /** Strings side by side at every place in a word, with what was there before around them. */
  private final class Strings {
    final long[] digests;
    final long[] hashes;
    final long[] numbers;

    Strings(byte[]... strings) {
      int bytes = 0;
      int[] starts = new int[strings.length + 1];
      for (int i = 0; i < strings.length; i++) {
        bytes += strings[i].length;
        starts[i + 1] = bytes;
      }
      ByteBuffer buffer =
          ByteBuffer.allocate((bytes + 7) / 8 * 8 + Hashes.SLACK_WORDS * 8)
              .order(ByteOrder.LITTLE_ENDIAN);
      random.nextBytes(buffer.array());
      for (int i = 0; i < strings.length; i++) {
        buffer.put(starts[i], strings[i]);
      }
      long[] words = new long[buffer.capacity() / 8];
      buffer.asLongBuffer().get(words);
      digests = new long[strings.length * Hashes.DIGEST_WORDS];
      hashes = new long[strings.length];
      numbers = new long[strings.length];
      Hashes.digestStrings(words, starts, strings.length, digests, hashes);
      if (Arrays.stream(strings).allMatch(string -> string.length <= Hashes.MAX_SHORT)) {
        Hashes.numberStrings(words, starts, strings.length, numbers);
      }
    }

    List<Long> digest(int string) {
      int at = string * Hashes.DIGEST_WORDS;
      return Arrays.stream(digests, at, at + Hashes.DIGEST_WORDS).boxed().toList();
    }
  }

  private byte[] string(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void stringsAreDigestedAlikeWhereverTheyLie() {
    for (int length = 0; length <= 3 * LONGEST; length++) {
      byte[] same = string(length);
      for (int before = 0; before < 9; before++) {
        Strings strings = new Strings(same, string(before), same, string(random.nextInt(20)), same);
        for (int i = 2; i <= 4; i += 2) {
          assertEquals(strings.hashes[0], strings.hashes[i]);
          assertEquals(strings.digest(0), strings.digest(i));
        }
        if (length <= Hashes.MAX_DIGESTED) {
          assertDigest(same, strings.digest(2));
        } else {
          assertEquals(List.of(0L, 0L, 0L, Hashes.longDigest(length)), strings.digest(2));
        }
      }
    }
  }

  /** The bytes, zeros, and the length. */
  private static void assertDigest(byte[] string, List<Long> digest) {
    ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    digest.forEach(bytes::putLong);
    byte[] expected = Arrays.copyOf(string, 32);
    expected[31] = (byte) string.length;
    assertArrayEquals(expected, bytes.array());
  }

  @Test
  void shortStringsHaveTheirBytesAndLengthAsNumbers() {
    for (int length = 0; length <= Hashes.MAX_SHORT; length++) {
      byte[] string = string(length);
      byte[] expected = Arrays.copyOf(string, 8);
      expected[7] = (byte) length;
      long number = ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN).getLong();
      for (int before = 0; before < 7; before++) {
        assertEquals(number, new Strings(string(before), string, string(3)).numbers[1]);
      }
    }
  }

  /** A sketch sees the length, the first bytes and the last ones, and all bytes of short ones. */
  @Test
  void sketchesOfDifferentStringsDifferWhereTheyLook() {
    for (int length = 0; length <= LONGEST; length++) {
      byte[] bytes = string(length);
      long sketch = Hashes.sketch(Guarded.of(bytes).alone(), 0, length);
      assertEquals(sketch, Hashes.sketch(Guarded.of(bytes).alone(), 0, length));
      for (int i = 0; i < length; i++) {
        if (length <= 24 || i < 8 || i >= length - 8) {
          bytes[i]++;
          assertNotEquals(sketch, Hashes.sketch(Guarded.of(bytes).alone(), 0, length));
          bytes[i]--;
        }
      }
    }
  }

  @Test
  void zerosOfEveryLengthDiffer() {
    Set<Long> hashes = new HashSet<>();
    Set<Long> digested = new HashSet<>();
    Set<Long> sketches = new HashSet<>();
    for (int length = 0; length <= LONGEST; length++) {
      byte[] zeros = new byte[length];
      hashes.add(hash(zeros));
      digested.add(new Strings(zeros).hashes[0]);
      sketches.add(Hashes.sketch(Guarded.of(zeros).alone(), 0, length));
    }
    assertEquals(LONGEST + 1, hashes.size());
    assertEquals(LONGEST + 1, digested.size());
    assertEquals(LONGEST + 1, sketches.size());
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
    for (String key :
        List.of("%d", "key %d", "%08d", "%016d", "%d%1$d", "https://h.com/item/%d/")) {
      Set<Long> slots = new HashSet<>();
      Set<Long> digested = new HashSet<>();
      for (int i = 0; i < keys; i++) {
        byte[] bytes = key.formatted(i).getBytes(UTF_8);
        slots.add(hash(bytes) & keys - 1);
        digested.add(new Strings(bytes).hashes[0] & keys - 1);
      }
      assertSpread(slots.size(), keys);
      assertSpread(digested.size(), keys);
    }
  }

  /** Random hashes would use all but 1/e of as many slots. */
  private static void assertSpread(int used, int keys) {
    double share = (double) used / keys;
    assertTrue(share > 0.61, "share of slots used: " + share);
  }
}
