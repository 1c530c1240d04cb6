package dev.lancewright.cli.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells the delimiter of text from its first lines. */
final class CsvDelimiter {
  private static final String COMMA = ",";
  private static final List<String> CANDIDATES = List.of(COMMA, ";", "\t", "|");
  private static final int RECORDS = 2000;

  /**
   * How a delimiter splits the first lines.
   *
   * @param header the number of fields of the first record
   * @param same the number of other records that have as many
   * @param others the number of other records
   * @param usual the most frequent number of fields of other records
   * @param usualCount the number of other records that have that many
   */
  private record Split(
      String delimiter, int header, int same, int others, int usual, int usualCount) {
    boolean isEven() {
      return header > 1 && same == others;
    }

    /** Whether the first line is not like the others. */
    boolean startsLater() {
      return header == 1 && usual > 1 && 2 * usualCount > others;
    }
  }

  private CsvDelimiter() {}

  /**
   * Returns the delimiter that splits the header and all of the first lines into the same number of
   * fields; if there is none, the one that splits most of them; else a comma.
   *
   * @throws IOException if several split all lines, or if only the first line is not split
   */
  static String of(TextFile text, String quote, int skipLines) throws IOException {
    List<Split> splits = new ArrayList<>();
    for (String delimiter : CANDIDATES) {
      splits.add(split(text, delimiter, quote, skipLines));
    }
    List<Split> even = splits.stream().filter(Split::isEven).toList();
    if (even.size() > 1) {
      throw new IOException(
          "%s: '%s' and '%s' both split all lines evenly; say which one it is with --delimiter"
              .formatted(text.name(), shown(even.get(0).delimiter), shown(even.get(1).delimiter)));
    }
    if (even.size() == 1) {
      return even.getFirst().delimiter;
    }
    Split best = splits.getFirst();
    for (Split split : splits) {
      if (split.header > 1
          && (best.header == 1
              || split.same > best.same
              || (split.same == best.same && split.header > best.header))) {
        best = split;
      }
    }
    if (best.header == 1) {
      checkFirstLine(text, splits, skipLines);
    }
    return best.delimiter;
  }

  private static void checkFirstLine(TextFile text, List<Split> splits, int skipLines)
      throws IOException {
    for (Split split : splits) {
      if (split.startsLater()) {
        throw new IOException(
            ("%s: line %d has one field, but lines after it have %d if '%s' separates them; pass"
                    + " --skip-lines N if the header is further down, or --delimiter to take it as"
                    + " it is, such as --delimiter '%s'")
                .formatted(
                    text.name(),
                    skipLines + 1,
                    split.usual,
                    shown(split.delimiter),
                    split.delimiter.equals(COMMA) ? "\\t" : COMMA));
      }
    }
  }

  private static Split split(TextFile text, String delimiter, String quote, int skipLines)
      throws IOException {
    Map<Integer, Integer> counts = new HashMap<>();
    int header = 0;
    int others = 0;
    try (CsvRecords records = new CsvRecords(text.open(), delimiter, quote)) {
      records.skipLines(skipLines);
      while (others < RECORDS && records.next()) {
        if (records.isEmptyLine()) {
          continue;
        }
        if (header == 0) {
          header = records.fields();
        } else {
          others++;
          counts.merge(records.fields(), 1, Integer::sum);
        }
      }
    }
    int usual = 0;
    for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
      if (count.getValue() > counts.getOrDefault(usual, 0)) {
        usual = count.getKey();
      }
    }
    return new Split(
        delimiter,
        header,
        counts.getOrDefault(header, 0),
        others,
        usual,
        counts.getOrDefault(usual, 0));
  }

  /** Returns a delimiter as a user would write it. */
  static String shown(String delimiter) {
    return delimiter.replace("\t", "\\t");
  }
}
