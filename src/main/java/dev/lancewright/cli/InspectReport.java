package dev.lancewright.cli;

import dev.lancewright.LanceFileMetadata;
import dev.lancewright.format.Extent;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** What {@code inspect} tells about a file; the components are the fields of its JSON. */
record InspectReport(
    String file,
    FormatVersion formatVersion,
    long rows,
    long bytes,
    Schema schema,
    List<Column> columns) {

  /**
   * A column of the file.
   *
   * @param encodings each way its pages are encoded, in order of first use
   * @param bytes of its page buffers
   * @param pageList null unless asked for
   */
  record Column(
      String name,
      DataType type,
      int fieldId,
      int pages,
      List<String> encodings,
      long bytes,
      List<LanceFileMetadata.Page> pageList) {}

  static InspectReport of(String file, LanceFileMetadata metadata, boolean withPages) {
    return new InspectReport(
        file,
        metadata.version(),
        metadata.rows(),
        metadata.bytes(),
        metadata.schema(),
        metadata.columns().stream().map(column -> column(column, withPages)).toList());
  }

  private static Column column(LanceFileMetadata.Column column, boolean withPages) {
    List<LanceFileMetadata.Page> pages = column.pages();
    return new Column(
        column.path(),
        column.field().type(),
        column.fieldId(),
        pages.size(),
        pages.stream().map(LanceFileMetadata.Page::encoding).distinct().toList(),
        pages.stream().mapToLong(InspectReport::bytes).sum(),
        withPages ? pages : null);
  }

  private static long bytes(LanceFileMetadata.Page page) {
    return page.buffers().stream().mapToLong(Extent::size).sum();
  }

  void print(PrintWriter out) {
    out.println(
        "%s: %s rows, %s bytes, format %s"
            .formatted(Text.printable(file), Text.count(rows), Text.count(bytes), formatVersion));
    out.println();
    out.println("schema");
    for (Field field : schema.fields()) {
      out.println("  " + Text.printable(field.toString()));
      printMetadata(out, "    ", field.metadata());
    }
    if (!schema.metadata().isEmpty()) {
      out.println("metadata");
      printMetadata(out, "  ", schema.metadata());
    }
    out.println();
    printColumns(out);
    if (columns.stream().anyMatch(column -> column.pageList() != null)) {
      out.println();
      printPages(out);
    }
  }

  private static void printMetadata(PrintWriter out, String indent, Map<String, String> metadata) {
    metadata.forEach((key, value) -> out.println(indent + Text.printable(key + " = " + value)));
  }

  private void printColumns(PrintWriter out) {
    Table table = new Table("column", "type", ">field id", ">pages", "encoding", ">bytes");
    for (Column column : columns) {
      table.add(
          column.name(),
          column.type(),
          column.fieldId(),
          column.pages(),
          String.join(", ", column.encodings()),
          Text.count(column.bytes()));
    }
    table.print(out);
  }

  private void printPages(PrintWriter out) {
    Table table =
        new Table("column", ">page", ">first row", ">rows", ">buffers", ">bytes", "encoding");
    for (Column column : columns) {
      for (int i = 0; i < column.pages(); i++) {
        LanceFileMetadata.Page page = column.pageList().get(i);
        table.add(
            column.name(),
            i,
            Text.count(page.priority()),
            Text.count(page.rows()),
            page.buffers().size(),
            Text.count(bytes(page)),
            page.details());
      }
    }
    table.print(out);
  }
}
