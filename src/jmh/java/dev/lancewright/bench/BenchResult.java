package dev.lancewright.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The files of one set that one process has written.
 *
 * @param bytes of the values and their offsets
 */
record BenchResult(String set, long bytes, BenchWriter writer, List<BenchRun> runs) {
  private static final int EARLY = 5;
  private static final int STEADY = 5;

  /** What is compared. A heading, how to get the figure, and how to show it. */
  private record Figure(String heading, ToDoubleFunction<BenchResult> of, String format) {}

  private static final List<Figure> FIGURES =
      List.of(
          new Figure("first file, MB/s", BenchResult::first, "%.0f"),
          new Figure("files 2 to 5, MB/s", BenchResult::early, "%.0f"),
          new Figure("steady, MB/s", BenchResult::steady, "%.0f"),
          new Figure("CPU, ms", r -> r.last(BenchRun::cpuNanos) / 1e6, "%.0f"),
          new Figure("file, MB", r -> r.runs.getFirst().fileBytes() / 1e6, "%.1f"),
          new Figure("memory, MB", r -> r.runs.getFirst().memoryBytes() / 1e6, "%.0f"),
          new Figure("p50, us", r -> r.last(BenchRun::p50) / 1e3, "%.0f"),
          new Figure("p99, us", r -> r.last(BenchRun::p99) / 1e3, "%.0f"),
          new Figure("p99.9, us", r -> r.last(BenchRun::p999) / 1e3, "%.0f"));

  /** Returns the speed of the last files in MB/s. */
  double steady() {
    return bytes / last(BenchRun::nanos) * 1e3;
  }

  private double first() {
    return bytes * 1e3 / runs.getFirst().nanos();
  }

  private double early() {
    List<BenchRun> early = runs.subList(Math.min(1, runs.size() - 1), Math.min(EARLY, runs.size()));
    return bytes / median(early, BenchRun::nanos) * 1e3;
  }

  private double last(ToLongFunction<BenchRun> figure) {
    return median(runs.subList(Math.max(0, runs.size() - STEADY), runs.size()), figure);
  }

  private static double median(List<BenchRun> runs, ToLongFunction<BenchRun> figure) {
    return Medians.median(runs.stream().mapToLong(figure).toArray());
  }

  /** Returns a table with a row for each set and writer. */
  static String table(List<BenchResult> results) {
    MarkdownTable table = new MarkdownTable(headings());
    for (BenchResult result : results) {
      List<String> cells = new ArrayList<>(List.of(result.set, result.writer.title()));
      for (Figure figure : FIGURES) {
        cells.add(text(figure.format, figure.of.applyAsDouble(result)));
      }
      table.add(cells);
    }
    return table.toString();
  }

  /**
   * Returns a table of the figures of each writer divided by those of the reference in the same
   * set, and their geometric means.
   */
  static String ratios(List<BenchResult> results) {
    MarkdownTable table = new MarkdownTable(headings());
    for (BenchWriter writer : BenchWriter.others()) {
      List<List<Double>> all = new ArrayList<>();
      for (BenchResult result : results) {
        BenchResult reference = find(results, result.set, BenchWriter.REFERENCE);
        if (result.writer == writer && reference != null) {
          all.add(FIGURES.stream().map(f -> ratio(f, result, reference)).toList());
          table.add(ratioCells(result.set, writer, all.getLast()));
        }
      }
      if (all.size() > 1) {
        table.add(ratioCells("geometric mean", writer, means(all)));
      }
    }
    return table.toString();
  }

  private static List<String> headings() {
    List<String> headings = new ArrayList<>(List.of("set", "writer"));
    FIGURES.forEach(figure -> headings.add(">" + figure.heading));
    return headings;
  }

  private static List<String> ratioCells(String set, BenchWriter writer, List<Double> ratios) {
    List<String> cells = new ArrayList<>(List.of(set, writer.title()));
    ratios.forEach(ratio -> cells.add(text("%.2f", ratio)));
    return cells;
  }

  private static double ratio(Figure figure, BenchResult result, BenchResult reference) {
    return figure.of.applyAsDouble(result) / figure.of.applyAsDouble(reference);
  }

  private static List<Double> means(List<List<Double>> ratios) {
    List<Double> means = new ArrayList<>();
    for (int i = 0; i < FIGURES.size(); i++) {
      int column = i;
      means.add(
          Math.exp(
              ratios.stream().mapToDouble(row -> Math.log(row.get(column))).average().orElse(0)));
    }
    return means;
  }

  /** Returns the result of a writer for a set, or null. */
  static BenchResult find(List<BenchResult> results, String set, BenchWriter writer) {
    return results.stream()
        .filter(result -> result.set.equals(set) && result.writer == writer)
        .findFirst()
        .orElse(null);
  }

  private static String text(String format, double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
  }
}
