package dev.lancewright.reference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.lance.file.LanceFileWriter;

/** The helper process that writes files with the reference implementation. */
final class ReferenceWriterHelper {
  private ReferenceWriterHelper() {}

  public static void main(String[] args) throws IOException {
    ReferenceHelper.serve(
        request -> answer(WriteRequest.fromBytes(request)).getBytes(StandardCharsets.UTF_8));
  }

  @SuppressWarnings("try") // LanceFileWriter.close() throws Exception; nothing interrupts it
  private static String answer(WriteRequest request) {
    try (BufferAllocator allocator = new RootAllocator();
        ArrowStreamReader batches =
            new ArrowStreamReader(Files.newInputStream(request.stream()), allocator)) {
      VectorSchemaRoot root = batches.getVectorSchemaRoot();
      try (LanceFileWriter writer =
          LanceFileWriter.open(
              request.file().toString(),
              allocator,
              batches,
              Optional.of(request.version()),
              Map.of())) {
        while (batches.loadNextBatch()) {
          writer.write(root);
        }
        writer.addSchemaMetadata(root.getSchema().getCustomMetadata());
      }
      return "";
    } catch (Exception e) {
      e.printStackTrace();
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }
}
