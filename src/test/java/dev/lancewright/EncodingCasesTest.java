package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Batch;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.reference.ReadAssert;
import dev.lancewright.reference.ReferenceAssert;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.EncodingCase;
import dev.lancewright.testing.EncodingCases;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every encoding over every width, pattern of nulls and hostile values: the file has it, and the
 * reference implementation and our own reader read the values. A case is one column; many share a
 * file. System property {@code encoding.cases} says how many cases of each version there are at
 * least, {@code encoding.seed} the seed of the first file.
 */
class EncodingCasesTest {
  private static final int CASES = Integer.getInteger("encoding.cases", 2000);
  private static final long FIRST_SEED = Long.getLong("encoding.seed", 0);

  /** Fewer cases may miss an encoding by chance. */
  private static final int CASES_FOR_ALL = 2000;

  /** More failures than that tell nothing new. */
  private static final int MOST_FAILURES = 20;

  private static final int COLUMNS = 64;

  /** Of a file, about. */
  private static final int MOST_VALUES = 320_000;

  private static final int[] ROWS = {
    1, 2, 3, 64, 65, 99, 100, 101, 128, 256, 1023, 1024, 1025, 2048, 4095, 4096, 4097, 8192
  };
  private static final int MOST_ROWS = 20_000;

  /** The fastest profile leaves most to the values. */
  private static final List<CompressionProfile> PROFILES =
      List.of(
          CompressionProfile.FASTEST,
          CompressionProfile.FASTEST,
          CompressionProfile.BALANCED,
          CompressionProfile.SMALLEST);

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void theReferenceReadsEveryEncoding(FormatVersion version) {
    List<Throwable> failures = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int cases = 0;
    for (long seed = FIRST_SEED; cases < CASES && failures.size() < MOST_FAILURES; seed++) {
      try {
        cases += check(seed, version, seen);
      } catch (IOException | RuntimeException | AssertionError e) {
        failures.add(new AssertionError("format %s, seed %d: %s".formatted(version, seed, e), e));
      }
    }
    assertAll(
        "one file alone: -Dencoding.cases=1 -Dencoding.seed=SEED",
        failures.stream()
            .map(
                failure ->
                    () -> {
                      throw failure;
                    }));
    if (cases >= CASES_FOR_ALL) {
      Set<String> missing = encodings(version);
      missing.removeIf(encoding -> seen.stream().anyMatch(other -> matches(other, encoding)));
      assertEquals(Set.of(), missing, "encodings of which there is no case");
    }
  }

  private static boolean matches(String encoding, String expected) {
    boolean isStart = expected.endsWith("(") || expected.endsWith(" ");
    return isStart ? encoding.startsWith(expected) : encoding.equals(expected);
  }

  /** Each encoding, over or beneath what it goes with; or how its description starts. */
  private static Set<String> encodings(FormatVersion version) {
    Set<String> encodings = new TreeSet<>(Set.of("all null"));
    for (int bits : new int[] {8, 16, 32, 64}) {
      encodings.add("mini-block: InlineBitpacking " + bits);
      encodings.add("mini-block: Rle(Flat %d, Flat 8)".formatted(bits));
    }
    for (int bits : new int[] {1, 8, 16, 24, 32, 64, 128, 256}) {
      encodings.add("mini-block: Flat " + bits);
    }
    for (String scheme : List.of("lz4", "zstd")) {
      String general = "mini-block: General(%s, ".formatted(scheme);
      encodings.add(general + "ByteStreamSplit(Flat 32))");
      encodings.add(general + "ByteStreamSplit(Flat 64))");
      encodings.add(general + "Rle(");
      encodings.add(general + "Flat 1)");
      encodings.add(general + "Flat ");
      encodings.add(general + "Variable(Flat 32))");
      encodings.add(general + "Variable(Flat 64))");
    }
    encodings.add("mini-block: General(lz4, InlineBitpacking ");
    for (int bits : new int[] {32, 64}) {
      String variable = "Variable(Flat %d)".formatted(bits);
      encodings.add("mini-block: " + variable);
      encodings.add("mini-block: Fsst(%s)".formatted(variable));
      encodings.add("full-zip: " + variable);
      encodings.add("full-zip: Fsst(%s)".formatted(variable));
      encodings.add("full-zip: General(zstd, %s)".formatted(variable));
      encodings.add("mini-block: InlineBitpacking 32, dictionary " + variable);
    }
    encodings.add("full-zip: Flat ");
    encodings.add("full-zip: FixedSizeList(");
    encodings.add("mini-block: FixedSizeList(");
    String dictionary = "mini-block: InlineBitpacking 32, dictionary ";
    encodings.add(dictionary + "Flat 128");
    if (version == FormatVersion.V2_2) {
      encodings.add("constant");
      encodings.add(dictionary + "Flat 64");
      encodings.add(dictionary + "General(lz4, Variable(");
      encodings.add(dictionary + "General(zstd, Variable(");
      encodings.add(dictionary + "General(lz4, Flat ");
      encodings.add(dictionary + "OutOfLineBitpacking 64 -> ");
    }
    return encodings;
  }

