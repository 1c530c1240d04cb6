package dev.lancewright.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Compares writers as a process meets them: its first file, the next ones, and those when
 * everything is warm. Each writer has a process of its own for each set.
 */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false)
public final class Bench implements Callable<Integer> {
  private static final Path DIRECTORY = Path.of("target", "bench");

  @Option(names = "--sets", split = ",", description = "Data sets; all if not given.")
  private List<String> sets = DataSets.names();

  @Option(
      names = "--writers",
      split = ",",
      description = "Who writes files: ${COMPLETION-CANDIDATES}; all if not given.")
  private Set<BenchWriter> writers = EnumSet.allOf(BenchWriter.class);

  @Option(names = "--scale", description = "Share of the rows of each set; 1 if not given.")
  private double scale = 1;

  @Option(names = "--runs", description = "Files of each process; 14 if not given.")
  private int runs = 14;

  @Option(
      names = "--batch",
      description = "Rows of a batch at most; 65,536 if not given, and 64 of blobs.")
  private int batch = Integer.MAX_VALUE;

  @Option(
      names = "--rate",
      description =
          "Share of its full speed at which each process writes the second half of its files, by"
              + " pausing between batches; 1 if not given.")
  private double rate = 1;

  @Option(names = "--chart", description = "A file for a chart of the steady speeds, as SVG.")
  private Path chart;

  @Spec private CommandSpec spec;

  public static void main(String... args) {
    CommandLine command = new CommandLine(new Bench());
    System.exit(command.setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    require(DataSets.names().containsAll(sets), "--sets must be among " + DataSets.names());
    require(runs >= 1, "--runs must be at least 1");
    require(batch >= 1, "--batch must be at least 1");
    require(rate > 0 && rate <= 1, "--rate must be above 0 and at most 1");
    Files.createDirectories(DIRECTORY);
    List<BenchResult> results = new ArrayList<>();
    for (String set : sets) {
      results.addAll(measure(set));
    }
    System.out.println(BenchResult.table(results));
    System.out.println(BenchResult.ratios(results));
    if (chart != null) {
      Files.writeString(chart, SpeedChart.of(results));
    }
    return 0;
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private List<BenchResult> measure(String name) throws Exception {
    Path input = DIRECTORY.resolve(name + ".arrow");
    Set<BenchWriter> taking = EnumSet.copyOf(writers);
    long bytes;
    try (DataSet set = DataSets.make(name, scale)) {
      taking.removeIf(writer -> !writer.takes(set));
      bytes = set.bytes();
      writeIpc(set, input);
    }
    List<BenchResult> results = new ArrayList<>();
    try {
      for (BenchWriter writer : taking) {
        System.err.println(name + ", " + writer.title());
        results.add(new BenchResult(name, bytes, writer, run(writer, input)));
      }
    } finally {
      Files.delete(input);
    }
    return results;
  }

  @SuppressWarnings("try") // close() throws Exception; nothing interrupts it
  private static void writeIpc(DataSet set, Path file) throws Exception {
    Files.deleteIfExists(file);
    try (BufferAllocator allocator = new RootAllocator()) {
      List<VectorSchemaRoot> batches = ArrowVectors.of(set, allocator);
      try (BenchWriter.Output output = BenchWriter.IPC.open(file, batches.getFirst(), allocator)) {
        for (VectorSchemaRoot batch : batches) {
          output.write(batch);
        }
      }
      batches.forEach(VectorSchemaRoot::close);
    }
  }

  private List<BenchRun> run(BenchWriter writer, Path input)
      throws IOException, InterruptedException {
    Path temporary = Files.createTempDirectory(DIRECTORY, "tmp");
    Path output = temporary.resolve("file");
    try {
      List<BenchRun> done = BenchRun.parse(linesOf(command(writer, input, output, temporary)));
      if (done.size() != runs) {
        throw new IOException(
            "%s wrote %d files of %d; what it said is above"
                .formatted(writer.title(), done.size(), runs));
      }
      return done;
    } finally {
      deleteAll(temporary);
    }
  }

  /** Runs a process to its end and returns the lines that it prints. */
  private static List<String> linesOf(List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var lines = process.inputReader().lines()) {
      return lines.toList();
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private List<String> command(BenchWriter writer, Path input, Path output, Path temporary) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "-Xmx4g",
            "-XX:+UseParallelGC",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Darrow.enable_unsafe_memory_access=true",
            "-Djava.io.tmpdir=" + temporary));
    if (writer.isOurs() && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      command.add("--add-modules=jdk.incubator.vector");
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            BenchProcess.class.getName(),
            writer.name(),
            input.toString(),
            output.toString(),
            Integer.toString(batch),
            Integer.toString(runs),
            Double.toString(rate)));
    return command;
  }

  private static void deleteAll(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      paths
          .sorted((a, b) -> b.compareTo(a))
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
