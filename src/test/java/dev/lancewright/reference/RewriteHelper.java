package dev.lancewright.reference;

import dev.lancewright.LanceFileMetadata;
import dev.lancewright.LanceWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.lance.file.LanceFileReader;

/**
 * The helper process that reads files with the reference implementation and writes their rows with
 * ours. Batches go from one to the other through the C Stream interface.
 */
final class RewriteHelper {
  private static final int BATCH_ROWS = 8192;

  private RewriteHelper() {}

  public static void main(String[] args) throws IOException {
    ReferenceHelper.serve(
        request -> answer(RewriteRequest.fromBytes(request)).getBytes(StandardCharsets.UTF_8));
  }

  /** The reference's page size. */
  private static final long PAGE_BYTES = 8 << 20;

  @SuppressWarnings("try") // LanceFileReader.close() throws Exception; nothing interrupts it
  private static String answer(RewriteRequest request) {
    LanceFileMetadata metadata;
    try {
      metadata = LanceFileMetadata.open(request.reference());
    } catch (IOException e) {
      return e.getMessage();
    }
    try (BufferAllocator allocator = new RootAllocator();
        LanceFileReader reader = LanceFileReader.open(request.reference().toString(), allocator);
        ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator);
        LanceWriter writer =
            LanceWriter.lazy()
                .formatVersion(metadata.version())
                .dataCacheBytes(PAGE_BYTES * Math.max(1, metadata.columns().size()))
                .create(request.ours())) {
      // The stream closes the reader of batches when it is released.
      Data.exportArrayStream(allocator, reader.readAll(null, null, BATCH_ROWS), stream);
      writer.writeArrowStream(stream.memoryAddress());
      writer.finish();
      return "";
    } catch (Exception e) {
      e.printStackTrace();
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }
}
