package dev.lancewright.cli;

import dev.lancewright.LanceReader;
import dev.lancewright.Scan;
import dev.lancewright.arrow.ImportedStream;
import dev.lancewright.cli.engine.DuckDb;
import dev.lancewright.cli.engine.InputQuery;
import dev.lancewright.cli.engine.OutputFile;
import dev.lancewright.cli.text.CsvRows;
import dev.lancewright.cli.text.Json;
import dev.lancewright.cli.text.JsonRows;
import dev.lancewright.cli.text.RowPrinter;
import dev.lancewright.column.Batch;
import dev.lancewright.io.Durability;
import dev.lancewright.io.PendingFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lancewright export}: converts a Lance file to Parquet, CSV or JSON. */
@Command(
    name = "export",
    description = "Writes the rows of a Lance file to Parquet, CSV or JSON.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  private static final String VIEW = "lance";
  private static final String STANDARD_OUTPUT = "-";

  @Parameters(index = "0", paramLabel = "FILE", description = "A Lance file.")
  private Path file;

  @Parameters(
      index = "1",
      paramLabel = "OUTPUT",
      description =
          "A file that ends in .parquet, .csv, .tsv, .json, .ndjson or .jsonl, all but the first"
              + " optionally followed by .gz or .zst. JSON has one object per line. Text goes to"
              + " standard output with - and --format.")
  private String target;

  private Path output;

  @Option(
      names = "--columns",
      paramLabel = "COLUMN",
      split = ",",
      description =
          "Write only these columns, in this order, such as 'id,address.city'; a struct has only"
              + " the children that are named.")
  private List<String> columns;

  @Option(
      names = "--format",
      description = {
        "${COMPLETION-CANDIDATES}. Default: what the extension of OUTPUT says.",
        "Text is that of head: integers beyond 2^53, decimals of more than 15 digits, NaN and"
            + " infinities are strings in JSON; binary values are hexadecimal. In CSV a null is an"
            + " empty field, an empty string is \"\", and nested values are JSON."
      })
  private OutputFile.Format format;

  @Option(names = "--overwrite", description = "Replace an existing output.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Option(names = "--quiet", description = "Print nothing unless it fails.")
  private boolean quiet;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    InputQuery.checkLocal("output", target);
    output = Path.of(target);
    if (format == null && target.equals(STANDARD_OUTPUT)) {
      throw new ParameterException(
          spec.commandLine(), "Standard output has no extension: pass --format csv, tsv or json");
    }
    if (format == OutputFile.Format.PARQUET && target.equals(STANDARD_OUTPUT)) {
      throw new ParameterException(
          spec.commandLine(), "Parquet cannot go to standard output: name a file");
    }
    if (format == null) {
      format = OutputFile.Format.of(target);
    }
    if (target.equals(STANDARD_OUTPUT)) {
      return Interruption.run(this::printAll);
    }
    return Interruption.run(interruption -> print(export(interruption)));
  }

  /** Prints all rows, and no report, to standard output. */
  private void printAll(Interruption interruption) throws IOException {
    try (LanceReader reader = LanceReader.open(file)) {
      Scan.Builder rows = reader.scan().batchRows(BatchRows.of(file, reader));
      if (columns != null) {
        rows.columns(columns);
      }
      print(rows, spec.commandLine().getOut(), interruption);
    }
  }

  private ExportReport export(Interruption interruption) throws IOException {
    long start = System.nanoTime();
    try (LanceReader reader = LanceReader.open(file)) {
      PendingFile pending = PendingFile.create(output, Durability.NONE, overwrite);
      try {
        long rows = copy(reader, pending.temporary(), interruption);
        interruption.check();
        pending.publish();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new ExportReport(output.toString(), rows, Files.size(output), seconds);
      } finally {
        pending.discard();
      }
    }
  }

  private long copy(LanceReader reader, Path target, Interruption interruption) throws IOException {
    Scan.Builder rows = reader.scan().batchRows(BatchRows.of(file, reader));
    if (columns != null) {
      rows.columns(columns);
    }
    if (format == OutputFile.Format.PARQUET) {
      return copyToParquet(rows, target, interruption);
    }
    PrintWriter out = new PrintWriter(OutputFile.open(output.toString(), target));
    try (out) {
      long count = print(rows, out, interruption);
      out.close();
      checkWritten(out);
      return count;
    }
  }

  /** Reports errors that a writer swallows. */
  private void checkWritten(PrintWriter out) throws IOException {
    if (target.equals(STANDARD_OUTPUT)) {
      Main.checkOutput(out);
    }
    if (out.checkError()) {
      throw new IOException(output + ": it cannot be written; is the disk full?");
    }
  }

  /** Prints rows as {@code head} does. */
  private long print(Scan.Builder rows, PrintWriter out, Interruption interruption)
      throws IOException {
    try (Scan scan = rows.open()) {
      RowPrinter printer =
          switch (format) {
            case JSON -> new JsonRows(out);
            case TSV -> new CsvRows(scan.schema(), out, '\t');
            default -> new CsvRows(scan.schema(), out, ',');
          };
      long count = 0;
      for (Batch batch = scan.next(); batch != null; batch = scan.next()) {
        printer.print(batch);
        count += batch.rows();
        checkWritten(out);
        interruption.check();
      }
      printer.finish();
      return count;
    }
  }

  private static long copyToParquet(Scan.Builder rows, Path target, Interruption interruption)
      throws IOException {
    try (Scan scan = rows.open()) {
      OutputFile.checkParquet(scan.schema());
    }
    try (Arena arena = Arena.ofShared();
        DuckDb engine = DuckDb.open()) {
      interruption.onRequest(engine::interrupt);
      long stream =
          arena
              .allocate(ImportedStream.STRUCT_BYTES, ValueLayout.ADDRESS.byteAlignment())
              .address();
      rows.exportTo(stream);
      try {
        engine.addView(VIEW, stream);
        return OutputFile.write(engine, VIEW, target);
      } finally {
        ImportedStream.release(stream);
      }
    }
  }

  private void print(ExportReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.of(report));
    } else if (!quiet) {
      report.print(out);
    }
  }
}
