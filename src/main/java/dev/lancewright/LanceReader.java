package dev.lancewright;

import dev.lancewright.format.Extent;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.Require;
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
      Require.nonNull(path, "path");
      return open(mapped ? MappedFileSource.open(path) : FileSource.open(path));
    }

    /**
     * Opens a file that some source has.
     *
     * @param source is closed with the reader, and when it cannot be opened
     * @throws LanceFormatException if it is no Lance file, is cut short or contradicts itself
     */
    public LanceReader open(Source source) throws IOException {
      Require.nonNull(source, "source");
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
  public long rows() {
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
    Require.nonNull(target, "target");
    Extent buffer = globalBuffers().get(index);
    if (target.byteSize() != buffer.size()) {
      throw new IllegalArgumentException(
          "global buffer %d has %d bytes, the target %d"
              .formatted(index, buffer.size(), target.byteSize()));
    }
    source.read(buffer.position(), target);
  }

  /**
   * Reads rows in order: {@code reader.scan().columns("id", "name").open()}. Without a restriction,
   * it is all columns and rows.
   */
  public Scan.Builder scan() {
    return new Scan.Builder(this);
  }

  /**
   * Reads rows by their numbers: {@code reader.taker().columns("name").open()}. Without a
   * restriction, it is all columns.
   */
  public Taker.Builder taker() {
    return new Taker.Builder(this);
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
    return new VerifySummary(rows(), columnCount(), pages, source.size());
  }

  /**
   * Opens columns to be read from front to back.
   *
   * @param columns the paths of fields, or null for all
   */
  BatchReader batchesInOrder(List<String> columns) throws IOException {
    return new BatchReader(tail, source, columns, readChunkSize);
  }

  /**
   * Opens columns to be read here and there, without reading ahead.
   *
   * @param columns the paths of fields, or null for all
   */
  BatchReader batchesByNumber(List<String> columns) throws IOException {
    return new BatchReader(tail, source, columns, 0);
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
