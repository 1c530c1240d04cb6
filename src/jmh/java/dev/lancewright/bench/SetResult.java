package dev.lancewright.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What came out for one set. No figure is there for a writer that does not take the set.
 *
 * @param megabytes of the input
 * @param sizes of the files in megabytes
 * @param writeTimes medians in milliseconds
 * @param readTimes medians in milliseconds
 */
record SetResult(
    String set,
    double megabytes,
    Map<WriterKind, Double> sizes,
    Map<WriterKind, Double> writeTimes,
    Map<WriterKind, Double> readTimes) {
  /** One row for each set, a column for each writer, and ours divided by the reference's. */
  static String table(
      List<SetResult> results, Function<SetResult, Map<WriterKind, Double>> figures) {
    List<WriterKind> writers =
        Arrays.stream(WriterKind.values())
            .filter(w -> results.stream().anyMatch(result -> figures.apply(result).containsKey(w)))
            .toList();
    List<String> headings = new ArrayList<>(List.of("set", ">input, MB"));
    writers.forEach(writer -> headings.add(">" + writer.title()));
    headings.addAll(List.of(">ratio 2.1", ">ratio 2.2"));
    MarkdownTable table = new MarkdownTable(headings);
    for (SetResult result : results) {
      Map<WriterKind, Double> row = figures.apply(result);
      List<String> cells = new ArrayList<>(List.of(result.set, decimal(result.megabytes)));
      writers.forEach(writer -> cells.add(decimal(row.getOrDefault(writer, Double.NaN))));
      cells.add(ratio(ratio21(row)));
      cells.add(ratio(ratio22(row)));
      table.add(cells);
    }
    List<String> means = new ArrayList<>(List.of("geometric mean", ""));
    writers.forEach(writer -> means.add(""));
    means.add(ratio(mean(results, figures.andThen(SetResult::ratio21))));
    means.add(ratio(mean(results, figures.andThen(SetResult::ratio22))));
    table.add(means);
    return table.toString();
  }

  /** NaN if one of the two is not there. */
  private static double ratio21(Map<WriterKind, Double> figures) {
    return ratio(figures, WriterKind.OURS_21, WriterKind.REFERENCE_21);
  }

  private static double ratio22(Map<WriterKind, Double> figures) {
    return ratio(figures, WriterKind.OURS_22, WriterKind.REFERENCE_22);
  }

  private static double ratio(
      Map<WriterKind, Double> figures, WriterKind ours, WriterKind reference) {
    return figures.getOrDefault(ours, Double.NaN) / figures.getOrDefault(reference, Double.NaN);
  }

  private static double mean(List<SetResult> results, Function<SetResult, Double> ratio) {
    double logarithms = results.stream().mapToDouble(r -> Math.log(ratio.apply(r))).sum();
    return Math.exp(logarithms / results.size());
  }

  private static String decimal(double value) {
    return text("%.1f", value);
  }

  private static String ratio(double value) {
    return text("%.3f", value);
  }

  private static String text(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
