package dev.lancewright;

import dev.lancewright.format.Extent;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.Require;
import dev.lancewright.internal.file.EncodingText;
import dev.lancewright.internal.file.FileTail;
import dev.lancewright.io.FileSource;
import dev.lancewright.io.Source;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a Lance file says about itself, without its values. Immutable.
 *
 * @param bytes size of the file
 * @param globalBuffers the first holds the schema; the others are the user's own
 * @param columns in file order: the leaves of the schema, in format 2.0 all its fields
 */
public record LanceFileMetadata(
    FormatVersion version,
    long rows,
    long bytes,
    Schema schema,
    List<Extent> globalBuffers,
    List<Column> columns) {
  public LanceFileMetadata {
    Require.nonNull(version, "version");
    Require.nonNull(schema, "schema");
    globalBuffers = Require.list(globalBuffers, "globalBuffers");
    columns = Require.list(columns, "columns");
  }

  /**
   * A column of the file.
   *
   * @param path names from the top-level field down, joined by dots, such as {@code a.b.item}
   * @param field that the column holds the values of
   * @param fieldId its id in the file's schema
   */
  public record Column(String path, Field field, int fieldId, List<Page> pages) {
    public Column {
      Require.nonNull(path, "path");
      Require.nonNull(field, "field");
      pages = Require.list(pages, "pages");
    }
  }

  /**
   * A page of a column.
   *
   * @param rows the number of rows in the file; below a fixed-size list of structs, and in format
   *     2.0 below any nested field, items of the column
   * @param priority row number of the first row; 0 in format 2.0
   * @param encoding layout and encoding of the values, such as {@code mini-block: General(zstd:3,
   *     ByteStreamSplit(Flat 64))}
   * @param details the encoding with levels, counts and layers
   */
  public record Page(
      long rows, long priority, List<Extent> buffers, String encoding, String details) {
    public Page {
      buffers = Require.list(buffers, "buffers");
      Require.nonNull(encoding, "encoding");
      Require.nonNull(details, "details");
    }
  }

  /**
   * Reads the metadata of the file at a path.
   *
   * @throws LanceFormatException if it is no Lance file, is cut short or contradicts itself
   * @throws IOException if it cannot be read
   */
  public static LanceFileMetadata open(Path path) throws IOException {
    try (Source source = FileSource.open(path)) {
      return read(source);
    }
  }

  /**
   * Reads the metadata of a file. Keeps no reference to the source.
   *
   * @throws LanceFormatException if the source is no Lance file, is cut short or contradicts itself
   */
  public static LanceFileMetadata read(Source source) throws IOException {
    FileTail tail = FileTail.read(Require.nonNull(source, "source"));
    return new LanceFileMetadata(
        tail.version(),
        tail.descriptor().rows(),
        tail.bytes(),
        tail.descriptor().schema(),
        tail.globalBuffers(),
        tail.columns().stream().map(LanceFileMetadata::column).toList());
  }

  static Column column(FileTail.Column column) {
    return new Column(
        column.field().path(),
        column.field().field(),
        column.field().id(),
        column.pages().stream().map(LanceFileMetadata::page).toList());
  }

  private static Page page(FileTail.Page page) {
    int buffers = page.buffers().size();
    String unknown = "array encoding (format 2.0)";
    return new Page(
        page.length(),
        page.priority(),
        page.buffers(),
        page.layout().map(layout -> EncodingText.describe(layout, buffers)).orElse(unknown),
        page.layout().map(layout -> EncodingText.detail(layout, buffers)).orElse(unknown));
  }
}
