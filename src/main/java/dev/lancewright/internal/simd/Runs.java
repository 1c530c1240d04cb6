package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Functions over runs of equal values. Values are equal if their bits are; run lengths are a byte
 * each.
 *
 * <p>All memory is native.
 */
public final class Runs {
  private static final Warmup COUNT = new Warmup(4L << 30);
  private static final Warmup PAIRS = new Warmup(4L << 30);
  private static final Warmup SPLIT = new Warmup(4L << 30);

  /** The longest run that an entry can hold. */
  public static final int MAX_LENGTH = 255;

  private Runs() {}

  /**
   * Returns the number of runs, each of maximum length.
   *
   * @param bytes the size of a value in bytes: 1, 2, 4 or 8
   * @param block scratch memory, which is overwritten
   */
  public static long count(MemorySegment values, long at, long count, int bytes, ValueBlock block) {
    return COUNT.vectors(values, values, count * bytes)
        ? VectorRuns.count(values, at, count, bytes, block)
        : ScalarRuns.count(values, at, count, bytes, block);
  }

  /**
   * Returns the number of entries if no run may be longer than {@value #MAX_LENGTH}.
   *
   * @param bytes the size of a value in bytes: 1, 2, 4 or 8
   * @param block scratch memory, which is overwritten
   */
  public static int pairs(MemorySegment values, long at, int count, int bytes, ValueBlock block) {
    return PAIRS.vectors(values, values, (long) count * bytes)
        ? VectorRuns.pairs(values, at, count, bytes, block)
        : ScalarRuns.pairs(values, at, count, bytes, block);
  }

  /** Returns the number of entries for a run. */
  static int entriesOf(int length) {
    return (length + MAX_LENGTH - 1) / MAX_LENGTH;
  }

  /**
   * Writes the value and the length of each run. A run longer than {@value #MAX_LENGTH} becomes
   * entries of {@value #MAX_LENGTH} and one for the rest.
   *
   * @param bytes the size of a value in bytes: 1, 2, 4 or 8
   * @param runValues takes {@code bytes} bytes for each of {@link #pairs} entries
   * @param lengths takes a byte for each
   * @param block scratch memory, which is overwritten
   * @return entries written
   */
  public static int split(
      MemorySegment values,
      long at,
      int count,
      int bytes,
      MemorySegment runValues,
      long valuesTo,
      MemorySegment lengths,
      long lengthsTo,
      ValueBlock block) {
    return lengths.isNative() && SPLIT.vectors(values, runValues, (long) count * bytes)
        ? VectorRuns.split(values, at, count, bytes, runValues, valuesTo, lengths, lengthsTo, block)
        : ScalarRuns.split(
            values, at, count, bytes, runValues, valuesTo, lengths, lengthsTo, block);
  }

  /** Writes the entries of one run after others; returns the new number of entries. */
  static int write(
      long value,
      int length,
      int bytes,
      MemorySegment runValues,
      long valuesTo,
      MemorySegment lengths,
      long lengthsTo,
      int entries) {
    int entry = entries;
    int left = length;
    for (; left > MAX_LENGTH; left -= MAX_LENGTH, entry++) {
      set(runValues, valuesTo + (long) entry * bytes, bytes, value);
      lengths.set(ValueLayout.JAVA_BYTE, lengthsTo + entry, (byte) MAX_LENGTH);
    }
    set(runValues, valuesTo + (long) entry * bytes, bytes, value);
    lengths.set(ValueLayout.JAVA_BYTE, lengthsTo + entry, (byte) left);
    return entry + 1;
  }

  /**
   * Writes exactly {@code count} values from {@code entries} runs, which must have at least that
   * number; any excess is omitted.
   *
   * @param bytes the number of bytes of a value: 1, 2, 4 or 8
   */
  public static void expand(
      MemorySegment runValues,
      long at,
      MemorySegment lengths,
      long lengthsAt,
      int entries,
      int bytes,
      MemorySegment target,
      long to,
      int count) {
    if (Simd.vectors(runValues, target) && lengths.isNative()) {
      VectorRuns.expand(runValues, at, lengths, lengthsAt, entries, bytes, target, to, count);
    } else {
      scalarExpand(runValues, at, lengths, lengthsAt, entries, bytes, target, to, count);
    }
  }

  static void scalarExpand(
      MemorySegment runValues,
      long at,
      MemorySegment lengths,
      long lengthsAt,
      int entries,
      int bytes,
      MemorySegment target,
      long to,
      int count) {
    int done = 0;
    for (int entry = 0; entry < entries && done < count; entry++) {
      long value = get(runValues, at + (long) entry * bytes, bytes);
      int length = lengths.get(ValueLayout.JAVA_BYTE, lengthsAt + entry) & 0xFF;
      int end = Math.min(count, done + length);
      for (; done < end; done++) {
        set(target, to + (long) done * bytes, bytes, value);
      }
    }
  }

  /** The bits of a value of 1, 2, 4 or 8 bytes. */
  static long get(MemorySegment values, long at, int bytes) {
    return switch (bytes) {
      case 1 -> values.get(ValueLayout.JAVA_BYTE, at);
      case 2 -> values.get(LittleEndian.SHORT, at);
      case 4 -> values.get(LittleEndian.INT, at);
      default -> values.get(LittleEndian.LONG, at);
    };
  }

  static void set(MemorySegment values, long at, int bytes, long value) {
    switch (bytes) {
      case 1 -> values.set(ValueLayout.JAVA_BYTE, at, (byte) value);
      case 2 -> values.set(LittleEndian.SHORT, at, (short) value);
      case 4 -> values.set(LittleEndian.INT, at, (int) value);
      default -> values.set(LittleEndian.LONG, at, value);
    }
  }
}
