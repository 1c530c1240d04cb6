package dev.lancewright.reference;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.DictionaryUtility;
import org.lance.file.LanceFileReader;
import org.lance.util.Range;

/** The helper process: reads files with the reference implementation until its input ends. */
final class ReferenceHelper {
  private ReferenceHelper() {}

  public static void main(String[] args) throws IOException {
    serve(request -> answer(ReadRequest.fromBytes(request)).toBytes());
  }

  /** Answers requests. */
  interface Service {
    byte[] answer(byte[] request) throws IOException;
  }

  static void serve(Service service) throws IOException {
    // Input ends with the test JVM, but a native call that hangs does not see it.
    Thread.ofPlatform().daemon().start(ReferenceHelper::endWithParent);
    DataInputStream in = new DataInputStream(System.in);
    PrintStream answers = System.out;
    System.setOut(System.err);
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(answers));
    while (true) {
      byte[] request;
      try {
        request = Frames.read(in);
      } catch (EOFException end) {
        return;
      }
      Frames.write(out, service.answer(request));
    }
  }

  private static void endWithParent() {
    ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
    Runtime.getRuntime().halt(1);
  }

  @SuppressWarnings("try") // LanceFileReader.close() throws Exception; nothing interrupts it
  private static ReadAnswer answer(ReadRequest request) {
    try (BufferAllocator allocator = new RootAllocator();
        LanceFileReader reader = LanceFileReader.open(request.file().toString(), allocator)) {
      return read(reader, request);
    } catch (Exception e) {
      e.printStackTrace();
      return new ReadAnswer.Failed(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private static ReadAnswer read(LanceFileReader reader, ReadRequest request) throws IOException {
    boolean all = request.to() == ReadRequest.ALL;
    List<Range> ranges = all ? null : List.of(Range.of(request.from(), request.to()));
    long promised = all ? reader.numRows() : request.to() - request.from();
    try (ArrowReader batches = reader.readAll(null, ranges, request.batchSize())) {
      VectorSchemaRoot root = batches.getVectorSchemaRoot();
      List<CanonicalOutput> columns = open(request, root.getFieldVectors().size());
      long rows = 0;
      try {
        while (batches.loadNextBatch()) {
          rows += root.getRowCount();
          write(root, new VectorEncoding(batches), columns);
        }
      } finally {
        for (CanonicalOutput column : columns) {
          column.close();
        }
      }
      if (rows != promised) {
        throw new IOException(
            "the reader promised %d rows, but its batches have %d".formatted(promised, rows));
      }
      return new ReadAnswer.Done(reader.schema().toJson(), schema(batches).toJson(), rows);
    }
  }

  /** With the values' types for dictionaries. */
  private static Schema schema(ArrowReader batches) throws IOException {
    Schema schema = batches.getVectorSchemaRoot().getSchema();
    Set<Long> dictionaries = new HashSet<>();
    return new Schema(
        schema.getFields().stream()
            .map(field -> DictionaryUtility.toMessageFormat(field, batches, dictionaries))
            .toList(),
        schema.getCustomMetadata());
  }

  private static List<CanonicalOutput> open(ReadRequest request, int columns) throws IOException {
    List<CanonicalOutput> outputs = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      outputs.add(
          new CanonicalOutput(
              Files.newOutputStream(request.output().resolve(Integer.toString(i)))));
    }
    return outputs;
  }

  private static void write(
      VectorSchemaRoot root, VectorEncoding encoding, List<CanonicalOutput> columns)
      throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      for (int row = 0; row < root.getRowCount(); row++) {
        encoding.write(root.getVector(i), row, columns.get(i));
      }
    }
  }
}
