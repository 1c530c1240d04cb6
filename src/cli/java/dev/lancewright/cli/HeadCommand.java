package dev.lancewright.cli;

import dev.lancewright.LanceReader;
import dev.lancewright.RowRange;
import dev.lancewright.Scan;
import dev.lancewright.Taker;
import dev.lancewright.cli.text.CsvRows;
import dev.lancewright.cli.text.JsonRows;
import dev.lancewright.cli.text.RowPrinter;
import dev.lancewright.cli.text.TableRows;
import dev.lancewright.column.Batch;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lancewright head}: prints rows of a Lance file. */
@Command(
    name = "head",
    description = "Prints rows of a Lance file.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class HeadCommand implements Callable<Integer> {
  /** The width of the terminal in columns, set by the wrapper script if standard output is one. */
  static final String WIDTH_PROPERTY = "lancewright.width";

  private static final int DEFAULT_ROWS = 10;
  private static final int BATCH_ROWS = 1024;

  @Parameters(paramLabel = "FILE", description = "A Lance file.")
  private Path file;

  @Option(
      names = "-n",
      paramLabel = "N",
      description =
          "Print at most N rows. Default: " + DEFAULT_ROWS + ", or all that --where names.")
  private Long most;

  @Option(
      names = "--columns",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "Print only these columns, in this order, such as 'id,address.city'; a struct has only"
              + " the children that are named.")
  private List<String> columns;

  @Option(
      names = "--where",
      paramLabel = "ROWS",
      split = ",",
      converter = RowNumbers.class,
      description =
          "Print only these rows, in this order, such as '100-199,500'. Rows are counted from 0,"
              + " and a range includes both ends.")
  private List<RowRange> ranges;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = {
        "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
        "A table is cut to the width of the terminal. JSON has one object per line; integers beyond"
            + " 2^53, decimals of more than 15 digits, NaN and infinities are strings. Binary"
            + " values are hexadecimal. In CSV a null is an empty field: in a file of one column an"
            + " empty line, which some readers skip."
      })
  private Format format;

  @Spec private CommandSpec spec;

  private enum Format {
    TABLE,
    CSV,
    JSON;

    RowPrinter printer(Schema schema, PrintWriter out) {
      return switch (this) {
        case TABLE -> new TableRows(schema, out, Integer.getInteger(WIDTH_PROPERTY, 0));
        case CSV -> new CsvRows(schema, out, ',');
        case JSON -> new JsonRows(out);
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (most != null && most < 0) {
      throw new ParameterException(
          spec.commandLine(), "-n is a number of rows, not " + most + "; the minimum is 0");
    }
    try (LanceReader reader = LanceReader.open(file)) {
      print(reader, wanted(reader.rows()));
    }
    return 0;
  }

  /** Returns the rows to print, all of which are in the file. */
  private List<RowRange> wanted(long rowCount) {
    if (ranges == null) {
      long count = Math.min(rowCount, most == null ? DEFAULT_ROWS : most);
      return List.of(new RowRange(0, count));
    }
    List<RowRange> wanted = new ArrayList<>();
    long left = most == null ? Long.MAX_VALUE : most;
    for (RowRange range : ranges) {
      if (range.end() > rowCount) {
        throw new IllegalArgumentException(
            "%s: --where names row %d, but there are %s"
                .formatted(
                    file,
                    range.end() - 1,
                    rowCount == 0 ? "no rows" : "the rows 0 to " + (rowCount - 1)));
      }
      RowRange part = new RowRange(range.from(), Math.min(left, range.count()));
      wanted.add(part);
      left -= part.count();
    }
    return wanted;
  }

  private void print(LanceReader reader, List<RowRange> wanted) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Taker taker = taker(reader)) {
      RowPrinter printer = format.printer(taker.schema(), out);
      List<Long> singles = new ArrayList<>();
      for (RowRange range : wanted) {
        if (range.count() == 1) {
          singles.add(range.from());
        }
        if (range.count() != 1 || singles.size() == BATCH_ROWS) {
          take(taker, singles, printer);
          Main.checkOutput(out);
        }
        if (range.count() > 1) {
          scan(reader, range, printer);
        }
      }
      take(taker, singles, printer);
      printer.finish();
    }
  }

  private Taker taker(LanceReader reader) throws IOException {
    Taker.Builder all = reader.taker();
    return (columns == null ? all : all.columns(columns)).open();
  }

  private Scan.Builder scan(LanceReader reader) {
    Scan.Builder all = reader.scan();
    return columns == null ? all : all.columns(columns);
  }

  private static void take(Taker taker, List<Long> rows, RowPrinter printer) throws IOException {
    if (!rows.isEmpty()) {
      printer.print(taker.take(rows.stream().mapToLong(Long::longValue).toArray()));
      rows.clear();
    }
  }

  private void scan(LanceReader reader, RowRange range, RowPrinter printer) throws IOException {
    int batchRows = (int) Math.min(range.count(), BATCH_ROWS);
    try (Scan scan = scan(reader).rows(range).batchRows(batchRows).open()) {
      for (Batch batch = scan.next(); batch != null; batch = scan.next()) {
        printer.print(batch);
        Main.checkOutput(spec.commandLine().getOut());
      }
    }
  }
}
