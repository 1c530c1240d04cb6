package dev.lancewright.cli;

import dev.lancewright.cli.text.Text;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.LogicalTypes;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/**
 * A field of a schema, as a tree; the components are the fields of its JSON.
 *
 * @param type the type, or only its kind if the field has children, such as {@code list}
 * @param children the children, or null if the type has none
 */
record FieldReport(
    String name,
    String type,
    boolean nullable,
    Map<String, String> metadata,
    List<FieldReport> children) {

  static FieldReport of(Field field) {
    List<Field> children = LogicalTypes.children(field.type());
    return new FieldReport(
        field.name(),
        children.isEmpty() ? field.type().toString() : kind(field.type()),
        field.nullable(),
        field.metadata(),
        children.isEmpty() ? null : children.stream().map(FieldReport::of).toList());
  }

  private static String kind(DataType type) {
    String text = type.toString();
    String kind = text.substring(0, text.indexOf('<'));
    return type instanceof DataType.FixedSizeList list ? kind + "[" + list.size() + "]" : kind;
  }

  void print(PrintWriter out, String indent) {
    out.println(indent + Text.printable(name + ": " + type) + (nullable ? "" : " not null"));
    String below = indent + "  ";
    printMetadata(out, below, metadata);
    if (children != null) {
      children.forEach(child -> child.print(out, below));
    }
  }

  static void printMetadata(PrintWriter out, String indent, Map<String, String> metadata) {
    metadata.forEach((key, value) -> out.println(indent + Text.printable(key + " = " + value)));
  }
}
