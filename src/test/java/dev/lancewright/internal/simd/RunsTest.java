package dev.lancewright.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunsTest {
  private static final int TAILS = 130;

  private final SplittableRandom random = new SplittableRandom(5);

  /** Has something left from what was counted before. */
  private final ValueBlock block = new ValueBlock();

  /** Neighbours that differ in one byte, and runs of 1 to {@code longest}. */
  private byte[] runs(int count, int bytes, int longest) {
    byte[] values = new byte[count * bytes];
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    int left = 0;
    for (int i = 0; i < count; i++, left--) {
      if (left == 0) {
        value[random.nextInt(bytes)] ^= (byte) (1 << random.nextInt(8));
        left = 1 + random.nextInt(longest);
      }
      System.arraycopy(value, 0, values, i * bytes, bytes);
    }
    return values;
  }

  /** Mostly short runs, a few of up to {@code longest}. */
  private byte[] mixedRuns(int count, int bytes, int longest) {
    byte[] values = new byte[count * bytes];
    int done = 0;
    while (done < count) {
      boolean many = random.nextInt(60) == 0;
      byte[] part = many ? runs(1 + random.nextInt(longest), bytes, 5000) : runs(30, bytes, 5);
      int length = Math.min(part.length, values.length - done * bytes);
      System.arraycopy(part, 0, values, done * bytes, length);
      done += length / bytes;
    }
    return values;
  }

  /** The lengths of maximal runs. */
  private static List<Integer> lengths(byte[] values, int bytes) {
    List<Integer> lengths = new ArrayList<>();
    int start = 0;
    for (int at = bytes; at <= values.length; at += bytes) {
      if (at == values.length || !Arrays.equals(values, at - bytes, at, values, at, at + bytes)) {
        lengths.add((at - start) / bytes);
        start = at;
      }
    }
    return lengths;
  }

  private static List<Integer> cut(List<Integer> lengths) {
    List<Integer> cut = new ArrayList<>();
    for (int length : lengths) {
      int left = length;
      for (; left > 255; left -= 255) {
        cut.add(255);
      }
      cut.add(left);
    }
    return cut;
  }

  private List<byte[]> inputs(int bytes) {
    List<byte[]> inputs = new ArrayList<>();
    for (int count = 0; count <= TAILS; count++) {
      inputs.add(runs(count, bytes, 1 + random.nextInt(40)));
    }
    for (int longest : new int[] {1, 3, 30, 300, 2000}) {
      inputs.add(runs(4096 + random.nextInt(100), bytes, longest));
    }
    for (int longest : new int[] {200, 300, 600, 2000}) {
      inputs.add(mixedRuns(4096 + random.nextInt(100), bytes, longest));
    }
    for (int count : new int[] {254, 255, 256, 510, 511, 1000, 1275, 1276, 2550, 4000}) {
      inputs.add(new byte[count * bytes]);
    }
    // Around the end of a block.
    for (int count = 1022; count <= 1027; count++) {
      inputs.add(runs(count, bytes, 2));
      inputs.add(runs(count + 1024, bytes, 600));
    }
    return inputs;
  }

  /** The kernels of one twin. */
  private record Twin(Count count, Count pairs, Split split, Expand expand) {
    static final Twin CHOSEN = new Twin(Runs::count, Runs::pairs, Runs::split, Runs::expand);
    static final Twin SCALAR =
        new Twin(ScalarRuns::count, ScalarRuns::pairs, ScalarRuns::split, Runs::scalarExpand);

    static Twin vectors() {
      return new Twin(VectorRuns::count, VectorRuns::pairs, VectorRuns::split, VectorRuns::expand);
    }
  }

  private interface Count {
    long of(MemorySegment values, long at, int count, int bytes, ValueBlock block);
  }

  private interface Split {
    int run(
        MemorySegment values,
        long at,
        int count,
        int bytes,
        MemorySegment runValues,
        long valuesTo,
        MemorySegment lengths,
        long lengthsTo,
        ValueBlock block);
  }

  private interface Expand {
    void run(
        MemorySegment runValues,
        long at,
        MemorySegment lengths,
        long lengthsAt,
        int entries,
        int bytes,
        MemorySegment target,
        long to,
        int count);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void runsAreCounted(int bytes) {
    assertCounts(Twin.CHOSEN, bytes);
    assertCounts(Twin.SCALAR, bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  @RequiresVectors
  void runsAreCountedOnVectors(int bytes) {
    assertCounts(Twin.vectors(), bytes);
  }

  private void assertCounts(Twin twin, int bytes) {
    for (byte[] values : inputs(bytes)) {
      int count = values.length / bytes;
      List<Integer> lengths = lengths(values, bytes);
      Guarded memory = Guarded.of(values);
      String what = count + " values";
      // Nobody may look behind the last value.
      var alone = memory.alone();
      assertEquals(lengths.size(), twin.count().of(alone, 0, count, bytes, block), what);
      assertEquals(cut(lengths).size(), twin.pairs().of(alone, 0, count, bytes, block), what);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void runsAreSplitAndExpanded(int bytes) {
    assertSplitsAndExpands(Twin.CHOSEN, bytes);
    assertSplitsAndExpands(Twin.SCALAR, bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  @RequiresVectors
  void runsAreSplitAndExpandedOnVectors(int bytes) {
    assertSplitsAndExpands(Twin.vectors(), bytes);
  }

  private void assertSplitsAndExpands(Twin twin, int bytes) {
    for (byte[] values : inputs(bytes)) {
      List<Integer> lengths = cut(lengths(values, bytes));
      byte[] runValues = new byte[lengths.size() * bytes];
      byte[] runLengths = new byte[lengths.size()];
      int at = 0;
      for (int i = 0; i < runLengths.length; i++) {
        System.arraycopy(values, at, runValues, i * bytes, bytes);
        runLengths[i] = (byte) (int) lengths.get(i);
        at += lengths.get(i) * bytes;
      }
      assertSplit(twin.split(), values, bytes, runValues, runLengths);
      assertExpanded(twin.expand(), values, bytes, runValues, runLengths);
    }
  }

  private void assertSplit(
      Split twin, byte[] values, int bytes, byte[] runValues, byte[] runLengths) {
    Guarded memory = Guarded.of(values);
    Guarded valuesTo = Guarded.of(runValues.length);
    Guarded lengthsTo = Guarded.of(runLengths.length);
    int count = values.length / bytes;
    int entries =
        twin.run(
            memory.alone(),
            0,
            count,
            bytes,
            valuesTo.segment(),
            valuesTo.at(),
            lengthsTo.segment(),
            lengthsTo.at(),
            block);
    String what = count + " values";
    assertEquals(runLengths.length, entries, what);
    valuesTo.assertHolds(runValues, () -> what + ": values of runs");
    lengthsTo.assertHolds(runLengths, () -> what + ": lengths of runs");
  }

  private void assertExpanded(
      Expand twin, byte[] values, int bytes, byte[] runValues, byte[] runLengths) {
    int all = values.length / bytes;
    // What the last run has beyond the count is left out.
    int surplus = all == 0 ? 0 : random.nextInt(runLengths[runLengths.length - 1] & 0xFF);
    int count = all - surplus;
    Guarded valuesFrom = Guarded.of(runValues);
    Guarded lengthsFrom = Guarded.of(runLengths);
    Guarded target = Guarded.of(count * bytes);
    twin.run(
        valuesFrom.alone(),
        0,
        lengthsFrom.alone(),
        0,
        runLengths.length,
        bytes,
        target.segment(),
        target.at(),
        count);
    target.assertHolds(
        Arrays.copyOf(values, count * bytes), () -> count + " of " + all + " values");
  }
}
