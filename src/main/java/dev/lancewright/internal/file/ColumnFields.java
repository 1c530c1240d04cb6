package dev.lancewright.internal.file;

import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.file.FileTail.ColumnField;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.LogicalTypes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Which fields own the columns of a file, in the order of the columns.
 *
 * <p>From format 2.1 on these are the leaves, in format 2.0 all fields. A packed struct has one
 * column for all that is below it.
 */
final class ColumnFields {
  private static final String BLOB_V2 = "lance.blob.v2";

  /** Names of parents are repeated in each path; no file may turn that against our memory. */
  private static final long MAX_PATH_CHARS = 1L << 26;

  private final boolean everyField;
  private final Iterator<Integer> ids;
  private final List<ColumnField> columns = new ArrayList<>();
  private long pathChars;

  private ColumnFields(boolean everyField, Iterator<Integer> ids) {
    this.everyField = everyField;
    this.ids = ids;
  }

  static List<ColumnField> of(SchemaDescriptor.Decoded descriptor, FormatVersion version)
      throws LanceFormatException {
    ColumnFields fields =
        new ColumnFields(version == FormatVersion.V2_0, descriptor.fieldIds().iterator());
    for (Field field : descriptor.schema().fields()) {
      fields.visit(field, field.name(), true, true);
    }
    return fields.columns;
  }

  private void visit(Field field, String path, boolean owner, boolean rowPages)
      throws LanceFormatException {
    pathChars += path.length();
    if (pathChars > MAX_PATH_CHARS) {
      throw new LanceFormatException(
          "the names of the fields, joined to paths, have more than %d characters"
              .formatted(MAX_PATH_CHARS));
    }
    int id = ids.next();
    List<Field> children = LogicalTypes.children(field.type());
    boolean packed = field.isPacked() || isBlob(field);
    if (owner && (everyField || packed || children.isEmpty())) {
      columns.add(new ColumnField(path, field, id, rowPages));
    }
    // In format 2.0 pages below a list or struct have lengths of their own; from 2.1 on only a
    // fixed-size list of structs multiplies the rows.
    boolean sameRows = rowPages && !everyField && !(field.type() instanceof DataType.FixedSizeList);
    for (Field child : children) {
      visit(child, path + "." + child.name(), owner && !packed, sameRows);
    }
  }

  /** Whether a field refers to blobs, which takes one column too. */
  static boolean isBlob(Field field) {
    return BLOB_V2.equals(field.metadata().get(LogicalTypes.EXTENSION_NAME));
  }
}
