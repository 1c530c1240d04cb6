package dev.lancewright.internal.file;

import dev.lancewright.column.Batch;
import dev.lancewright.format.Extent;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.check.InvalidValueException;
import dev.lancewright.internal.check.ValueCheck;
import dev.lancewright.internal.proto.Encodings21Proto.FullZipLayout;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import dev.lancewright.internal.rows.LeafRows;
import dev.lancewright.internal.rows.SiblingCheck;
import dev.lancewright.io.Source;
import dev.lancewright.schema.Field;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads all rows of a top-level field, in steps that lie in one page of each of its leaves, and
 * checks values, levels and the counts of pages.
 */
final class FieldCheck implements AutoCloseable {
  private static final long STEP_ROWS = 8192;

  /** What the pages' bytes of a step may be, if rows are of equal size. */
  private static final long STEP_BYTES = 8 << 20;

  private final Source source;
  private final long rowCount;
  private final BatchReader reader;
  private final BatchReader.Rows rows;
  private final ValueCheck values;
  private final List<Leaf> leaves = new ArrayList<>();

  /** A column of the file, and how far its pages were read. */
  private static final class Leaf {
    final LeafRows rows;
    final List<FileTail.Page> pages;
    final int slotsPerRow;
    int page = -1;
    long pageEnd;
    long entries;
    long slots;

    Leaf(LeafRows rows, List<FileTail.Page> pages) {
      this.rows = rows;
      this.pages = pages;
      this.slotsPerRow = rows.path().slotsPerRow();
    }

    /** Turns to the page of a row, which is that of the last call or a later one. */
    void seek(long row) {
      while (page < 0 || (pageEnd <= row * slotsPerRow && page < pages.size() - 1)) {
        page++;
        pageEnd += pages.get(page).length();
        entries = 0;
        slots = 0;
      }
    }

    /** Rows from {@code row} on that are read at once. */
    long step(long row) {
      FileTail.Page current = pages.get(page);
      long inPage = slotsPerRow == 1 ? pageEnd - row : STEP_ROWS;
      double share = (double) STEP_BYTES / Math.max(1, current.bytes());
      return Math.min(inPage, Math.max(1, (long) (share * current.length())));
    }

    void count() {
      entries += rows.entries();
      slots += rows.slots();
    }

    boolean isAtEnd(long row) {
      return slotsPerRow == 1 && row == pageEnd;
    }
  }

  FieldCheck(FileTail tail, Source source, Field field, long readAheadBytes) throws IOException {
    this.source = source;
    this.rowCount = tail.descriptor().rows();
    this.reader = new BatchReader(tail, source, List.of(field.name()), readAheadBytes, "");
    this.rows = reader.newRows(false);
    this.values = ValueCheck.ofRead(reader.schema().fields().getFirst());
    for (int i = 0; i < rows.leaves().size(); i++) {
      FileTail.Column column = tail.unnamedColumn(reader.column(i));
      leaves.add(new Leaf(rows.leaves().get(i), column.pages()));
    }
  }

  /** Returns how many pages there are. */
  long run() throws IOException {
    for (long row = 0; row < rowCount; ) {
      long count = Math.min(STEP_ROWS, rowCount - row);
      for (Leaf leaf : leaves) {
        leaf.seek(row);
        count = Math.min(count, leaf.step(row));
      }
      row += check(row, count);
      for (Leaf leaf : leaves) {
        leaf.count();
        if (leaf.isAtEnd(row)) {
          checkPage(leaf);
        }
      }
    }
    return leaves.stream().mapToLong(leaf -> leaf.pages.size()).sum();
  }

  /** Checks {@code count} rows, or fewer if they are too large for one batch; returns how many. */
  private long check(long from, long count) throws IOException {
    Batch batch;
    try {
      batch = reader.read(from, count, rows);
    } catch (LanceFormatException e) {
      throw new LanceFormatException(e.getMessage() + " (row " + firstFault(from, count) + ")", e);
    }
    SiblingCheck.Difference difference = siblings();
    if (difference != null) {
      throw fault(difference.path(), firstFault(from, batch.rows()), difference.problem());
    }
    try {
      values.check(batch.columns().getFirst());
    } catch (InvalidValueException e) {
      throw fault(e.path(), from + e.row(), e.problem());
    }
    return batch.rows();
  }

