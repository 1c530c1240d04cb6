package dev.lancewright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One set, written to a file by each writer that takes it. */
final class Trial {
  private final WriterKind.Input input;
  private final Map<WriterKind, Path> files = new EnumMap<>(WriterKind.class);

  Trial(WriterKind.Input input, Set<WriterKind> writers, Path directory) {
    this.input = input;
    for (WriterKind writer : writers) {
      if (writer.takes(input.set())) {
        files.put(writer, directory.resolve(writer.fileName(input.set())));
      }
    }
  }

  /**
   * Writes the files, makes sure that those of Lance hold the same, and times them.
   *
   * @param runs timed ones, after a write and a read that are not
   */
  SetResult run(int runs) throws Exception {
    Map<WriterKind, Double> sizes = new EnumMap<>(WriterKind.class);
    for (WriterKind writer : files.keySet()) {
      write(writer, files.get(writer));
      sizes.put(writer, Files.size(files.get(writer)) / 1e6);
    }
    Map<WriterKind, Path> lance = new EnumMap<>(files);
    lance.keySet().removeIf(writer -> !writer.writesLance());
    requireSameValues(List.copyOf(lance.values()));
    Map<WriterKind, Double> writeTimes =
        Medians.millis(lance.keySet(), 0, runs, (writer, _) -> write(writer, lance.get(writer)));
    Map<WriterKind, Double> readTimes =
        Medians.millis(lance.keySet(), 0, runs, (writer, _) -> read(lance.get(writer)));
    return new SetResult(name(), input.set().bytes() / 1e6, sizes, writeTimes, readTimes);
  }

  String name() {
    return input.set().name();
  }

  /** Reads each Lance file by both readers. */
  List<ReadTrial.FileTimes> read(int runs) throws Exception {
    ReadTrial trial = new ReadTrial(input.allocator(), runs);
    List<ReadTrial.FileTimes> results = new ArrayList<>();
    for (Map.Entry<WriterKind, Path> file : files.entrySet()) {
      if (file.getKey().writesLance()) {
        results.add(trial.run(name(), file.getKey().title(), file.getValue(), input.set().rows()));
      }
    }
    return results;
  }

  /** Two of the files, column by column. */
  String columns(WriterKind ours, WriterKind reference) throws IOException {
    return ColumnTable.of(files.get(ours), files.get(reference));
  }

  void deleteFiles() throws IOException {
    for (Path file : files.values()) {
      Files.deleteIfExists(file);
    }
  }

  /** The last one is the reference's own, if it writes any. */
  private void requireSameValues(List<Path> lanceFiles) throws Exception {
    for (Path file : lanceFiles.subList(0, Math.max(0, lanceFiles.size() - 1))) {
      SameValues.require(file, lanceFiles.getLast(), input.allocator());
    }
  }

  /** Returns nanoseconds. */
  private long write(WriterKind writer, Path file) throws Exception {
    Files.deleteIfExists(file);
    long start = System.nanoTime();
    writer.write(input, file);
    return System.nanoTime() - start;
  }

  /** Returns nanoseconds. */
  private long read(Path file) throws Exception {
    long start = System.nanoTime();
    ReferenceFiles.read(file, input.set().rows(), input.allocator());
    return System.nanoTime() - start;
  }
}
