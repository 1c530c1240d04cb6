package dev.lancewright.cli;

import dev.lancewright.Kernels;
import dev.lancewright.cli.text.Text;
import dev.lancewright.format.NewerFormatException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.function.BooleanSupplier;
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
 * for wrong usage, 130 for an interruption, 141, and no line, if nobody reads the output to its
 * end.
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
    versionProvider = Main.Version.class,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      " 0:success",
      " 1:a failure, or a difference that verify found",
      " 2:wrong usage",
      " 130:an interruption",
      " 141:standard output was closed by its reader"
    })
public final class Main implements Runnable {
  static final String NAME = "lancewright";

  /** The environment variable that has the effect of {@code --stacktrace} if set to any value. */
  static final String STACKTRACE_VARIABLE = "LANCEWRIGHT_STACKTRACE";

  private static final int LONGEST_MESSAGE = 600;

  /** What shells say of a program that SIGPIPE ended. */
  private static final int CLOSED_BY_READER = 128 + 13;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description =
          "Print the stack trace of a failure; setting " + STACKTRACE_VARIABLE + " does the same.")
  private boolean stacktrace;

  @Spec private CommandSpec spec;

  private final BooleanSupplier isClosedByReader;

  private Main(BooleanSupplier isClosedByReader) {
    this.isClosedByReader = isClosedByReader;
  }

  /** Runs the command and exits the process with its exit code. */
  public static void main(String[] args) {
    Output output = new Output();
    PrintWriter out = new PrintWriter(output, true, System.out.charset());
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    System.exit(run(out, err, () -> output.isClosedByReader, args));
  }

  /** Standard output, which remembers that its reader wants no more, as {@code head} does. */
  private static final class Output extends FilterOutputStream {
    private boolean isClosedByReader;

    Output() {
      super(new FileOutputStream(FileDescriptor.out));
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        isClosedByReader = String.valueOf(e.getMessage()).contains("Broken pipe");
        throw e;
      }
    }
  }

  /** Runs the command; returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(out, err, () -> false, args);
  }

  private static int run(
      PrintWriter out, PrintWriter err, BooleanSupplier isClosedByReader, String... args) {
    Main main = new Main(isClosedByReader);
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
    if (isClosedByReader.getAsBoolean()) {
      return CLOSED_BY_READER;
    }
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
