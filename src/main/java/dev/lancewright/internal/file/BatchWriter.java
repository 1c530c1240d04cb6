package dev.lancewright.internal.file;

import dev.lancewright.column.Column;
import dev.lancewright.internal.codec.CodecOptions;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.wire.WireMessage;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * Cuts the rows of all columns into pages.
 *
 * <p>A page ends with the row that brings its values to the page size, wherever batches begin and
 * end. Pages are put out in the order of their last rows, those with the same last row in the order
 * of columns, and at the end what is left in the order of columns. So the bytes of a file depend on
 * its rows and options, not on how the rows were cut into batches.
 */
public final class BatchWriter {
  /**
   * Page size of a column when the cache is not limited. A quarter of the reference's: files get no
   * larger, a page is encoded before much of it has left the cache, and waiting rows and the
   * longest pause are a quarter as well.
   */
  private static final long DEFAULT_PAGE_BYTES = 2 << 20;

  /** No page is larger, whatever the cache: a reader must hold one, and counts have 32 bits. */
  private static final long MAX_PAGE_BYTES = 1 << 30;

  private final List<ColumnWriter> columns = new ArrayList<>();
  private final PageWriter pages;

  /** A column whose next page is complete with row {@code end} (exclusive) of the batch. */
  private record Completion(int column, long end) {}

  /**
   * @param options for the columns; those with equal ones are encoded by the same encoder
   * @param cacheBytes bytes that wait for pages in all columns together; 0 for a default for each
   */
  public BatchWriter(
      Schema schema,
      Function<LeafPath, CodecOptions> options,
      long cacheBytes,
      PagePool pool,
      PageWriter pages) {
    this.pages = pages;
    List<List<LeafPath>> paths = new ArrayList<>();
    int leaves = 0;
    for (Field field : schema.fields()) {
      paths.add(LeafPath.of(field));
      leaves += paths.getLast().size();
    }
    int count = Math.max(1, leaves);
    long pageBytes =
        cacheBytes == 0 ? DEFAULT_PAGE_BYTES : Math.clamp(cacheBytes / count, 1, MAX_PAGE_BYTES);
    for (int i = 0; i < paths.size(); i++) {
      for (LeafPath path : paths.get(i)) {
        columns.add(new ColumnWriter(path, i, pageBytes, options.apply(path), pool));
      }
    }
  }

  /**
   * Takes {@code rows} rows of every column, in the order of the schema; nothing of them is
   * referenced after the method returns.
   */
  public void write(List<Column> batch, long rows) throws IOException {
    // By index, since an iterator would be garbage of every batch.
    try {
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).open(batch);
      }
      take(rows);
    } finally {
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).close();
      }
    }
  }

  private void take(long rows) throws IOException {
    PriorityQueue<Completion> completions = null;
    for (int i = 0; i < columns.size(); i++) {
      long count = columns.get(i).rowsToCompletePage(0, rows);
      if (count > rows) {
        columns.get(i).append(0, rows);
      } else {
        if (completions == null) {
          completions =
              new PriorityQueue<>(
                  Comparator.comparingLong(Completion::end).thenComparingInt(Completion::column));
        }
        completions.add(new Completion(i, count));
      }
    }
    if (completions != null) {
      completePages(rows, completions);
      pages.endBatch();
    }
  }

  private void completePages(long rows, PriorityQueue<Completion> completions) throws IOException {
    long[] taken = new long[columns.size()];
    for (Completion next = completions.poll(); next != null; next = completions.poll()) {
      int i = next.column();
      ColumnWriter column = columns.get(i);
      column.completePage(taken[i], next.end() - taken[i], pages);
      taken[i] = next.end();
      long left = rows - taken[i];
      if (left == 0) {
        continue;
      }
      long count = column.rowsToCompletePage(taken[i], left);
      if (count > left) {
        column.append(taken[i], left);
      } else {
        completions.add(new Completion(i, taken[i] + count));
      }
    }
  }

  /** Puts out all rows that wait. */
  public void flush() throws IOException {
    for (ColumnWriter column : columns) {
      column.flush(pages);
    }
    pages.flush();
  }

  /** The columns of the file, in its order. */
  public List<ColumnWriter> columns() {
    return columns;
  }

  /** What the file says of each column. */
  public List<WireMessage> metadata() {
    List<WireMessage> metadata = new ArrayList<>(columns.size());
    for (ColumnWriter column : columns) {
      metadata.add(column.metadata());
    }
    return metadata;
  }

  /** Bytes of the values that wait for pages, or in pages that are not written yet. */
  public long bufferedBytes() {
    long bytes = pages.bytesInFlight();
    for (ColumnWriter column : columns) {
      bytes += column.bufferedBytes();
    }
    return bytes;
  }
}
