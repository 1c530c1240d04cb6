package dev.lancewright.bench;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file that a process has written.
 *
 * @param nanos from opening the file to closing it, without pauses
 * @param cpuNanos of all threads of the process
 * @param fileBytes the size of the file
 * @param memoryBytes how far resident memory rose above what was there before, at its highest; 0
 *     where the system does not say
 * @param p50 median of the times of a {@code write}, in nanoseconds
 * @param p99 99th percentile of them
 * @param p999 99.9th percentile of them
 */
record BenchRun(
    long nanos, long cpuNanos, long fileBytes, long memoryBytes, long p50, long p99, long p999) {
  private static final String PREFIX = "run";
  private static final Pattern LINE = Pattern.compile(PREFIX + " ((?:\\d+ ?){7})");

  /** Returns a line that {@link #parse} reads. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%s %d %d %d %d %d %d %d",
        PREFIX,
        nanos,
        cpuNanos,
        fileBytes,
        memoryBytes,
        p50,
        p99,
        p999);
  }

  /** Returns the runs in what a process has printed; other lines are left out. */
  static List<BenchRun> parse(List<String> lines) {
    return lines.stream().map(LINE::matcher).filter(Matcher::matches).map(BenchRun::of).toList();
  }

  private static BenchRun of(Matcher line) {
    long[] n =
        Pattern.compile(" ").splitAsStream(line.group(1)).mapToLong(Long::parseLong).toArray();
    return new BenchRun(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
  }
}
