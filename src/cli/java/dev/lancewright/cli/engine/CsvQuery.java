package dev.lancewright.cli.engine;

import static java.util.stream.Collectors.joining;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The query that reads files of delimited text as they were found to be. DuckDB guesses nothing: it
 * is told all that {@link CsvScan} found.
 */
final class CsvQuery {
  private static final long DEFAULT_LINE_SIZE = 2_000_000;

  private final List<CsvFile> files;
  private final ReadOptions options;
  private final List<String> names;
  private final List<String> types = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private CsvQuery(List<CsvFile> files, ReadOptions options) throws IOException {
    this.files = files;
    this.options = options;
    names = commonNames();
    findTypes();
  }

  /** Looks at files and returns the query for the rows of all of them. */
  static InputQuery of(DuckDb engine, List<String> paths, FileKind kind, ReadOptions options)
      throws IOException {
    List<CsvFile> files = new ArrayList<>();
    for (String path : paths) {
      files.add(CsvScan.of(TextFile.of(engine, path, options.encoding()), kind, options));
    }
    CsvQuery query = new CsvQuery(files, options);
    String sql = query.sql();
    long rows = files.stream().mapToLong(CsvFile::records).sum();
    long all = rows + files.stream().mapToLong(CsvFile::faulty).sum();
    return new InputQuery(
        sql,
        paths,
        InputQuery.bytes(paths),
        rows,
        options.ignoreErrors() ? all : InputQuery.UNKNOWN_ROWS,
        query.note());
  }

  private List<String> commonNames() throws IOException {
    CsvFile base = files.getFirst();
    Set<String> all = new LinkedHashSet<>(base.names());
    for (CsvFile file : files) {
      if (!options.unionByName()) {
        ColumnNames.checkSame(base.text().name(), base.names(), file.text().name(), file.names());
      }
      all.addAll(file.names());
    }
    return files.size() == 1 ? base.names() : List.copyOf(all);
  }

  private void findTypes() throws IOException {
    for (String name : options.types().keySet()) {
      if (!names.contains(name)) {
        throw new IOException(
            "%s: --types: there is no column '%s'; there are %s"
                .formatted(
                    files.getFirst().text().name(),
                    ColumnNames.cut(name),
                    ColumnNames.list(names)));
      }
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String asked = options.types().get(name);
      types.add(asked == null ? commonType(name, i).as(expected(name)) : asked);
    }
  }

  private DataType expected(String name) {
    String renamed = options.renames().getOrDefault(name, name);
    return options.expected() == null
        ? null
        : options.expected().fields().stream()
            .filter(field -> field.name().equals(renamed))
            .map(Field::type)
            .findFirst()
            .orElse(null);
  }

  /** Finds a column in another list; a single file may have a name twice, until it is renamed. */
  private int columnOf(String name, int index, List<String> others) {
    return files.size() == 1 ? index : others.indexOf(name);
  }

  private CsvType commonType(String name, int index) {
    CsvType type = CsvType.EMPTY;
    for (CsvFile file : files) {
      int column = columnOf(name, index, file.names());
      CsvType here = column < 0 ? CsvType.EMPTY : file.types().get(column);
      CsvType both = CsvType.of(type, here);
      if (type != CsvType.EMPTY && here != CsvType.EMPTY && !type.sql.equals(here.sql)) {
        notes.add(
            "column '%s' is %s in %s, %s before, and is read as %s"
                .formatted(name, here.sql, file.text().name(), type.sql, both.sql));
      }
      type = both;
    }
    return type;
  }

  private String sql() throws IOException {
    List<String> outputs = ColumnNames.rename(where(), names, options.renames());
    boolean same = files.stream().allMatch(files.getFirst()::isLike);
    if (same) {
      return select(files, outputs);
    }
    List<String> parts = new ArrayList<>();
    for (CsvFile file : files) {
      parts.add(select(List.of(file), outputs));
    }
    return String.join(" UNION ALL ", parts);
  }

  private String where() {
    CsvFile file = files.getFirst();
    return file.header()
        ? file.text().name() + ": line " + (file.skipLines() + 1)
        : file.text().name();
  }

  /** Returns a query for files that are alike. */
  private String select(List<CsvFile> alike, List<String> outputs) {
    CsvFile file = alike.getFirst();
    List<String> distinct = ColumnNames.distinct(outputs);
    List<String> columns = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (int i = 0; i < file.names().size(); i++) {
      int column = columnOf(file.names().get(i), i, names);
      columns.add(DuckDb.literal(distinct.get(column)) + ": " + DuckDb.literal(types.get(column)));
      read.add(DuckDb.identifier(distinct.get(column)));
    }
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      boolean missing = columnOf(names.get(i), i, file.names()) < 0;
      selected.add(
          (missing ? "NULL::" + types.get(i) : DuckDb.identifier(distinct.get(i)))
              + " AS "
              + DuckDb.identifier(outputs.get(i)));
    }
    // What is left are the columns that folders named key=value add.
    return "SELECT %s, * EXCLUDE (%s) FROM read_csv(%s, columns = {%s}%s)"
        .formatted(
            String.join(", ", selected),
            String.join(", ", read),
            alike.stream()
                .map(each -> DuckDb.literal(InputQuery.escape(each.text().path())))
                .collect(joining(", ", "[", "]")),
            String.join(", ", columns),
            arguments(alike));
  }

  private String arguments(List<CsvFile> alike) {
    CsvFile file = alike.getFirst();
    StringBuilder text =
        new StringBuilder(
            ", auto_detect = false, delim = %s, quote = %s, escape = %s, header = %b, skip = %d"
                .formatted(
                    DuckDb.literal(file.delimiter()),
                    DuckDb.literal(file.quote()),
                    DuckDb.literal(file.quote()),
                    file.header(),
                    file.skipLines()));
    List<String> nulls = new ArrayList<>(options.nulls());
    boolean quotedNulls = nulls.contains("");
    if (!quotedNulls) {
      nulls.add("");
    }
    text.append(", nullstr = ")
        .append(nulls.stream().map(DuckDb::literal).collect(joining(", ", "[", "]")))
        .append(", allow_quoted_nulls = ")
        .append(quotedNulls);
    long longest = alike.stream().mapToLong(CsvFile::longest).max().orElse(0);
    if (longest >= DEFAULT_LINE_SIZE) {
      text.append(", max_line_size = %d, buffer_size = %d".formatted(longest + 2, 2 * longest + 4));
    }
    if (file.mixedLineEnds()) {
      text.append(", strict_mode = false");
    }
    if (options.padLines()) {
      // DuckDB refuses quoted line ends in padded lines when several threads read.
      text.append(", null_padding = true, parallel = false");
    }
    return text.append(options.ignoreErrors() ? ", ignore_errors = true" : "").toString();
  }

  private String note() {
    long empty = files.stream().mapToLong(CsvFile::emptyLines).sum();
    if (empty > 0) {
      notes.add("%d empty line%s no rows".formatted(empty, empty == 1 ? " is" : "s are"));
    }
    CsvFile file = files.getFirst();
    notes.addFirst(
        "%s; %s"
            .formatted(
                file.names().size() == 1
                    ? "each line is one field"
                    : "'%s' separates fields".formatted(CsvDelimiter.shown(file.delimiter())),
                file.header()
                    ? "line %d has the names".formatted(file.skipLines() + 1)
                    : "no line has names: columns are named column0, column1 and so on"));
    return String.join("; ", notes);
  }
}
