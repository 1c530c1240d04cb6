package dev.lancewright.cli;

import dev.lancewright.Kernels;
import dev.lancewright.cli.text.Text;
import dev.lancewright.format.NewerFormatException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit codes: 0 for success, 1 for a failure with one line on standard error, 2
 * for wrong usage.
 */
@Command(
    name = Main.NAME,
    description = "Writes, shows, verifies and exports Lance files.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      WriteCommand.class,
      InspectCommand.class,
      HeadCommand.class,
      VerifyCommand.class,
      ExportCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
public final class Main implements Runnable {
  static final String NAME = "lancewright";

  /** The environment variable that has the effect of {@code --stacktrace} if set to any value. */
  static final String STACKTRACE_VARIABLE = "LANCEWRIGHT_STACKTRACE";

  private static final int LONGEST_MESSAGE = 600;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description =
          "Print the stack trace of a failure; setting " + STACKTRACE_VARIABLE + " does the same.")
  private boolean stacktrace;

  @Spec private CommandSpec spec;

  private Main() {}

  /** Runs the command and exits the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(writer(System.out), writer(System.err), args));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  /** Runs the command; returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    CommandLine commandLine =
        new CommandLine(main)
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(Main::reportUsage)
            .setExecutionExceptionHandler((e, command, result) -> main.reportFailure(e, err));
    try {
      int exitCode = commandLine.execute(args);
      if (exitCode == 0) {
        checkOutput(out);
      }
      return exitCode;
    } catch (IOException | Error e) {
      return main.reportFailure(e, err);
    }
  }

  /**
   * Flushes, and reports errors that a writer swallows: a full disk, or a pipe that nobody reads.
   *
   * @throws IOException if any output is lost
   */
  static void checkOutput(PrintWriter out) throws IOException {
    if (out.checkError()) {
      throw new IOException("cannot write to standard output: what was printed is not complete");
    }
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: write, inspect, head, verify or export");
  }

  private static int reportUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '" + name + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private int reportFailure(Throwable e, PrintWriter err) {
    err.println(NAME + ": " + oneLine(e));
    if (stacktrace || System.getenv(STACKTRACE_VARIABLE) != null) {
      e.printStackTrace(err);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String oneLine(Throwable e) {
    String text =
        switch (e) {
          case FileAlreadyExistsException f ->
              f.getFile() + ": exists already; pass --overwrite to replace it";
          case NoSuchFileException f when f.getReason() == null -> f.getFile() + ": no such file";
          case AccessDeniedException f when f.getReason() == null ->
              f.getFile() + ": permission denied";
          case NewerFormatException f ->
              f.getMessage() + " (pass --format-version " + f.needed() + ")";
          case IOException _, IllegalArgumentException _, IllegalStateException _
              when e.getMessage() != null ->
              e.getMessage();
          default -> e.toString();
        };
    // The text may contain names and values from a file.
    String line = Text.printable(text.strip().replaceAll("\\s*\\R\\s*|\t", " "));
    return line.length() <= LONGEST_MESSAGE
        ? line
        : line.substring(0, LONGEST_MESSAGE / 2)
            + " ... "
            + line.substring(line.length() - LONGEST_MESSAGE / 3);
  }

  /** Provides the version from the jar's manifest, and describes the environment. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        NAME + " " + (version == null ? "(not packaged)" : version),
        "Java " + Runtime.version(),
        "kernels: " + Kernels.description()
      };
    }
  }
}
