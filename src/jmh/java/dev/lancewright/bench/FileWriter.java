package dev.lancewright.bench;

import dev.lancewright.LanceWriter;
import dev.lancewright.column.Batch;
import dev.lancewright.format.FormatVersion;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Who writes the files that the report compares. */
enum FileWriter {
  OURS_21("ours 2.1") {
    @Override
    void write(Input input, Path file) throws Exception {
      writeOurs(input, FormatVersion.V2_1, file);
    }
  },
  OURS_22("ours 2.2") {
    @Override
    void write(Input input, Path file) throws Exception {
      writeOurs(input, FormatVersion.V2_2, file);
    }
  },
  REFERENCE_21("reference 2.1") {
    @Override
    void write(Input input, Path file) throws Exception {
      ReferenceFiles.write(input.vectors(), file, "2.1", input.allocator());
    }
  },
  REFERENCE_22("reference 2.2") {
    @Override
    void write(Input input, Path file) throws Exception {
      ReferenceFiles.write(input.vectors(), file, "2.2", input.allocator());
    }
  };

  private final String title;

  FileWriter(String title) {
    this.title = title;
  }

  /** A set and the same memory as vectors, which the reference wants. */
  record Input(DataSet set, List<VectorSchemaRoot> vectors, BufferAllocator allocator)
      implements AutoCloseable {
    static Input of(DataSet set, BufferAllocator allocator) {
      return new Input(set, ArrowVectors.of(set, allocator), allocator);
    }

    @Override
    public void close() {
      vectors.forEach(VectorSchemaRoot::close);
      set.close();
    }
  }

  /** Writes a whole file with the writer's defaults, without fsync. */
  abstract void write(Input input, Path file) throws Exception;

  String title() {
    return title;
  }

  private static void writeOurs(Input input, FormatVersion version, Path file) throws Exception {
    try (LanceWriter out =
        LanceWriter.builder(input.set().schema())
            .formatVersion(version)
            .overwrite(true)
            .create(file)) {
      for (Batch batch : input.set().batches()) {
        out.write(batch);
      }
      out.finish();
    }
  }
}
