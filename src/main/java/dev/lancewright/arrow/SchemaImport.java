package dev.lancewright.arrow;

import dev.lancewright.internal.cdata.ArrowSchema;
import dev.lancewright.internal.cdata.CStrings;
import dev.lancewright.internal.cdata.Metadata;
import dev.lancewright.internal.cdata.Structs;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads one node of an ArrowSchema tree. */
final class SchemaImport {
  private static final int MAX_FORMAT_BYTES = 1 << 10;
  private static final int MAX_NAME_BYTES = 1 << 16;
  private static final int MAX_CHILDREN = 1 << 20;
  private static final int MAX_DEPTH = 64;

  private final ArrowSchema node;
  private final String path;
  private final int depth;
  private final String format;
  private final List<Child> children = new ArrayList<>();

  /** A field and the memory layout of its arrays. */
  private record Child(Field field, ArrayLayout layout) {}

  /**
   * Reads a node.
   *
   * @param path the names from the top-level column down, joined by dots; empty for the schema
   *     itself
   */
  private SchemaImport(ArrowSchema node, String path, int depth) {
    this.node = node;
    this.path = path;
    this.depth = depth;
    if (Structs.isNull(node.format())) {
      throw fail("the format is NULL; every type has one");
    }
    if (depth > MAX_DEPTH) {
      throw fail("types are nested deeper than " + MAX_DEPTH + " levels; flatten the type");
    }
    format = CStrings.read(node.format(), MAX_FORMAT_BYTES, where() + ": the format");
  }

  /**
   * Returns the schema whose columns are the children of the struct at {@code address}.
   *
   * @throws IllegalArgumentException if it is malformed or released; the message names the column
   */
  static ImportSchema schema(MemorySegment address) {
    ArrowSchema struct = ArrowSchema.liveAt(address, "the schema");
    SchemaImport root = new SchemaImport(struct, "", 0);
    if (!root.format.equals(Formats.STRUCT)) {
      throw root.fail(
          "the format is '%s'; that of a batch is '+s', a struct".formatted(root.format));
    }
    root.readChildren();
    return new ImportSchema(new Schema(root.fields(), root.metadata()), root.layouts());
  }

  private void readChildren() {
    if (node.childCount() < 0 || node.childCount() > MAX_CHILDREN) {
      throw fail(
          "n_children is %d; it must be from 0 to %d".formatted(node.childCount(), MAX_CHILDREN));
    }
    int count = (int) node.childCount();
    if (count > 0 && Structs.isNull(node.children())) {
      throw fail("n_children is " + count + ", but children is NULL");
    }
    for (int i = 0; i < count; i++) {
      children.add(child(i));
    }
  }

  private void readChildren(int expected) {
    checkChildCount(expected);
    readChildren();
  }

  private Child child(int index) {
    String what = "%s: child %d".formatted(where(), index);
    ArrowSchema child = ArrowSchema.liveAt(Structs.element(node.children(), index), what);
    String name =
        Structs.isNull(child.name())
            ? ""
            : CStrings.read(child.name(), MAX_NAME_BYTES, what + ": the name");
    SchemaImport below = new SchemaImport(child, depth == 0 ? name : path + "." + name, depth + 1);
    ArrayLayout layout = below.layout();
    boolean nullable = child.hasFlag(ArrowSchema.NULLABLE);
    return new Child(new Field(name, layout.type(), nullable, below.metadata()), layout);
  }

  private List<Field> fields() {
    return children.stream().map(Child::field).toList();
  }

  private List<ArrayLayout> layouts() {
    return children.stream().map(Child::layout).toList();
  }

  /**
   * Returns the metadata, including that of the run values for run ends, as a column has only one
   * field for both.
   */
  private Map<String, String> metadata() {
    Map<String, String> own = Metadata.read(node.metadata(), where());
    if (!format.equals(Formats.RUN_ENDS)) {
      return own;
    }
    Map<String, String> merged = new HashMap<>(children.getLast().field().metadata());
    merged.putAll(own);
    return merged;
  }

