package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Hashes for tables in memory: every bit of the input moves every bit of the result. They are no
 * defence against input that was made to collide, and may change with each release.
 *
 * <p>There are no vector twins: values that are hashed one at a time are shorter than a vector, and
 * what the loop waits for is the multiplication, of which vectors of 64 bits have none here.
 */
public final class Hashes {
  private static final long SEED = 0x9E3779B97F4A7C15L;
  private static final long FIRST = 0xBF58476D1CE4E5B9L;
  private static final long SECOND = 0x94D049BB133111EBL;

  private Hashes() {}

  /** The hash of a value of up to 64 bits; different values have different ones. */
  public static long hash64(long value) {
    long hash = value + SEED;
    hash = (hash ^ hash >>> 30) * FIRST;
    hash = (hash ^ hash >>> 27) * SECOND;
    return hash ^ hash >>> 31;
  }

  /** The hash of {@code length} bytes. */
  public static long hash(MemorySegment bytes, long at, long length) {
    long hash = length * SEED;
    if (length < Long.BYTES) {
      return fold(hash ^ upTo7(bytes, at, (int) length), FIRST);
    }
    long last = at + length - Long.BYTES;
    for (long next = at; next < last; next += Long.BYTES) {
      hash = fold(hash ^ bytes.get(LittleEndian.LONG, next), FIRST);
    }
    // Overlaps what was taken before where the length is no multiple of eight.
    return fold(hash ^ bytes.get(LittleEndian.LONG, last), SECOND);
  }

  /** All of up to 7 bytes, some of them twice. */
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

  /** Both halves of the product of 128 bits, one over the other. */
  private static long fold(long value, long factor) {
    long mixed = value ^ SEED;
    return mixed * factor ^ Math.unsignedMultiplyHigh(mixed, factor);
  }
}
