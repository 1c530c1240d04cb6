package dev.lancewright.arrow;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.ListColumn;
import dev.lancewright.schema.DataType;

/** Imports lists, maps and list views as list columns. */
final class ListImport {
  private static final int OFFSETS = 1;
  private static final int SIZES = 2;

  private final BatchMemory memory;
  private final ArrayImport columns;

  /** The starts and ends of the lists' items. */
  private interface Spans {
    long start(long row);

    long end(long row);
  }

  ListImport(BatchMemory memory, ArrayImport columns) {
    this.memory = memory;
    this.columns = columns;
  }

  /**
   * Returns a column of lists or maps.
   *
   * @param validity the validity of {@code rows}
   */
  ListColumn lists(ArrayNode node, RowSelection rows, Bitmap validity) {
    ArrayNode items = items(node);
    boolean large = large(node);
    Offsets offsets = new Offsets(node.offsets(OFFSETS, rows.end(), Offsets.width(large)), large);
    if (!rows.isRun() || items.layout().converted()) {
      return copy(node, items, rows, validity, new OfOffsets(offsets));
    }
    long first = rows.count() == 0 ? 0 : offsets.get(rows.start());
    long last = rows.count() == 0 ? 0 : offsets.get(rows.end());
    node.checkOffsets(first, last);
    return new ListColumn(
        node.layout().type(),
        rows.count(),
        validity,
        offsets.slice(rows).segment(),
        columns.column(items, RowSelection.run(0, last)));
  }

  /**
   * Returns a column of list views.
   *
   * @param validity the validity of {@code rows}
   */
  ListColumn views(ArrayNode node, RowSelection rows, Bitmap validity) {
    boolean large = large(node);
    int width = Offsets.width(large);
    Offsets starts = new Offsets(node.values(OFFSETS, "offsets", rows.end(), width), large);
    Offsets sizes = new Offsets(node.values(SIZES, "sizes", rows.end(), width), large);
    return copy(node, items(node), rows, validity, new OfViews(starts, sizes));
  }

  private record OfOffsets(Offsets offsets) implements Spans {
    @Override
    public long start(long row) {
      return offsets.get(row);
    }

    @Override
    public long end(long row) {
      return offsets.get(row + 1);
    }
  }

  /** Spans of list views; an end that overflows is negative. */
  private record OfViews(Offsets starts, Offsets sizes) implements Spans {
    @Override
    public long start(long row) {
      return starts.get(row);
    }

    @Override
    public long end(long row) {
      return starts.get(row) + sizes.get(row);
    }
  }

  /** Copies lists to new offsets; items that no list uses are ignored. */
  private ListColumn copy(
      ArrayNode node, ArrayNode items, RowSelection rows, Bitmap validity, Spans spans) {
    boolean large = large(node);
    Offsets offsets = Offsets.create(memory, rows.count(), large);
    RowSelection.Builder itemRows = new RowSelection.Builder(memory);
    long total = 0;
    for (long i = 0; i < rows.count(); i++) {
      if (validity == null || validity.get(i)) {
        long row = rows.index(i);
        long start = spans.start(row);
        long end = spans.end(row);
        node.checkSpan(row, start, end, items.length(), "items");
        total = node.checkTotal(total + end - start, large);
        itemRows.add(start, end - start);
      }
      offsets.set(i + 1, total);
    }
    return new ListColumn(
        node.layout().type(),
        rows.count(),
        validity,
        offsets.segment(),
        columns.column(items, itemRows.build()));
  }

  private static boolean large(ArrayNode node) {
    return node.layout().type() instanceof DataType.ListOf list && list.large();
  }

  private static ArrayNode items(ArrayNode node) {
    return node.layout().type() instanceof DataType.MapOf map
        ? node.child(0, map.entries().name())
        : node.child(0, ((DataType.ListOf) node.layout().type()).item().name());
  }
}
