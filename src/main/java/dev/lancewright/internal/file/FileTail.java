package dev.lancewright.internal.file;

import dev.lancewright.format.Extent;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.proto.Encodings21Proto;
import dev.lancewright.io.Source;
import dev.lancewright.schema.Field;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What the end of a file says about the rest: schema, buffers, columns and their pages. Every
 * extent lies inside the file.
 *
 * @param bytes size of the file
 * @param globalBuffers the first holds the schema descriptor
 * @param columns in file order
 */
public record FileTail(
    FormatVersion version,
    long bytes,
    SchemaDescriptor.Decoded descriptor,
    List<Extent> globalBuffers,
    List<Column> columns) {
  public FileTail {
    globalBuffers = List.copyOf(globalBuffers);
    columns = List.copyOf(columns);
  }

  /**
   * Reads and checks the tail of a file.
   *
   * @throws LanceFormatException if the source is no Lance file, is cut short or contradicts itself
   */
  public static FileTail read(Source source) throws IOException {
    try {
      return new TailReader(source).read();
    } catch (LanceFormatException e) {
      throw new LanceFormatException(source.name() + ": " + e.getMessage(), e);
    }
  }

  /** A column and the field whose values it holds. */
  public record Column(ColumnField field, List<Page> pages) {
    public Column {
      pages = List.copyOf(pages);
    }
  }

  /**
   * The field that owns a column.
   *
   * @param path names from the top-level field down, joined by dots
   * @param rowPages whether the lengths of the column's pages count rows of the file
   */
  public record ColumnField(String path, Field field, int id, boolean rowPages) {}

  /**
   * A page of a column.
   *
   * @param length rows, or items where {@link ColumnField#rowPages} is false
   * @param priority row number of the first row, as far as the writer cared to say
   * @param layout empty in files of format 2.0
   */
  public record Page(
      long length,
      long priority,
      List<Extent> buffers,
      Optional<Encodings21Proto.PageLayout> layout) {
    public Page {
      buffers = List.copyOf(buffers);
    }
  }
}
