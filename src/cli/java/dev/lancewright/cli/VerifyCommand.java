package dev.lancewright.cli;

import dev.lancewright.LanceReader;
import dev.lancewright.cli.engine.DuckDb;
import dev.lancewright.cli.engine.InputQuery;
import dev.lancewright.cli.text.Json;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lancewright verify}: reads a whole file and reports whether anything is wrong with it. */
@Command(
    name = "verify",
    description = {
      "Reads all of a Lance file and checks it: buffers, counts, levels, text and nulls. With an"
          + " input, also compares both value by value.",
      "Exits with 1 and names the first fault or difference if there is one."
    },
    customSynopsis = {
      "lancewright verify [OPTIONS] FILE",
      "lancewright verify [OPTIONS] FILE --against INPUT...",
      "lancewright verify [OPTIONS] FILE --sql=QUERY"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A Lance file.")
  private Path file;

  @Option(
      names = "--against",
      arity = "1..*",
      paramLabel = "INPUT",
      description = {
        "Compare with these inputs, read as by write: columns by name and type, rows in order."
            + " Whether columns are declared nullable does not matter.",
        "Floats are compared by their bits: -0.0 is not 0.0, and a NaN only equals the same NaN."
      })
  private List<String> inputs;

  @Option(
      names = "--sql",
      paramLabel = "QUERY",
      description = "Compare with the result of this query, which must return its rows in order.")
  private String sql;

  @Mixin private InputOptions input;

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (sql != null && inputs != null) {
      throw new ParameterException(
          spec.commandLine(), "Either --against or --sql names the input, not both");
    }
    if (inputs == null && input.isSet()) {
      throw new ParameterException(
          spec.commandLine(), "Options for reading inputs need inputs, which --against names");
    }
    return Interruption.run(interruption -> print(verify(interruption)));
  }

  private void print(VerifyReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.of(report));
    } else {
      report.print(out);
    }
  }

  private VerifyReport verify(Interruption interruption) throws IOException {
    return sql == null && inputs == null
        ? Verification.of(file, interruption)
        : compare(interruption);
  }

  private VerifyReport compare(Interruption interruption) throws IOException {
    try (DuckDb engine = DuckDb.open()) {
      interruption.onRequest(engine::interrupt);
      InputQuery query =
          sql == null ? input.query(engine, inputs, schema()) : InputQuery.ofSql(engine, sql);
      return Verification.of(file, engine, query, interruption);
    }
  }

  private Schema schema() throws IOException {
    try (LanceReader reader = LanceReader.open(file)) {
      return reader.schema();
    }
  }
}
