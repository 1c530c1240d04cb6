package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.column.Batch;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.reference.ReadAssert;
import dev.lancewright.reference.ReferenceAssert;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.ExecutorKind;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.RandomSchemas;
import dev.lancewright.testing.SinkKind;
import dev.lancewright.testing.Weight;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Any schema, any rows, cut and written anyhow, with and without an executor: our reader and the
 * reference implementation read what was written. System property {@code random.files} says how
 * many files of each version, {@code random.seed} the seed of the first, {@code random.reference}
 * that the reference reads one file out of so many.
 */
class RandomFilesTest {
  private static final int FILES = Integer.getInteger("random.files", 1000);
  private static final long FIRST_SEED = Long.getLong("random.seed", 0);

  private static final int ONE_BY_REFERENCE = Integer.getInteger("random.reference", 1);

  /** More failures than that tell nothing new. */
  private static final int MOST_FAILURES = 20;

  /** Bounds for a file, in values of 8 bytes. */
  private static final int MOST_VALUES = 1_000_000;

  private static final int MOST_LIST_VALUES = 200_000;
  private static final int MOST_ROWS = 100_000;
  private static final int MOST_BATCHES = 20;

  /** Of a column, about. */
  private static final int MOST_PAGES = 200;

  private static final List<SinkKind> SINKS = List.of(SinkKind.values());
  private static final List<ExecutorKind> EXECUTORS = List.of(ExecutorKind.values());

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void whatWasWrittenIsRead(FormatVersion version) {
    List<Throwable> failures = new ArrayList<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + FILES; seed++) {
      try {
        new RandomFile(seed, version).check(directory);
      } catch (Exception | AssertionError e) {
        failures.add(new AssertionError("format %s, seed %d: %s".formatted(version, seed, e), e));
        if (failures.size() == MOST_FAILURES) {
          break;
        }
      }
    }
    assertAll(
        "one file alone: -Drandom.files=1 -Drandom.seed=SEED",
        failures.stream()
            .map(
                failure ->
                    () -> {
                      throw failure;
                    }));
  }

  /** All that the seed decides. */
  private static final class RandomFile {
    private final RandomGenerator random;
    private final long seed;
    private final FormatVersion version;
    private final Schema schema;
    private final int rows;
    private final List<Integer> sizes = new ArrayList<>();

    RandomFile(long seed, FormatVersion version) {
      this.seed = seed;
      this.version = version;
      random = new SplittableRandom(seed);
      schema = new RandomSchemas(version).schema(random.nextLong());
      rows = Math.min(anyMagnitude(MOST_ROWS), MOST_VALUES / Weight.of(schema));
      cut();
    }

    void check(Path directory) throws Exception {
      Path file = directory.resolve(seed + ".lance");
      try (Arena arena = Arena.ofConfined()) {
        List<Batch> batches =
            RandomColumns.varied(random.nextLong(), MOST_LIST_VALUES).batches(schema, sizes, arena);
        write(file, batches);
        readBack(file, batches);
        if (seed % ONE_BY_REFERENCE == 0) {
          read(file, batches);
        }
      } finally {
        Files.deleteIfExists(file);
      }
    }

    private void write(Path file, List<Batch> batches) throws Exception {
      LanceWriter.Builder builder = LanceWriter.builder(schema).formatVersion(version);
      if (random.nextBoolean()) {
        long bytes = 8L * rows * Weight.of(schema);
        builder.dataCacheBytes(Math.max(bytes / MOST_PAGES, anyMagnitude(1 << 20)));
      }
      SinkKind kind = SINKS.get(random.nextInt(SINKS.size()));
      byte[] bytes = kind.publishedBytes(file, sink -> write(builder.create(sink), batches));
      Files.write(file, bytes);
      EXECUTORS
          .get(random.nextInt(EXECUTORS.size()))
          .with(
              executor -> {
                builder.executor(executor).maxBytesInFlight(anyMagnitude(1 << 20));
                assertArrayEquals(
                    bytes,
                    SinkKind.MEMORY.publishedBytes(
                        file, sink -> write(builder.create(sink), batches)),
                    "with an executor");
              });
    }

    private void write(LanceWriter opened, List<Batch> batches) throws IOException {
      try (LanceWriter writer = opened) {
        for (Batch batch : batches) {
          writer.write(batch);
        }
        assertEquals(rows, writer.finish().rows());
      }
    }

    private void readBack(Path file, List<Batch> batches) throws IOException {
      try (LanceReader reader = LanceReader.builder().mapped(random.nextBoolean()).open(file)) {
        if (random.nextBoolean()) {
          assertEquals(rows, reader.verify().rows());
        }
        int from = random.nextInt(rows);
        RowRange range = new RowRange(from, 1 + random.nextInt(rows - from));
        ReadAssert.assertScans(reader, batches, range, anyMagnitude(rows));
        ReadAssert.assertScans(reader, batches, Math.max(rows / 100, anyMagnitude(rows)));
        ReadAssert.assertTakes(
            reader, batches, random.longs(anyMagnitude(100), 0, rows).sorted().toArray());
      }
    }

    private void read(Path file, List<Batch> batches) throws IOException {
      switch (random.nextInt(4)) {
        case 0 -> {
          int from = random.nextInt(rows);
          int to = from + 1 + random.nextInt(rows - from);
          ReferenceAssert.assertReadsRange(file, batches, from, to);
        }
        case 1 ->
            ReferenceAssert.assertReadsInBatches(
                file, batches, Math.max(rows / 100, anyMagnitude(rows)));
        default -> {}
      }
      ReferenceAssert.assertReads(file, batches);
    }

    private void cut() {
      int batches = anyMagnitude(MOST_BATCHES);
      int left = rows;
      for (int i = 1; i < batches; i++) {
        int size = random.nextInt(4) == 0 ? random.nextInt(2) : random.nextInt(left + 1);
        sizes.add(Math.min(left, size));
        left -= sizes.getLast();
      }
      sizes.add(left);
    }

    /** From 1 to {@code most}, small numbers as often as large ones. */
    private int anyMagnitude(int most) {
      int bits = random.nextInt(33 - Integer.numberOfLeadingZeros(most));
      return Math.clamp(random.nextLong(1L << bits) + 1, 1, most);
    }
  }
}
