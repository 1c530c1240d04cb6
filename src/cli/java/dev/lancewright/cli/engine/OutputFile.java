package dev.lancewright.cli.engine;

import dev.lancewright.column.Batch;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.schema.TimeUnit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A file that DuckDB writes, of the kind given by its name. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Writes all rows of a table.
   *
   * @param table the name of the table, in lower-case letters
   * @param name the name whose extension determines the kind of file: {@code .parquet}, {@code
   *     .csv}, {@code .tsv}, or {@code .json}, {@code .ndjson} and {@code .jsonl} with one object a
   *     line; all but the first also followed by {@code .gz} or {@code .zst}
   * @param path the path to write to, regardless of its name
   * @return the number of rows
   * @throws IllegalArgumentException if the extension is not known
   * @throws IOException if DuckDB fails; the message is DuckDB's
   */
  public static long write(DuckDb engine, String table, String name, Path path) throws IOException {
    String sql =
        "COPY (SELECT * FROM %s) TO %s (%s, USE_TMP_FILE false)"
            .formatted(table, DuckDb.literal(path.toString()), options(name));
    try (QueryBatches result = QueryBatches.start(engine, sql)) {
      long rows = 0;
      for (Batch batch = result.next(); batch != null; batch = result.next()) {
        rows += ((FixedWidthColumn) batch.columns().getFirst()).values().get(LittleEndian.LONG, 0);
      }
      return rows;
    }
  }

  /** Checks that {@link #write} knows the extension. */
  public static void checkName(String name) {
    options(name);
  }

  /**
   * Checks that the values of all fields are exported without loss.
   *
   * @param name the name of the output, as for {@link #write}
   * @throws IllegalArgumentException if DuckDB has no type for a field, or would silently drop part
   *     of its values; the message names the path of the first such field
   */
  public static void checkTypes(Schema schema, String name) {
    FileKind kind = FileKind.of("output", name);
    schema.fields().forEach(field -> checkType(field.name(), field.type(), kind));
  }

  private static void checkType(String path, DataType type, FileKind kind) {
    String lost = lost(type, kind);
    if (lost != null) {
      throw new IllegalArgumentException(
          "column '%s' is of type %s, %s leave it out with --columns".formatted(path, type, lost));
    }
    switch (type) {
      case DataType.ListOf list -> checkChild(path, list.item(), kind);
      case DataType.MapOf map -> checkChild(path, map.entries(), kind);
      case DataType.FixedSizeList list -> checkChild(path, list.item(), kind);
      case DataType.Struct struct ->
          struct.children().forEach(child -> checkChild(path, child, kind));
      case DataType.Dictionary dictionary -> checkType(path, dictionary.value(), kind);
      default -> {}
    }
  }

  private static void checkChild(String path, Field child, FileKind kind) {
    checkType(path + "." + child.name(), child.type(), kind);
  }

  /**
   * Returns what a type itself would lose, and what else to do about it, or null if nothing is
   * lost.
   */
  private static String lost(DataType type, FileKind kind) {
    return switch (type) {
      case DataType.FloatingPoint number when number.bitWidth() == 16 ->
          "which DuckDB does not have;";
      case DataType.Decimal number when number.bitWidth() == 256 -> "which DuckDB does not have;";
      case DataType.Duration length when length.unit() == TimeUnit.NANOSECOND ->
          "of which DuckDB would drop the nanoseconds;";
      case DataType.Duration length
          when length.unit() == TimeUnit.MICROSECOND && kind == FileKind.PARQUET ->
          "of which Parquet would drop the microseconds; export to CSV or JSON, or";
      default -> null;
    };
  }

  private static String options(String name) {
    String format =
        switch (FileKind.of("output", name)) {
          case PARQUET -> "FORMAT parquet";
          case CSV -> "FORMAT csv, HEADER true";
          case TSV -> "FORMAT csv, HEADER true, DELIMITER '\t'";
          case JSON -> "FORMAT json";
        };
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".gz")) {
      return format + ", COMPRESSION gzip";
    }
    return lower.endsWith(".zst") ? format + ", COMPRESSION zstd" : format;
  }
}
