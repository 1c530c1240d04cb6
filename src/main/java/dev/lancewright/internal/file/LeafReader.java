package dev.lancewright.internal.file;

import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.layout.PageDecoder;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import dev.lancewright.internal.rows.LeafRows;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Reads the rows of one column of a file from its pages, of which it holds one open. */
final class LeafReader {
  /** A share of a batch that is not worth one of its own. */
  private static final int FEW = 8;

  private final String name;
  private final LeafPath path;
  private final List<FileTail.Page> pages;
  private final PageBuffers buffers;
  private final DecodeMemory memory;

  /** Units before each page, and at last all: rows, or items below fixed-size lists of structs. */
  private final long[] units;

  /** By page: bytes of the file that a unit takes. */
  private final double[] unitBytes;

  private int current = -1;
  private PageDecoder decoder;

  /**
   * @param rows the number of rows in the file
   * @throws LanceFormatException if the column's pages have another number of rows
   */
  LeafReader(FileTail.Column column, LeafPath path, long rows, PageBuffers buffers, PagePool pool)
      throws LanceFormatException {
    this.name = column.field().path();
    this.path = path;
    this.pages = column.pages();
    this.buffers = buffers;
    this.memory = new DecodeMemory(pool);
    this.units = new long[pages.size() + 1];
    this.unitBytes = new double[pages.size()];
    for (int i = 0; i < pages.size(); i++) {
      FileTail.Page page = pages.get(i);
      units[i + 1] = units[i] + page.length();
      unitBytes[i] = (double) page.bytes() / Math.max(1, page.length());
    }
    int perRow = path.slotsPerRow();
    long all = units[pages.size()];
    if (all % Math.max(1, perRow) != 0 || (perRow > 0 && all / perRow != rows)) {
      throw new LanceFormatException(
          "column %s has pages of %d values, but the file has %d rows of %d each"
              .formatted(FileText.quote(name), all, rows, perRow));
    }
  }

  /**
   * Of {@code count} rows from {@code row} on, how many had best go into a batch: where values can
   * be had without a copy, those up to the end of the page, unless they are few.
   */
  long rowsToLend(long row, long count) throws IOException {
    long unit = row * path.slotsPerRow();
    int page = pageOf(unit);
    long left = (units[page + 1] - unit) / Math.max(1, path.slotsPerRow());
    if (left >= count || left < Math.max(1, count / FEW)) {
      return count;
    }
    try {
      open(page);
      return decoder.lends() ? left : count;
    } catch (LanceFormatException | IndexOutOfBoundsException e) {
      throw inPage(page, e);
    }
  }

  /** About how many bytes of the file rows take that lie in it: their share of their pages. */
  long bytes(long fromRow, long count) {
    long end = (fromRow + count) * path.slotsPerRow();
    double bytes = 0;
    for (long from = fromRow * path.slotsPerRow(); from < end; ) {
      int page = pageOf(from);
      long part = Math.min(end, units[page + 1]) - from;
      bytes += unitBytes[page] * part;
      from += part;
    }
    return (long) bytes;
  }

  /** Appends rows; they lie in the file. */
  void read(long fromRow, long count, LeafRows out) throws IOException, BatchTooLargeException {
    long end = (fromRow + count) * path.slotsPerRow();
    for (long from = fromRow * path.slotsPerRow(); from < end; ) {
      int page = pageOf(from);
      long part = Math.min(end, units[page + 1]) - from;
      try {
        out.settle();
        open(page);
        decoder.read(from - units[page], part, out);
      } catch (LanceFormatException | IndexOutOfBoundsException e) {
        throw inPage(page, e);
      }
      from += part;
    }
  }

  /** What is wrong with a page. The bounds of segments back up all other checks. */
  private LanceFormatException inPage(int page, Exception e) {
    String what = e instanceof LanceFormatException ? e.getMessage() : "it contradicts itself";
    return new LanceFormatException(
        "column %s, page %d: %s".formatted(FileText.quote(name), page, what), e);
  }

  /** The page with a unit; pages without any are skipped. */
  private int pageOf(long unit) {
    if (current >= 0 && units[current] <= unit && unit < units[current + 1]) {
      return current;
    }
    int found = Arrays.binarySearch(units, unit);
    int page = found >= 0 ? found : -found - 2;
    while (units[page + 1] == unit) {
      page++;
    }
    return page;
  }

  private void open(int page) throws IOException {
    if (page == current) {
      return;
    }
    current = -1;
    memory.reset();
    FileTail.Page opened = pages.get(page);
    buffers.open(opened.buffers());
    PageLayout layout =
        opened
            .layout()
            .orElseThrow(() -> new LanceFormatException("values of format 2.0 cannot be read"));
    decoder = PageDecoder.of(layout, path, opened.length(), buffers, memory);
    current = page;
  }

  void close() {
    memory.close();
  }
}
