package dev.lancewright.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lancewright.LanceReader;
import dev.lancewright.Scan;
import dev.lancewright.Taker;
import dev.lancewright.column.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What our reader makes of the files of the reference, against their manifests. */
class ReadReferenceFilesTest {
  private static final Path FILES = Path.of("testdata", "reference");

  /** All files of 2.1 and 2.2, each of which has a manifest. */
  static Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".lance") && !name.startsWith("v20"))
          .map(name -> name.substring(0, name.length() - ".lance".length()))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void scansWhatTheManifestSays(String name) throws IOException {
    assertScans(name, false, 8192);
    assertScans(name, true, 1000);
  }

  private static void assertScans(String name, boolean mapped, int batchRows) throws IOException {
    JsonNode manifest = manifest(name);
    try (LanceReader reader =
        LanceReader.builder().mapped(mapped).open(FILES.resolve(name + ".lance"))) {
      assertEquals(manifest.get("rows").longValue(), reader.rows());
      try (Scan scan = reader.scan().columns(names(reader)).batchRows(batchRows).open();
          Digests digests = new Digests(scan.schema().fields().size())) {
        for (Batch batch = scan.next(); batch != null; batch = scan.next()) {
          digests.add(batch);
        }
        assertEquals(expected(manifest), digests.hex());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void takesWhatTheManifestSays(String name) throws IOException {
    JsonNode manifest = manifest(name);
    long rows = manifest.get("rows").longValue();
    long step = Math.max(7, rows / 100);
    try (LanceReader reader = LanceReader.open(FILES.resolve(name + ".lance"));
        Taker taker = reader.taker().open();
        Digests digests = new Digests(taker.schema().fields().size())) {
      for (long from = 0; from < rows; from += step) {
        digests.add(taker.take(LongStream.range(from, Math.min(from + step, rows)).toArray()));
      }
      assertEquals(expected(manifest), digests.hex());
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsEachColumnAlone(String name) throws IOException {
    JsonNode manifest = manifest(name);
    List<String> actual = new ArrayList<>();
    try (LanceReader reader = LanceReader.open(FILES.resolve(name + ".lance"))) {
      for (String column : names(reader)) {
        try (Scan scan = reader.scan().columns(column).batchRows(100_000).open();
            Digests digests = new Digests(1)) {
          for (Batch batch = scan.next(); batch != null; batch = scan.next()) {
            digests.add(batch);
          }
          actual.addAll(digests.hex());
        }
      }
    }
    assertEquals(expected(manifest), actual);
  }

  private static List<String> names(LanceReader reader) {
    return reader.schema().fields().stream().map(field -> field.name()).toList();
  }

  private static JsonNode manifest(String name) throws IOException {
    return new ObjectMapper().readTree(FILES.resolve(name + ".json").toFile());
  }

  private static List<String> expected(JsonNode manifest) {
    List<String> digests = new ArrayList<>();
    manifest.get("columns").forEach(column -> digests.add(column.get("digest").textValue()));
    return digests;
  }

  /** The digest of each column. */
  private static final class Digests implements AutoCloseable {
    private final List<MessageDigest> digests = new ArrayList<>();
    private final List<CanonicalOutput> outputs = new ArrayList<>();

    Digests(int columns) {
      for (int i = 0; i < columns; i++) {
        try {
          digests.add(MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException e) {
          throw new AssertionError(e);
        }
        OutputStream nowhere = OutputStream.nullOutputStream();
        outputs.add(new CanonicalOutput(new DigestOutputStream(nowhere, digests.get(i))));
      }
    }

    void add(Batch batch) throws IOException {
      for (int i = 0; i < outputs.size(); i++) {
        for (long row = 0; row < batch.rows(); row++) {
          CanonicalEncoding.write(batch.columns().get(i), row, outputs.get(i));
        }
      }
    }

    List<String> hex() throws IOException {
      List<String> hex = new ArrayList<>();
      for (int i = 0; i < outputs.size(); i++) {
        outputs.get(i).flush();
        hex.add(HexFormat.of().formatHex(digests.get(i).digest()));
      }
      return hex;
    }

    @Override
    public void close() throws IOException {
      for (CanonicalOutput output : outputs) {
        output.close();
      }
    }
  }
}
