package dev.lancewright.bench;

import dev.lancewright.LanceReader;
import dev.lancewright.Scan;
import dev.lancewright.Taker;
import dev.lancewright.column.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.lance.file.LanceFileReader;
import org.lance.util.Range;

/** Who reads the Lance files that the report compares. Nobody looks at a value. */
enum ReaderKind {
  OURS("ours") {
    @Override
    long scan(Path file, BufferAllocator allocator) throws Exception {
      long rows = 0;
      try (LanceReader reader = LanceReader.open(file);
          Scan scan = reader.scan().open()) {
        for (Batch batch = scan.next(); batch != null; batch = scan.next()) {
          rows += batch.rows();
        }
      }
      return rows;
    }

    @Override
    Takes openTakes(Path file, BufferAllocator allocator) throws Exception {
      LanceReader reader = LanceReader.open(file);
      Taker taker = reader.taker().open();
      return new Takes() {
        @Override
        public long take(long[] rows) throws Exception {
          return taker.take(rows).rows();
        }

        @Override
        public void close() throws Exception {
          taker.close();
          reader.close();
        }
      };
    }
  },
  REFERENCE("reference") {
    @Override
    @SuppressWarnings("try") // close() throws Exception; nothing interrupts it
    long scan(Path file, BufferAllocator allocator) throws Exception {
      try (LanceFileReader reader = LanceFileReader.open(file.toString(), allocator)) {
        return drain(reader.readAll(null, null, ReferenceFiles.READ_ROWS));
      }
    }

    @Override
    Takes openTakes(Path file, BufferAllocator allocator) throws Exception {
      LanceFileReader reader = LanceFileReader.open(file.toString(), allocator);
      return new Takes() {
        @Override
        public long take(long[] rows) throws Exception {
          List<Range> ranges = new ArrayList<>();
          for (long row : rows) {
            ranges.add(Range.of((int) row, (int) row + 1));
          }
          return drain(reader.readAll(null, ranges, ReferenceFiles.READ_ROWS));
        }

        @Override
        public void close() throws Exception {
          reader.close();
        }
      };
    }
  };

  private final String title;

  ReaderKind(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Opens a file, reads all of it in batches, and returns how many rows there were. */
  abstract long scan(Path file, BufferAllocator allocator) throws Exception;

  /** Opens a file for random access. */
  abstract Takes openTakes(Path file, BufferAllocator allocator) throws Exception;

  /** Random access to all columns of a file. */
  interface Takes {
    /** Reads rows, whose numbers increase, and returns how many there were. */
    long take(long[] rows) throws Exception;

    void close() throws Exception;
  }

  private static long drain(ArrowReader batches) throws IOException {
    long rows = 0;
    try (batches) {
      while (batches.loadNextBatch()) {
        rows += batches.getVectorSchemaRoot().getRowCount();
      }
    }
    return rows;
  }
}
