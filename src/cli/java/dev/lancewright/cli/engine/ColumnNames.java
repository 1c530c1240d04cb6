package dev.lancewright.cli.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The names of columns: as they are in the file, or as a user renames them. */
final class ColumnNames {
  private ColumnNames() {}

  /**
   * Renames columns.
   *
   * @param where the place that has the names, for messages
   * @param renames new names by names, or by {@code #1} for the first column
   * @throws IOException if a name is empty, has a dot or is there twice; the message says how to
   *     rename it
   */
  static List<String> rename(String where, List<String> names, Map<String, String> renames)
      throws IOException {
    checkRenames(where, names, renames);
    List<String> renamed = new ArrayList<>();
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String byNumber = renames.get("#" + (i + 1));
      String result = byNumber == null ? renames.getOrDefault(name, name) : byNumber;
      Integer same = columns.putIfAbsent(result, i + 1);
      if (same != null) {
        throw refused(
            where, "columns %d and %d are both named '%s'".formatted(same, i + 1, cut(result)), i);
      }
      if (result.isBlank()) {
        throw refused(where, "column %d has no name".formatted(i + 1), i);
      }
      if (result.indexOf('.') >= 0) {
        throw new IOException(
            ("%s: column '%s': names cannot have a '.', which separates the names of a path; pass"
                    + " --rename '%s=%s', or name it in a query with --sql")
                .formatted(where, cut(result), cut(name), cut(result.replace('.', '_'))));
      }
      renamed.add(result);
    }
    return List.copyOf(renamed);
  }

  private static void checkRenames(String where, List<String> names, Map<String, String> renames)
      throws IOException {
    for (String old : renames.keySet()) {
      if (!names.contains(old) && !isNumber(old, names.size())) {
        throw new IOException(
            "%s: --rename: there is no column '%s'; there are %s"
                .formatted(where, cut(old), list(names)));
      }
    }
  }

  private static boolean isNumber(String name, int columns) {
    return name.matches("#[1-9][0-9]{0,8}") && Integer.parseInt(name.substring(1)) <= columns;
  }

  private static IOException refused(String where, String what, int index) {
    return new IOException(
        "%s: %s; pass --rename '#%d=NAME' (or, for text, --no-header or --skip-lines if line 1 does"
                .formatted(where, what, index + 1)
            + " not have the names)");
  }

  /** Returns the names that differ from others in case alone. */
  static List<String> similar(List<String> names) {
    Map<String, Integer> counts = new HashMap<>();
    names.forEach(name -> counts.merge(name.toLowerCase(Locale.ROOT), 1, Integer::sum));
    return names.stream().filter(name -> counts.get(name.toLowerCase(Locale.ROOT)) > 1).toList();
  }

  /** Lists the first names, for messages. */
  static String list(List<String> names) {
    int shown = Math.min(8, names.size());
    String list =
        String.join("', '", names.subList(0, shown).stream().map(ColumnNames::cut).toList());
    return "'"
        + list
        + "'"
        + (shown < names.size() ? " and %d more".formatted(names.size() - shown) : "");
  }

  /** Cuts a name, for messages. */
  static String cut(String name) {
    return name.length() <= 40 ? name : name.substring(0, 37) + "...";
  }

  /**
   * Returns names that differ in more than case, as DuckDB does not tell {@code a} from {@code A}.
   */
  static List<String> distinct(List<String> names) {
    Set<String> taken = new HashSet<>();
    List<String> distinct = new ArrayList<>();
    for (String name : names) {
      String other = name;
      for (int i = 2; !taken.add(other.toLowerCase(Locale.ROOT)); i++) {
        other = name + " (" + i + ")";
      }
      distinct.add(other);
    }
    return distinct;
  }

  /**
   * Compares the columns of two inputs.
   *
   * @throws IOException if they are not the same, in the same order
   */
  static void checkSame(String base, List<String> expected, String file, List<String> found)
      throws IOException {
    if (expected.equals(found)) {
      return;
    }
    String difference = "has the same columns in another order";
    for (String name : found) {
      if (!expected.contains(name)) {
        difference = "has a column '%s'".formatted(ColumnNames.cut(name));
      }
    }
    for (String name : expected) {
      if (!found.contains(name)) {
        difference = "has no column '%s'".formatted(ColumnNames.cut(name));
      }
    }
    throw new IOException(
        "inputs have different columns: '%s' %s, unlike '%s'; pass --union-by-name to combine them by name, with nulls where a column is missing"
            .formatted(file, difference, base));
  }
}
