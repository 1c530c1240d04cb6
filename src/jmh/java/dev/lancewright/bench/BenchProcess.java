package dev.lancewright.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/**
 * The process of one writer: reads batches from an Arrow IPC file, so that none of our code is
 * warm, and writes them again and again, each time as a whole file. Prints a line for each.
 */
@SuppressWarnings("try") // close() throws Exception; nothing interrupts it
public final class BenchProcess {
  private final BenchWriter writer;
  private final List<VectorSchemaRoot> batches;
  private final BufferAllocator allocator;
  private final Path file;

  private BenchProcess(
      BenchWriter writer, List<VectorSchemaRoot> batches, BufferAllocator allocator, Path file) {
    this.writer = writer;
    this.batches = batches;
    this.allocator = allocator;
    this.file = file;
  }

  /**
   * Runs it.
   *
   * @param args the name of the writer, the input, the file to write, rows of a batch, the number
   *     of runs, and the share of its full speed at which the second half of them are written
   */
  public static void main(String... args) throws Exception {
    BenchWriter writer = BenchWriter.valueOf(args[0]);
    writer.prepare();
    try (BufferAllocator allocator = new RootAllocator()) {
      List<VectorSchemaRoot> batches = read(Path.of(args[1]), Integer.parseInt(args[3]), allocator);
      new BenchProcess(writer, batches, allocator, Path.of(args[2]))
          .run(Integer.parseInt(args[4]), Double.parseDouble(args[5]));
      batches.forEach(VectorSchemaRoot::close);
    }
  }

  /** Returns the batches of a file, cut into batches of {@code rows} rows. */
  private static List<VectorSchemaRoot> read(Path input, int rows, BufferAllocator allocator)
      throws IOException {
    List<VectorSchemaRoot> batches = new ArrayList<>();
    try (ArrowFileReader reader = new ArrowFileReader(FileChannel.open(input), allocator)) {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot read = reader.getVectorSchemaRoot();
        for (int row = 0; row < read.getRowCount(); row += rows) {
          try (VectorSchemaRoot part = read.slice(row, Math.min(rows, read.getRowCount() - row));
              ArrowRecordBatch buffers = new VectorUnloader(part).getRecordBatch()) {
            VectorSchemaRoot batch = VectorSchemaRoot.create(part.getSchema(), allocator);
            new VectorLoader(batch).load(buffers);
            batches.add(batch);
          }
        }
      }
    }
    return batches;
  }

  private void run(int runs, double rate) throws Exception {
    long interval = 0;
    for (int run = 0; run < runs; run++) {
      BenchRun result = write(interval);
      System.out.println(result.line());
      if (rate < 1 && run == runs / 2 - 1) {
        interval = (long) (result.nanos() / rate / batches.size());
      }
    }
  }

  /**
   * Writes the file.
   *
   * @param interval nanoseconds from the start of one {@code write} to that of the next; 0 to write
   *     without pauses
   */
  private BenchRun write(long interval) throws Exception {
    Files.deleteIfExists(file);
    boolean knowsMemory = forgetPeak();
    long memory = memory("VmRSS");
    long[] writes = new long[batches.size()];
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    long paused = 0;
    try (BenchWriter.Output output = writer.open(file, batches.getFirst(), allocator)) {
      for (int i = 0; i < writes.length; i++) {
        paused += pauseUntil(start + i * interval);
        long began = System.nanoTime();
        output.write(batches.get(i));
        writes[i] = System.nanoTime() - began;
      }
    }
    long nanos = System.nanoTime() - start - paused;
    long cpuNanos = system.getProcessCpuTime() - cpu;
    Arrays.sort(writes);
    return new BenchRun(
        nanos,
        cpuNanos,
        Files.size(file),
        knowsMemory ? Math.max(0, memory("VmHWM") - memory) : 0,
        percentile(writes, 0.5),
        percentile(writes, 0.99),
        percentile(writes, 0.999));
  }

  /** Returns the nanoseconds that were left until then, or 0 if it has passed. */
  private static long pauseUntil(long nanoTime) {
    long start = System.nanoTime();
    if (nanoTime <= start) {
      return 0;
    }
    while (System.nanoTime() < nanoTime) {
      LockSupport.parkNanos(nanoTime - System.nanoTime());
    }
    return System.nanoTime() - start;
  }

  private static long percentile(long[] sorted, double share) {
    return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
  }

  /** Lets the system forget the highest resident memory so far; returns whether it could. */
  private static boolean forgetPeak() {
    try {
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns bytes; 0 where the system does not say. */
  private static long memory(String key) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}
