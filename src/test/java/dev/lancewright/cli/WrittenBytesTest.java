package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.LanceReader;
import dev.lancewright.LanceWriter;
import dev.lancewright.Scan;
import dev.lancewright.column.Batch;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.io.MemorySink;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.EncodingCase;
import dev.lancewright.testing.EncodingCases;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.RandomSchemas;
import dev.lancewright.testing.Weight;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hashes of many written files, by which two states of the code can be compared. System
 * property {@code written.bytes} names the file that gets a line for each, its name and its
 * SHA-256; {@code written.files} says how many random files of each version there are.
 */
class WrittenBytesTest {
  private static final String LIST = System.getProperty("written.bytes");
  private static final int FILES = Integer.getInteger("written.files", 500);

  /** Random files of each version that every build writes twice. */
  private static final int FILES_IN_CUTS = 3;

  private static final List<FormatVersion> VERSIONS =
      List.of(FormatVersion.V2_1, FormatVersion.V2_2);
  private static final List<CompressionProfile> PROFILES = List.of(CompressionProfile.values());

  /** Each is asked for in some random files, for all leaves. */
  private static final List<String> SETTINGS =
      List.of(
          "compression=zstd",
          "compression=lz4",
          "compression=none",
          "compression=fsst",
          "rle-threshold=1",
          "bss=on",
          "minichunk-size=512",
          "dict-divisor=1",
          "dict-size-ratio=1",
          "structural-encoding=miniblock",
          "structural-encoding=fullzip");

  private static final int MAX_VALUES = 1_000_000;
  private static final int MAX_LIST_VALUES = 200_000;
  private static final int MAX_ROW_BITS = 17;
  private static final int CASES = 16;

  /** For so many random files there is one of columns in given encodings, which take longer. */
  private static final int FILES_FOR_CASES = 5;

  /** About how many pages a column of a random file has. */
  private static final int PAGES = 20;

  @TempDir Path folder;

  private final Map<String, String> hashes = new TreeMap<>();
  private boolean inCuts;

  @Test
  void bytesDependOnRowsAndNotOnCuts() throws IOException {
    writeRandomFiles(FILES_IN_CUTS);
    Map<String, String> whole = new TreeMap<>(hashes);
    inCuts = true;
    writeRandomFiles(FILES_IN_CUTS);
    assertEquals(whole, hashes);
    if (LIST != null) {
      inCuts = false;
      hashes.clear();
      writeRandomFiles(FILES);
      writeTestdata();
      List<String> lines = new ArrayList<>();
      hashes.forEach((name, hash) -> lines.add(name + "\t" + hash));
      Files.write(Path.of(LIST), lines);
    }
  }

  private void writeRandomFiles(int files) throws IOException {
    for (FormatVersion version : VERSIONS) {
      for (int seed = 0; seed < files; seed++) {
        writeRandomFile(version, seed);
        if (seed % FILES_FOR_CASES == 0) {
          writeEncodingCases(version, seed);
        }
      }
    }
  }

