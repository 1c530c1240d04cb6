package dev.lancewright.column;

import dev.lancewright.internal.Require;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.util.List;
import java.util.Objects;

/**
 * Rows made up of several children. The children's values have no meaning where the struct is null.
 *
 * @param children the children, one for each field of {@code type}, in the type's order, of {@code
 *     length} rows each
 */
public record StructColumn(
    DataType.Struct type, long length, Bitmap validity, List<Column> children) implements Column {
  public StructColumn {
    Require.nonNull(type, "type");
    children = Require.list(children, "children");
    Columns.checkLength(type, length);
    Columns.checkValidity(type, length, validity);
    List<Field> fields = type.children();
    if (children.size() != fields.size()) {
      throw new IllegalArgumentException(
          "a column of %s cannot have %d children".formatted(type, children.size()));
    }
    for (int i = 0; i < children.size(); i++) {
      Column child = children.get(i);
      if (!child.type().equals(fields.get(i).type())) {
        throw new IllegalArgumentException(
            "child '%s' of a column of %s cannot be of %s"
                .formatted(fields.get(i).name(), type, child.type()));
      }
      if (child.length() != length) {
        throw new IllegalArgumentException(
            "child '%s' of a column of %s has %d rows, but the column has %d"
                .formatted(fields.get(i).name(), type, child.length(), length));
      }
    }
  }

  @Override
  public long valueBytes() {
    long bytes = 0;
    for (Column child : children) {
      bytes += child.valueBytes();
    }
    return bytes;
  }

  @Override
  public StructColumn slice(long from, long count) {
    Objects.checkFromIndexSize(from, count, length);
    return new StructColumn(
        type,
        count,
        Columns.slice(validity, from, count),
        children.stream().map(child -> child.slice(from, count)).toList());
  }
}
