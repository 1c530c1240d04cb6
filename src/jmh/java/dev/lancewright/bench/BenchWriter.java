package dev.lancewright.bench;

import dev.lancewright.LanceWriter;
import dev.lancewright.arrow.ImportMemory;
import dev.lancewright.arrow.ImportSchema;
import dev.lancewright.arrow.ImportedBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.lance.JniLoader;
import org.lance.file.LanceFileWriter;

/** Who writes whole files of Arrow vectors in a process of its own. */
@SuppressWarnings("try") // close() throws Exception; nothing interrupts it
enum BenchWriter {
  OURS("ours", "#0072b2") {
    @Override
    Output open(Path file, VectorSchemaRoot like, BufferAllocator allocator) throws IOException {
      return new Ours(LanceWriter.lazy().create(file), like, allocator, null);
    }
  },
  OURS_TWO_THREADS("ours, two threads", "#56b4e9") {
    @Override
    Output open(Path file, VectorSchemaRoot like, BufferAllocator allocator) throws IOException {
      ExecutorService threads = Executors.newFixedThreadPool(2);
      LanceWriter writer = LanceWriter.lazy().executor(threads).create(file);
      return new Ours(writer, like, allocator, threads);
    }
  },
  REFERENCE("reference", "#e69f00") {
    @Override
    void prepare() {
      // It unpacks and loads a large library, which is not what a file costs.
      JniLoader.ensureLoaded();
    }

    @Override
    Output open(Path file, VectorSchemaRoot like, BufferAllocator allocator) throws Exception {
      LanceFileWriter writer =
          LanceFileWriter.open(file.toString(), allocator, null, Optional.of("2.2"), Map.of());
      return Output.of(writer::write, writer);
    }
  },
  IPC("Arrow IPC", "#999999") {
    @Override
    Output open(Path file, VectorSchemaRoot like, BufferAllocator allocator) throws Exception {
      VectorSchemaRoot current = VectorSchemaRoot.create(like.getSchema(), allocator);
      FileChannel channel = create(file);
      ArrowFileWriter writer = new ArrowFileWriter(current, null, channel);
      writer.start();
      return Output.of(
          batch -> {
            try (ArrowRecordBatch buffers = new VectorUnloader(batch).getRecordBatch()) {
              new VectorLoader(current).load(buffers);
            }
            writer.writeBatch();
          },
          () -> {
            writer.close();
            current.close();
          });
    }
  },
  PARQUET("parquet-java", "#009e73") {
    @Override
    Output open(Path file, VectorSchemaRoot like, BufferAllocator allocator) throws Exception {
      ImportSchema schema = importSchema(like, allocator);
      ArrowArray array = ArrowArray.allocateNew(allocator);
      ImportMemory memory = new ImportMemory();
      ParquetFiles.File out = new ParquetFiles.File(file, schema.schema());
      return Output.of(
          batch -> {
            Data.exportVectorSchemaRoot(allocator, batch, null, array);
            try (ImportedBatch rows =
                ImportedBatch.take(array.memoryAddress(), schema, _ -> true, memory)) {
              out.write(rows.batch());
            }
          },
          () -> {
            out.close();
            memory.close();
            array.close();
          });
    }

    @Override
    boolean takes(DataSet set) {
      return ParquetFiles.holds(set.schema());
    }
  },
  /** The buffers of the vectors as they are: what the machine leaves everybody else. */
  FLOOR("FileChannel", "#cc79a7") {
    @Override
    Output open(Path file, VectorSchemaRoot like, BufferAllocator allocator) throws IOException {
      FileChannel channel = create(file);
      return Output.of(
          batch -> {
            try (ArrowRecordBatch buffers = new VectorUnloader(batch).getRecordBatch()) {
              for (ArrowBuf buffer : buffers.getBuffers()) {
                ByteBuffer bytes = buffer.nioBuffer(0, (int) buffer.readableBytes());
                while (bytes.hasRemaining()) {
                  channel.write(bytes);
                }
              }
            }
          },
          channel);
    }
  };

  private final String title;
  private final String colour;

  BenchWriter(String title, String colour) {
    this.title = title;
    this.colour = colour;
  }

  /** Returns all but the reference. */
  static Set<BenchWriter> others() {
    return EnumSet.complementOf(EnumSet.of(REFERENCE));
  }

  String title() {
    return title;
  }

  /** Returns a colour that most people can tell from the others, on light and on dark ground. */
  String colour() {
    return colour;
  }

  boolean isOurs() {
    return this == OURS || this == OURS_TWO_THREADS;
  }

  /** Whether files of the set can be written. */
  boolean takes(DataSet set) {
    return true;
  }

  /** Does what comes before the first file and is not timed. */
  void prepare() {}

  /**
   * Opens a file that is not there yet.
   *
   * @param like any batch of those to come
   */
  abstract Output open(Path file, VectorSchemaRoot like, BufferAllocator allocator)
      throws Exception;

  private static ImportSchema importSchema(VectorSchemaRoot like, BufferAllocator allocator) {
    try (ArrowSchema exported = ArrowSchema.allocateNew(allocator)) {
      Data.exportSchema(allocator, like.getSchema(), null, exported);
      ImportSchema schema = ImportSchema.read(exported.memoryAddress());
      exported.release();
      return schema;
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Takes a batch, or ends a file. */
  interface Action<T> {
    void accept(T value) throws Exception;
  }

  /** A file that is being written. */
  interface Output extends AutoCloseable {
    void write(VectorSchemaRoot batch) throws Exception;

    static Output of(Action<VectorSchemaRoot> write, AutoCloseable close) {
      return new Output() {
        @Override
        public void write(VectorSchemaRoot batch) throws Exception {
          write.accept(batch);
        }

        @Override
        public void close() throws Exception {
          close.close();
        }
      };
    }
  }

  /** This writer, through the C Data Interface, as engines drive it. */
  private static final class Ours implements Output {
    private final LanceWriter writer;
    private final BufferAllocator allocator;
    private final ExecutorService threads;
    private final ArrowArray array;
    private final ImportSchema schema;

    Ours(
        LanceWriter writer,
        VectorSchemaRoot like,
        BufferAllocator allocator,
        ExecutorService threads) {
      this.writer = writer;
      this.allocator = allocator;
      this.threads = threads;
      this.array = ArrowArray.allocateNew(allocator);
      this.schema = importSchema(like, allocator);
    }

    @Override
    public void write(VectorSchemaRoot batch) throws IOException {
      Data.exportVectorSchemaRoot(allocator, batch, null, array);
      writer.writeArrow(array.memoryAddress(), schema);
    }

    @Override
    public void close() throws IOException {
      try (array;
          writer) {
        writer.finish();
      } finally {
        if (threads != null) {
          threads.shutdown();
        }
      }
    }
  }
}