  private ArrayLayout layout() {
    ArrayLayout layout = layoutOfFormat();
    if (Structs.isNull(node.dictionary())) {
      return layout;
    }
    if (layout.converted() || !(layout.type() instanceof DataType.Int)) {
      throw fail(
          "the indices of the dictionary are of %s; they must be integers".formatted(layout));
    }
    ArrowSchema dictionary = ArrowSchema.liveAt(node.dictionary(), where() + ": the dictionary");
    ArrayLayout values = new SchemaImport(dictionary, path, depth + 1).layout();
    boolean ordered = node.hasFlag(ArrowSchema.DICTIONARY_ORDERED);
    return asType(new DataType.Dictionary(layout.type(), values.type(), ordered), List.of(values));
  }

  private ArrayLayout layoutOfFormat() {
    return switch (format) {
      case Formats.STRUCT -> struct();
      case Formats.LIST -> list(false, ArrayLayout.Form.AS_TYPE);
      case Formats.LARGE_LIST -> list(true, ArrayLayout.Form.AS_TYPE);
      case "+vl" -> list(false, ArrayLayout.Form.VIEWS);
      case "+vL" -> list(true, ArrayLayout.Form.VIEWS);
      case Formats.MAP -> map();
      case Formats.RUN_ENDS -> runs();
      default -> parameterized();
    };
  }

  private ArrayLayout struct() {
    readChildren();
    return asType(new DataType.Struct(fields()), layouts());
  }

  private ArrayLayout list(boolean large, ArrayLayout.Form form) {
    readChildren(1);
    return ArrayLayout.of(new DataType.ListOf(onlyField(), large), form, layouts());
  }

  private ArrayLayout map() {
    readChildren(1);
    ArrayLayout entries = layouts().getFirst();
    if (!ArrayLayout.isPair(entries.type())) {
      throw fail(
          "the entries of the map are of %s; they must be a struct of key and value"
              .formatted(entries));
    }
    boolean sorted = node.hasFlag(ArrowSchema.MAP_KEYS_SORTED);
    return asType(new DataType.MapOf(onlyField(), sorted), layouts());
  }

  private ArrayLayout runs() {
    readChildren(2);
    ArrayLayout ends = layouts().getFirst();
    ArrayLayout values = layouts().getLast();
    ArrayLayout.Form form =
        switch (ends.toString()) {
          case "int16" -> ArrayLayout.Form.RUN_ENDS16;
          case "int32" -> ArrayLayout.Form.RUN_ENDS32;
          case "int64" -> ArrayLayout.Form.RUN_ENDS64;
          default ->
              throw fail(
                  "the run ends are of %s; they must be int16, int32 or int64".formatted(ends));
        };
    return ArrayLayout.of(values.type(), form, List.of(values));
  }

  private ArrayLayout parameterized() {
    if (format.startsWith("+w")) {
      readChildren(1);
      int size = parse(() -> Formats.parameter(format, Formats.FIXED_SIZE_LIST));
      return asType(parse(() -> DataType.fixedSizeList(onlyField(), size)), layouts());
    }
    if (format.startsWith("+ud:") || format.startsWith("+us:")) {
      readChildren();
      String members = new DataType.Struct(fields()).toString().substring("struct".length());
      String kind = format.startsWith("+ud:") ? "dense_union" : "sparse_union";
      return ArrayLayout.of(new DataType.Unsupported(kind + members));
    }
    ArrayLayout layout = parse(() -> Formats.parse(format));
    if (!(layout.type() instanceof DataType.Unsupported)) {
      checkChildCount(0);
    }
    return layout;
  }

  private static ArrayLayout asType(DataType type, List<ArrayLayout> children) {
    return ArrayLayout.of(type, ArrayLayout.Form.AS_TYPE, children);
  }

  private Field onlyField() {
    return children.getFirst().field();
  }

  private <T> T parse(Supplier<T> parser) {
    try {
      return parser.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: the format '%s' is malformed: %s".formatted(where(), format, e.getMessage()), e);
    }
  }

  private void checkChildCount(int expected) {
    if (node.childCount() != expected) {
      throw fail(
          "n_children is %d; for the format '%s' it must be %d"
              .formatted(node.childCount(), format, expected));
    }
  }

  private String where() {
    return depth == 0 ? "the schema" : "column '" + path + "'";
  }

  private IllegalArgumentException fail(String problem) {
    return new IllegalArgumentException(where() + ": " + problem);
  }
}
