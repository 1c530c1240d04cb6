package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Hashes for tables in memory: every bit of the input affects every bit of the result. They do not
 * defend against input crafted to collide, and may change with each release.
 *
 * <p>There are no vector twins. The JIT vectorizes the loop over numbers on machines that can
 * multiply vectors, and strings vary in length and are mostly shorter than a vector.
 */
public final class Hashes {
  private static final long SEED = 0x9E3779B97F4A7C15L;
  private static final long FIRST = 0xBF58476D1CE4E5B9L;
  private static final long SECOND = 0x94D049BB133111EBL;
  private static final long THIRD = 0xD6E8FEB86659FD93L;
  private static final long FOURTH = 0xA0761D6478BD642FL;

  /** The maximum length of a string for {@link #numberStrings}. */
  public static final int MAX_SHORT = 7;

  /** The maximum length of a string that its digest contains completely. */
  public static final int MAX_DIGESTED = 31;

  /** The number of words in a digest. */
  public static final int DIGEST_WORDS = 4;

  /** The number of words after the last string that the kernels may read. */
  public static final int SLACK_WORDS = 5;

  /** The shift of the length in a word, above 7 bytes. */
  private static final int LENGTH_SHIFT = Long.SIZE - Byte.SIZE;

  /** The index of the last mask that keeps no byte. */
  private static final int MASKED = (DIGEST_WORDS - 1) * Long.BYTES;

  private static final long[] MASKS = masks();

  private Hashes() {}

  /** Returns the hash of a value of up to 64 bits; different values have different hashes. */
  public static long hash64(long value) {
    long hash = value + SEED;
    hash = (hash ^ hash >>> 30) * FIRST;
    hash = (hash ^ hash >>> 27) * SECOND;
    return hash ^ hash >>> 31;
  }

  /** Writes the {@link #hash64} of each of {@code count} values to {@code hashes}. */
  public static void hashLongs(long[] values, int count, long[] hashes) {
    for (int i = 0; i < count; i++) {
      hashes[i] = hash64(values[i]);
    }
  }

  /**
   * Returns the hash of 128 bits; different values with the same upper half have different hashes.
   */
  public static long hash128(long low, long high) {
    return hash64(low ^ Long.rotateLeft(high * SECOND, 32));
  }

  /**
   * Converts strings of up to {@value #MAX_SHORT} bytes to numbers: the bytes, and the length above
   * them. Different strings have different numbers.
   *
   * @param words the contiguous strings, little-endian, followed by {@link #SLACK_WORDS} words of
   *     any contents
   * @param starts the start of each string in bytes, followed by the end of the last one
   * @param numbers the target for the numbers
   */
  public static void numberStrings(long[] words, int[] starts, int count, long[] numbers) {
    for (int i = 0; i < count; i++) {
      int start = starts[i];
      int length = starts[i + 1] - start;
      int index = start / Long.BYTES;
      long bytes = join(words[index], words[index + 1], start * Byte.SIZE);
      numbers[i] = (bytes & MASKS[MASKED + length]) | ((long) length << LENGTH_SHIFT);
    }
  }

  /**
   * Computes digests of strings, and their hashes. The digest of a string of up to {@value
   * #MAX_DIGESTED} bytes contains all of them, and the length above them. That of a longer string
   * contains only the length, and is marked by its sign. The hashes are not those of {@link #hash}.
   *
   * @param words the contiguous strings, little-endian, followed by {@link #SLACK_WORDS} words of
   *     any contents
   * @param starts the start of each string in bytes, followed by the end of the last one
   * @param digests the target for the digests, {@link #DIGEST_WORDS} words each, the last of which
   *     has the length
   * @param hashes the target for the hashes
   */
  public static void digestStrings(
      long[] words, int[] starts, int count, long[] digests, long[] hashes) {
    for (int i = 0; i < count; i++) {
      int start = starts[i];
      int length = starts[i + 1] - start;
      int to = i * DIGEST_WORDS;
      if (length > MAX_DIGESTED) {
        digests[to] = 0;
        digests[to + 1] = 0;
        digests[to + 2] = 0;
        digests[to + 3] = longDigest(length);
        hashes[i] = hash(words, start, length);
      } else {
        // There is no branch for each word, which varying lengths would make unpredictable.
        int index = start / Long.BYTES;
        int shift = start * Byte.SIZE;
        long second = words[index + 1];
        long third = words[index + 2];
        long fourth = words[index + 3];
        long a = join(words[index], second, shift) & MASKS[MASKED + length];
        long b = join(second, third, shift) & MASKS[MASKED - Long.BYTES + length];
        long c = join(third, fourth, shift) & MASKS[MASKED - 2 * Long.BYTES + length];
        long d = join(fourth, words[index + 4], shift) & MASKS[length];
        d |= (long) length << LENGTH_SHIFT;
        digests[to] = a;
        digests[to + 1] = b;
        digests[to + 2] = c;
        digests[to + 3] = d;
        hashes[i] = hashDigest(a, b, c, d);
      }
    }
  }

