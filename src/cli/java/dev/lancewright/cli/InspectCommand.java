package dev.lancewright.cli;

import dev.lancewright.LanceFileMetadata;
import dev.lancewright.cli.text.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lancewright inspect}: shows the metadata of a Lance file. */
@Command(
    name = "inspect",
    description = "Shows version, schema, columns and pages of a Lance file; reads no values.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A Lance file.")
  private Path file;

  @Option(names = "--pages", description = "Show each page.")
  private boolean pages;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    InspectReport report = InspectReport.of(file.toString(), LanceFileMetadata.open(file), pages);
    if (json) {
      out.println(Json.of(report));
    } else {
      report.print(out);
    }
    return 0;
  }
}