  private void writeRandomFile(FormatVersion version, int seed) throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    Schema schema = new RandomSchemas(version).schema(random.nextLong());
    int weight = Weight.of(schema);
    int rows = Math.min(1 + random.nextInt(1 << random.nextInt(MAX_ROW_BITS)), MAX_VALUES / weight);
    int first = random.nextInt(rows + 1);
    String name = "random/%s/%06d/".formatted(version, seed);
    try (Arena arena = Arena.ofConfined()) {
      List<Batch> batches =
          RandomColumns.varied(random.nextLong(), MAX_LIST_VALUES)
              .batches(schema, List.of(first, 0, rows - first), arena);
      LanceWriter.Builder options = LanceWriter.builder(schema).formatVersion(version);
      write(name + "one page", options.profile(PROFILES.get(seed % PROFILES.size())), batches);
      options.dataCacheBytes(Math.max(1000, 8L * rows * weight / PAGES));
      for (CompressionProfile profile : PROFILES) {
        write(name + profile, options.profile(profile), batches);
      }
      String setting = SETTINGS.get(seed % SETTINGS.size());
      String[] parts = setting.split("=", 2);
      FieldCompression said = FieldCompression.parse(parts[0], parts[1]);
      options.compression(CompressionParams.builder().column("*", said).build());
      write(name + setting, options.profile(CompressionProfile.BALANCED), batches);
    }
  }

  private void writeEncodingCases(FormatVersion version, int seed) throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    boolean many = seed % (8 * FILES_FOR_CASES) == 0;
    int rows = many ? EncodingCases.ROWS_TO_COMPRESS_BITS : 1 + random.nextInt(5000);
    CompressionProfile profile = PROFILES.get(seed % PROFILES.size());
    try (Arena arena = Arena.ofConfined()) {
      EncodingCases source = new EncodingCases(version, profile, random, arena);
      List<EncodingCase> cases = new ArrayList<>();
      CompressionParams.Builder params = CompressionParams.builder();
      for (int i = 0; i < CASES; i++) {
        EncodingCase one = source.next("c" + i, rows);
        FieldCompression said = FieldCompression.UNSET;
        for (Map.Entry<String, String> setting : one.settings().entrySet()) {
          said = said.merge(FieldCompression.parse(setting.getKey(), setting.getValue()));
        }
        params.column(one.path(), said);
        cases.add(one);
      }
      Schema schema = new Schema(cases.stream().map(EncodingCase::field).toList(), Map.of());
      Batch batch = new Batch(schema, cases.stream().map(EncodingCase::column).toList(), rows);
      LanceWriter.Builder options =
          LanceWriter.builder(schema).formatVersion(version).compression(params.build());
      String name = "encodings/%s/%06d/%s".formatted(version, seed, profile);
      write(name, options.profile(profile), List.of(batch));
      options.dataCacheBytes((long) rows * CASES);
      write(name + ", many pages", options, List.of(batch));
    }
  }

  private void writeTestdata() throws IOException {
    for (FormatVersion version : VERSIONS) {
      for (CompressionProfile profile : PROFILES) {
        for (Path input : files("real", "parquet|csv|tsv|json|ndjson")) {
          writeInput(input, version, profile, "8MiB");
          writeInput(input, version, profile, "64KiB");
        }
        for (Path file : files("reference", "lance")) {
          writeAnew(file, version, profile);
        }
      }
    }
  }

  private void writeInput(
      Path input, FormatVersion version, CompressionProfile profile, String cache)
      throws IOException {
    String name = "input/%s/%s/%s/%s".formatted(input.getFileName(), version, profile, cache);
    Path output = folder.resolve("out.lance");
    List<Object> words = new ArrayList<>(List.of("write", "--overwrite", "--quiet", input, output));
    words.addAll(List.of("--format-version", version, "--profile", profile));
    words.addAll(List.of("--data-cache-bytes", cache));
    CommandRun.output(words.toArray());
    hashes.put(name, sha256(ByteBuffer.wrap(Files.readAllBytes(output))));
  }

  private void writeAnew(Path file, FormatVersion version, CompressionProfile profile)
      throws IOException {
    try (LanceReader reader = LanceReader.open(file);
        Scan scan = reader.scan().open();
        MemorySink sink = MemorySink.create()) {
      if (reader.version().compareTo(version) > 0) {
        return; // it may hold what only later versions can
      }
      try (LanceWriter writer =
          LanceWriter.builder(scan.schema()).formatVersion(version).profile(profile).create(sink)) {
        for (Batch batch = scan.next(); batch != null; batch = scan.next()) {
          writer.write(batch);
        }
        writer.finish();
      }
      String name = "anew/%s/%s/%s".formatted(file.getFileName(), version, profile);
      hashes.put(name, sha256(sink.segment().asByteBuffer()));
    }
  }

  /** The files whose names end so, except those of format 2.0, which is not read. */
  private static List<Path> files(String directory, String endings) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("testdata", directory))) {
      return files
          .filter(file -> file.getFileName().toString().matches("(?!v20).*\\.(" + endings + ")"))
          .sorted()
          .toList();
    }
  }

  private void write(String name, LanceWriter.Builder options, List<Batch> batches)
      throws IOException {
    try (MemorySink sink = MemorySink.create();
        LanceWriter writer = options.create(sink)) {
      for (Batch batch : batches) {
        long cut = inCuts ? batch.rows() / 3 : 0;
        writer.write(batch.slice(0, cut));
        writer.write(batch.slice(cut, batch.rows() - cut));
      }
      writer.finish();
      hashes.put(name, sha256(sink.segment().asByteBuffer()));
    }
  }

  private static String sha256(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
