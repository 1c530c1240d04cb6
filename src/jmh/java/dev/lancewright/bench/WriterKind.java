package dev.lancewright.bench;

import dev.lancewright.LanceWriter;
import dev.lancewright.column.Batch;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.format.FormatVersion;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Who writes the files that the report compares. */
enum WriterKind {
  OURS_21("ours 2.1", "lance") {
    @Override
    void write(Input input, Path file) throws Exception {
      writeOurs(input, FormatVersion.V2_1, CompressionProfile.BALANCED, file);
    }
  },
  OURS_22("ours 2.2", "lance") {
    @Override
    void write(Input input, Path file) throws Exception {
      writeOurs(input, FormatVersion.V2_2, CompressionProfile.BALANCED, file);
    }
  },
  SMALLEST_22("ours 2.2 smallest", "lance") {
    @Override
    void write(Input input, Path file) throws Exception {
      writeOurs(input, FormatVersion.V2_2, CompressionProfile.SMALLEST, file);
    }
  },
  REFERENCE_21("reference 2.1", "lance") {
    @Override
    void write(Input input, Path file) throws Exception {
      ReferenceFiles.write(input.vectors(), file, "2.1", input.allocator());
    }
  },
  REFERENCE_22("reference 2.2", "lance") {
    @Override
    void write(Input input, Path file) throws Exception {
      ReferenceFiles.write(input.vectors(), file, "2.2", input.allocator());
    }
  },
  PARQUET("parquet zstd", "parquet") {
    @Override
    void write(Input input, Path file) throws Exception {
      ParquetFiles.write(input.set(), file);
    }

    @Override
    boolean takes(DataSet set) {
      return ParquetFiles.holds(set.schema());
    }
  };

  private final String title;
  private final String extension;

  WriterKind(String title, String extension) {
    this.title = title;
    this.extension = extension;
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

  /** Writes a whole file, without fsync. There is none of that name. */
  abstract void write(Input input, Path file) throws Exception;

  /** Whether files of the set can be written. */
  boolean takes(DataSet set) {
    return true;
  }

  boolean writesLance() {
    return extension.equals("lance");
  }

  String title() {
    return title;
  }

  String fileName(DataSet set) {
    return "%s-%s.%s".formatted(set.name(), title.replace(' ', '-'), extension);
  }

  private static void writeOurs(
      Input input, FormatVersion version, CompressionProfile profile, Path file) throws Exception {
    try (LanceWriter out =
        LanceWriter.builder(input.set().schema())
            .formatVersion(version)
            .profile(profile)
            .create(file)) {
      for (Batch batch : input.set().batches()) {
        out.write(batch);
      }
      out.finish();
    }
  }
}
