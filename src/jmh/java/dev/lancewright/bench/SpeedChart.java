package dev.lancewright.bench;

import java.util.List;
import java.util.Locale;

/** Draws the steady speeds of writers as bars, a group for each set. */
final class SpeedChart {
  private static final String TITLE = "Steady speed of writing, MB/s; longer is better";
  private static final int WIDTH = 760;
  private static final int LEFT = 80;
  private static final int BARS = 630;
  private static final int BAR = 12;
  private static final int GAP = 14;
  private static final int TOP = 54;

  private final StringBuilder shapes = new StringBuilder();

  private SpeedChart() {}

  /** Returns a picture in SVG, for light and dark pages. */
  static String of(List<BenchResult> results) {
    SpeedChart chart = new SpeedChart();
    chart.label(LEFT, 18, "start", TITLE);
    chart.legend(results.stream().map(BenchResult::writer).distinct().toList());
    double most = results.stream().mapToDouble(BenchResult::steady).max().orElse(1);
    int y = TOP;
    for (String set : results.stream().map(BenchResult::set).distinct().toList()) {
      chart.label(LEFT - 8, y + BAR - 2, "end", set);
      for (BenchResult result : results.stream().filter(r -> r.set().equals(set)).toList()) {
        chart.bar(y, BARS * result.steady() / most, result);
        y += BAR + 2;
      }
      y += GAP;
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="sans-serif" font-size="12">
    <title>%s</title>
    <style>text { fill: #24292f } @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }</style>
    %s</svg>
    """
        .formatted(WIDTH, y, TITLE, chart.shapes);
  }

  private void legend(List<BenchWriter> writers) {
    int x = LEFT;
    for (BenchWriter writer : writers) {
      rectangle(x, 28, BAR, writer);
      label(x + BAR + 4, 28 + BAR - 2, "start", writer.title());
      x += 30 + 7 * writer.title().length();
    }
  }

  private void bar(int y, double width, BenchResult result) {
    rectangle(LEFT, y, width, result.writer());
    label(LEFT + width + 4, y + BAR - 2, "start", Long.toString(Math.round(result.steady())));
  }

  private void rectangle(int x, int y, double width, BenchWriter writer) {
    shapes.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
            x,
            y,
            width,
            BAR,
            writer.colour()));
  }

  private void label(double x, int y, String anchor, String text) {
    shapes.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>\n",
            x,
            y,
            anchor,
            text));
  }
}
