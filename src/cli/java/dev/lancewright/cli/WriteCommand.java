package dev.lancewright.cli;

import static java.util.stream.Collectors.joining;

import dev.lancewright.LanceWriter;
import dev.lancewright.WriteSummary;
import dev.lancewright.arrow.ImportSchema;
import dev.lancewright.arrow.ImportedBatch;
import dev.lancewright.cli.engine.DuckDb;
import dev.lancewright.cli.engine.InputQuery;
import dev.lancewright.cli.engine.QueryResult;
import dev.lancewright.cli.text.Json;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.io.Durability;
import dev.lancewright.io.FileChannelSink;
import dev.lancewright.io.MappedFileSink;
import dev.lancewright.io.Sink;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code lancewright write}: converts files or the result of a query to one Lance file. */
@Command(
    name = "write",
    description = "Writes a Lance file from Parquet, CSV, JSON or the result of a query.",
    customSynopsis = {
      "lancewright write [OPTIONS] INPUT... OUTPUT",
      "lancewright write [OPTIONS] --sql=QUERY OUTPUT"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class WriteCommand implements Callable<Integer> {
  /** Set by the wrapper script to "true" if standard error is a terminal. */
  static final String TERMINAL_PROPERTY = "lancewright.terminal";

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = {
        "Inputs, then the output. Inputs end in .parquet, .csv, .tsv, .json or .ndjson;"
            + " quoted patterns such as 'part-*.parquet' are accepted, too, and - for standard"
            + " input, with --input-format."
      })
  private List<String> files;

  @Option(names = "--sql", paramLabel = "QUERY", description = "Write the result of this query.")
  private String sql;

  @Mixin private InputOptions input;

  @Option(names = "--overwrite", description = "Replace an existing output.")
  private boolean overwrite;

  @Option(
      names = "--format-version",
      paramLabel = "VERSION",
      defaultValue = "2.2",
      converter = VersionName.class,
      description =
          "Version of the Lance format: 2.2, or 2.1 for readers of before 2026, which has no maps;"
              + " stable stands for 2.1. Default: ${DEFAULT-VALUE}.")
  private FormatVersion formatVersion;

  @Mixin private CompressionOptions compression;

  @Option(
      names = "--metadata",
      paramLabel = "KEY=VALUE",
      description = "Add to the schema's metadata; may be repeated.")
  private final Map<String, String> metadata = new LinkedHashMap<>();

  @Option(
      names = "--data-cache-bytes",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description = "Memory for rows that are buffered for their page, such as 64MiB or 512K.")
  private Long dataCacheBytes;

  @Option(
      names = "--sink",
      defaultValue = "channel",
      description =
          "How bytes reach the file: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private SinkKind sink;

  @Option(
      names = "--durability",
      defaultValue = "none",
      description =
          "What is guaranteed to be on disk at the end: ${COMPLETION-CANDIDATES}."
              + " Default: ${DEFAULT-VALUE}.")
  private DurabilityName durability;

  @Option(
      names = "--verify",
      description = {
        "Read the finished file back, check all of it, read the inputs a second time, and compare"
            + " both value by value.",
        "If something differs, the command fails, and the file is kept: the inputs or the result of"
            + " the query may have changed in the meantime."
      })
  private boolean verify;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Option(names = "--quiet", description = "Print nothing unless it fails.")
  private boolean quiet;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path output = output();
    checkInputs();
    return Interruption.run(interruption -> print(write(output, interruption)));
  }

  private Path output() {
    String name = files.getLast();
    if (InputQuery.isInputName(name)) {
      throw new ParameterException(
          spec.commandLine(),
          "The last argument is the output, but '%s' looks like an input: add the output's name"
              .formatted(name));
    }
    InputQuery.checkLocal("output", name);
    if (name.equals("-")) {
      throw new ParameterException(
          spec.commandLine(),
          "A Lance file cannot go to standard output, for it appears as a whole: name a file");
    }
    return Path.of(name);
  }

  private List<String> inputs() {
    return files.subList(0, files.size() - 1);
  }

  private void checkInputs() {
    if (sql == null && inputs().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "'%s' is the output; give inputs before it, or a query with --sql"
              .formatted(files.getLast()));
    }
    if (sql != null && input.isSet()) {
      throw new ParameterException(
          spec.commandLine(),
          "Options for reading inputs have no effect on a query; say so in the query of --sql, as"
              + " in read_csv('a.csv', delim = ';')");
    }
    if (sql != null && !inputs().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "With --sql there is one argument, the output; let the query read '%s'"
              .formatted(inputs().getFirst()));
    }
  }

  private WriteReport write(Path output, Interruption interruption) throws IOException {
    long start = System.nanoTime();
    Sink target = sink.create(output, durability.value, overwrite);
    try (DuckDb engine = DuckDb.open()) {
      interruption.onRequest(engine::interrupt);
      InputQuery query =
          sql == null ? input.query(engine, inputs()) : InputQuery.ofSql(engine, sql);
      WriteReport report = write(output, target, engine, query, interruption, start);
      return verify ? report.with(verify(output, engine, query, interruption)) : report;
    } finally {
      target.discard();
    }
  }

  private WriteReport write(
      Path output,
      Sink target,
      DuckDb engine,
      InputQuery query,
      Interruption interruption,
      long start)
      throws IOException {
    int processors = Runtime.getRuntime().availableProcessors();
    try (ExecutorService encoders = Executors.newFixedThreadPool(processors);
        QueryResult rows = engine.query(query.sql());
        LanceWriter writer = writer(rows, target, encoders)) {
      ImportSchema schema = ImportSchema.read(rows.schemaAddress());
      metadata.forEach(writer::addSchemaMetadata);
      String leftOut = query.checkRows(copy(rows, schema, query.rows(), writer, interruption));
      WriteSummary summary = writer.finish();
      double seconds = (System.nanoTime() - start) / 1e9;
      String note =
          Stream.concat(Stream.of(query.note(), leftOut), rows.conversions().stream())
              .filter(Objects::nonNull)
              .collect(joining("; "));
      return new WriteReport(output.toString(), summary, seconds, note.isEmpty() ? null : note);
    }
  }

  private static VerifyReport verify(
      Path file, DuckDb engine, InputQuery query, Interruption interruption) throws IOException {
    try {
      return Verification.of(file, engine, query, interruption);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; the file was written and is kept", e);
    }
  }

  private LanceWriter writer(QueryResult rows, Sink target, Executor encoders) throws IOException {
    LanceWriter.Builder builder =
        LanceWriter.builder(rows.schema()).formatVersion(formatVersion).executor(encoders);
    compression.configure(builder, rows.schema());
    if (dataCacheBytes != null) {
      builder.dataCacheBytes(dataCacheBytes);
    }
    return builder.create(target);
  }

  /**
   * Copies all rows.
   *
   * @param expected the total number of rows, or -1 if it is unknown
   * @return the number of rows
   */
  private long copy(
      QueryResult rows,
      ImportSchema schema,
      long expected,
      LanceWriter writer,
      Interruption interruption)
      throws IOException {
    try (Progress progress = new Progress(terminal(), System::nanoTime);
        Arena arena = Arena.ofConfined()) {
      MemorySegment array =
          arena.allocate(ImportedBatch.STRUCT_BYTES, ValueLayout.ADDRESS.byteAlignment());
      long taken = 0;
      while (rows.next(array.address())) {
        taken += writer.writeArrow(array.address(), schema);
        progress.update(
            taken,
            writer.position() + writer.bufferedBytes(),
            expected > 0 ? (double) taken / expected : rows.progress());
        interruption.check();
      }
      interruption.check();
      return taken;
    }
  }

  private PrintWriter terminal() {
    boolean draw = Boolean.getBoolean(TERMINAL_PROPERTY) && !quiet && !json;
    return draw ? spec.commandLine().getErr() : null;
  }

  private void print(WriteReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.of(report));
    } else if (!quiet) {
      report.print(out);
    }
  }

  private enum SinkKind {
    CHANNEL,
    MAPPED;

    Sink create(Path target, Durability durability, boolean overwrite) throws IOException {
      return switch (this) {
        case CHANNEL -> FileChannelSink.create(target, durability, overwrite);
        case MAPPED -> MappedFileSink.create(target, durability, overwrite);
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private enum DurabilityName {
    NONE(Durability.NONE),
    DATA(Durability.DATA),
    DIRECTORY(Durability.DATA_AND_DIRECTORY);

    private final Durability value;

    DurabilityName(Durability value) {
      this.value = value;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final class VersionName implements ITypeConverter<FormatVersion> {
    @Override
    public FormatVersion convert(String text) {
      FormatVersion version;
      try {
        version = FormatVersion.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
      if (!LanceWriter.FORMAT_VERSIONS.contains(version)) {
        throw new TypeConversionException(
            "'%s': format version %s cannot be written; 2.1 and 2.2 can".formatted(text, version));
      }
      return version;
    }
  }
}
