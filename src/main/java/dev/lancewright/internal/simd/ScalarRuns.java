package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.Runs.MAX_LENGTH;
import static dev.lancewright.internal.simd.ValueBlock.VALUES;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@link Runs} without vectors. Values lie side by side in words, their successors in others, and a
 * run ends where the two differ; so a loop does for values of any width.
 */
final class ScalarRuns {
  private ScalarRuns() {}

  static long count(MemorySegment values, long at, long count, int bytes, ValueBlock block) {
    if (count == 0) {
      return 0;
    }
    long[] words = block.words();
    long[] nexts = block.others();
    long runs = 1;
    for (long done = 0; done < count - 1; done += VALUES) {
      int part = (int) Math.min(VALUES, count - 1 - done) * bytes;
      long from = at + done * bytes;
      int used = ValueBlock.read(values, from, part, words);
      ValueBlock.read(values, from + bytes, part, nexts);
      runs += sum(differences(words, nexts, used, highest(bytes)), bytes);
    }
    return runs;
  }

  /** How many words differ in each lane. */
  private static long differences(long[] words, long[] nexts, int count, long highest) {
    int shift = Long.numberOfTrailingZeros(highest);
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += differ(words[i] ^ nexts[i], highest) >>> shift;
    }
    return sum;
  }

  /** Sets the highest bit of each lane that is not 0, and clears all others. */
  private static long differ(long lanes, long highest) {
    return ((lanes & ~highest) + ~highest | lanes) & highest;
  }

  /** The highest bit of each lane of a word. */
  private static long highest(int bytes) {
    int bits = bytes * Byte.SIZE;
    return BitPacking.lowestBits(bits) << (bits - 1);
  }

  /** Adds up lanes that are less than 2^16, or of which there are {@value Long#BYTES}. */
  private static int sum(long lanes, int bytes) {
    long even = 0x00FF00FF00FF00FFL;
    long left = bytes == 1 ? (lanes & even) + (lanes >>> Byte.SIZE & even) : lanes;
    int sum = 0;
    for (; left != 0; left >>>= Short.SIZE) {
      sum += (int) left & 0xFFFF;
    }
    return sum;
  }

  static int pairs(MemorySegment values, long at, int count, int bytes, ValueBlock block) {
    int[] ends = block.ends();
    int entries = 0;
    int start = 0;
    for (int done = 0; done < count; done += VALUES) {
      int found = findEnds(values, at, done, count, bytes, block);
      start -= done;
      for (int i = 0; i < found; i++) {
        int next = ends[i] + 1;
        entries += Runs.entriesOf(next - start);
        start = next;
      }
      start += done;
    }
    return entries;
  }

  static int split(
      MemorySegment values,
      long at,
      int count,
      int bytes,
      MemorySegment runValues,
      long valuesTo,
      MemorySegment lengths,
      long lengthsTo,
      ValueBlock block) {
    int entries = 0;
    int start = 0;
    for (int done = 0; done < count; done += VALUES) {
      int found = findEnds(values, at, done, count, bytes, block);
      int part = Math.min(VALUES, count - done);
      int cut = cut(block, found, start - done, part);
      copyValues(block, cut, bytes, runValues, valuesTo + (long) entries * bytes);
      MemorySegment.copy(
          block.bytes(), 0, lengths, ValueLayout.JAVA_BYTE, lengthsTo + entries, cut);
      entries += cut;
      start = nextStart(block, found, start - done, part) + done;
    }
    return entries;
  }

  /**
   * Reads values from value {@code done} on, a block of them or all that are left, and finds the
   * last value of each run that ends there, counted from the first of the block.
   *
   * @return the number of ends
   */
  private static int findEnds(
      MemorySegment values, long at, int done, int count, int bytes, ValueBlock block) {
    int part = Math.min(VALUES, count - done);
    boolean last = done + part == count;
    long[] words = block.words();
    long[] nexts = block.others();
    int[] ends = block.ends();
    long from = at + (long) done * bytes;
    int used = ValueBlock.read(values, from, part * bytes, words);
    // The last of all values has no successor, and its word may have none at all.
    nexts[used - 1] = 0;
    ValueBlock.read(values, from + bytes, (last ? part - 1 : part) * bytes, nexts);
    int found =
        switch (bytes) {
          case 8 -> longEnds(words, nexts, used, ends);
          case 4 -> intEnds(words, nexts, used, ends);
          default -> narrowEnds(words, nexts, used, highest(bytes), bytes * Byte.SIZE, ends);
        };
    if (last && (found == 0 || ends[found - 1] != part - 1)) {
      ends[found++] = part - 1;
    }
    return found;
  }

  // Runs are short where values are wide: what follows does without branches that nobody foresees.

  private static int longEnds(long[] words, long[] nexts, int count, int[] ends) {
    int found = 0;
    for (int i = 0; i < count; i++) {
      long difference = words[i] ^ nexts[i];
      ends[found] = i;
      found += (int) ((difference | -difference) >>> 63);
    }
    return found;
  }

  private static int intEnds(long[] words, long[] nexts, int count, int[] ends) {
    int found = 0;
    for (int i = 0; i < count; i++) {
      long difference = words[i] ^ nexts[i];
      int low = (int) difference;
      int high = (int) (difference >>> 32);
      ends[found] = 2 * i;
      found += (low | -low) >>> 31;
      ends[found] = 2 * i + 1;
      found += (high | -high) >>> 31;
    }
    return found;
  }

  private static int narrowEnds(
      long[] words, long[] nexts, int count, long highest, int bits, int[] ends) {
    int logBits = Integer.numberOfTrailingZeros(bits);
    int found = 0;
    for (int i = 0; i < count; i++) {
      long left = differ(words[i] ^ nexts[i], highest);
      for (; left != 0; left &= left - 1) {
        ends[found++] = (i * Long.SIZE + Long.numberOfTrailingZeros(left)) >>> logBits;
      }
    }
    return found;
  }

  /**
   * Cuts the runs of a block into entries: for each the place of its value in the block, and its
   * length. Of a run that goes on after the block at most {@value Runs#MAX_LENGTH} values are left
   * for later.
   *
   * @param found the number of runs that end in the block
   * @param start where the first of them starts; less than 0 if that is before the block
   * @param count the number of values of the block
   */
  private static int cut(ValueBlock block, int found, int start, int count) {
    int[] ends = block.ends();
    int[] places = block.places();
    byte[] lengths = block.bytes();
    int entries = 0;
    int from = start;
    for (int i = 0; i < found; i++) {
      int end = ends[i];
      for (; end + 1 - from > MAX_LENGTH; from += MAX_LENGTH) {
        places[entries] = end;
        lengths[entries++] = (byte) MAX_LENGTH;
      }
      places[entries] = end;
      lengths[entries++] = (byte) (end + 1 - from);
      from = end + 1;
    }
    for (; count - from > MAX_LENGTH; from += MAX_LENGTH) {
      places[entries] = count - 1;
      lengths[entries++] = (byte) MAX_LENGTH;
    }
    return entries;
  }

  /** Where the values begin that {@link #cut} has left for later. */
  private static int nextStart(ValueBlock block, int found, int start, int count) {
    int from = found == 0 ? start : block.ends()[found - 1] + 1;
    return from + (Math.max(count - from, 1) - 1) / MAX_LENGTH * MAX_LENGTH;
  }

  /** Copies the values at the places of a block's first {@code count} entries. */
  private static void copyValues(
      ValueBlock block, int count, int bytes, MemorySegment target, long to) {
    long[] words = block.words();
    int[] places = block.places();
    switch (bytes) {
      case 1 -> {
        byte[] found = block.narrow();
        gather(words, places, count, found);
        MemorySegment.copy(found, 0, target, ValueLayout.JAVA_BYTE, to, count);
      }
      case 2 -> {
        short[] found = block.shorts();
        gather(words, places, count, found);
        MemorySegment.copy(found, 0, target, LittleEndian.SHORT, to, count);
      }
      case 4 -> {
        int[] found = block.ints();
        gather(words, places, count, found);
        MemorySegment.copy(found, 0, target, LittleEndian.INT, to, count);
      }
      default -> {
        long[] found = block.others();
        gather(words, places, count, found);
        MemorySegment.copy(found, 0, target, LittleEndian.LONG, to, count);
      }
    }
  }

  private static void gather(long[] words, int[] places, int count, byte[] target) {
    for (int i = 0; i < count; i++) {
      int place = places[i];
      target[i] = (byte) (words[place >> 3] >>> (place << 3));
    }
  }

  private static void gather(long[] words, int[] places, int count, short[] target) {
    for (int i = 0; i < count; i++) {
      int place = places[i];
      target[i] = (short) (words[place >> 2] >>> (place << 4));
    }
  }

  private static void gather(long[] words, int[] places, int count, int[] target) {
    for (int i = 0; i < count; i++) {
      int place = places[i];
      target[i] = (int) (words[place >> 1] >>> (place << 5));
    }
  }

  private static void gather(long[] words, int[] places, int count, long[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = words[places[i]];
    }
  }
}
