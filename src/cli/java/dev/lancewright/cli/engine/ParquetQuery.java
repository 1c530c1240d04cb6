package dev.lancewright.cli.engine;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The query that reads Parquet files with the names and the nanoseconds that are in them. DuckDB
 * renames columns that differ in case alone, and cuts timestamps of the old type INT96.
 */
final class ParquetQuery {
  private static final String SEPARATOR = "\u001f";
  private static final String INT96 = "INT96";

  /**
   * The columns of a file.
   *
   * @param int96 the names of the columns with timestamps of type INT96, at any depth
   */
  private record Columns(String file, List<String> names, Set<String> int96) {}

  private final DuckDb engine;
  private final ReadOptions options;
  private final List<Columns> files = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private ParquetQuery(DuckDb engine, List<String> paths, ReadOptions options) throws IOException {
    this.engine = engine;
    this.options = options;
    for (String path : paths) {
      files.add(columns(path));
    }
  }

  /** Looks at the schemas of files and returns the query for the rows of all of them. */
  static InputQuery of(DuckDb engine, List<String> paths, ReadOptions options) throws IOException {
    ParquetQuery query = new ParquetQuery(engine, paths, options);
    String sql = query.sql();
    String note = query.notes.isEmpty() ? null : String.join("; ", query.notes);
    String rows =
        engine
            .strings(
                "SELECT sum(num_rows)::VARCHAR FROM parquet_file_metadata(" + list(paths) + ")")
            .getFirst();
    return new InputQuery(
        sql, paths, InputQuery.bytes(paths), Long.parseLong(rows), InputQuery.UNKNOWN_ROWS, note);
  }

  private static String list(List<String> paths) {
    return paths.stream()
        .map(path -> DuckDb.literal(InputQuery.escape(path)))
        .collect(joining(", ", "[", "]"));
  }

  /** Reads the names of a file's columns as they are in the file. */
  private Columns columns(String path) throws IOException {
    List<String> fields =
        engine.strings(
            "SELECT concat_ws(chr(31), name, coalesce(num_children, 0), coalesce(type, '')) FROM"
                + " parquet_schema("
                + DuckDb.literal(InputQuery.escape(path))
                + ")");
    List<String> names = new ArrayList<>();
    Set<String> int96 = new LinkedHashSet<>();
    int at = 1; // The first field is the root.
    while (at < fields.size()) {
      String name = fields.get(at).split(SEPARATOR, -1)[0];
      names.add(name);
      at = read(path, name, name, fields, at, int96);
    }
    return new Columns(path, List.copyOf(names), int96);
  }

  /** Reads a field and those below it; returns the index of the next. */
  private static int read(
      String file, String column, String path, List<String> fields, int at, Set<String> int96)
      throws IOException {
    String[] field = fields.get(at).split(SEPARATOR, -1);
    if (field[2].equals(INT96)) {
      int96.add(column);
    }
    List<String> children = new ArrayList<>();
    int next = at + 1;
    for (int i = 0; i < Integer.parseInt(field[1]); i++) {
      String child = fields.get(next).split(SEPARATOR, -1)[0];
      children.add(child);
      next = read(file, column, path + "." + child, fields, next, int96);
    }
    if (!ColumnNames.distinct(children).equals(children)) {
      throw new IOException(
          "%s: column '%s': names below it differ in case alone, which DuckDB cannot read: %s; rename them where the file is written"
              .formatted(
                  file, ColumnNames.cut(path), ColumnNames.list(ColumnNames.similar(children))));
    }
    return next;
  }

  private String sql() throws IOException {
    Columns base = files.getFirst();
    if (files.size() > 1) {
      checkColumns(base);
    }
    String union = files.size() > 1 && options.unionByName() ? ", union_by_name = true" : "";
    String arguments = list(files.stream().map(Columns::file).toList()) + union;
    String table = "read_parquet(%s%s)".formatted(arguments, int96(arguments));
    List<String> described =
        engine.strings("SELECT column_name FROM (DESCRIBE SELECT * FROM " + table + ")");
    List<String> names = new ArrayList<>(described);
    if (union.isEmpty()) {
      for (int i = 0; i < base.names.size(); i++) {
        names.set(i, base.names.get(i));
      }
    }
    List<String> outputs = ColumnNames.rename(base.file, names, options.renames());
    if (outputs.equals(described)) {
      return "SELECT * FROM " + table;
    }
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      selected.add("#" + (i + 1) + " AS " + DuckDb.identifier(outputs.get(i)));
    }
    return "SELECT " + String.join(", ", selected) + " FROM " + table;
  }

  private void checkColumns(Columns base) throws IOException {
    List<String> baseTypes = types(base);
    Set<String> all = new LinkedHashSet<>();
    for (Columns file : files) {
      all.addAll(file.names);
      List<String> types = types(file);
      if (options.unionByName()) {
        tellTypes(base, baseTypes, file, types);
        continue;
      }
      ColumnNames.checkSame(base.file, base.names, file.file, file.names);
      for (int i = 0; i < types.size(); i++) {
        if (!types.get(i).equals(baseTypes.get(i))) {
          throw new IOException(
              "column '%s' is %s in '%s', but %s in '%s'; pass --union-by-name to read both as a type that holds both"
                  .formatted(
                      ColumnNames.cut(file.names.get(i)),
                      ColumnNames.cut(types.get(i)),
                      file.file,
                      ColumnNames.cut(baseTypes.get(i)),
                      base.file));
        }
      }
    }
    List<String> names = List.copyOf(all);
    if (!ColumnNames.distinct(names).equals(names) && !names.equals(base.names)) {
      throw new IOException(
          "%s: names of columns differ in case alone, which cannot be combined by name: %s"
              .formatted(base.file, ColumnNames.list(ColumnNames.similar(names))));
    }
  }

  private List<String> types(Columns file) throws IOException {
    return engine
        .strings(
            "SELECT column_type FROM (DESCRIBE SELECT * FROM read_parquet(%s))"
                .formatted(DuckDb.literal(InputQuery.escape(file.file))))
        .subList(0, file.names.size());
  }

  private void tellTypes(Columns base, List<String> baseTypes, Columns file, List<String> types) {
    for (int i = 0; i < types.size(); i++) {
      int other = base.names.indexOf(file.names.get(i));
      if (other >= 0 && !baseTypes.get(other).equals(types.get(i))) {
        notes.add(
            "column '%s' is %s in %s, %s in %s, and is read as a type for both"
                .formatted(
                    file.names.get(i), types.get(i), file.file, baseTypes.get(other), base.file));
      }
    }
  }

  /** Returns the argument by which INT96 keeps what it has, or an empty string if there is none. */
  private String int96(String arguments) throws IOException {
    Set<String> columns = new LinkedHashSet<>();
    files.forEach(file -> columns.addAll(file.int96));
    if (columns.isEmpty()) {
      return "";
    }
    String nanos = ", int96_as = 'timestamp_ns'";
    List<String> cut = new ArrayList<>();
    for (String column : columns) {
      // What is out of the range of nanoseconds becomes infinite.
      cut.add(DuckDb.identifier(column) + "::VARCHAR LIKE '%infinity%'");
    }
    String far =
        "SELECT 'far' FROM read_parquet(%s%s) WHERE %s LIMIT 1"
            .formatted(arguments, nanos, String.join(" OR ", cut));
    if (engine.strings(far).isEmpty()) {
      return nanos;
    }
    notes.add(
        "INT96 is read in microseconds, for some dates are out of the range of nanoseconds: "
            + ColumnNames.list(List.copyOf(columns)));
    return "";
  }
}
