package dev.lancewright.internal.file;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.levels.LeafPath;
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
  private static final long MOST_BATCH_BYTES = 16L << 20;

  private final String file;
  private final Projection projection;
  private final PagePool pool = new PagePool();
  private final List<List<LeafReader>> readers = new ArrayList<>();

  /** Rows that are not known to be too many for a batch. */
  private long mostRows = Long.MAX_VALUE;

  /** Rows of a batch on their way from the pages to its columns. */
  public static final class Rows {
    private final List<List<LeafRows>> leaves;
    private final ExpandedBytes expanded;
    private final boolean lasting;

    private Rows(List<List<LeafRows>> leaves, ExpandedBytes expanded, boolean lasting) {
      this.leaves = leaves;
      this.expanded = expanded;
      this.lasting = lasting;
    }

    /** Of each field: the rows of its leaves. */
    List<List<LeafRows>> leaves() {
      return leaves;
    }

    private void clear() {
      leaves.forEach(field -> field.forEach(LeafRows::clear));
      expanded.clear();
    }
  }

  /**
   * @param source stays the caller's
   * @param columns paths of the fields to read; null for all
   * @param readAheadBytes that each column reads ahead at most; 0 for none
   * @throws IllegalArgumentException if there is no such field
   * @throws LanceFormatException if one of the columns cannot be read
   */
  public BatchReader(FileTail tail, Source source, List<String> columns, long readAheadBytes)
      throws IOException {
    this.file = source.name();
    try {
      this.projection = Projection.of(tail, columns);
      int leaves = projection.columns().stream().mapToInt(List::size).sum();
      long share = Math.max(MIN_READ_AHEAD_BYTES, READ_AHEAD_BYTES / Math.max(1, leaves));
      for (int i = 0; i < projection.paths().size(); i++) {
        List<LeafReader> field = new ArrayList<>();
        for (int j = 0; j < projection.paths().get(i).size(); j++) {
          PageBuffers buffers = new PageBuffers(source, Math.min(readAheadBytes, share), pool);
          FileTail.Column column = tail.column(projection.columns().get(i).get(j));
          LeafPath path = projection.paths().get(i).get(j);
          field.add(new LeafReader(column, path, tail.descriptor().rows(), buffers, pool));
        }
        readers.add(field);
      }
    } catch (LanceFormatException e) {
      pool.close();
      throw e.getMessage().startsWith(file) ? e : named(e);
    } catch (IOException | RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /** The schema of what is read. */
  public Schema schema() {
    return projection.schema();
  }

  /** Of each field that is read: the file's columns of its leaves. */
  List<List<Integer>> columns() {
    return projection.columns();
  }

  /** Bytes of memory held. */
  public long retainedBytes() {
    return pool.retainedBytes();
  }

  /**
   * Memory for the rows of one batch.
   *
   * @param lasting whether a batch shall stay valid while others are read, as long as its rows are
   *     not used again
   */
  public Rows newRows(boolean lasting) {
    ExpandedBytes expanded = new ExpandedBytes();
    return new Rows(
        projection.paths().stream()
            .map(
                field ->
                    field.stream()
                        .map(path -> new LeafRows(path, pool, !lasting, expanded))
                        .toList())
            .toList(),
        expanded,
        lasting);
  }

  /**
   * Reads rows {@code from} to {@code from + count}, which the file has, or as many of them as go
   * into a batch: one at least.
   *
   * @param into takes the rows; the batch is valid until it is used again
   */
  public Batch read(long from, long count, Rows into) throws IOException {
    for (long rows = Math.min(mostRows, rowsToRead(from, count, into)); ; rows /= 2) {
      try {
        into.clear();
        for (int i = 0; i < readers.size(); i++) {
          for (int j = 0; j < readers.get(i).size(); j++) {
            LeafReader reader = readers.get(i).get(j);
            LeafRows target = into.leaves.get(i).get(j);
            target.expect(rows, reader.bytes(from, rows));
            reader.read(from, rows, target);
          }
        }
        Batch batch = batch(rows, into);
        mostRows = rows == mostRows ? 2 * rows : mostRows;
        return batch;
      } catch (BatchTooLargeException e) {
        if (rows <= 1) {
          throw tooLarge(from, e);
        }
        mostRows = rows / 2;
      } catch (LanceFormatException e) {
        throw named(e);
      }
    }
  }

  private long rowsToRead(long from, long count, Rows into) throws IOException {
    long bytes = 0;
    for (List<LeafReader> field : readers) {
      for (LeafReader reader : field) {
        bytes += reader.bytes(from, count);
      }
    }
    double share = (double) MOST_BATCH_BYTES / Math.max(MOST_BATCH_BYTES, bytes);
    long rows = Math.max(1, (long) (share * count));
    if (into.lasting) {
      return rows;
    }
    try {
      for (List<LeafReader> field : readers) {
        for (LeafReader reader : field) {
          rows = reader.rowsToLend(from, rows);
        }
      }
      return rows;
    } catch (LanceFormatException e) {
      throw named(e);
    }
  }

  /**
   * Reads rows in any order, each as often as it is asked for.
   *
   * @param rows numbers of rows that the file has
   */
  public Batch take(long[] rows, Rows into) throws IOException {
    long row = 0;
    try {
      into.clear();
      for (int i = 0; i < readers.size(); i++) {
        for (int j = 0; j < readers.get(i).size(); j++) {
          LeafReader reader = readers.get(i).get(j);
          LeafRows target = into.leaves.get(i).get(j);
          for (int first = 0; first < rows.length; ) {
            row = rows[first];
            int next = first + 1;
            while (next < rows.length && rows[next] == rows[next - 1] + 1) {
              next++;
            }
            reader.read(row, next - first, target);
            first = next;
          }
        }
      }
      return batch(rows.length, into);
    } catch (BatchTooLargeException e) {
      throw tooLarge(row, e);
    } catch (LanceFormatException e) {
      throw named(e);
    }
  }

  private Batch batch(long rows, Rows from) throws LanceFormatException, BatchTooLargeException {
    List<Column> columns = new ArrayList<>();
    List<Field> fields = projection.schema().fields();
    for (int i = 0; i < fields.size(); i++) {
      try {
        columns.add(RowAssembler.column(fields.get(i), from.leaves.get(i), rows));
      } catch (IndexOutOfBoundsException e) {
        throw new LanceFormatException(
            "field %s: its levels contradict each other"
                .formatted(FileText.quote(fields.get(i).name())),
            e);
      }
    }
    return new Batch(projection.schema(), columns, rows);
  }

  private LanceFormatException tooLarge(long row, BatchTooLargeException cause) {
    return new LanceFormatException(
        "%s: row %d: values are too large for one batch; take fewer rows or columns at a time"
            .formatted(file, row),
        cause);
  }

  private LanceFormatException named(LanceFormatException e) {
    return new LanceFormatException(file + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    readers.forEach(field -> field.forEach(LeafReader::close));
    pool.close();
  }
}
