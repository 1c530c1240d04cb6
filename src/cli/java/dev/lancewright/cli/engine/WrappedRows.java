package dev.lancewright.cli.engine;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The rows of JSON files that each hold one object, such as a GeoJSON document: the items of the
 * object's only member that is an array of objects.
 *
 * @param member the member whose items are the rows
 * @param others the members that are not in any row
 */
record WrappedRows(String member, List<String> others) {
  WrappedRows {
    others = List.copyOf(others);
  }

  /**
   * Finds wrapped rows, without reading the files further than needed to see that they hold several
   * objects.
   *
   * @param list the list of files, in SQL
   * @param table the table function that reads all of them, with a row for each object
   */
  static Optional<WrappedRows> find(DuckDb engine, int files, String list, String table)
      throws IOException {
    if (!areSingleObjects(engine, files, list)) {
      return Optional.empty();
    }
    String wrapping =
        "SELECT column_name FROM (DESCRIBE SELECT * FROM %s) WHERE %s(column_type LIKE"
            + " 'STRUCT(%%)[]')";
    List<String> members = engine.strings(wrapping.formatted(table, ""));
    if (members.size() != 1) {
      return Optional.empty();
    }
    WrappedRows rows =
        new WrappedRows(members.getFirst(), engine.strings(wrapping.formatted(table, "NOT ")));
    String having = "SELECT count(%s)::VARCHAR FROM %s".formatted(rows.identifier(), table);
    return count(engine, having) == files ? Optional.of(rows) : Optional.empty();
  }

  private static boolean areSingleObjects(DuckDb engine, int files, String list)
      throws IOException {
    // An array of objects counts as its number of objects; only after that check is it safe to read
    // it as one value.
    String objects =
        "SELECT count(*)::VARCHAR FROM (FROM read_json_objects(%s) LIMIT %d)"
            .formatted(list, files + 1);
    if (count(engine, objects) != files) {
      return false;
    }
    String types =
        "SELECT DISTINCT json_type(json) FROM read_json_objects(%s, format = 'unstructured')"
            .formatted(list);
    return engine.strings(types).equals(List.of("OBJECT"));
  }

  private static long count(DuckDb engine, String sql) throws IOException {
    return Long.parseLong(engine.strings(sql).getFirst());
  }

  /** Returns the query for the rows; the members of an item become columns. */
  String sql(String table) {
    return "SELECT unnest(%s, max_depth := 2) FROM %s".formatted(identifier(), table);
  }

  private String identifier() {
    return '"' + member.replace("\"", "\"\"") + '"';
  }

  /** Returns a note for the user. */
  String note() {
    String rows = "the rows are the items of '" + member + "'";
    return others.isEmpty()
        ? rows
        : others.stream().collect(joining("', '", rows + "; left out beside it: '", "'"));
  }
}
