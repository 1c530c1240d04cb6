package dev.lancewright.ffi;

import dev.lancewright.LanceReader;
import dev.lancewright.RowRange;
import dev.lancewright.Scan;
import dev.lancewright.Taker;
import dev.lancewright.VerifySummary;
import dev.lancewright.arrow.ArrowExport;
import dev.lancewright.arrow.BatchSource;
import dev.lancewright.format.Extent;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * A reader that C code has a handle of. Its file is closed with the last use of it: the handle, the
 * calls that run, and the streams that are not released. Thread-safe.
 */
final class OpenReader {
  private final LanceReader reader;

  /** How many use the file; 0 once it is closed. */
  private int users = 1;

  private OpenReader(LanceReader reader) {
    this.reader = reader;
  }

  static OpenReader ofPath(String path, Settings settings) throws IOException {
    return new OpenReader(ReaderSettings.builder(settings, true).open(Path.of(path)));
  }

  static OpenReader ofSource(NativeSource source, Settings settings) throws IOException {
    OpenReader open = new OpenReader(ReaderSettings.builder(settings, false).open(source));
    source.takeOver();
    return open;
  }

  /** Returns a use of the file, or null if it is closed. */
  Use use() {
    return enter() ? new Use() : null;
  }

  private synchronized boolean enter() {
    if (users == 0) {
      return false;
    }
    users++;
    return true;
  }

  private void leave() throws IOException {
    synchronized (this) {
      users--;
      if (users > 0) {
        return;
      }
    }
    reader.close();
  }

  /** Ends the use that the handle is; called once. */
  void close() throws IOException {
    leave();
  }

  /** One use of the file. Used by one thread at a time. */
  final class Use implements AutoCloseable {
    private boolean closed;

    private Use() {}

    LanceReader reader() {
      return reader;
    }

    void exportSchema(long schemaAddress) {
      ArrowExport.exportSchema(reader.schema(), schemaAddress);
    }

    /**
     * @throws IllegalArgumentException if there is no such buffer
     */
    Extent buffer(long index) {
      List<Extent> buffers = reader.globalBuffers();
      if (index < 0 || index >= buffers.size()) {
        throw new IllegalArgumentException(
            "there is no global buffer %d; the file has %d".formatted(index, buffers.size()));
      }
      return buffers.get((int) index);
    }

    /**
     * @param options the members of {@code struct lw_scan_options}, or null
     */
    void scan(MemorySegment options, long streamAddress) throws IOException {
      CMemory.require(streamAddress, "stream");
      Scan.Builder scan = reader.scan();
      if (options != null) {
        configure(scan, options);
      }
      export(scan.openLasting(), streamAddress);
    }

    private void configure(Scan.Builder scan, MemorySegment options) {
      List<String> columns =
          CMemory.texts(CMemory.member(options, 1), CMemory.member(options, 2), "columns");
      if (columns != null) {
        scan.columns(columns);
      }
      long first = CMemory.member(options, 3);
      long count = CMemory.member(options, 4);
      scan.rows(new RowRange(first, count == 0 ? Math.max(0, reader.rows() - first) : count));
      long batchRows = CMemory.member(options, 5);
      if (batchRows != 0) {
        scan.batchRows(Math.clamp(batchRows, -1, Integer.MAX_VALUE));
      }
    }

    void take(long[] numbers, List<String> columns, long streamAddress) throws IOException {
      CMemory.require(streamAddress, "stream");
      for (long number : numbers) {
        if (number < 0 || number >= reader.rows()) {
          throw new IllegalArgumentException(
              "there is no row %d; the file has %d rows".formatted(number, reader.rows()));
        }
      }
      Taker.Builder taker = reader.taker();
      if (columns != null) {
        taker.columns(columns);
      }
      export(new TakenRows(taker.open(), numbers), streamAddress);
    }

    private void export(BatchSource rows, long streamAddress) throws IOException {
      // It cannot be null: this use keeps the file open.
      ArrowExport.exportStream(new SourceWithUse(rows, use()), streamAddress);
    }

    /**
     * @param members of the summary to fill, or null
     */
    void verify(MemorySegment members) throws IOException {
      VerifySummary summary = reader.verify();
      if (members != null) {
        CMemory.setMembers(
            members, summary.rows(), summary.bytes(), summary.columns(), summary.pages());
      }
    }

    /** Idempotent. */
    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        leave();
      }
    }
  }
}
