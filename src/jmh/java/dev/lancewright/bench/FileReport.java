package dev.lancewright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Compares whole files of the same rows, by this writer and by others: their size, and the time
 * that it takes to write them, and the reference to read them. Prints tables in Markdown.
 */
@Command(name = "report", mixinStandardHelpOptions = true, sortOptions = false)
public final class FileReport implements Callable<Integer> {
  private static final Path DIRECTORY = Path.of("target", "report");

  @Option(names = "--sets", split = ",", description = "Data sets; all if not given.")
  private List<String> sets = DataSets.names();

  @Option(
      names = "--writers",
      split = ",",
      description = "Who writes files: ${COMPLETION-CANDIDATES}; all if not given.")
  private Set<WriterKind> writers = EnumSet.allOf(WriterKind.class);

  @Option(names = "--scale", description = "Share of the rows of each set; 1 if not given.")
  private double scale = 1;

  @Option(
      names = "--runs",
      description = "Timed runs of Lance files; 5 if not given, and sizes alone with 0.")
  private int runs = 5;

  @Option(
      names = "--readers",
      description = "Also time this reader and the reference on the same files.")
  private boolean readers;

  @Option(names = "--columns", description = "Also compare the columns of the files.")
  private boolean columns;

  @Option(names = "--keep", description = "Leave the files in target/report.")
  private boolean keep;

  private final List<ReadTrial.FileTimes> reads = new ArrayList<>();

  @Spec private CommandSpec spec;

  public static void main(String... args) throws IOException {
    // Where the reference unpacks its library.
    Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
    CommandLine command = new CommandLine(new FileReport());
    System.exit(command.setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (!DataSets.names().containsAll(sets)) {
      throw new ParameterException(
          spec.commandLine(),
          "--sets is %s, but there are only %s".formatted(sets, DataSets.names()));
    }
    Files.createDirectories(DIRECTORY);
    List<SetResult> results = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator()) {
      for (String name : sets) {
        System.err.println(name);
        try (WriterKind.Input input = WriterKind.Input.of(DataSets.make(name, scale), allocator)) {
          results.add(measure(new Trial(input, writers, DIRECTORY)));
        }
      }
    }
    print("File size, MB", SetResult.table(results, SetResult::sizes));
    if (runs > 0) {
      print("Write time, ms", SetResult.table(results, SetResult::writeTimes));
      print("Read time of the reference, ms", SetResult.table(results, SetResult::readTimes));
    }
    if (readers) {
      print("Scan of a file, and 1,000 random rows of it, ms", ReadTrial.table(reads));
    }
    return 0;
  }

  private SetResult measure(Trial trial) throws Exception {
    try {
      SetResult result = trial.run(runs);
      if (readers) {
        reads.addAll(trial.read(Math.max(1, runs)));
      }
      if (columns) {
        printColumns(trial, "2.1", WriterKind.OURS_21, WriterKind.REFERENCE_21);
        printColumns(trial, "2.2", WriterKind.OURS_22, WriterKind.REFERENCE_22);
      }
      return result;
    } finally {
      if (!keep) {
        trial.deleteFiles();
      }
    }
  }

  private void printColumns(Trial trial, String version, WriterKind ours, WriterKind reference)
      throws IOException {
    if (writers.containsAll(List.of(ours, reference))) {
      print(trial.name() + ", format " + version, trial.columns(ours, reference));
    }
  }

  private static void print(String title, String table) {
    System.out.println("### " + title + "\n\n" + table);
  }
}
