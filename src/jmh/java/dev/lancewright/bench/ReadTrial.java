package dev.lancewright.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.apache.arrow.memory.BufferAllocator;

/** The same file, read by our reader and by the reference. */
final class ReadTrial {
  /** Rows that are taken at once. */
  private static final int TAKEN_ROWS = 1000;

  /** Our code is compiled while it runs; the reference's is when it comes. */
  private static final int WARM_UP_RUNS = 5;

  /**
   * What came out for one file.
   *
   * @param scans medians in milliseconds of reading it all
   * @param takes medians in milliseconds of reading {@value #TAKEN_ROWS} random rows of a file that
   *     is open
   */
  record FileTimes(
      String set, String file, Map<ReaderKind, Double> scans, Map<ReaderKind, Double> takes) {}

  private final BufferAllocator allocator;
  private final int runs;

  /**
   * @param runs timed ones
   */
  ReadTrial(BufferAllocator allocator, int runs) {
    this.allocator = allocator;
    this.runs = runs;
  }

  FileTimes run(String set, String writer, Path file, long rows) throws Exception {
    Map<ReaderKind, Double> scans =
        medians((reader, _) -> time(file, rows, () -> reader.scan(file, allocator)));
    Map<ReaderKind, ReaderKind.Takes> open = new EnumMap<>(ReaderKind.class);
    try {
      for (ReaderKind reader : ReaderKind.values()) {
        open.put(reader, reader.openTakes(file, allocator));
      }
      SplittableRandom random = new SplittableRandom(42);
      int taken = (int) Math.min(TAKEN_ROWS, rows);
      long[][] numbers = new long[WARM_UP_RUNS + runs][];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = random.longs(0, rows).distinct().limit(taken).sorted().toArray();
      }
      Map<ReaderKind, Double> takes =
          medians((reader, run) -> time(file, taken, () -> open.get(reader).take(numbers[run])));
      return new FileTimes(set, writer, scans, takes);
    } finally {
      for (ReaderKind.Takes takes : open.values()) {
        takes.close();
      }
    }
  }

  private Map<ReaderKind, Double> medians(Medians.Action<ReaderKind> action) throws Exception {
    return Medians.millis(List.of(ReaderKind.values()), WARM_UP_RUNS, runs, action);
  }

  /** Reads rows once, which must be as many as expected; returns nanoseconds. */
  private static long time(Path file, long expected, Callable<Long> reading) throws Exception {
    long start = System.nanoTime();
    long read = reading.call();
    long nanos = System.nanoTime() - start;
    if (read != expected) {
      throw new IOException("%s: %d rows were read of %d".formatted(file, read, expected));
    }
    return nanos;
  }

  /** A row for each file: both readers, and ours divided by the reference. */
  static String table(List<FileTimes> results) {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "set",
                "file",
                ">scan ours",
                ">reference",
                ">ratio",
                ">take ours",
                ">reference",
                ">ratio"));
    for (FileTimes result : results) {
      List<String> cells = new ArrayList<>(List.of(result.set, result.file));
      for (Map<ReaderKind, Double> times : Arrays.asList(result.scans, result.takes)) {
        double ours = times.get(ReaderKind.OURS);
        double reference = times.get(ReaderKind.REFERENCE);
        cells.add(decimal(ours));
        cells.add(decimal(reference));
        cells.add(decimal(ours / reference));
      }
      table.add(cells);
    }
    return table.toString();
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
  }
}
