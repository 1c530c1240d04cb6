package dev.lancewright.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.file.LanceFileReader;
import org.lance.file.LanceFileWriter;

/** Writes and reads whole files with the reference implementation. */
@SuppressWarnings("try") // its close() throws Exception; nothing interrupts it
final class ReferenceFiles {
  /** What its scanner asks for if nobody says otherwise. */
  static final int READ_ROWS = 8192;

  private ReferenceFiles() {}

  static void write(
      List<VectorSchemaRoot> batches, Path file, String version, BufferAllocator allocator)
      throws Exception {
    try (LanceFileWriter writer =
        LanceFileWriter.open(file.toString(), allocator, null, Optional.of(version), Map.of())) {
      for (VectorSchemaRoot batch : batches) {
        writer.write(batch);
      }
    }
  }

  /** Reads all columns, batch by batch, and looks at no value. */
  static void read(Path file, long rows, BufferAllocator allocator) throws Exception {
    long read = 0;
    try (LanceFileReader reader = LanceFileReader.open(file.toString(), allocator);
        ArrowReader batches = reader.readAll(null, null, READ_ROWS)) {
      while (batches.loadNextBatch()) {
        read += batches.getVectorSchemaRoot().getRowCount();
      }
    }
    if (read != rows) {
      throw new IOException("%s: %d rows were read of %d".formatted(file, read, rows));
    }
  }
}