  /** Returns the last word of a long string's digest, which marks it as long and has its length. */
  public static long longDigest(long length) {
    return Long.MIN_VALUE | length;
  }

  /**
   * Hashes a digest; rotations by different counts keep the words' upper bytes from affecting the
   * same bits.
   */
  private static long hashDigest(long a, long b, long c, long d) {
    return hash64(
        a * FIRST
            + Long.rotateLeft(b, 32) * SECOND
            + Long.rotateLeft(c, 16) * THIRD
            + Long.rotateLeft(d, 48) * FOURTH);
  }

  /**
   * Returns the word that starts at bit {@code shift % 64} of {@code low} and continues in {@code
   * high}.
   */
  private static long join(long low, long high, int shift) {
    // A shift by 64 bits would be a shift by 0, hence the two steps.
    return low >>> shift | high << 1 << ~shift;
  }

  /**
   * Hashes two words at a time in separate chains, as each multiplication waits for the previous
   * one of its chain.
   */
  private static long hash(long[] words, int start, int length) {
    int shift = start * Byte.SIZE;
    int end = start + length;
    int index = start / Long.BYTES;
    long even = length * SEED;
    long odd = SEED;
    long low = words[index];
    for (int left = length; left > 2 * Long.BYTES; left -= 2 * Long.BYTES) {
      long middle = words[index + 1];
      long high = words[index + 2];
      index += 2;
      even = mix(even ^ join(low, middle, shift));
      odd = mix(odd ^ join(middle, high, shift));
      low = high;
    }
    // These overlap earlier words if the length is not a multiple of 16.
    even = mix(even ^ word(words, end - 2 * Long.BYTES));
    return hash128(even, odd ^ word(words, end - Long.BYTES));
  }

  private static long mix(long hash) {
    long mixed = hash * FIRST;
    return mixed ^ mixed >>> Integer.SIZE;
  }

  private static long word(long[] words, int at) {
    int index = at / Long.BYTES;
    return join(words[index], words[index + 1], at * Byte.SIZE);
  }

  /** Returns masks, of which number {@code MASKED + n} keeps the first {@code n} bytes. */
  private static long[] masks() {
    long[] masks = new long[MASKED + MAX_DIGESTED + 1];
    for (int bytes = 1; bytes < Long.BYTES; bytes++) {
      masks[MASKED + bytes] = -1L >>> (Long.SIZE - bytes * Byte.SIZE);
    }
    Arrays.fill(masks, MASKED + Long.BYTES, masks.length, -1);
    return masks;
  }

  /**
   * Returns a hash of the length and up to 24 bytes of a string: eight each from its start, middle
   * and end.
   */
  public static long sketch(MemorySegment bytes, long at, long length) {
    if (length <= 3 * Long.BYTES) {
      return hash(bytes, at, length);
    }
    long first = bytes.get(LittleEndian.LONG, at);
    long middle = bytes.get(LittleEndian.LONG, at + length / 2 - Long.BYTES / 2);
    long last = bytes.get(LittleEndian.LONG, at + length - Long.BYTES);
    return hash128(hash128(first, middle), last ^ length * SEED);
  }

  /** Returns the hash of {@code length} bytes. */
  public static long hash(MemorySegment bytes, long at, long length) {
    long hash = length * SEED;
    if (length < Long.BYTES) {
      return fold(hash ^ upTo7(bytes, at, (int) length), FIRST);
    }
    long last = at + length - Long.BYTES;
    for (long next = at; next < last; next += Long.BYTES) {
      hash = fold(hash ^ bytes.get(LittleEndian.LONG, next), FIRST);
    }
    // Overlaps the previous word if the length is not a multiple of eight.
    return fold(hash ^ bytes.get(LittleEndian.LONG, last), SECOND);
  }

  /** Returns a word with all of up to 7 bytes, some of them twice. */
  private static long upTo7(MemorySegment bytes, long at, int length) {
    if (length >= Integer.BYTES) {
      long last = bytes.get(LittleEndian.INT, at + length - Integer.BYTES);
      return (bytes.get(LittleEndian.INT, at) & 0xFFFFFFFFL) | last << Integer.SIZE;
    }
    if (length == 0) {
      return 0;
    }
    long first = bytes.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
    long middle = bytes.get(ValueLayout.JAVA_BYTE, at + length / 2) & 0xFF;
    long last = bytes.get(ValueLayout.JAVA_BYTE, at + length - 1) & 0xFF;
    return first | middle << 8 | last << 16;
  }

  /** Combines both halves of a 128-bit product by XOR. */
  private static long fold(long value, long factor) {
    long mixed = value ^ SEED;
    return mixed * factor ^ Math.unsignedMultiplyHigh(mixed, factor);
  }
}
