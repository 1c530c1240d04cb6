package dev.lancewright.reference;

import dev.lancewright.format.FormatVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/**
 * Writes Lance files with the reference implementation, in a process of its own: it can die on a
 * schema that it should refuse, and then fails one test and not the build.
 */
public final class ReferenceWriter implements AutoCloseable {
  private final RestartingHelper helper =
      new RestartingHelper(ReferenceWriterHelper.class, Duration.ofSeconds(60));

  public ReferenceWriter() throws IOException {}

  /**
   * Writes a file of one batch.
   *
   * @throws ReferenceException if the reference implementation refuses it, dies or hangs
   */
  public void write(
      Path file, FormatVersion version, VectorSchemaRoot batch, DictionaryProvider dictionaries)
      throws IOException {
    Path stream = Files.createTempFile(helper.scratch(), "batch-", ".arrows");
    try {
      try (OutputStream out = Files.newOutputStream(stream);
          ArrowStreamWriter writer = new ArrowStreamWriter(batch, dictionaries, out)) {
        writer.start();
        writer.writeBatch();
        writer.end();
      }
      byte[] request = new WriteRequest(stream, file, version.toString()).toBytes();
      String failure = new String(helper.exchange(request), StandardCharsets.UTF_8);
      if (!failure.isEmpty()) {
        throw new ReferenceException(
            "the reference implementation cannot write %s: %s".formatted(file, failure));
      }
    } finally {
      Files.delete(stream);
    }
  }

  /** Ends the process and deletes what it left on disk. */
  @Override
  public void close() throws IOException {
    helper.close();
  }
}
