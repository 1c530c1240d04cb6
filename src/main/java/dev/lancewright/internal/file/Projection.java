package dev.lancewright.internal.file;

import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.LogicalTypes;
import dev.lancewright.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Some of a file's fields, and the columns of the file that have their values.
 *
 * @param schema the schema of what is read: the fields asked for, in the order they were asked for;
 *     structs have only those children that were
 * @param leaves the leaves of all fields, those of the first field first
 * @param ends the index in {@code leaves} at which those of each field end
 */
record Projection(Schema schema, List<Leaf> leaves, List<Integer> ends) {
  /**
   * A leaf of a field.
   *
   * @param column the index of its column in the file
   * @param path the way to it from the field as it is read
   */
  record Leaf(int column, LeafPath path) {}

  Projection {
    leaves = List.copyOf(leaves);
    ends = List.copyOf(ends);
  }

  /**
   * Returns what belongs to the leaves of one field.
   *
   * @param field the index of the field in the schema
   * @param perLeaf something for each of {@link #leaves}
   */
  <T> List<T> ofField(int field, List<T> perLeaf) {
    return perLeaf.subList(field == 0 ? 0 : ends.get(field - 1), ends.get(field));
  }

  /** What is selected below a field: everything, or some of its children by their index. */
  private static final class Selection {
    final Map<Integer, Selection> children = new LinkedHashMap<>();
    boolean all;
  }

  /**
   * Selects fields by their paths, such as {@code a} or {@code a.b.item}.
   *
   * @param names null for all fields
   * @throws IllegalArgumentException if there is no such field
   * @throws LanceFormatException if one of the fields is of a type that cannot be read
   */
  static Projection of(FileTail tail, List<String> names) throws LanceFormatException {
    if (tail.version() == FormatVersion.V2_0) {
      throw new LanceFormatException("values of format 2.0 cannot be read");
    }
    Schema schema = tail.descriptor().schema();
    Selection root = new Selection();
    if (names == null) {
      for (int i = 0; i < schema.fields().size(); i++) {
        select(root, i).all = true;
      }
    } else {
      names.forEach(name -> select(root, schema.fields(), name, name));
    }
    return new Walk(schema).project(root);
  }

  private static Selection select(Selection parent, int child) {
    return parent.children.computeIfAbsent(child, _ -> new Selection());
  }

  private static void select(Selection parent, List<Field> fields, String rest, String name) {
    int best = -1;
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i).name();
      if (rest.equals(field)) {
        select(parent, i).all = true;
        return;
      }
      // Names may have dots: the longest that fits is meant.
      boolean above = rest.startsWith(field) && rest.startsWith(".", field.length());
      if (above && (best < 0 || field.length() > fields.get(best).name().length())) {
        best = i;
      }
    }
    Field field = best < 0 ? null : fields.get(best);
    if (field != null && field.isPacked()) {
      throw new IllegalArgumentException(
          "'%s' cannot be read alone: '%s' is packed, and is read as a whole"
              .formatted(name, name.substring(0, name.length() - rest.length()) + field.name()));
    }
    if (field == null) {
      throw new IllegalArgumentException(
          "there is no column '%s'; below '%s' there are: %s"
              .formatted(
                  name,
                  name.substring(0, name.length() - rest.length()),
                  String.join(", ", fields.stream().map(Field::name).toList())));
    }
    String below = rest.substring(field.name().length() + 1);
    select(select(parent, best), LogicalTypes.children(field.type()), below, name);
  }

  /** Goes through all fields, as the columns of the file do. */
  private static final class Walk {
    private final Schema schema;
    private int next;

    Walk(Schema schema) {
      this.schema = schema;
    }

    Projection project(Selection root) throws LanceFormatException {
      Map<Integer, Field> fields = new LinkedHashMap<>();
      Map<Integer, List<Integer>> columns = new LinkedHashMap<>();
      for (int i = 0; i < schema.fields().size(); i++) {
        List<Integer> found = new ArrayList<>();
        Field field = visit(schema.fields().get(i), root.children.get(i), found);
        if (field != null) {
          fields.put(i, field);
          columns.put(i, found);
        }
      }
      // Columns are counted in the file's order, but fields come in the order asked for.
      List<Field> chosen = new ArrayList<>();
      List<Leaf> leaves = new ArrayList<>();
      List<Integer> ends = new ArrayList<>();
      for (int i : root.children.keySet()) {
        chosen.add(fields.get(i));
        addLeaves(fields.get(i), columns.get(i), leaves);
        ends.add(leaves.size());
      }
      return new Projection(new Schema(chosen, schema.metadata()), leaves, ends);
    }

    private static void addLeaves(Field field, List<Integer> columns, List<Leaf> leaves)
        throws LanceFormatException {
      List<LeafPath> paths = paths(field);
      for (int i = 0; i < paths.size(); i++) {
        leaves.add(new Leaf(columns.get(i), paths.get(i)));
      }
    }

    /**
     * @param selection null if nothing is selected
     * @param columns takes those of selected leaves
     * @return the field with the children that are selected; null if it is not itself
     */
    private Field visit(Field field, Selection selection, List<Integer> columns)
        throws LanceFormatException {
      List<Field> children = LogicalTypes.children(field.type());
      if (field.isPacked() || ColumnFields.isBlob(field) || children.isEmpty()) {
        int column = next++;
        if (selection != null && !isEmptyStruct(field)) {
          ReadableTypes.check(field);
          columns.add(column);
        }
        return selection == null ? null : field;
      }
      boolean all = selection != null && (selection.all || field.type() instanceof DataType.MapOf);
      List<Field> kept = new ArrayList<>();
      int before = columns.size();
      for (int i = 0; i < children.size(); i++) {
        Selection below = selection == null ? null : selection.children.get(i);
        if (all) {
          below = new Selection();
          below.all = true;
        }
        Field child = visit(children.get(i), below, columns);
        if (child != null) {
          kept.add(child);
        }
      }
      if (selection == null) {
        return null;
      }
      if (columns.size() == before) {
        throw ReadableTypes.noValues(field);
      }
      return with(field, kept);
    }

    private static boolean isEmptyStruct(Field field) {
      return field.type() instanceof DataType.Struct struct
          && struct.children().isEmpty()
          && !field.isPacked();
    }

    private static Field with(Field field, List<Field> children) {
      DataType type =
          switch (field.type()) {
            case DataType.Struct _ -> new DataType.Struct(children);
            case DataType.ListOf list -> new DataType.ListOf(children.getFirst(), list.large());
            case DataType.MapOf map -> new DataType.MapOf(children.getFirst(), map.keysSorted());
            case DataType.FixedSizeList list ->
                DataType.fixedSizeList(children.getFirst(), list.size());
            default -> field.type();
          };
      return new Field(field.name(), type, field.nullable(), field.metadata());
    }

    private static List<LeafPath> paths(Field field) throws LanceFormatException {
      try {
        List<LeafPath> paths = LeafPath.of(field);
        for (LeafPath path : paths) {
          ReadableTypes.check(path);
        }
        return paths;
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new LanceFormatException(
            "column %s: %s".formatted(FileText.quote(field.name()), e.getMessage()), e);
      }
    }
  }
}
