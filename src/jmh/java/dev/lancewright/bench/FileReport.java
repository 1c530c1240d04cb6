package dev.lancewright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Compares whole files of the same rows, by this writer and by the reference: their size, and the
 * time that it takes to write them, and the reference to read them.
 */
@Command(name = "report", mixinStandardHelpOptions = true, sortOptions = false)
public final class FileReport implements Callable<Integer> {
  private static final Path DIRECTORY = Path.of("target", "report");

  @Option(names = "--sets", split = ",", description = "Data sets; all if not given.")
  private List<String> sets = DataSets.names();

  @Option(names = "--scale", description = "Share of the rows of each set; 1 if not given.")
  private double scale = 1;

  @Option(names = "--columns", description = "Also compare the columns of each file.")
  private boolean columns;

  @Option(names = "--keep", description = "Leave the files in target/report.")
  private boolean keep;

  public static void main(String... args) throws IOException {
    // Where the reference unpacks its library.
    Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
    System.exit(new CommandLine(new FileReport()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(DIRECTORY);
    List<String> headings = new ArrayList<>(List.of("set", ">input"));
    for (FileWriter writer : FileWriter.values()) {
      headings.add(">" + writer.title());
    }
    headings.add(">ours / reference 2.1");
    headings.add(">2.2");
    Markdown sizes = new Markdown(headings);
    try (BufferAllocator allocator = new RootAllocator()) {
      for (String name : sets) {
        try (FileWriter.Input input = FileWriter.Input.of(DataSets.make(name, scale), allocator)) {
          report(input, sizes);
        }
      }
    }
    System.out.println(sizes);
    return 0;
  }

  private void report(FileWriter.Input input, Markdown sizes) throws Exception {
    Map<FileWriter, Path> files = new EnumMap<>(FileWriter.class);
    Map<FileWriter, Long> bytes = new EnumMap<>(FileWriter.class);
    String name = input.set().name();
    for (FileWriter writer : FileWriter.values()) {
      Path file = DIRECTORY.resolve(name + "-" + writer.title().replace(' ', '-') + ".lance");
      files.put(writer, file);
      writer.write(input, file);
      bytes.put(writer, Files.size(file));
    }
    List<String> row = new ArrayList<>(List.of(name, megabytes(input.set().bytes())));
    bytes.values().forEach(size -> row.add(megabytes(size)));
    row.add(ratio(bytes.get(FileWriter.OURS_21), bytes.get(FileWriter.REFERENCE_21)));
    row.add(ratio(bytes.get(FileWriter.OURS_22), bytes.get(FileWriter.REFERENCE_22)));
    sizes.add(row);
    if (columns) {
      System.out.println(name + ", 2.1\n");
      System.out.println(
          ColumnTable.of(files.get(FileWriter.OURS_21), files.get(FileWriter.REFERENCE_21)));
      System.out.println(name + ", 2.2\n");
      System.out.println(
          ColumnTable.of(files.get(FileWriter.OURS_22), files.get(FileWriter.REFERENCE_22)));
    }
    if (!keep) {
      for (Path file : files.values()) {
        Files.delete(file);
      }
    }
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
  }

  private static String ratio(double ours, double theirs) {
    return String.format(Locale.ROOT, "%.3f", ours / theirs);
  }
}
