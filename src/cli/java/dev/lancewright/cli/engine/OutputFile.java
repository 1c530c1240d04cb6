package dev.lancewright.cli.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStream;
import dev.lancewright.column.Batch;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.schema.TimeUnit;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Files to which rows are exported: Parquet, which DuckDB writes, and text. */
public final class OutputFile {
  private static final int BUFFER = 1 << 16;

  private OutputFile() {}

  /** The forms of files, as users name them. */
  public enum Format {
    PARQUET,
    CSV,
    TSV,
    JSON;

    /** Returns the form that the extension of a file says. */
    public static Format of(String name) {
      return switch (FileKind.of("output", name)) {
        case PARQUET -> PARQUET;
        case CSV -> CSV;
        case TSV -> TSV;
        case JSON -> JSON;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Writes all rows of a table as Parquet.
   *
   * @param table the name of the table, in lower-case letters
   * @param path the path to write to, regardless of its name
   * @return the number of rows
   * @throws IOException if DuckDB fails; the message is DuckDB's
   */
  public static long write(DuckDb engine, String table, Path path) throws IOException {
    String sql =
        "COPY (SELECT * FROM %s) TO %s (FORMAT parquet, USE_TMP_FILE false)"
            .formatted(table, DuckDb.literal(path.toString()));
    try (QueryBatches result = QueryBatches.start(engine, sql)) {
      long rows = 0;
      for (Batch batch = result.next(); batch != null; batch = result.next()) {
        rows += ((FixedWidthColumn) batch.columns().getFirst()).values().get(LittleEndian.LONG, 0);
      }
      return rows;
    }
  }

  /**
   * Opens a file of text.
   *
   * @param name the name whose extension says how it is compressed: {@code .gz}, {@code .zst}
   * @param path the path to write to
   */
  public static Writer open(String name, Path path) throws IOException {
    OutputStream out = Files.newOutputStream(path);
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".gz")) {
      out = new GZIPOutputStream(out, BUFFER);
    } else if (lower.endsWith(".zst")) {
      out = new ZstdOutputStream(out);
    }
    return new BufferedWriter(new OutputStreamWriter(out, UTF_8), BUFFER);
  }

  /**
   * Checks that Parquet holds the names and values of all fields.
   *
   * @throws IllegalArgumentException if DuckDB has no type for a field, would silently drop part of
   *     its values, or rename it; the message names the path of the first such field
   */
  public static void checkParquet(Schema schema) {
    checkNames("columns", schema.fields());
    schema.fields().forEach(field -> checkType(field.name(), field.type()));
  }

  private static void checkNames(String what, List<Field> fields) {
    List<String> names = fields.stream().map(Field::name).toList();
    if (!ColumnNames.distinct(names).equals(names)) {
      throw new IllegalArgumentException(
          "names of %s differ in case alone, of which DuckDB would rename one in Parquet: %s; export to CSV or JSON, or leave one out with --columns"
              .formatted(what, ColumnNames.list(ColumnNames.similar(names))));
    }
  }

  private static void checkType(String path, DataType type) {
    String lost = lost(type);
    if (lost != null) {
      throw new IllegalArgumentException(
          "column '%s' is of type %s, %s leave it out with --columns".formatted(path, type, lost));
    }
    switch (type) {
      case DataType.ListOf list -> checkChild(path, list.item());
      case DataType.MapOf map -> checkChild(path, map.entries());
      case DataType.FixedSizeList list -> checkChild(path, list.item());
      case DataType.Struct struct -> {
        checkNames("children of '" + path + "'", struct.children());
        struct.children().forEach(child -> checkChild(path, child));
      }
      case DataType.Dictionary dictionary -> checkType(path, dictionary.value());
      default -> {}
    }
  }

  private static void checkChild(String path, Field child) {
    checkType(path + "." + child.name(), child.type());
  }

  /**
   * Returns what a type itself would lose, and what else to do about it, or null if nothing is
   * lost.
   */
  private static String lost(DataType type) {
    return switch (type) {
      case DataType.FloatingPoint number when number.bitWidth() == 16 ->
          "which DuckDB does not have; export to CSV or JSON, or";
      case DataType.Decimal number when number.bitWidth() == 256 ->
          "which DuckDB does not have; export to CSV or JSON, or";
      case DataType.Duration length when length.unit() == TimeUnit.NANOSECOND ->
          "of which Parquet would drop the nanoseconds; export to CSV or JSON, or";
      case DataType.Duration length when length.unit() == TimeUnit.MICROSECOND ->
          "of which Parquet would drop the microseconds; export to CSV or JSON, or";
      default -> null;
    };
  }
}
