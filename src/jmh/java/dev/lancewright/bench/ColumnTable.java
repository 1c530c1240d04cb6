package dev.lancewright.bench;

import dev.lancewright.LanceFileMetadata;
import dev.lancewright.format.Extent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Two files of the same rows, column by column. */
final class ColumnTable {
  private ColumnTable() {}

  static String of(Path ours, Path theirs) throws IOException {
    List<LanceFileMetadata.Column> mine = LanceFileMetadata.open(ours).columns();
    List<LanceFileMetadata.Column> other = LanceFileMetadata.open(theirs).columns();
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "column",
                "type",
                ">ours, bytes",
                ">reference, bytes",
                ">ratio",
                ">pages",
                ">reference's",
                "our encoding",
                "the reference's"));
    for (int i = 0; i < mine.size(); i++) {
      table.add(row(mine.get(i), other.get(i)));
    }
    return table.toString();
  }

  private static List<String> row(LanceFileMetadata.Column mine, LanceFileMetadata.Column other) {
    long ours = bytes(mine);
    long theirs = bytes(other);
    return List.of(
        mine.path(),
        mine.field().type().toString(),
        String.format(Locale.ROOT, "%,d", ours),
        String.format(Locale.ROOT, "%,d", theirs),
        String.format(Locale.ROOT, "%.3f", (double) ours / theirs),
        Integer.toString(mine.pages().size()),
        Integer.toString(other.pages().size()),
        encoding(mine),
        encoding(other));
  }

  private static long bytes(LanceFileMetadata.Column column) {
    return column.pages().stream()
        .flatMap(page -> page.buffers().stream())
        .mapToLong(Extent::size)
        .sum();
  }

  /** The first page's, and how many others differ from it. */
  private static String encoding(LanceFileMetadata.Column column) {
    List<String> encodings =
        column.pages().stream().map(LanceFileMetadata.Page::encoding).distinct().toList();
    return encodings.getFirst()
        + (encodings.size() == 1 ? "" : " and %d more".formatted(encodings.size() - 1));
  }
}
