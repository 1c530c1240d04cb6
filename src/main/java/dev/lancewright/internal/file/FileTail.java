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
 * <p>Opening costs a read of the file's last 64 KiB and, in files with many columns, one of the
 * tables and one of the schema. The metadata of a column is read and checked when that column is
 * first asked for; the source must still be open then. Thread-safe.
 */
public final class FileTail {
  private final FormatVersion version;
  private final Source source;
  private final SchemaDescriptor.Decoded descriptor;
  private final List<Extent> globalBuffers;
  private final LazyColumns columns;

  FileTail(
      FormatVersion version,
      Source source,
      SchemaDescriptor.Decoded descriptor,
      List<Extent> globalBuffers,
      LazyColumns columns) {
    this.version = version;
    this.source = source;
    this.descriptor = descriptor;
    this.globalBuffers = List.copyOf(globalBuffers);
    this.columns = columns;
  }

  /**
   * Reads and checks the tail of a file, but no metadata of columns.
   *
   * @param source stays the caller's
   * @throws LanceFormatException if the source is no Lance file, is cut short or contradicts itself
   */
  public static FileTail read(Source source) throws IOException {
    return FileText.prefixed(FileText.prefix(source), () -> new TailReader(source).read());
  }

  public FormatVersion version() {
    return version;
  }

  /** Size of the file. */
  public long bytes() {
    return source.size();
  }

  public SchemaDescriptor.Decoded descriptor() {
    return descriptor;
  }

  /** The first holds the schema descriptor. */
  public List<Extent> globalBuffers() {
    return globalBuffers;
  }

  public int columnCount() {
    return fields().size();
  }

  /** The fields that own the columns, in file order. */
  public List<ColumnField> fields() {
    return columns.fields();
  }

  /**
   * A column by its index in the file. The first call for a column reads its metadata, later ones
   * return the same object.
   *
   * @throws IndexOutOfBoundsException if there is no such column
   * @throws LanceFormatException if the metadata contradicts itself or the rest of the file
   */
  public Column column(int index) throws IOException {
    return FileText.prefixed(FileText.prefix(source), () -> columns.get(index));
  }

  /** Returns the same as {@link #column}; the caller names the file if it fails. */
  Column unnamedColumn(int index) throws IOException {
    return columns.get(index);
  }

  /**
   * All columns, in file order. Reads the metadata of those that were not asked for yet, of many
   * columns at once.
   *
   * @throws LanceFormatException as {@link #column}
   */
  public List<Column> columns() throws IOException {
    return FileText.prefixed(FileText.prefix(source), columns::all);
  }

  /** Returns the same as {@link #columns}; the caller names the file if it fails. */
  List<Column> unnamedColumns() throws IOException {
    return columns.all();
  }

  /** Where the metadata of a column lies. */
  Extent metadata(int column) {
    return columns.metadata(column);
  }

  /** Where the metadata of all columns has ended. */
  long metadataEnd() {
    return columns.metadataEnd();
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

    /** Bytes of all buffers. */
    long bytes() {
      return buffers.stream().mapToLong(Extent::size).sum();
    }
  }
}
