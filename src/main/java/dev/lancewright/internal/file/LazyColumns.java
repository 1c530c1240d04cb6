package dev.lancewright.internal.file;

import dev.lancewright.format.Extent;
import dev.lancewright.internal.proto.File2Proto;
import dev.lancewright.io.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The columns of a file, each of which is read when it is first asked for. Thread-safe. */
final class LazyColumns {
  /** Bytes of metadata that are read at once when all columns are. */
  private static final long AHEAD_BYTES = 1 << 20;

  private final Source source;
  private final ColumnOffsetTable table;
  private final ColumnReader reader;
  private final FileBytes tail;
  private final AtomicReferenceArray<FileTail.Column> columns;

  /**
   * @param tail bytes that need not be read again
   */
  LazyColumns(Source source, ColumnOffsetTable table, ColumnReader reader, FileBytes tail) {
    this.source = source;
    this.table = table;
    this.reader = reader;
    this.tail = tail;
    columns = new AtomicReferenceArray<>(table.fields().size());
  }

  List<FileTail.ColumnField> fields() {
    return table.fields();
  }

  Extent metadata(int column) {
    return table.extent(column);
  }

  long metadataEnd() {
    return table.end();
  }

  /** Costs one read, of the column's metadata alone, unless that was read before. */
  FileTail.Column get(int column) throws IOException {
    FileTail.Column known = columns.get(column);
    return known == null ? parse(column, holding(column, tail, 0)) : known;
  }

  List<FileTail.Column> all() throws IOException {
    List<FileTail.Column> all = new ArrayList<>();
    FileBytes bytes = tail;
    for (int i = 0; i < columns.length(); i++) {
      FileTail.Column column = columns.get(i);
      if (column == null) {
        bytes = holding(i, bytes, AHEAD_BYTES);
        column = parse(i, bytes);
      }
      all.add(column);
    }
    return List.copyOf(all);
  }

  /** The bytes with the metadata of a column: what there is already, or what is read now. */
  private FileBytes holding(int column, FileBytes bytes, long ahead) throws IOException {
    Extent extent = table.extent(column);
    if (bytes.hold(extent)) {
      return bytes;
    }
    if (tail.hold(extent)) {
      return tail;
    }
    long size = Math.max(extent.size(), Math.min(ahead, table.end() - extent.position()));
    return FileBytes.read(
        source, table.nameOfMetadata(column), new Extent(extent.position(), size));
  }

  private FileTail.Column parse(int column, FileBytes bytes) throws IOException {
    File2Proto.ColumnMetadata metadata =
        bytes.parse(
            table.nameOfMetadata(column), table.extent(column), File2Proto.ColumnMetadata.parser());
    FileTail.Column read = reader.read(table.name(column), table.fields().get(column), metadata);
    // Whoever was first: all threads get the same.
    return columns.compareAndSet(column, null, read) ? read : columns.get(column);
  }
}
