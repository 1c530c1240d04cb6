package dev.lancewright.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Times what several candidates do. They take turns, so that a slow minute is slow for all. */
final class Medians {
  private static final double NANOS_PER_MILLI = 1e6;

  private Medians() {}

  /** What is timed. */
  interface Action<K> {
    /**
     * Acts once.
     *
     * @param run how many runs of the same candidate came before, those that warm up included
     * @return nanoseconds
     */
    long time(K candidate, int run) throws Exception;
  }

  /**
   * Returns the median of each candidate in milliseconds; nothing if there are no timed runs.
   *
   * @param warmUps how many runs come first and do not count
   * @param runs how many runs count
   */
  static <K> Map<K, Double> millis(
      Collection<K> candidates, int warmUps, int runs, Action<K> action) throws Exception {
    Map<K, long[]> times = new LinkedHashMap<>();
    for (int run = 0; run < warmUps + runs; run++) {
      for (K candidate : candidates) {
        long nanos = action.time(candidate, run);
        if (run >= warmUps) {
          times.computeIfAbsent(candidate, _ -> new long[runs])[run - warmUps] = nanos;
        }
      }
    }
    Map<K, Double> medians = new LinkedHashMap<>();
    times.forEach((candidate, nanos) -> medians.put(candidate, median(nanos) / NANOS_PER_MILLI));
    return medians;
  }

  /** The value in the middle, or the mean of the two that are. */
  static double median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
  }
}
