package dev.lancewright.cli.engine;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The query that reads files of JSON. DuckDB is told the types that {@link JsonType} found, since
 * its own round large integers and drop what is beyond a double.
 */
final class JsonQuery {
  /** The name that DuckDB gives the only column of values that are not objects. */
  private static final String VALUES = "json";

  private final List<JsonFile> files;
  private final ReadOptions options;
  private final JsonType rows = new JsonType();
  private final boolean records;
  private final List<String> notes = new ArrayList<>();

  private JsonQuery(List<JsonFile> files, ReadOptions options) throws IOException {
    this.files = files;
    this.options = options;
    files.forEach(file -> rows.add(file.type()));
    records = rows.isOfObjects(count(files)) && !rows.members().isEmpty();
    if (records && !options.unionByName()) {
      checkColumns();
    }
  }

  /** Looks at files and returns the query for the rows of all of them. */
  static InputQuery of(DuckDb engine, List<String> paths, ReadOptions options) throws IOException {
    List<JsonFile> files = new ArrayList<>();
    for (String path : paths) {
      files.add(JsonFile.of(TextFile.withoutMark(engine, path, options.encoding())));
    }
    String wrapped = files.getFirst().wrapped();
    if (wrapped != null && files.stream().allMatch(file -> wrapped.equals(file.wrapped()))) {
      for (int i = 0; i < files.size(); i++) {
        files.set(i, files.get(i).unwrapped(engine));
      }
    }
    JsonQuery query = new JsonQuery(files, options);
    return new InputQuery(
        query.sql(),
        paths,
        InputQuery.bytes(paths),
        count(files),
        InputQuery.UNKNOWN_ROWS,
        query.note());
  }

  private static long count(List<JsonFile> files) {
    return files.stream().mapToLong(JsonFile::rows).sum();
  }

  private void checkColumns() throws IOException {
    JsonFile base = files.getFirst();
    Set<String> expected = base.type().members().keySet();
    for (JsonFile file : files) {
      Set<String> found = file.type().members().keySet();
      if (!expected.equals(found)) {
        ColumnNames.checkSame(
            base.text().name(), List.copyOf(expected), file.text().name(), List.copyOf(found));
      }
    }
  }

  private String sql() throws IOException {
    String where = files.getFirst().text().name();
    List<String> names = records ? List.copyOf(rows.members().keySet()) : List.of(VALUES);
    List<String> outputs = ColumnNames.rename(where, names, options.renames());
    if (!ColumnNames.distinct(names).equals(names)) {
      throw new IOException(
          "%s: names of columns differ in case alone, which DuckDB cannot read from JSON: %s; rename them in the input, or take them apart in a query with --sql"
              .formatted(where, ColumnNames.list(ColumnNames.similar(names))));
    }
    List<String> columns = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      JsonType type = records ? rows.members().get(name) : rows;
      columns.add(DuckDb.literal(name) + ": " + DuckDb.literal(typeOf(where, name, type)));
      selected.add(DuckDb.identifier(name) + " AS " + DuckDb.identifier(outputs.get(i)));
    }
    String read = names.stream().map(DuckDb::identifier).collect(joining(", "));
    String select =
        "SELECT %s, * EXCLUDE (%s) FROM read_json(%%s, columns = {%s}, auto_detect = false, records = %b, maximum_object_size = %d, format = '%%s')"
            .formatted(
                String.join(", ", selected).replace("%", "%%"),
                read.replace("%", "%%"),
                String.join(", ", columns).replace("%", "%%"),
                records,
                files.stream().mapToLong(JsonFile::longest).max().orElse(0));
    return union(select);
  }

  private static String typeOf(String where, String name, JsonType type) throws IOException {
    try {
      return type.sql(name);
    } catch (IOException e) {
      throw new IOException(where + ": " + e.getMessage(), e);
    }
  }

  /** Reads runs of files of the same form at once. */
  private String union(String select) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= files.size(); i++) {
      String format = files.get(from).format();
      if (i == files.size() || !files.get(i).format().equals(format)) {
        String list =
            files.subList(from, i).stream()
                .map(file -> DuckDb.literal(InputQuery.escape(file.text().path())))
                .collect(joining(", ", "[", "]"));
        parts.add(select.formatted(list, format));
        from = i;
      }
    }
    return String.join(" UNION ALL ", parts);
  }

  private String note() {
    JsonFile file = files.getFirst();
    if (file.rowsOf() != null) {
      String rowsOf = "the rows are the items of '" + file.rowsOf() + "'";
      notes.add(
          file.leftOut().isEmpty()
              ? rowsOf
              : rowsOf + "; left out beside it: '" + String.join("', '", file.leftOut()) + "'");
    }
    List<String> untyped = new ArrayList<>();
    if (records) {
      rows.members().forEach((name, type) -> type.findUntyped(name, untyped));
    } else {
      rows.findUntyped(VALUES, untyped);
    }
    if (!untyped.isEmpty()) {
      notes.add(
          "text, since no other type holds all values as they are: " + ColumnNames.list(untyped));
    }
    return notes.isEmpty() ? null : String.join("; ", notes);
  }
}
