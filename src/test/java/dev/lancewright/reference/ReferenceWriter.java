package dev.lancewright.reference;

import dev.lancewright.arrow.ArrowExport;
import dev.lancewright.column.Batch;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.BatchList;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;
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
    write(file, version, batch, dictionaries, ArrowStreamWriter::writeBatch);
  }

  /**
   * Writes a file of some batches.
   *
   * @throws ReferenceException if the reference implementation refuses it, dies or hangs
   */
  void write(Path file, FormatVersion version, Schema schema, List<Batch> batches)
      throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
      ArrowExport.exportStream(new BatchList(schema, batches), stream.memoryAddress());
      write(file, version, allocator, stream);
    }
  }

  private void write(
      Path file, FormatVersion version, BufferAllocator allocator, ArrowArrayStream stream)
      throws IOException {
    try (ArrowReader reader = Data.importArrayStream(allocator, stream)) {
      write(
          file,
          version,
          reader.getVectorSchemaRoot(),
          reader,
          writer -> {
            while (reader.loadNextBatch()) {
              writer.writeBatch();
            }
          });
    }
  }

  /** Puts batches into an Arrow IPC stream. */
  private interface Batches {
    void writeTo(ArrowStreamWriter writer) throws IOException;
  }

  private void write(
      Path file,
      FormatVersion version,
      VectorSchemaRoot root,
      DictionaryProvider dictionaries,
      Batches batches)
      throws IOException {
    Path stream = Files.createTempFile(helper.scratch(), "batches-", ".arrows");
    try {
      try (OutputStream out = Files.newOutputStream(stream);
          ArrowStreamWriter writer = new ArrowStreamWriter(root, dictionaries, out)) {
        writer.start();
        batches.writeTo(writer);
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
