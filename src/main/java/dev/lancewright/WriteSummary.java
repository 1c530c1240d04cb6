package dev.lancewright;

import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.Require;
import dev.lancewright.internal.file.ColumnWriter;
import dev.lancewright.schema.DataType;
import java.util.List;

/**
 * What a finished file holds.
 *
 * @param bytes size of the file
 * @param columns in file order
 */
public record WriteSummary(FormatVersion version, long rows, long bytes, List<Column> columns) {
  public WriteSummary {
    Require.nonNull(version, "version");
    columns = Require.list(columns, "columns");
  }

  /**
   * One column of the file.
   *
   * @param name the name of the field; of one below others, all names from the top-level field
   *     down, joined by dots
   * @param type the type of the values: in a nested field, of one of its leaves
   * @param fieldId id of the field in the file's schema
   * @param index the index of the column in the file
   * @param encodings each way its pages are encoded, in order of first use, such as {@code
   *     mini-block: General(zstd:3, ByteStreamSplit(Flat 64))}
   * @param bytesIn bytes of the values as they came, in Arrow's layout without validity
   * @param bytesOut bytes of the page buffers, without padding and metadata
   */
  public record Column(
      String name,
      DataType type,
      int fieldId,
      int index,
      int pages,
      List<String> encodings,
      long nulls,
      long bytesIn,
      long bytesOut) {
    public Column {
      Require.nonNull(name, "name");
      Require.nonNull(type, "type");
      encodings = Require.list(encodings, "encodings");
    }

    static Column of(ColumnWriter column, int fieldId, int index) {
      return new Column(
          column.path().name(),
          column.path().leaf().type(),
          fieldId,
          index,
          column.pages(),
          column.encodings(),
          column.nulls(),
          column.bytesIn(),
          column.bytesOut());
    }
  }
}
