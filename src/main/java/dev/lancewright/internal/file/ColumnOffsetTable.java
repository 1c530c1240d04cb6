package dev.lancewright.internal.file;

import dev.lancewright.format.Extent;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.file.FileTail.ColumnField;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Which columns a file has, and where the metadata of each lies. */
final class ColumnOffsetTable {
  private final List<ColumnField> fields;
  private final MemorySegment entries;
  private final long end;

  private ColumnOffsetTable(List<ColumnField> fields, MemorySegment entries, long end) {
    this.fields = fields;
    this.entries = entries;
    this.end = end;
  }

  /**
   * Checks that the metadata of the columns is in order and disjoint, so that all of it together is
   * no larger than the file.
   *
   * @param entries position and size of the metadata of each; kept
   * @param from where the metadata of the first column may start
   * @param end where that of the last must have ended
   */
  static ColumnOffsetTable of(List<ColumnField> fields, MemorySegment entries, long from, long end)
      throws LanceFormatException {
    ColumnOffsetTable table = new ColumnOffsetTable(List.copyOf(fields), entries, end);
    long start = from;
    for (int i = 0; i < fields.size(); i++) {
      Extent extent = table.extent(i);
      if (!TailReader.isBetween(extent, start, end)) {
        throw TailReader.misplaced(table.nameOfMetadata(i), extent, start, end);
      }
      start = extent.end();
    }
    return table;
  }

  List<ColumnField> fields() {
    return fields;
  }

  /** Where the metadata of a column lies. */
  Extent extent(int column) {
    return TailReader.entry(entries, column);
  }

  /** Where the metadata of all columns has ended. */
  long end() {
    return end;
  }

  /** A column, for messages. */
  String name(int column) {
    return "column " + column + " (" + FileText.quote(fields.get(column).path()) + ")";
  }

  /** The metadata of a column, for messages. */
  String nameOfMetadata(int column) {
    return "the metadata of " + name(column);
  }
}
