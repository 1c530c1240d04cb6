package dev.lancewright.bench;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. A heading that starts with {@code >} aligns its column to the right. */
final class MarkdownTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> headings;

  MarkdownTable(List<String> headings) {
    this.headings = headings;
  }

  void add(List<String> cells) {
    rows.add(cells);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(text, headings.stream().map(heading -> heading.replaceFirst("^>", "")).toList());
    append(
        text, headings.stream().map(heading -> heading.startsWith(">") ? "--:" : "---").toList());
    rows.forEach(row -> append(text, row));
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