  private SiblingCheck.Difference siblings() {
    return SiblingCheck.find(rows.leaves());
  }

  /** The first of some rows, one of which cannot be read or has leaves that disagree. */
  private long firstFault(long from, long count) throws IOException {
    long first = from;
    for (long left = count; left > 1; ) {
      long half = left / 2;
      if (isReadable(first, half)) {
        first += half;
        left -= half;
      } else {
        left = half;
      }
    }
    return first;
  }

  private boolean isReadable(long from, long count) throws IOException {
    try {
      long done = 0;
      while (done < count) {
        done += reader.read(from + done, count - done, rows).rows();
        if (siblings() != null) {
          return false;
        }
      }
      return true;
    } catch (LanceFormatException e) {
      return false;
    }
  }

  /** Checks what a page that was read says of itself. */
  private void checkPage(Leaf leaf) throws IOException {
    FileTail.Page page = leaf.pages.get(leaf.page);
    long firstRow = leaf.pageEnd - page.length();
    if (page.priority() != 0 && page.priority() != firstRow) {
      throw fault(
          leaf,
          "its first row is row %d, but it has the priority %s"
              .formatted(firstRow, Long.toUnsignedString(page.priority())));
    }
    PageLayout layout = page.layout().orElseThrow();
    checkCounts(leaf, layout);
    boolean indexed = leaf.rows.path().lists() > 0 || layout.getFullZipLayout().hasBitsPerOffset();
    if (layout.hasFullZipLayout() && indexed) {
      checkIndex(leaf, page);
    }
  }

  /** Readers go by the index of a full-zip page; it must leave out none of the values' bytes. */
  private void checkIndex(Leaf leaf, FileTail.Page page) throws IOException {
    Extent index = page.buffers().get(1);
    long width = index.size() / (page.length() + 1);
    long first = indexEntry(index.position(), width);
    long last = indexEntry(index.position() + page.length() * width, width);
    long size = page.buffers().getFirst().size();
    if (first != 0 || last != size) {
      throw fault(
          leaf,
          "its index says that rows lie between bytes %s and %s, but there are %d bytes"
              .formatted(Long.toUnsignedString(first), Long.toUnsignedString(last), size));
    }
  }

  private long indexEntry(long position, long width) throws IOException {
    byte[] entry = new byte[Long.BYTES];
    source.read(position, MemorySegment.ofArray(entry).asSlice(0, width));
    return MemorySegment.ofArray(entry).get(LittleEndian.LONG, 0);
  }

  private static void checkCounts(Leaf leaf, PageLayout layout) throws LanceFormatException {
    if (layout.hasMiniBlockLayout()) {
      checkCount(leaf, "values", layout.getMiniBlockLayout().getNumItems(), leaf.slots);
    } else if (layout.hasFullZipLayout()) {
      FullZipLayout zipped = layout.getFullZipLayout();
      checkCount(leaf, "entries", Integer.toUnsignedLong(zipped.getNumItems()), leaf.entries);
      checkCount(leaf, "values", Integer.toUnsignedLong(zipped.getNumVisibleItems()), leaf.slots);
    }
  }

  private static void checkCount(Leaf leaf, String what, long said, long found)
      throws LanceFormatException {
    if (said != found) {
      throw fault(
          leaf,
          "it has %d %s, but is said to have %s"
              .formatted(found, what, Long.toUnsignedString(said)));
    }
  }

  private static LanceFormatException fault(Leaf leaf, String problem) {
    return new LanceFormatException(
        "column %s, page %d: %s"
            .formatted(FileText.quote(leaf.rows.path().name()), leaf.page, problem));
  }

  /**
   * @param path the path of a leaf, or of a node above leaves
   */
  private LanceFormatException fault(String path, long row, String problem) {
    String page =
        leaves.stream()
            .filter(leaf -> isAtOrBelow(leaf.rows.path().name(), path))
            .findFirst()
            .map(leaf -> ", page " + leaf.page)
            .orElse("");
    return new LanceFormatException(
        "column %s%s, row %d: %s".formatted(FileText.quote(path), page, row, problem));
  }

  private static boolean isAtOrBelow(String leaf, String path) {
    // A dictionary's values and the items of a fixed-size list are below their leaf.
    return leaf.equals(path) || leaf.startsWith(path + ".") || path.startsWith(leaf + ".");
  }

  @Override
  public void close() {
    reader.close();
  }
}
