package dev.lancewright.cli;

import dev.lancewright.LanceFileMetadata;
import dev.lancewright.cli.text.Text;
import dev.lancewright.cli.text.TextTable;
import dev.lancewright.format.Extent;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Schema;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** The report of {@code inspect}; the components are the fields of its JSON. */
record InspectReport(
    String file,
    FormatVersion formatVersion,
    long rows,
    long bytes,
    Tree schema,
    List<Column> columns) {

  /** The schema as a tree of fields. */
  record Tree(List<FieldReport> fields, Map<String, String> metadata) {}

  /**
   * A column of the file.
   *
   * @param name the path of the column's field in the tree, such as {@code a.b.item}
   * @param encodings the distinct encodings of its pages, in order of first use
   * @param bytes the size of its page buffers
   * @param pageList the pages, or null unless requested
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
        tree(metadata.schema()),
        metadata.columns().stream().map(column -> column(column, withPages)).toList());
  }

  private static Tree tree(Schema schema) {
    return new Tree(schema.fields().stream().map(FieldReport::of).toList(), schema.metadata());
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
    schema.fields().forEach(field -> field.print(out, "  "));
    if (!schema.metadata().isEmpty()) {
      out.println("metadata");
      FieldReport.printMetadata(out, "  ", schema.metadata());
    }
    out.println();
    printColumns(out);
    if (columns.stream().anyMatch(column -> column.pageList() != null)) {
      out.println();
      printPages(out);
    }
  }

  private void printColumns(PrintWriter out) {
    TextTable table = new TextTable("column", "type", ">field id", ">pages", "encoding", ">bytes");
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
    TextTable table =
        new TextTable("column", ">page", ">first row", ">rows", ">buffers", ">bytes", "encoding");
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
