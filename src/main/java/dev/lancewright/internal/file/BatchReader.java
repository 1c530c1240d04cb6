package dev.lancewright.internal.file;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.rows.ExpandedBytes;
import dev.lancewright.internal.rows.LeafRows;
import dev.lancewright.internal.rows.RowAssembler;
import dev.lancewright.io.Source;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads rows of some columns of a file. Owns its memory, which lasts until {@link #close}; one
 * thread at a time uses it.
 */
public final class BatchReader implements AutoCloseable {
  /** What all columns of a reader read ahead together, unless that is less than a window each. */
  private static final long READ_AHEAD_BYTES = 256L << 20;

  private static final long MIN_READ_AHEAD_BYTES = 64 << 10;

  /** What the rows of a batch take in the file, if there are several: a guess, from their pages. */
  private static final long MAX_BATCH_BYTES = 16L << 20;

  /** What comes before messages about the file. */
  private final String prefix;

  private final Projection projection;
  private final PagePool pool = new PagePool();

  /** The readers of the leaves of all fields, those of the first field first. */
  private final List<LeafReader> leaves;

  /** The largest number of rows that is not yet known to be too large for a batch. */
  private long maxRows = Long.MAX_VALUE;

  /** Rows of a batch on their way from the pages to its columns. */
  public static final class Rows {
    private final List<LeafRows> leaves;
    private final ExpandedBytes expanded;
    private final boolean lasting;

    private Rows(List<LeafRows> leaves, ExpandedBytes expanded, boolean lasting) {
      this.leaves = leaves;
      this.expanded = expanded;
      this.lasting = lasting;
    }

    /** The rows of the leaves of all fields, those of the first field first. */
    List<LeafRows> leaves() {
      return leaves;
    }

    private void clear() {
      leaves.forEach(LeafRows::clear);
      expanded.clear();
    }
  }

  /**
   * Opens a reader of some columns.
   *
   * @param source the file's bytes; stays the caller's
   * @param columns the paths of the fields to read, or null for all
   * @param readAheadBytes how much each column reads ahead at most; 0 for nothing
   * @throws IllegalArgumentException if there is no such field
   * @throws LanceFormatException naming the file, if one of the columns cannot be read
   */
  public BatchReader(FileTail tail, Source source, List<String> columns, long readAheadBytes)
      throws IOException {
    this(tail, source, columns, readAheadBytes, FileText.prefix(source));
  }

  /**
   * Opens a reader for a caller who says in which file a fault is.
   *
   * @param prefix the prefix of all messages about the file; empty if the caller adds one
   */
  BatchReader(
      FileTail tail, Source source, List<String> columns, long readAheadBytes, String prefix)
      throws IOException {
    this.prefix = prefix;
    try {
      this.projection = FileText.prefixed(prefix, () -> Projection.of(tail, columns));
      this.leaves =
          FileText.prefixed(prefix, () -> open(projection.leaves(), tail, source, readAheadBytes));
    } catch (IOException | RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private List<LeafReader> open(
      List<Projection.Leaf> all, FileTail tail, Source source, long readAheadBytes)
      throws IOException {
    long share = Math.max(MIN_READ_AHEAD_BYTES, READ_AHEAD_BYTES / Math.max(1, all.size()));
    List<LeafReader> readers = new ArrayList<>();
    for (Projection.Leaf leaf : all) {
      PageBuffers buffers = new PageBuffers(source, Math.min(readAheadBytes, share), pool);
      FileTail.Column column = tail.unnamedColumn(leaf.column());
      readers.add(new LeafReader(column, leaf.path(), tail.descriptor().rows(), buffers, pool));
    }
    return readers;
  }

  /** The schema of what is read. */
  public Schema schema() {
    return projection.schema();
  }

  /** The file's column of a leaf, by its place in {@link Rows#leaves}. */
  int column(int leaf) {
    return projection.leaves().get(leaf).column();
  }

  /** Bytes of memory held. */
  public long retainedBytes() {
    return pool.retainedBytes();
  }

  /**
   * Takes memory for the rows of one batch.
   *
   * @param lasting whether batches must outlive later reads, as long as their rows are not used
   *     again
   */
  public Rows newRows(boolean lasting) {
    ExpandedBytes expanded = new ExpandedBytes();
    return new Rows(
        projection.leaves().stream()
            .map(leaf -> new LeafRows(leaf.path(), pool, !lasting, expanded))
            .toList(),
        expanded,
        lasting);
  }

  /**
   * Reads rows {@code from} to {@code from + count}, which the file has, or as many of them as go
   * into a batch: one at least.
   *
   * @param into takes the rows; the batch is valid until it is used again
   * @throws LanceFormatException naming the file, if it contradicts itself
   */
  public Batch read(long from, long count, Rows into) throws IOException {
    return FileText.prefixed(prefix, () -> readSome(from, count, into));
  }

  private Batch readSome(long from, long count, Rows into) throws IOException {
    // Only decoding shows whether rows are too many, so they are tried, and halved until they are
    // not. What is found out holds for the next batches; each one that takes as many as are known
    // to go doubles the number again, for large rows may have been few.
    for (long rows = Math.min(maxRows, rowsToRead(from, count, into)); ; rows /= 2) {
      try {
        Batch batch = readAll(from, rows, into);
        maxRows = rows == maxRows ? 2 * rows : maxRows;
        return batch;
      } catch (BatchTooLargeException e) {
        if (rows <= 1) {
          throw tooLarge(from, e);
        }
        maxRows = rows / 2;
      }
    }
  }

  private Batch readAll(long from, long rows, Rows into)
      throws IOException, BatchTooLargeException {
    into.clear();
    for (int i = 0; i < leaves.size(); i++) {
      LeafReader leaf = leaves.get(i);
      LeafRows target = into.leaves.get(i);
      target.expect(rows, leaf.bytes(from, rows));
      leaf.read(from, rows, target);
    }
    return batch(rows, into);
  }

  private long rowsToRead(long from, long count, Rows into) throws IOException {
    long bytes = 0;
    for (LeafReader leaf : leaves) {
      bytes += leaf.bytes(from, count);
    }
    double share = (double) MAX_BATCH_BYTES / Math.max(MAX_BATCH_BYTES, bytes);
    long rows = Math.max(1, (long) (share * count));
    // Values are lent until the page's input changes, which a batch that lasts cannot wait for.
    if (!into.lasting) {
      for (LeafReader leaf : leaves) {
        rows = leaf.rowsToLend(from, rows);
      }
    }
    return rows;
  }

  /**
   * Reads rows in any order, each as often as it is asked for.
   *
   * @param rows numbers of rows that the file has
   * @param into takes the rows; the batch is valid until it is used again
   * @throws LanceFormatException naming the file, if it contradicts itself or the rows are too
   *     large for one batch
   */
  public Batch take(long[] rows, Rows into) throws IOException {
    return FileText.prefixed(prefix, () -> takeAll(rows, into));
  }

  private Batch takeAll(long[] rows, Rows into) throws IOException {
    long row = 0;
    try {
      into.clear();
      for (int i = 0; i < leaves.size(); i++) {
        for (int first = 0; first < rows.length; ) {
          row = rows[first];
          int next = runEnd(rows, first);
          leaves.get(i).read(row, next - first, into.leaves.get(i));
          first = next;
        }
      }
      return batch(rows.length, into);
    } catch (BatchTooLargeException e) {
      throw tooLarge(row, e);
    }
  }

  /** The index after the last of the rows from {@code first} on that follow one another. */
  private static int runEnd(long[] rows, int first) {
    int next = first + 1;
    while (next < rows.length && rows[next] == rows[next - 1] + 1) {
      next++;
    }
    return next;
  }

  private Batch batch(long rows, Rows from) throws LanceFormatException, BatchTooLargeException {
    List<Column> columns = new ArrayList<>();
    List<Field> fields = projection.schema().fields();
    for (int i = 0; i < fields.size(); i++) {
      try {
        List<LeafRows> ofField = projection.ofField(i, from.leaves);
        columns.add(RowAssembler.column(fields.get(i), ofField, rows));
      } catch (IndexOutOfBoundsException e) {
        throw new LanceFormatException(
            "field %s: its levels contradict each other"
                .formatted(FileText.quote(fields.get(i).name())),
            e);
      }
    }
    return new Batch(projection.schema(), columns, rows);
  }

  private static LanceFormatException tooLarge(long row, BatchTooLargeException cause) {
    return new LanceFormatException(
        "row %d: values are too large for one batch; take fewer rows or columns at a time"
            .formatted(row),
        cause);
  }

  @Override
  public void close() {
    leaves.forEach(LeafReader::close);
    pool.close();
  }
}