  /** Writes and reads the file of a seed; returns the number of cases in it. */
  private int check(long seed, FormatVersion version, Set<String> seen) throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    int rows = rows(random);
    int columns = Math.max(4, Math.min(COLUMNS, MOST_VALUES / rows));
    CompressionProfile profile = PROFILES.get(random.nextInt(PROFILES.size()));
    Path file = directory.resolve(seed + ".lance");
    try (Arena arena = Arena.ofConfined()) {
      EncodingCases source = new EncodingCases(version, profile, random, arena);
      List<EncodingCase> cases = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        cases.add(source.next("c" + i, rows));
      }
      Batch batch = batch(cases, rows);
      WriteSummary summary = write(file, cases, batch, version, profile, random);
      checkEncodings(cases, summary, LanceFileMetadata.open(file));
      summary.columns().forEach(column -> seen.addAll(column.encodings()));
      ReferenceAssert.assertReads(file, List.of(batch));
      readBack(file, batch, random);
    } finally {
      Files.deleteIfExists(file);
    }
    return columns;
  }

  private static void readBack(Path file, Batch batch, RandomGenerator random) throws IOException {
    try (LanceReader reader = LanceReader.builder().mapped(random.nextBoolean()).open(file)) {
      ReadAssert.assertScans(reader, List.of(batch), 1 + random.nextInt(10_000));
      ReadAssert.assertTakes(reader, List.of(batch), random.longs(20, 0, reader.rows()).toArray());
    }
  }

  private static int rows(RandomGenerator random) {
    return switch (random.nextInt(40)) {
      case 0 -> EncodingCases.ROWS_TO_COMPRESS_BITS + random.nextInt(1000);
      case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 -> 1 + random.nextInt(1 + random.nextInt(MOST_ROWS));
      default -> ROWS[random.nextInt(ROWS.length)];
    };
  }

  private static Batch batch(List<EncodingCase> cases, int rows) {
    Schema schema = new Schema(cases.stream().map(EncodingCase::field).toList(), Map.of());
    return new Batch(schema, cases.stream().map(EncodingCase::column).toList(), rows);
  }

  private static WriteSummary write(
      Path file,
      List<EncodingCase> cases,
      Batch batch,
      FormatVersion version,
      CompressionProfile profile,
      RandomGenerator random)
      throws IOException {
    CompressionParams.Builder params = CompressionParams.builder();
    for (EncodingCase one : cases) {
      FieldCompression settings = FieldCompression.UNSET;
      for (Map.Entry<String, String> setting : one.settings().entrySet()) {
        settings = settings.merge(FieldCompression.parse(setting.getKey(), setting.getValue()));
      }
      params.column(one.path(), settings);
    }
    try (LanceWriter writer =
        LanceWriter.builder(batch.schema())
            .formatVersion(version)
            .profile(profile)
            .compression(params.build())
            .create(file)) {
      long cut = random.nextBoolean() ? 0 : random.nextLong(batch.rows());
      writer.write(batch.slice(0, cut));
      writer.write(batch.slice(cut, batch.rows() - cut));
      return writer.finish();
    }
  }

  private static void checkEncodings(
      List<EncodingCase> cases, WriteSummary summary, LanceFileMetadata metadata) {
    for (int i = 0; i < cases.size(); i++) {
      EncodingCase one = cases.get(i);
      List<LanceFileMetadata.Page> pages = metadata.columns().get(i).pages();
      List<String> details = pages.stream().map(LanceFileMetadata.Page::details).toList();
      assertTrue(
          details.stream().anyMatch(page -> page.contains(one.expected())),
          () -> "no '%s' in %s: %s".formatted(one.expected(), details, one.what()));
      for (String refused : one.refused()) {
        assertTrue(
            details.stream().noneMatch(page -> page.contains(refused)),
            () -> "'%s' in %s: %s".formatted(refused, details, one.what()));
      }
      if (metadata.version() == FormatVersion.V2_1) {
        details.forEach(EncodingCasesTest::assertIsOf21);
      }
      assertEquals(
          pages.stream().map(LanceFileMetadata.Page::encoding).distinct().toList(),
          summary.columns().get(i).encodings());
    }
  }

  /** What came with 2.2 early readers of 2.1 do not know. */
  private static void assertIsOf21(String details) {
    for (String later :
        List.of(
            "constant",
            "large chunks",
            "dictionary General",
            "dictionary OutOfLineBitpacking",
            "dictionary InlineBitpacking")) {
      assertTrue(!details.contains(later), () -> "'%s' in a file of 2.1".formatted(details));
    }
  }
}
