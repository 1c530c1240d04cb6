package dev.lancewright;

import dev.lancewright.arrow.ArrowExport;
import dev.lancewright.format.Extent;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.file.BatchReader;
import dev.lancewright.internal.file.FileCheck;
import dev.lancewright.internal.file.FileTail;
import dev.lancewright.io.FileSource;
import dev.lancewright.io.MappedFileSource;
import dev.lancewright.io.Source;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads Lance files of formats 2.1 and later: rows in order ({@link #scan}) or by number ({@link
 * #taker}), and what the file says about itself.
 *
 * <p>Opening reads schema and tables, not the metadata of columns; that is read for the columns
 * that are asked for. Nothing in the file is believed before it was checked: a file that
 * contradicts itself gives a {@link LanceFormatException} that names file, column and page. Memory
 * is taken for the rows of one batch and what their chunks hold; a byte of the file stands for at
 * most 255 bytes of an LZ4 block or a run, 8 of FSST, 32,768 of zstd.
 *
 * <p>Thread-safe. Scans and takers are for one thread each; several may be open. Closing the reader
 * closes the source beneath them, too.
 */
public final class LanceReader implements AutoCloseable {
  private static final int DEFAULT_BATCH_ROWS = 8192;

  private final Source source;
  private final FileTail tail;
  private final long readChunkSize;

  private LanceReader(Source source, long readChunkSize) throws IOException {
    this.source = source;
    this.readChunkSize = readChunkSize;
    this.tail = FileTail.read(source);
  }

  /**
   * Opens the file at a path, which is read through a channel.
   *
   * @throws LanceFormatException if it is no Lance file, is cut short or contradicts itself
   * @throws IOException if it cannot be read
   */
  public static LanceReader open(Path path) throws IOException {
    return builder().open(path);
  }

  /**
   * Opens a file that some source has.
   *
   * @param source is closed with the reader, and when it cannot be opened
   * @throws LanceFormatException if it is no Lance file, is cut short or contradicts itself
   */
  public static LanceReader open(Source source) throws IOException {
    return builder().open(source);
  }

  /** Options of a reader. */
  public static Builder builder() {
    return new Builder();
  }

  /** Options of a reader, with defaults that suit most. */
  public static final class Builder {
    private static final long DEFAULT_READ_CHUNK_SIZE = 1 << 20;

    private long readChunkSize = DEFAULT_READ_CHUNK_SIZE;
    private boolean mapped;

    private Builder() {}

    /**
     * How many bytes of a page a scan reads at once, at most; 1 MiB if not set, which stays in the
     * cache until it is decoded. Sources that are slow to answer want more. Larger pages are read
     * and decoded in pieces. Many columns share 256 MiB.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder readChunkSize(long bytes) {
      if (bytes <= 0) {
        throw new IllegalArgumentException(
            "readChunkSize is a positive number of bytes, but was " + bytes);
      }
      readChunkSize = bytes;
      return this;
    }

    /**
     * Whether files are mapped into memory: faster, but for files that nobody cuts short meanwhile.
     * See {@link MappedFileSource}.
     */
    public Builder mapped(boolean mapped) {
      this.mapped = mapped;
      return this;
    }

    /**
     * Opens the file at a path.
     *
     * @throws LanceFormatException if it is no Lance file, is cut short or contradicts itself
     * @throws IOException if it cannot be read
     */
    public LanceReader open(Path path) throws IOException {
      return open(mapped ? MappedFileSource.open(path) : FileSource.open(path));
    }

    /**
     * Opens a file that some source has.
     *
     * @param source is closed with the reader, and when it cannot be opened
     * @throws LanceFormatException if it is no Lance file, is cut short or contradicts itself
     */
    public LanceReader open(Source source) throws IOException {
      try {
        return new LanceReader(source, readChunkSize);
      } catch (IOException | RuntimeException e) {
        try {
          source.close();
        } catch (IOException f) {
          e.addSuppressed(f);
        }
        throw e;
      }
    }
  }

  /** The file's format. */
  public FormatVersion version() {
    return tail.version();
  }

  /** Fields and metadata. */
  public Schema schema() {
    return tail.descriptor().schema();
  }

  /** Rows of the file. */
  public long rowCount() {
    return tail.descriptor().rows();
  }

  /** Columns of the file: the leaves of the schema. */
  public int columnCount() {
    return tail.columnCount();
  }

  /**
   * Pages, buffers and encodings of a column, which are read when they are first asked for.
   *
   * @throws IndexOutOfBoundsException if there is no such column
   * @throws LanceFormatException if its metadata contradicts itself
   */
  public LanceFileMetadata.Column column(int index) throws IOException {
    return LanceFileMetadata.column(tail.column(index));
  }

  /**
   * How a page is encoded, as a tree in words: {@code mini-block: General(zstd:3,
   * ByteStreamSplit(Flat 64))}.
   *
   * @param column index of the column in the file
   * @param page index of the page in the column
   * @throws IndexOutOfBoundsException if there is no such column or page
   */
  public String describeEncoding(int column, int page) throws IOException {
    return LanceFileMetadata.page(tail.column(column).pages().get(page)).encoding();
  }

  /** Global buffers; the first holds the schema, the others are the user's own. */
  public List<Extent> globalBuffers() {
    return tail.globalBuffers();
  }

  /**
   * Copies a global buffer.
   *
   * @param target takes as many bytes as the buffer has
   * @throws IllegalArgumentException if it has another size
   * @throws IndexOutOfBoundsException if there is no such buffer
   */
  public void readGlobalBuffer(int index, MemorySegment target) throws IOException {
    Extent buffer = globalBuffers().get(index);
    if (target.byteSize() != buffer.size()) {
      throw new IllegalArgumentException(
          "global buffer %d has %d bytes, the target %d"
              .formatted(index, buffer.size(), target.byteSize()));
    }
    source.read(buffer.position(), target);
  }

  /** Scans all columns and rows, {@value #DEFAULT_BATCH_ROWS} rows at a time. */
  public Scan scan() throws IOException {
    return new Scan(tableReader(null, readChunkSize), allRows(), DEFAULT_BATCH_ROWS);
  }

  /**
   * Scans some columns and rows.
   *
   * @param columns paths of fields, such as {@code a} or {@code a.b}; null for all. The batches
   *     have each top-level field once, in the order in which they are first named, and structs
   *     only the children that were asked for, in the file's order
   * @param rows must lie in the file
   * @param batchRows rows of a batch, at most; a batch has fewer if they would take much memory
   * @throws IllegalArgumentException if there is no such column, or a number does not fit
   * @throws LanceFormatException if a column is of a type that cannot be read
   */
  public Scan scan(List<String> columns, RowRange rows, int batchRows) throws IOException {
    check(rows, batchRows);
    return new Scan(tableReader(columns, readChunkSize), rows, batchRows);
  }

  /**
   * Exports a scan as an {@code ArrowArrayStream}. The consumer must release it, and may keep its
   * arrays longer than the stream and this reader; the reader must stay open while it reads.
   *
   * @param columns as for {@link #scan(List, RowRange, int)}, as are the others
   * @param streamAddress of an {@code ArrowArrayStream} that is filled
   * @throws IllegalArgumentException as {@link #scan(List, RowRange, int)}, or if a column has a
   *     type that Arrow does not have, or no struct can be at the address
   * @throws LanceFormatException as {@link #scan(List, RowRange, int)}
   */
  public void exportStream(List<String> columns, RowRange rows, int batchRows, long streamAddress)
      throws IOException {
    check(rows, batchRows);
    BatchReader reader = tableReader(columns, readChunkSize);
    ArrowExport.exportStream(new ScanSource(reader, rows, batchRows), streamAddress);
  }

  private void check(RowRange rows, int batchRows) {
    if (rows.end() > rowCount() || batchRows <= 0) {
      throw new IllegalArgumentException(
          "rows %d to %d of %d, %d at a time: the rows must lie in the file, the batches have rows"
              .formatted(rows.from(), rows.end(), rowCount(), batchRows));
    }
  }

  /** All rows of the file. */
  public RowRange allRows() {
    return new RowRange(0, rowCount());
  }

  /** Random access to all columns. */
  public Taker taker() throws IOException {
    return new Taker(tableReader(null, 0), rowCount());
  }

  /**
   * Random access to some columns.
   *
   * @param columns paths of fields, as for {@link #scan(List, RowRange, int)}
   */
  public Taker taker(List<String> columns) throws IOException {
    return new Taker(tableReader(columns, 0), rowCount());
  }

  /**
   * Reads the whole file and checks what scans take on trust: that its buffers do not overlap and
   * have nothing but padding between them, that pages have as many values as they are said to, that
   * the columns of a struct agree about the lists and nulls above them, that text is UTF-8, and
   * that there are no nulls in fields without. Memory is that of a scan of one field at a time.
   *
   * <p>There are no checksums in a file: values that were changed to other values are not found.
   *
   * @throws LanceFormatException at the first fault, naming file, column, page and row
   */
  public VerifySummary verify() throws IOException {
    long pages = new FileCheck(tail, source, readChunkSize).run();
    return new VerifySummary(rowCount(), columnCount(), pages, source.size());
  }

  private BatchReader tableReader(List<String> columns, long readAheadBytes) throws IOException {
    return new BatchReader(tail, source, columns, readAheadBytes);
  }

  /**
   * Closes the source. Scans, takers and streams must be done with it: where a file is mapped,
   * memory that another thread is just reading goes away, which may end the process.
   */
  @Override
  public void close() throws IOException {
    source.close();
  }
}
